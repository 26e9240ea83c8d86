"""Links, staff and tallies on a real database; the words in them are unreadable, and what is over is over."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from dialogs.daytime import date_of
from dialogs.interview import Visit
from dialogs.links import Link
from storage import erased, links, staff, tallies
from storage.database import Database, Work
from storage.erased import Erased
from storage.links import Made, Pause
from storage.opening import open_database
from storage.secrets import KeyRing
from storage.staff import Person, Role
from storage.tallies import Kind, Mode, Tally
from tests.storage.tellings import NOON

TODAY = date(2026, 3, 4)
MADE = Made(code="abcdefgh23", question_set="bewoner", made_at=NOON, place="Huis van de Kwakel", district="noord")
VISIT = replace(
    MADE,
    code="bcdefgh234",
    place="",
    helped=True,
    made_by="p1",
    visit_of=MADE.code,
    visit=Visit("bcdefgh234", "vrijwilliger", True),
)
PERSON = Person("p1", "Floriaantje Kwakel", "Buurtteam Zwabber", Role.STAFF)


async def test_a_link_comes_back_as_it_was_made(db: Database, keys: KeyRing) -> None:
    bound = replace(MADE, code="cdefgh2345", from_day=TODAY, until_day=TODAY, test=True, made_by="p1", helped=True)
    async with db.transaction() as work:
        assert [await links.keep(work, keys, link) for link in (MADE, VISIT, bound)] == [True, True, True]
        assert await links.one(work, keys, bound.code) == bound
        assert await links.one(work, keys, VISIT.code) == VISIT
        assert await links.every(work, keys) == [MADE, bound]


async def test_a_code_is_given_once(db: Database, keys: KeyRing) -> None:
    async with db.transaction() as work:
        await links.keep(work, keys, MADE)
        assert not await links.keep(work, keys, replace(MADE, place="Elders"))
        assert await links.every(work, keys) == [MADE]


async def test_a_conversation_gets_what_a_code_stands_for(db: Database, keys: KeyRing) -> None:
    async with db.transaction() as work:
        await staff.keep(work, keys, PERSON, NOON)
        await links.keep(work, keys, MADE)
        await links.keep(work, keys, VISIT)
        found = await links.known(work, [MADE.code, VISIT.code, "dddddddddd"], NOON)
    assert found == {
        MADE.code: Link(MADE.code, MADE.code, "bewoner", "noord"),
        VISIT.code: Link(VISIT.code, MADE.code, "bewoner", "noord", helped=True, visit=VISIT.visit),
    }


@pytest.mark.parametrize(
    ("from_day", "until_day", "paused", "works"),
    [
        (None, None, Pause.NONE, True),
        (TODAY, TODAY, Pause.NONE, True),
        (TODAY + timedelta(days=1), None, Pause.NONE, False),
        (None, TODAY - timedelta(days=1), Pause.NONE, False),
        (None, None, Pause.HAND, False),
        (None, None, Pause.BURST, False),
    ],
)
def test_when_a_link_works(from_day: date | None, until_day: date | None, paused: Pause, *, works: bool) -> None:
    assert replace(MADE, from_day=from_day, until_day=until_day, paused=paused).works_on(TODAY) is works


async def test_a_link_stands_still_works_again_and_ends(db: Database, keys: KeyRing) -> None:
    async with db.transaction() as work:
        await links.keep(work, keys, MADE)
        assert await links.pause(work, MADE.code, Pause.BURST)
        assert not await links.pause(work, MADE.code, Pause.BURST)
        assert not (await links.known(work, [MADE.code], NOON))[MADE.code].works
        assert await links.pause(work, MADE.code, Pause.NONE)
        assert (await links.known(work, [MADE.code], NOON))[MADE.code].works
        assert await links.end(work, MADE.code, TODAY)
        assert not await links.end(work, MADE.code, TODAY + timedelta(days=30))
        ended = await links.one(work, keys, MADE.code)
        assert ended
        assert ended.until_day == TODAY - timedelta(days=1)
        assert not (await links.known(work, [MADE.code], NOON))[MADE.code].works
        assert not await links.end(work, "dddddddddd", TODAY)


LATER = NOON + timedelta(hours=13)


@pytest.mark.parametrize(
    ("of", "visit", "at", "works"),
    [
        (MADE, VISIT, NOON, True),
        (MADE, VISIT, NOON + links.VISIT - timedelta(seconds=1), True),
        (MADE, VISIT, NOON + links.VISIT, False),
        (MADE, replace(VISIT, made_at=LATER - links.VISIT / 2), LATER, True),
        (replace(MADE, paused=Pause.BURST), VISIT, NOON, True),
        (replace(MADE, paused=Pause.HAND), VISIT, NOON, False),
        (replace(MADE, until_day=TODAY - timedelta(days=1)), VISIT, NOON, False),
        (MADE, replace(VISIT, until_day=TODAY - timedelta(days=1)), NOON, False),
        (MADE, replace(VISIT, made_by="p2"), NOON, False),
        (replace(MADE, code="zzzzzzzzzz"), VISIT, NOON, False),
    ],
    ids=["new", "long", "over", "midnight", "burst", "paused", "place ended", "stopped", "removed", "no place"],
)
async def test_a_visit_goes_on_for_twelve_hours_where_its_place_and_its_helper_do(
    db: Database, keys: KeyRing, of: Made, visit: Made, at: datetime, works: bool
) -> None:
    async with db.transaction() as work:
        await staff.keep(work, keys, PERSON, NOON)
        await links.keep(work, keys, of)
        await links.keep(work, keys, visit)
        assert await links.works(work, visit, at) is works
        assert (await links.known(work, [visit.code], at))[visit.code].works is works


async def test_visits_go_when_they_are_long_over_and_places_stay(db: Database, keys: KeyRing) -> None:
    async with db.transaction() as work:
        await links.keep(work, keys, replace(MADE, until_day=TODAY))
        await links.keep(work, keys, replace(VISIT, until_day=TODAY))
        assert await links.forget_visits(work, TODAY) == 0
        assert await links.forget_visits(work, TODAY + timedelta(days=1)) == 1
        assert await links.one(work, keys, VISIT.code) is None
        assert await links.one(work, keys, MADE.code)


async def test_what_staff_typed_is_unreadable_in_the_tables(db: Database, keys: KeyRing) -> None:
    async with db.transaction() as work:
        await links.keep(work, keys, MADE)
        await staff.keep(work, keys, PERSON, NOON)
        await staff.invite(work, keys, "p1", "geheim-van-floriaantje", NOON)
        rows = [*await work.fetch("SELECT * FROM links"), *await work.fetch("SELECT * FROM staff")]
    cells = " ".join(str(value) for row in rows for value in dict(row).values())
    assert [word for word in ("Kwakel", "Floriaantje", "Zwabber", "geheim-van") if word in cells] == []


async def test_an_invitation_signs_one_in_once_and_only_in_time(db: Database, keys: KeyRing) -> None:
    later = NOON + timedelta(days=7)
    async with db.transaction() as work:
        await staff.keep(work, keys, PERSON, NOON)
        await staff.invite(work, keys, "p1", "eerste", later)
        await staff.invite(work, keys, "p1", "tweede", later)
        assert await staff.use(work, keys, "eerste", NOON) is None
        assert await staff.use(work, keys, "tweede", later) is None
        assert await staff.is_invited(work, keys, "tweede", NOON)
        assert await staff.use(work, keys, "tweede", NOON) == PERSON
        assert await staff.use(work, keys, "tweede", NOON) is None
        assert await staff.use(work, keys, "", NOON) is None
        assert not await staff.invite(work, keys, "p2", "derde", later)


async def test_two_at_once_use_an_invitation_once(db: Database, url: str, keys: KeyRing) -> None:
    async with db.transaction() as work:
        await staff.keep(work, keys, PERSON, NOON)
        await staff.invite(work, keys, "p1", "eerste", NOON + timedelta(days=7))
    looked = asyncio.Barrier(2)

    async def use(at: Database) -> Person | None:
        async with at.reading() as work:
            assert await staff.is_invited(work, keys, "eerste", NOON)
        await looked.wait()

        async def unit(work: Work) -> Person | None:
            return await staff.use(work, keys, "eerste", NOON)

        return await at.run(unit)

    other = await open_database(url)
    try:
        found = await asyncio.gather(use(db), use(other))
    finally:
        await other.close()
    assert sorted(found, key=lambda person: person is None) == [PERSON, None]


async def test_whoever_is_removed_is_signed_in_nowhere(db: Database, keys: KeyRing) -> None:
    until = NOON + timedelta(hours=12)
    async with db.transaction() as work:
        await staff.keep(work, keys, PERSON, NOON)
        await staff.sign_in(work, keys, "koekje", "p1", until)
        found = await staff.session(work, keys, "koekje")
        assert found
        assert (found.person, found.until) == (PERSON, until)
        assert await staff.remove(work, "p1", NOON) == [Erased(erased.Kind.STAFF, "p1", erased.day(NOON))]
        assert await staff.session(work, keys, "koekje") is None
        assert await work.fetch("SELECT * FROM staff_sessions") == []
        assert await staff.remove(work, "p1", NOON) == []


@pytest.mark.parametrize(("wrong", "opens"), [(0, True), (4, True), (5, False)])
async def test_a_locked_session_is_opened_by_its_code_and_gone_after_too_many(
    db: Database, keys: KeyRing, wrong: int, opens: bool
) -> None:
    async with db.transaction() as work:
        await staff.keep(work, keys, PERSON, NOON)
        for secret in ("koekje", "ander"):
            await staff.sign_in(work, keys, secret, "p1", NOON)
        assert await staff.lock(work, keys, "koekje", "2580")
        assert not await staff.lock(work, keys, "niemand", "2580")
        found = [await staff.session(work, keys, secret) for secret in ("koekje", "ander")]
        assert [one and one.locked for one in found] == [True, False]
        assert not any([await staff.unlock(work, keys, "koekje", f"100{number}", 5) for number in range(wrong)])
        assert await staff.unlock(work, keys, "koekje", "2580", 5) is opens
        after = await staff.session(work, keys, "koekje")
        assert (after is not None and not after.locked) is opens
        assert not await staff.unlock(work, keys, "ander", "2580", 5)
        assert await staff.session(work, keys, "ander")


async def test_what_is_over_is_forgotten_and_the_rest_stays(db: Database, keys: KeyRing) -> None:
    async with db.transaction() as work:
        await staff.keep(work, keys, PERSON, NOON)
        await staff.invite(work, keys, "p1", "oud", NOON - timedelta(hours=1))
        await staff.sign_in(work, keys, "oud", "p1", NOON - timedelta(days=31))
        await staff.sign_in(work, keys, "nieuw", "p1", NOON)
        await staff.forget(work, NOON - timedelta(days=30), NOON)
        assert [await staff.session(work, keys, one) is None for one in ("oud", "nieuw")] == [True, False]
        [invited] = await staff.every(work, keys)
        assert invited.invite_until is None


async def test_what_happened_is_counted_by_day_link_and_kind(db: Database) -> None:
    sent, stopped = (
        Tally(date(2026, 3, 2), "", Mode.SELF, Kind.SENT),
        Tally(date(2026, 3, 2), "", Mode.SELF, Kind.STOPPED, "gevoel"),
    )
    for happened in ([sent, stopped], [sent], []):
        async with db.transaction() as work:
            await tallies.add(work, happened)
    async with db.reading() as work:
        assert await tallies.every(work) == [(sent, 2), (stopped, 1)]


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (datetime(2026, 12, 31, 12, tzinfo=UTC), date(2026, 12, 31)),
        (datetime(2027, 1, 3, 22, 59, tzinfo=UTC), date(2027, 1, 3)),
        (datetime(2027, 1, 3, 23, 0, tzinfo=UTC), date(2027, 1, 4)),
    ],
)
def test_a_day_begins_at_midnight_in_amsterdam(at: datetime, day: date) -> None:
    assert date_of(at) == day


async def test_who_is_telling_when_a_visit_is_out_of_time_has_an_hour_but_for_what_ends_it_at_once(
    db: Database, keys: KeyRing
) -> None:
    late = NOON + links.VISIT
    async with db.transaction() as work:
        await staff.keep(work, keys, PERSON, NOON)
        for link in (MADE, replace(VISIT, until_day=date_of(late))):
            await links.keep(work, keys, link)
        visit = await links.one(work, keys, VISIT.code)
        assert visit
        moments = (late - timedelta(seconds=1), late, late + links.FINISHING - timedelta(seconds=1))
        assert [await links.works(work, visit, at) for at in moments] == [True, False, False]
        assert [await links.is_finishing(work, visit, at) for at in moments] == [False, True, True]
        assert not await links.is_finishing(work, visit, late + links.FINISHING)
        assert not await links.is_finishing(work, MADE, late)
        await links.pause(work, MADE.code, Pause.HAND)
        assert not await links.is_finishing(work, visit, late)
        await links.pause(work, MADE.code, Pause.NONE)
        assert await links.is_finishing(work, visit, late)
        await staff.remove(work, PERSON.id, late)
        assert not await links.is_finishing(work, visit, late)
