"""Links in the corridor: the place goes with the story, what happens is counted, and too many at once stop a link."""

from collections.abc import AsyncIterator
from datetime import date, timedelta

import pytest

from bot import ways_in
from bot.bursts import Bursts
from bot.intake import Intake, fresh
from bot.staff.place_links import PlaceLinks, Wish
from dialogs.daytime import date_of
from dialogs.events import Opened
from pages.permissions import OPERATOR
from storage import interviews, links, staff, stories, tallies
from storage.database import Row, Value, Work
from storage.links import Made, Pause
from storage.secrets import KeyRing
from storage.staff import Person as Staff
from storage.staff import Role
from storage.tallies import Kind, Mode
from tests.bot import helping
from tests.bot.another_program import amounts
from tests.bot.person import Person, corridor, draft, kept_words, receipt_in
from tests.bot.story import FIRST, SENDING, TELLING, says, taps
from tests.talk.world import Clock

TODAY = date(2026, 3, 2)
YES = taps("✅ Ja, ik doe mee")
AFTER_DISTRICT = tuple(move for move in TELLING if move != taps("Noord"))
MANY = 3
STAFF = Staff("p1", "Sanne", "Noord", Role.STAFF)


class Noted:
    """A transaction with all that is asked in it."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self.said: list[str] = []

    async def fetch(self, sql: str, *values: Value) -> list[Row]:
        """See `Work.fetch`."""
        self.said.append(sql)
        return await self._work.fetch(sql, *values)

    async def execute(self, sql: str, *values: Value) -> int:
        """See `Work.execute`."""
        self.said.append(sql)
        return await self._work.execute(sql, *values)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def intake(url: str, keys: KeyRing, clock: Clock) -> AsyncIterator[Intake]:
    async with corridor(url, keys, clock) as opened:
        yield Intake(opened.database, keys, opened.library, clock=clock, bursts=Bursts(MANY, lambda: 0.0))


@pytest.fixture
def place_links(intake: Intake) -> PlaceLinks:
    return PlaceLinks(intake.database, intake.keys, intake.library, intake.clock)


@pytest.fixture
async def link(place_links: PlaceLinks) -> Made:
    return await place_links.make(OPERATOR, Wish(place="Huis van de Wijk", district="noord"))


async def _counted(intake: Intake) -> dict[tuple[str, Mode, Kind, str], int]:
    async with intake.database.reading() as work:
        found = await tallies.every(work)
    assert {tally.day for tally, _ in found} <= {TODAY}
    return {(tally.link, tally.mode, tally.kind, tally.detail): amount for tally, amount in found}


async def test_the_story_is_of_the_place_and_the_way_is_counted(intake: Intake, link: Made, clock: Clock) -> None:
    person = Person(intake)
    await person.tell([says(f"/start {link.code}"), YES])
    clock.wait(timedelta(minutes=7))
    await person.tell([*AFTER_DISTRICT, *SENDING])
    async with intake.database.reading() as work:
        told = await stories.find(work, intake.keys, receipt_in(person))
    assert told
    assert (told.link, told.answer("stadsdeel").option, told.test) == (link.code, "noord", False)
    assert await _counted(intake) == {
        (link.code, Mode.NONE, Kind.OPENED, ""): 1,
        (link.code, Mode.SELF, Kind.STARTED, ""): 1,
        (link.code, Mode.SELF, Kind.SENT, ""): 1,
        (link.code, Mode.SELF, Kind.MINUTES, "7"): 1,
    }
    await person.say(f"/verwijderen {receipt_in(person)}")
    await person.tap("🗑 Ja, haal weg")
    assert (await _counted(intake))[link.code, Mode.SELF, Kind.WITHDRAWN, ""] == 1


async def test_whoever_stops_is_counted_at_the_question(intake: Intake, link: Made, clock: Clock) -> None:
    stops, waits = Person(intake, "1"), Person(intake, "2", first=500)
    for person in (stops, waits):
        await person.tell([says(f"/start {link.code}"), YES, says(FIRST)])
    await stops.say("/stop")
    await stops.tap("🗑 Ja, gooi weg")
    clock.wait(timedelta(days=intake.library.terms.draft_days + 1))
    await intake.wait(waits.address)
    async with intake.database.reading() as work:
        found = {(tally.day, tally.kind, tally.detail): amount for tally, amount in await tallies.every(work)}
        assert not await interviews.is_open(work, intake.keys, waits.address)
    assert found == {
        (TODAY, Kind.OPENED, ""): 2,
        (TODAY, Kind.STARTED, ""): 2,
        (TODAY, Kind.STOPPED, "verhaal"): 1,
        (date_of(clock()), Kind.STOPPED, "verhaal"): 1,
    }


async def test_a_helper_is_counted_as_one_and_her_visit_counts_its_stories(
    intake: Intake, link: Made, place_links: PlaceLinks
) -> None:
    async with intake.database.transaction() as work:
        await staff.keep(work, intake.keys, STAFF, intake.clock())
    visit = await place_links.visit(STAFF, link.code, "vrijwilliger", own_team=False)
    person = Person(intake)
    await person.tell([says(f"/start {visit.code}"), *helping.AGREEING, *helping.TELLING, helping.SENDING])
    async with intake.database.reading() as work:
        told = await stories.find(work, intake.keys, receipt_in(person))
    assert told
    assert told.visit
    assert (told.link, told.helped) == (link.code, True)
    assert (told.visit.helper, told.visit.own_team) == ("vrijwilliger", False)
    found = await _counted(intake)
    assert (found[link.code, Mode.HELPED, Kind.SENT, ""], found[link.code, Mode.NONE, Kind.OPENED, ""]) == (1, 1)
    async with intake.database.reading() as work:
        begun = await links.one(work, intake.keys, visit.code)
    assert begun
    assert begun.told == 1


async def test_of_a_link_to_try_out_is_counted_only_that_somebody_came(intake: Intake, place_links: PlaceLinks) -> None:
    link = await place_links.make(OPERATOR, Wish(district="noord", test=True))
    person = Person(intake)
    await person.tell([says(f"/start {link.code}"), YES, *AFTER_DISTRICT, *SENDING])
    async with intake.database.reading() as work:
        told = await stories.find(work, intake.keys, receipt_in(person))
    assert told
    assert told.test
    assert await _counted(intake) == {(link.code, Mode.NONE, Kind.TEST, ""): 1}


async def test_a_code_costs_the_same_statements_whatever_it_leads_to(
    intake: Intake, link: Made, place_links: PlaceLinks
) -> None:
    trial, paused, over, later = [
        await place_links.make(OPERATOR, wish)
        for wish in (Wish(test=True), Wish(), Wish(), Wish(from_day=TODAY + timedelta(days=1)))
    ]
    await place_links.pause(OPERATOR, paused.code, on=True)
    await place_links.end(OPERATOR, over.code)
    codes = [link.code, trial.code, paused.code, over.code, later.code, "dddddddddd", "ddddddddd0"]
    cost = []
    for code in codes:
        async with intake.database.transaction() as work:
            noted = Noted(work)
            event = Opened(at=intake.clock(), channel="web", fresh=fresh(), link=code)
            await ways_in.knowing(noted, None, event)
        cost.append(noted.said)
    assert cost == [cost[0]] * len(codes)
    assert [statement.split()[0] for statement in cost[0]] == ["SELECT", "INSERT"]
    kinds = [Kind.OPENED, Kind.TEST, Kind.STALE, Kind.STALE, Kind.STALE, Kind.STRANGE]
    places = [link.code, trial.code, paused.code, over.code, later.code, ""]
    assert await _counted(intake) == {
        (place, Mode.NONE, kind, ""): 1 if place else 2 for place, kind in zip(places, kinds, strict=True)
    }


async def test_before_consent_nothing_is_kept_but_that_somebody_came(intake: Intake, link: Made, url: str) -> None:
    before = amounts(url)
    for number, code in enumerate((link.code, "dddddddddd", "DDDDDDDDDD", link.code[:9] + "0")):
        await Person(intake, str(number), first=100 * number).say(f"/start {code}")
    after = amounts(url)
    assert {name for name, amount in after.items() if amount != before[name]} == {"tallies"}
    assert await _counted(intake) == {
        (link.code, Mode.NONE, Kind.OPENED, ""): 1,
        ("", Mode.NONE, Kind.STRANGE, ""): 3,
    }


async def test_what_somebody_typed_as_a_link_is_counted_under_no_name(intake: Intake) -> None:
    person = Person(intake)
    await person.tell([says("/start b-noord-floriaantje"), YES])
    assert await _counted(intake) == {("", Mode.SELF, Kind.STARTED, ""): 1}


async def test_too_many_at_once_stop_a_link_and_everybody_can_tell_all_the_same(
    intake: Intake, link: Made, place_links: PlaceLinks
) -> None:
    people = [Person(intake, str(number), first=100 * number) for number in range(MANY + 2)]
    for person in people:
        await person.say(f"/start {link.code}")
        if person is not people[-1]:
            await person.tap(YES.words)
    assert [bool(person.heard) and "werkt nu niet" in person.heard[1].template for person in people] == [
        *[False] * (MANY + 1),
        True,
    ]
    found = await place_links.one(OPERATOR, link.code)
    assert found
    assert found.paused is Pause.BURST
    await people[0].say(FIRST)
    assert kept_words(await draft(intake, people[0])) == [FIRST]
    await place_links.pause(OPERATOR, link.code, on=False)
    latecomer = Person(intake, "9", first=900)
    await latecomer.say(f"/start {link.code}")
    assert "werkt nu niet" not in latecomer.heard[1].template


def test_who_came_long_ago_counts_no_more() -> None:
    now = 0.0
    bursts = Bursts(2, lambda: now)
    assert [bursts.note("a"), bursts.note("a"), bursts.note("b")] == [False, False, False]
    now = 601.0
    assert [bursts.note("a"), bursts.note("a"), bursts.note("a")] == [False, False, True]
    assert not bursts.note("a")
