"""What was counted, made up; and what a board of it says, as numbers and the sums that they stand in."""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from datetime import date, timedelta

from disclosure.board import Board, Counted, Kind, Row
from tests.disclosure.readers import Sum

MONDAY = date(2026, 11, 23)
DAYS = tuple(MONDAY + timedelta(days=day) for day in range(3))
LATER = MONDAY + timedelta(weeks=30)
MEASURES = ("sent", "unsent")


def sent(place: str, amount: int, day: date = MONDAY, mode: str = "self") -> Counted:
    """How many sent at a place, `area/name`, on a day and in a mode."""
    return ended(Kind.SENT, "", amount, place, day, mode)


def stopped(place: str, amount: int, question: str = "wie", day: date = MONDAY, mode: str = "self") -> Counted:
    """How many stopped there."""
    return ended(Kind.STOPPED, question, amount, place, day, mode)


def ended(
    kind: Kind,
    detail: object = "",
    amount: int = 1,
    place: str = "Noord/Buurthuis",
    day: date = MONDAY,
    mode: str = "self",
) -> Counted:
    """Something that happened at a place."""
    area, name = place.split("/")
    return Counted(area, name, day, mode, kind, str(detail), amount)


def truth(counted: Iterable[Counted], until: date) -> Counter[Hashable]:
    """Every number that a board could say, counted one by one."""
    numbers: Counter[Hashable] = Counter()
    measures = {Kind.SENT: "sent", Kind.STOPPED: "unsent"}
    for item in counted:
        if item.day <= until and item.kind in measures:
            for group in _groups(item):
                numbers[measures[item.kind], *group] += item.amount
            if item.kind is Kind.STOPPED:
                numbers["question", item.detail] += item.amount
    return numbers


def _groups(item: Counted) -> Iterator[tuple[Hashable, ...]]:
    yield ("all",)
    yield ("area", item.area)
    yield ("place", item.area, item.place)
    yield ("mode", item.mode)


def said(board: Board) -> dict[Hashable, int | None]:
    """Every number of the board by the same names, and those of weeks; None where there is a dash."""
    numbers: dict[Hashable, int | None] = {("question", stop.question): stop.amount for stop in board.stopped}
    for group, row in _rows(board):
        numbers |= {("started", *group): row.started, ("sent", *group): row.sent, ("unsent", *group): row.unsent}
    return numbers


def _rows(board: Board) -> Iterator[tuple[tuple[Hashable, ...], Row]]:
    yield ("all",), board.total
    for area in board.areas:
        yield ("area", area.name), area
        yield from ((("place", area.name, place.name), place) for place in area.places)
    yield from ((("week", row.name), row) for row in board.weeks)
    yield from ((("mode", row.name), row) for row in board.modes)


def sums(board: Board) -> list[Sum]:
    """Every sum that holds on a board."""
    found = [Sum(("unsent", "all"), [("question", stop.question) for stop in board.stopped])]
    for measure in MEASURES:
        rows = {"area": board.areas, "week": board.weeks, "mode": board.modes}
        found += [Sum((measure, "all"), [(measure, name, row.name) for row in some]) for name, some in rows.items()]
        found += [
            Sum((measure, "area", area.name), [(measure, "place", area.name, place.name) for place in area.places])
            for area in board.areas
        ]
    return found
