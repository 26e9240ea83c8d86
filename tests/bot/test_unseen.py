"""Whether what was said to a browser waits half an hour to be seen, each answer for itself, and no longer."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from bot.browser import unseen
from bot.browser.unseen import UNSEEN_SECONDS, Unseen
from bot.intake import Intake
from bot.outgoing import Outgoing, pack, unpack
from storage import turns
from storage.addresses import Address
from storage.secrets import KeyRing
from tests.bot.browser import browser, visited
from tests.bot.person import corridor
from tests.bot.running import free_port
from tests.bot.story import LINK, STORY
from tests.bot.web_visits import CODE, heard
from tests.postgres import BOTH_ENGINES

OF_ANNE, OF_TELEGRAM = Address("web", "anne"), Address("telegram", "4201")
MINUTE = 60.0


@dataclass
class Watch:
    """A clock that goes on when it is told to."""

    seconds: float = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
async def intake(url: str, keys: KeyRing) -> AsyncIterator[Intake]:
    async with corridor(url, keys) as found:
        yield found


async def says(intake: Intake, address: Address, words: str) -> None:
    """This waits for somebody."""
    async with intake.database.transaction() as work:
        await turns.queue(work, intake.keys, address, [pack(Outgoing(words))], intake.clock())


async def waiting(intake: Intake, address: Address) -> list[str]:
    """The words that wait for somebody."""
    async with intake.database.reading() as work:
        rows = await turns.waiting(work, intake.keys, address)
    return [unpack(row.payload).template for row in rows]


async def minutes_go_by(unseen: Unseen, watch: Watch, minutes: int) -> None:
    """A look every minute."""
    for _ in range(minutes):
        watch.seconds += MINUTE
        await unseen.clear()


@BOTH_ENGINES
async def test_each_answer_waits_half_an_hour_for_itself(intake: Intake) -> None:
    watch = Watch()
    unseen = Unseen(intake, watch)
    for minute in range(0, 50, 10):
        await says(intake, OF_ANNE, f"na {minute} minuten")
        await says(intake, OF_TELEGRAM, f"na {minute} minuten")
        await unseen.clear()
        await minutes_go_by(unseen, watch, 10)
    assert await waiting(intake, OF_ANNE) == ["na 20 minuten", "na 30 minuten", "na 40 minuten"]
    await minutes_go_by(unseen, watch, 30)
    assert await waiting(intake, OF_ANNE) == []
    assert len(await waiting(intake, OF_TELEGRAM)) == 5


@BOTH_ENGINES
async def test_whoever_talks_for_longer_than_that_keeps_the_newest_receipt(intake: Intake) -> None:
    watch, port = Watch(), free_port()
    unseen = Unseen(intake, watch)
    async with visited(intake, port), browser(port) as anne, browser(port) as bo:
        for visitor in (anne, bo):
            await visitor.get(f"/v/{LINK}")
        for move in STORY[1:]:
            await (anne.tap(move.words) if move.taps else anne.say(move.words))
            if move == STORY[1]:
                await bo.tap(move.words)
            await minutes_go_by(unseen, watch, 2)
        code = CODE.search(heard(await anne.get()))
        assert watch.seconds > UNSEEN_SECONDS + MINUTE
        assert await waiting(intake, bo.address) == []
        async with intake.database.reading() as work:
            [*_, last] = await turns.waiting(work, intake.keys, anne.address)
    assert code
    assert code[1] in last.payload


@BOTH_ENGINES
async def test_of_two_programs_the_one_that_was_there_all_the_time_clears(intake: Intake) -> None:
    watch = Watch()
    first = Unseen(intake, watch)
    await says(intake, OF_ANNE, "een")
    await first.clear()
    watch.seconds += UNSEEN_SECONDS
    second = Unseen(intake, watch)
    await second.clear()
    assert await waiting(intake, OF_ANNE) == ["een"]
    await minutes_go_by(first, watch, 1)
    await minutes_go_by(second, watch, 1)
    assert await waiting(intake, OF_ANNE) == []


async def test_it_looks_until_it_is_told_to_stop(intake: Intake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unseen, "LOOK_SECONDS", 0.01)
    watch, stop = Watch(), asyncio.Event()
    await says(intake, OF_ANNE, "een")
    looking = asyncio.create_task(Unseen(intake, watch).keep_clearing(stop))
    async with asyncio.timeout(30):
        while await waiting(intake, OF_ANNE):
            watch.seconds += MINUTE
            await asyncio.sleep(0.02)
    stop.set()
    await looking
