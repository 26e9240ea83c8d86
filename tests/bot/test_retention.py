"""Whether everything that is kept for a while goes by itself when that is over, one thing after the other."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.durations import Span
from bot.erasing import Remembering
from bot.housekeeping import WAITING_DAYS, Upkeep, keep_house, tidy_up
from bot.intake import Intake
from bot.settings import StudySettings
from storage import deliveries, stories, turns, wrong_codes
from storage.addresses import Address
from storage.erased import REMEMBERED
from storage.journal import Journal
from storage.opening import open_database
from storage.schema import match_keys, migrate
from storage.secrets import KeyRing
from tests.bot.another_program import amounts, left_of, sealed
from tests.bot.command import Folder
from tests.bot.person import Person
from tests.bot.story import FIRST, OPENING, STORY, says, taps
from tests.postgres import BOTH_ENGINES
from tests.storage.tellings import SENT
from tests.talk.world import RECEIPTS, Ids, library

START = datetime(2026, 3, 2, 10, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
STAYS = {"migrations", "canary", "tallies"}


@dataclass
class House:
    """A corridor over a database, at a time that a test sets."""

    url: str
    upkeep: Upkeep
    at: datetime = START
    intake: Intake = field(init=False)

    async def after(self, time: timedelta) -> set[str]:
        """The house is tidied so long after the start; in which tables there is something then."""
        self.at = START + time
        await tidy_up(self.intake, self.upkeep)
        return {name for name, amount in amounts(self.url).items() if amount} - STAYS


@pytest.fixture
async def house(url: str, tmp_path: Path, keys: KeyRing) -> AsyncIterator[House]:
    journal = Journal(tmp_path / "kopieen")
    opened = House(url, Upkeep(Span(24), Remembering(journal)))
    database = await open_database(url)
    try:
        await migrate(database)
        await match_keys(database, keys)
        opened.intake = Intake(
            database, keys, library(), ids=Ids(), clock=lambda: opened.at, journal=Remembering(journal)
        )
        yield opened
    finally:
        await database.close()


def all_but(*names: str) -> set[str]:
    """What there is at first, but for these tables."""
    there = {
        "interviews", "answers", "parts", "stories", "story_answers", "story_parts", "withdrawals", "dropped",
        "seen", "messages", "wrong_codes", "deliveries", "outbox",
    }  # fmt: skip
    return there - set(names)


@BOTH_ENGINES
async def test_everything_goes_when_its_time_is_over(house: House, keys: KeyRing) -> None:
    withdrawing = [says(f"/verwijderen {RECEIPTS[0]}"), taps("🗑 Ja, haal weg")]
    await Person(house.intake, "1").tell([*STORY, *withdrawing])
    await Person(house.intake, "2", first=100).tell(STORY)
    await Person(house.intake, "3", first=200).tell([*OPENING, says(FIRST)])
    async with house.intake.database.transaction() as work:
        await wrong_codes.note(work, keys, Address("test", "4"), START)
        await deliveries.take(work, keys, Address("test", "4"), "wie", START, START + timedelta(minutes=1))
        await turns.queue(work, keys, Address("test", "4"), ["later"], START, START + 400 * DAY)
    # Messages on a screen are noted by a channel, and here there is none.
    there = await house.after(timedelta())
    assert there == all_but("messages") | ({"messages"} & there)
    assert await house.after(HOUR - timedelta(seconds=1)) >= all_but("messages")
    assert "wrong_codes" not in await house.after(HOUR)
    assert "deliveries" not in await house.after(HOUR + timedelta(minutes=2))
    assert "interviews" in await house.after(7 * DAY - HOUR)
    after_a_week = await house.after(7 * DAY + timedelta(minutes=1))
    assert {"interviews", "answers", "parts", "messages", "seen"} & after_a_week == set()
    assert "dropped" in await house.after(REMEMBERED + 6 * DAY)
    assert "dropped" not in await house.after(REMEMBERED + 8 * DAY)
    words = sealed(house.url)
    assert amounts(house.url)["outbox"] == 1
    assert "outbox" in await house.after((400 + WAITING_DAYS) * DAY)
    assert "outbox" not in await house.after((401 + WAITING_DAYS) * DAY)
    assert "stories" in await house.after(730 * DAY)
    left = await house.after(732 * DAY)
    assert {"stories", "story_answers", "story_parts", "dropped"} & left == set()
    assert left == {"withdrawals"}
    assert left_of(house.url, words - sealed(house.url)) == []


@BOTH_ENGINES
async def test_what_nobody_can_deliver_goes_in_its_time_and_out_of_the_files(
    house: House, keys: KeyRing, caplog: pytest.LogCaptureFixture
) -> None:
    for number, chat in enumerate(("telegram", "terminal")):
        async with house.intake.database.transaction() as work:
            await turns.queue(work, keys, Address(chat, "4"), ["een", "twee"], START + number * DAY)
    words = sealed(house.url)
    await house.after(WAITING_DAYS * DAY)
    assert amounts(house.url)["outbox"] == 4
    await house.after((WAITING_DAYS + 1) * DAY)
    assert amounts(house.url)["outbox"] == 2
    assert left_of(house.url, words - sealed(house.url)) == []
    assert "in 32 dagen niet te bezorgen en dus weggegooid: 2 berichten" in caplog.text
    await house.after((WAITING_DAYS + 2) * DAY)
    assert amounts(house.url)["outbox"] == 0


def test_no_draft_is_kept_for_as_long_as_what_is_said_of_it() -> None:
    assert StudySettings(concept_dagen=WAITING_DAYS - 2).terms().draft_days == WAITING_DAYS - 2
    with pytest.raises(ValidationError):
        StudySettings(concept_dagen=WAITING_DAYS - 1)


@BOTH_ENGINES
async def test_many_stories_go_and_younger_ones_stay(
    house: House, keys: KeyRing, caplog: pytest.LogCaptureFixture
) -> None:
    async with house.intake.database.transaction() as work:
        for number in range(250):
            await stories.keep(work, keys, SENT, f"oud-{number}", f"OUD{number}", START)
        await stories.keep(work, keys, SENT, "jong", "JONG", START + 2 * DAY)
    caplog.set_level("INFO")
    await house.after(732 * DAY)
    assert amounts(house.url)["stories"] == 1
    assert "250 verhalen waren ouder dan study.bewaartermijn" in caplog.text
    assert amounts(house.url)["withdrawals"] == 0


@BOTH_ENGINES
async def test_what_needs_a_look_at_many_rows_is_done_at_the_start_and_then_every_hour(house: House) -> None:
    async def note(number: int) -> None:
        async with house.intake.database.transaction() as work:
            await turns.seen(work, "test", number, START - 8 * DAY)
            await wrong_codes.note(work, house.intake.keys, Address("test", "4"), START - DAY)

    async def tidied(table: str) -> None:
        async with asyncio.timeout(60):
            for _ in range(6_000):
                if not amounts(house.url)[table]:
                    return
                await asyncio.sleep(0.01)

    stop = asyncio.Event()
    await note(1)
    ticks = [0.0]
    keeping = asyncio.create_task(keep_house(house.intake, stop, house.upkeep, 0.01, lambda: ticks[0]))
    await tidied("seen")
    await note(2)
    await tidied("wrong_codes")
    await asyncio.sleep(0.2)
    assert (amounts(house.url)["seen"], amounts(house.url)["wrong_codes"]) == (1, 0)
    # A clock that was ahead and is put right makes the hour no longer.
    house.at -= DAY / 2
    ticks[0] += HOUR.total_seconds()
    await tidied("seen")
    assert amounts(house.url)["seen"] == 0
    stop.set()
    await keeping


@BOTH_ENGINES
async def test_what_the_list_could_not_take_it_is_told_within_the_hour(house: House, tmp_path: Path) -> None:
    (tmp_path / "kopieen").touch()
    await Person(house.intake).tell([*STORY, says(f"/verwijderen {RECEIPTS[0]}"), taps("🗑 Ja, haal weg")])
    stop = asyncio.Event()
    keeping = asyncio.create_task(keep_house(house.intake, stop, house.upkeep, 0.01))
    await asyncio.sleep(0.2)
    (tmp_path / "kopieen").unlink()
    async with asyncio.timeout(60):
        for _ in range(6_000):
            if len(Journal(tmp_path / "kopieen").every()) == 2:
                break
            await asyncio.sleep(0.01)
    stop.set()
    await keeping
    assert len(Journal(tmp_path / "kopieen").every()) == 2


@BOTH_ENGINES
async def test_while_no_term_is_filled_in_no_story_goes(house: House) -> None:
    await Person(house.intake).tell(STORY)
    house.upkeep = Upkeep()
    assert "stories" in await house.after(20 * 365 * DAY)


def test_what_residents_read_is_what_is_done_and_what_cannot_be_understood_is_a_fault(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    assert folder.run("check").returncode == 0
    vague = Folder(tmp_path, {**folder.environment, "VERTELBOT_STUDY__BEWAARTERMIJN": "zolang het nodig is"})
    shown = vague.run("check")
    assert shown.returncode == 78
    assert (
        'VERTELBOT_STUDY__BEWAARTERMIJN: dit is geen termijn als "2 jaar", "18 maanden", "6 weken" of "90 dagen".'
        in shown.stderr
    )
    unfilled = {name: value for name, value in folder.environment.items() if not name.endswith("BEWAARTERMIJN")}
    shown = Folder(tmp_path, unfilled).run("check")
    assert "Let op: zolang study.bewaartermijn niet is ingevuld, gaat geen verhaal vanzelf weg." in shown.stderr
