"""Whether what the corridor remembers of a chat saves reading it and never stands in the way of what is kept."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.intake import Intake
from bot.remembering import SMALL
from storage import interviews
from storage.faults import StorageFault
from storage.secrets import KeyRing
from tests.bot.disk import change
from tests.bot.person import Person, corridor
from tests.bot.story import FIRST, OPENING, SECOND, SENDING, TELLING, TITLE, says, taps

BREAK = "UPDATE parts SET words = 'kapot'"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "vertelbot.db"


@pytest.fixture
async def intake(place: Path, keys: KeyRing) -> AsyncIterator[Intake]:
    async with corridor(f"sqlite:///{place}", keys) as opened:
        yield opened


@pytest.fixture
async def other(intake: Intake, place: Path, keys: KeyRing) -> AsyncIterator[Intake]:
    """A second program on the same database."""
    async with corridor(f"sqlite:///{place}", keys) as opened:
        yield opened


async def pieces(intake: Intake, person: Person) -> list[str]:
    async with intake.database.reading() as work:
        kept = await interviews.load(work, intake.keys, person.address)
    assert kept
    return [part.text for part in kept.answer("verhaal").parts]


async def test_what_is_remembered_is_not_read_again(intake: Intake, place: Path) -> None:
    """Words that nobody could read any more are not missed until they must be read."""
    person = Person(intake)
    await person.tell([*OPENING, says(FIRST)])
    await change(place, BREAK)
    assert not (await person.say(SECOND)).over
    async with corridor(f"sqlite:///{place}", intake.keys) as again:
        with pytest.raises(StorageFault, match="niet te lezen"):
            await Person(again, first=100).say("en nog iets")


async def test_what_another_program_kept_is_seen(intake: Intake, other: Intake) -> None:
    here = Person(intake)
    await here.tell([*OPENING, says(FIRST)])
    there = Person(other, first=100)
    there.heard = here.heard
    await there.tell([says(SECOND)])
    await here.tell([taps("✅ Klaar")])
    assert await pieces(intake, here) == [FIRST, SECOND]
    await there.tell([says(TITLE)])
    await here.say("en nog iets")
    assert await pieces(other, here) == [FIRST, SECOND]


async def test_a_draft_that_another_program_dropped_is_gone_here_too(intake: Intake, other: Intake) -> None:
    here, there = Person(intake), Person(other, first=100)
    await here.tell([*OPENING, *TELLING])
    there.heard = here.heard
    await there.tell(SENDING)
    await here.say(SECOND)
    async with intake.database.reading() as work:
        assert not await interviews.is_open(work, intake.keys, here.address)


async def test_a_turn_that_could_not_be_kept_is_remembered_by_nobody(intake: Intake, place: Path) -> None:
    person = Person(intake)
    await person.tell([*OPENING, says(FIRST)])
    lost = person.saying(SECOND)
    await change(place, "CREATE TRIGGER full BEFORE INSERT ON parts BEGIN SELECT RAISE(ABORT, 'vol'); END")
    with pytest.raises(StorageFault, match="past niet"):
        await intake.receive(lost)
    await change(place, "DROP TRIGGER full")
    await person.say("iets anders")
    assert await pieces(intake, person) == [FIRST, "iets anders"]


async def test_a_long_story_is_not_held_in_memory_but_read_again(intake: Intake, place: Path) -> None:
    person = Person(intake)
    await person.tell([*OPENING, says("a" * (SMALL + 1))])
    await change(place, BREAK)
    with pytest.raises(StorageFault, match="niet te lezen"):
        await person.say(SECOND)


async def test_two_updates_of_one_chat_at_once_are_taken_one_after_the_other(intake: Intake) -> None:
    person = Person(intake)
    await person.tell(OPENING)
    both = [person.saying(words) for words in (FIRST, SECOND)]
    twice = [*both, *(replace(inbound) for inbound in both)]
    await asyncio.gather(*(intake.receive(inbound) for inbound in twice))
    assert await pieces(intake, person) == [FIRST, SECOND]
