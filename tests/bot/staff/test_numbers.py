"""The coverage board out of what was counted: where it was, without test links, and never more parts than there are."""

import pytest

from bot.intake import Intake
from bot.staff.desk import Desk
from bot.staff.numbers import whole
from bot.staff.permissions import OPERATOR, Refused
from bot.staff.place_links import Wish
from disclosure.board import Counted, tabulate
from disclosure.board import Kind as Shown
from storage import tallies
from storage.database import Work
from storage.staff import Person, Role
from storage.tallies import Kind, Mode, Tally

WEEK = "2026-W10"
RESEARCHER = Person("p2", "", "", Role.RESEARCHER)


async def count(intake: Intake, link: str, times: dict[Kind, int], *, week: str = WEEK, detail: str = "") -> None:
    """Each of these happened so often."""

    async def unit(work: Work) -> None:
        for kind, amount in times.items():
            await tallies.add(work, [Tally(week, link, Mode.SELF, kind, detail)] * amount)

    await intake.database.run(unit)


async def test_what_was_counted_stands_at_its_area_and_its_place(desk: Desk, intake: Intake) -> None:
    house = await desk.links.make(OPERATOR, Wish(place="Huis van de Wijk", district="noord"))
    await count(intake, house.code, {Kind.OPENED: 30, Kind.STARTED: 12, Kind.SENT: 6})
    await count(intake, house.code, {Kind.MINUTES: 6}, detail="7")
    board = await desk.numbers.board(OPERATOR)
    [area] = [row for row in board.areas if row.name]
    assert (area.name, [place.name for place in area.places]) == ("Noord", ["Huis van de Wijk"])
    assert (board.total.started, board.total.sent, board.total.unsent, board.total.minutes) == (12, 6, 6, 7)


async def test_a_question_is_called_as_people_call_it(desk: Desk, intake: Intake) -> None:
    await count(intake, "", {Kind.STARTED: 20})
    await count(intake, "", {Kind.STOPPED: 6}, detail="verhaal")
    board = await desk.numbers.board(OPERATOR)
    name = next(item.name for item in desk.library.sets["bewoner", 1].questions if item.id == "verhaal")
    assert [(stop.question, stop.amount) for stop in board.stopped] == [(name, 6)]


async def test_a_link_to_try_it_out_is_nowhere_and_one_without_a_name_is_by_its_code(desk: Desk) -> None:
    await desk.links.make(OPERATOR, Wish(place="Oefenhoek", test=True))
    nameless = await desk.links.make(OPERATOR, Wish())
    board = await desk.numbers.board(OPERATOR)
    assert [place.name for row in board.areas for place in row.places] == [f"Plek zonder naam ({nameless.code})"]


async def test_what_began_before_there_were_counts_breaks_nothing(desk: Desk, intake: Intake) -> None:
    await count(intake, "", {Kind.SENT: 9, Kind.STARTED: 2, Kind.WITHDRAWN: 30})
    await count(intake, "", {Kind.STOPPED: 7}, week="2026-W09", detail="verhaal")
    board = await desk.numbers.board(OPERATOR)
    assert (board.total.started, board.total.sent, board.total.unsent) == (16, 9, 7)


def test_a_beginning_is_added_for_what_has_none_and_only_for_that() -> None:
    here = ("Noord", "Huis", WEEK, "self")
    told = [Counted(*here, Shown.STARTED, amount=3), Counted(*here, Shown.SENT, amount=4)]
    assert tabulate(whole(told), threshold=1).total.started == 4
    assert whole(told[:1]) == told[:1]


async def test_who_may_not_see_numbers_is_refused(desk: Desk) -> None:
    with pytest.raises(Refused):
        await desk.numbers.board(None)  # type: ignore[arg-type]
    assert (await desk.numbers.board(RESEARCHER)).total.started == 0
