"""What a teller takes away is on the list beside the copies before it is gone from the database, and with its draft."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.erasing import Remembering
from bot.housekeeping import tidy_up
from bot.intake import Intake
from dialogs.interview import Interview
from storage import erased, interviews
from storage.database import Database
from storage.erased import REMEMBERED, Erased, Kind
from storage.journal import Journal
from storage.opening import open_database
from storage.schema import match_keys, migrate
from storage.secrets import KeyRing
from tests.bot.another_program import amounts, as_written, tables
from tests.bot.person import Person
from tests.bot.story import FIRST, OPENING, STORY, Move, says, taps
from tests.postgres import BOTH_ENGINES
from tests.talk.world import RECEIPTS, Ids, library

pytestmark = BOTH_ENGINES

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
DAY = "2026-03-02"
WITHDRAWING = (says(f"/verwijderen {RECEIPTS[0]}"), taps("🗑 Ja, haal weg"))


@dataclass
class House:
    """A corridor whose list counts, for each time it is told something, how many rows the database still has."""

    database: Database
    keys: KeyRing
    url: str
    journal: Journal
    at: datetime = NOW
    before: list[int] = field(default_factory=list)

    @property
    def intake(self) -> Intake:
        return Intake(self.database, self.keys, library(), ids=Ids(), clock=lambda: self.at, journal=self.told)

    def told(self, gone: Sequence[Erased]) -> None:
        """Looks as another program would: what is not committed is not there."""
        rows = amounts(self.url)
        self.before.append(rows["interviews"] + rows["stories"])
        Remembering(self.journal)(gone)


@pytest.fixture
async def house(url: str, tmp_path: Path, keys: KeyRing) -> AsyncIterator[House]:
    database = await open_database(url)
    try:
        await migrate(database)
        await match_keys(database, keys)
        yield House(database, keys, url, Journal(tmp_path / "kopieen"))
    finally:
        await database.close()


async def draft(person: Person) -> Interview:
    async with person.intake.database.reading() as work:
        found = await interviews.load(work, person.intake.keys, person.address)
    assert found
    return found


async def test_a_withdrawn_story_is_listed_with_the_draft_that_it_was_before_it_is_gone(house: House) -> None:
    person = Person(house.intake)
    await person.tell(STORY[:-1])
    before = await draft(person)
    await person.tell(STORY[-1:])
    assert house.journal.every() == set()
    [story_id] = [row["story_id"] for row in tables(house.url)["stories"]]
    await person.tell(WITHDRAWING)
    assert house.before == [1]
    assert amounts(house.url)["stories"] == 0
    gone = {Erased(Kind.STORY, str(story_id), DAY), Erased(Kind.DRAFT, before.id, DAY)}
    assert house.journal.every() == gone
    async with house.database.reading() as work:
        assert set(await erased.every(work)) == gone


@pytest.mark.parametrize(
    "ending",
    [
        (says("/stop"), taps("🗑 Ja, gooi weg")),
        (says("ik zit in groep 8"), taps("Ja, ik ben jonger")),
    ],
    ids=["stop", "too young"],
)
async def test_a_draft_that_is_thrown_away_is_listed_before_it_is_gone(house: House, ending: tuple[Move, ...]) -> None:
    person = Person(house.intake)
    await person.tell([*OPENING, says(FIRST)])
    before = await draft(person)
    await person.tell(ending)
    assert amounts(house.url)["interviews"] == 0
    assert (house.before, house.journal.every()) == ([1], {Erased(Kind.DRAFT, before.id, DAY)})


async def test_a_draft_that_is_over_its_time_is_listed_before_it_is_gone(house: House) -> None:
    intake = house.intake
    person = Person(intake)
    await person.tell([*OPENING, says(FIRST)])
    before = await draft(person)
    house.at += timedelta(days=8)
    await tidy_up(intake)
    assert (house.before, house.journal.every()) == ([1], {Erased(Kind.DRAFT, before.id, "2026-03-10")})


async def test_a_story_that_is_sent_leaves_no_word_of_its_draft_on_the_list(house: House) -> None:
    await Person(house.intake).tell(STORY)
    assert (house.before, amounts(house.url)["dropped"]) == ([], 0)


async def test_a_list_that_cannot_be_written_keeps_nobody_from_throwing_away_and_is_made_up_later(
    house: House, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "kopieen").touch()
    person = Person(house.intake)
    await person.tell(STORY)
    await person.tell(WITHDRAWING)
    assert amounts(house.url)["stories"] == 0
    assert "de lijst van wat is weggehaald kan niet worden geschreven" in caplog.text
    assert house.journal.every() == set()
    (tmp_path / "kopieen").unlink()
    await Remembering(house.journal).catch_up(house.database, date(2026, 3, 2))
    async with house.database.reading() as work:
        assert house.journal.every() == set(await erased.every(work))
    assert len(house.journal.every()) == 2


async def test_the_files_do_not_tell_what_was_withdrawn_together(house: House) -> None:
    gone = [Erased(kind, f"{number * 7 % 10}-{kind}", DAY) for number in range(10) for kind in Kind]
    async with house.database.transaction() as work:
        await erased.erase(work, gone)
    rows = as_written(house.url)
    assert [rows[name] for name in ("withdrawals", "dropped")] != [sorted(rows["withdrawals"]), sorted(rows["dropped"])]
    await house.intake.tidy()
    after = as_written(house.url)
    for name in ("withdrawals", "dropped"):
        assert after[name] == sorted(rows[name])


async def test_what_no_copy_can_hold_any_more_is_forgotten_but_for_the_story(house: House) -> None:
    person = Person(house.intake)
    await person.tell(STORY)
    await person.tell(WITHDRAWING)
    last_day = date(2026, 3, 2) + REMEMBERED
    await Remembering(house.journal).catch_up(house.database, last_day)
    assert (len(house.journal.every()), amounts(house.url)["dropped"]) == (2, 1)
    await Remembering(house.journal).catch_up(house.database, last_day + timedelta(days=1))
    assert (house.journal.every(), amounts(house.url)["dropped"]) == (set(), 0)
    assert amounts(house.url)["withdrawals"] == 1
