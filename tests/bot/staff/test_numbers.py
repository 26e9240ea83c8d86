"""The coverage board out of what was counted: where it was, as of midnight, without test links; and who may see it."""

from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from datetime import date, timedelta
from typing import cast

import pytest

from bot.intake import Intake
from bot.settings import Settings
from bot.staff.desk import Desk
from bot.staff.desk import desk as desk_of
from bot.staff.place_links import Wish
from counting.numbers import by_chance
from pages.permissions import ALLOWED, OPERATOR, Action, Refused
from pages.signing_in import new_secret
from storage import links, tallies
from storage.database import Database, Work
from storage.links import Pause
from storage.secrets import KeyRing
from storage.staff import Person, Role
from storage.tallies import Kind, Mode, Tally
from tests.talk.world import Clock

TODAY = date(2026, 3, 2)
YESTERDAY = TODAY - timedelta(days=1)
RESEARCHER = Person("p2", "", "", Role.RESEARCHER)


class Watched:
    """A database of which is only asked to be read, and how often that was."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.readings = 0

    def reading(self) -> AbstractAsyncContextManager[Work]:
        """See `Database.reading`."""
        self.readings += 1
        return self._database.reading()


async def count(
    intake: Intake, link: str, times: Mapping[Kind, int], *, day: date = YESTERDAY, detail: str = ""
) -> None:
    """Each of these happened so often."""

    async def unit(work: Work) -> None:
        for kind, amount in times.items():
            await tallies.add(work, [Tally(day, link, Mode.SELF, kind, detail)] * amount)

    await intake.database.run(unit)


async def test_what_was_counted_stands_at_its_area_and_its_place(desk: Desk, intake: Intake) -> None:
    house = await desk.links.make(OPERATOR, Wish(place="Huis van de Wijk", district="noord"))
    await count(intake, house.code, {Kind.OPENED: 30, Kind.STARTED: 12, Kind.SENT: 6, Kind.STALE: 4, Kind.STRANGE: 5})
    await count(intake, house.code, {Kind.STOPPED: 6}, detail="verhaal")
    await count(intake, house.code, {Kind.MINUTES: 6}, detail="7")
    board = (await desk.numbers.seen(OPERATOR)).board
    [area] = [row for row in board.areas if row.name]
    assert (area.name, [place.name for place in area.places]) == ("Noord", ["Huis van de Wijk"])
    assert (board.total.started, board.total.sent, board.total.unsent, board.total.minutes) == (12, 6, 6, 7)
    assert (board.opened, board.stale, board.strange) == (30, None, 5)


async def test_it_is_as_of_the_last_midnight(desk: Desk, intake: Intake, clock: Clock) -> None:
    await count(intake, "", {Kind.SENT: 9}, day=TODAY)
    board = (await desk.numbers.seen(OPERATOR)).board
    assert (board.until, board.total.sent) == (YESTERDAY, None)
    clock.wait(timedelta(hours=12, minutes=59))
    assert (await desk.numbers.seen(OPERATOR)).board.total.sent is None
    clock.wait(timedelta(minutes=2))
    board = (await desk.numbers.seen(OPERATOR)).board
    assert (board.until, board.total.sent) == (TODAY, 9)


async def test_a_question_is_called_as_people_call_it(desk: Desk, intake: Intake) -> None:
    await count(intake, "", {Kind.STOPPED: 6}, detail="verhaal")
    board = (await desk.numbers.seen(OPERATOR)).board
    name = next(item.name for item in desk.library.sets["bewoner", 1].questions if item.id == "verhaal")
    assert [(stop.question, stop.amount) for stop in board.stopped] == [(name, 6)]


async def test_who_stopped_before_the_story_was_told_is_another_than_who_stopped_after(
    desk: Desk, intake: Intake
) -> None:
    house = await desk.links.make(OPERATOR, Wish(place="Huis van de Wijk", district="noord"))
    for question, times in {"keuze": 4, "verhaal": 5, "titel": 6, "nakijken": 7, "weg": 1}.items():
        await count(intake, house.code, {Kind.STOPPED: times}, detail=question)
    board = (await desk.numbers.seen(OPERATOR)).board
    [area] = [row for row in board.areas if row.name]
    assert [(row.story, row.after) for row in (board.total, area, board.modes[0])] == [(9, 14)] * 3


async def test_the_board_of_a_day_is_made_once_for_all_who_look(desk: Desk, intake: Intake, clock: Clock) -> None:
    house = await desk.links.make(OPERATOR, Wish(place="Huis van de Wijk", district="noord"))
    await count(intake, house.code, {Kind.SENT: 9})
    first = (await desk.numbers.seen(OPERATOR)).board
    await count(intake, house.code, {Kind.SENT: 9}, day=TODAY)
    assert (await desk.numbers.seen(RESEARCHER)).board is first
    clock.wait(timedelta(days=1))
    assert (await desk.numbers.seen(OPERATOR)).board.total.sent == 18


async def test_what_comes_to_stand_there_in_another_way_is_seen_at_once(desk: Desk, intake: Intake) -> None:
    """Another program wrote late, an older copy was put back, a link was made: what stands there is read each time."""
    house = await desk.links.make(OPERATOR, Wish(place="Huis van de Wijk", district="noord"))
    await count(intake, house.code, {Kind.SENT: 9})
    assert (await desk.numbers.seen(OPERATOR)).board.total.sent == 9
    await count(intake, house.code, {Kind.SENT: 6}, day=YESTERDAY - timedelta(days=9))
    assert (await desk.numbers.seen(OPERATOR)).board.total.sent == 15
    await intake.database.run(lambda work: work.execute("DELETE FROM tallies WHERE day < $1", YESTERDAY.isoformat()))
    assert (await desk.numbers.seen(OPERATOR)).board.total.sent == 9
    await desk.links.make(OPERATOR, Wish(place="Markt", district="west"))
    assert [row.name for row in (await desk.numbers.seen(OPERATOR)).board.areas] == ["", "Noord", "West"]


async def test_the_board_and_what_stands_still_are_read_together(desk: Desk, intake: Intake) -> None:
    watched = Watched(intake.database)
    await replace(desk.numbers, database=cast(Database, watched)).seen(OPERATOR)
    assert watched.readings == 1


async def test_a_row_is_passed_over_by_a_chance_that_only_our_keys_know(intake: Intake, keys: KeyRing) -> None:
    at_desk = desk_of(Settings(), intake).numbers.passes_over
    drawn = [at_desk(f"rij {number}") for number in range(8_000)]
    assert drawn == [by_chance(keys)(f"rij {number}") for number in range(8_000)]
    assert 800 < drawn.count(True) < 1_200


async def test_a_row_that_is_passed_over_waits_and_is_in_the_total(desk: Desk, intake: Intake) -> None:
    house = await desk.links.make(OPERATOR, Wish(place="Huis van de Wijk", district="noord"))
    market = await desk.links.make(OPERATOR, Wish(place="Markt", district="west"))
    for link in (house, market):
        await count(intake, link.code, {Kind.SENT: 9})
    west_waits = replace(desk.numbers, passes_over=lambda words: words == f"sent\0{YESTERDAY}\0area\0West\0")
    board = (await west_waits.seen(OPERATOR)).board
    assert [(row.name, row.sent) for row in (board.total, *board.areas)] == [
        ("", 18),
        ("", None),
        ("Noord", 9),
        ("West", None),
    ]


async def test_a_link_to_try_it_out_is_nowhere_and_one_without_a_name_is_by_its_code(desk: Desk) -> None:
    await desk.links.make(OPERATOR, Wish(place="Oefenhoek", test=True))
    nameless = await desk.links.make(OPERATOR, Wish())
    board = (await desk.numbers.seen(OPERATOR)).board
    assert [place.name for row in board.areas for place in row.places] == ["", f"Plek zonder naam ({nameless.code})"]


async def test_that_somebody_came_without_a_link_is_not_seen_before_there_are_enough(
    desk: Desk, intake: Intake
) -> None:
    before = (await desk.numbers.seen(OPERATOR)).board
    await count(intake, "", {Kind.SENT: 1, Kind.STARTED: 1, Kind.OPENED: 4})
    assert (await desk.numbers.seen(OPERATOR)).board == before


async def test_which_links_stand_still_is_seen_at_once_also_by_who_may_not_see_links(
    desk: Desk, intake: Intake
) -> None:
    house, market = [await desk.links.make(OPERATOR, Wish(place=place)) for place in ("Huis van de Wijk", "Markt")]

    async def unit(work: Work) -> None:
        await links.pause(work, house.code, Pause.BURST)
        await links.pause(work, market.code, Pause.HAND)

    await intake.database.run(unit)
    assert (await desk.numbers.seen(RESEARCHER)).alarms == ("Huis van de Wijk",)


@pytest.mark.parametrize("role", Role)
async def test_every_role_sees_numbers_only_if_it_may(desk: Desk, role: Role) -> None:
    person = Person("p2", "", "", role)
    if Action.NUMBERS in ALLOWED[role]:
        seen = await desk.numbers.seen(person)
        assert (seen.board.total.started, seen.alarms) == (None, ())
    else:
        with pytest.raises(Refused):
            await desk.numbers.seen(person)


@pytest.mark.parametrize("role", Role)
async def test_a_role_that_may_not_is_refused(desk: Desk, role: Role, monkeypatch: pytest.MonkeyPatch) -> None:
    """All roles may as yet; the numbers ask the table all the same."""
    monkeypatch.setattr("pages.permissions.ALLOWED", {**ALLOWED, role: ALLOWED[role] - {Action.NUMBERS}})
    with pytest.raises(Refused):
        await desk.numbers.seen(Person("p2", "", "", role))


async def test_who_was_removed_is_nobody_and_sees_no_numbers(desk: Desk) -> None:
    invitation = await desk.signing_in.invite(OPERATOR, "Sanne", "", Role.RESEARCHER)
    secret = new_secret()
    person = await desk.signing_in.sign_in(invitation.token, secret)
    assert person
    assert (await desk.numbers.seen(person)).board.until == YESTERDAY
    await desk.signing_in.remove(OPERATOR, person.id)
    assert await desk.signing_in.who(secret) is None
    with pytest.raises(Refused):
        await desk.numbers.seen(await desk.signing_in.who(secret))


async def test_a_place_without_a_district_stands_on_the_board_by_its_name(desk: Desk, intake: Intake) -> None:
    house = await desk.links.make(OPERATOR, Wish(place="Huis zonder stadsdeel"))
    await count(intake, house.code, {Kind.SENT: 6})
    board = (await desk.numbers.seen(OPERATOR)).board
    [area] = [row for row in board.areas if row.name]
    assert (area.name, [(place.name, place.sent) for place in area.places]) == (
        "zonder stadsdeel",
        [("Huis zonder stadsdeel", 6)],
    )
