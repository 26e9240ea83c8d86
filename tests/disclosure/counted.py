"""What was counted, made up; and what a board of it says, as numbers and the sums that they stand in."""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from datetime import date, timedelta

from disclosure.board import Board, Counted, Kind, Part, Row
from tests.disclosure.readers import Sum

MONDAY = date(2026, 11, 23)
DAYS = tuple(MONDAY + timedelta(days=day) for day in range(3))
LATER = MONDAY + timedelta(weeks=30)
MEASURES = ("sent", "unsent")
QUESTIONS = {"keuze": Part.STORY, "verhaal": Part.STORY, "gevoel": Part.AFTER, "tijd": Part.AFTER, "wie": Part.AFTER}
"""Where in the conversation each is."""


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
    part = QUESTIONS[str(detail)] if kind is Kind.STOPPED else ""
    return Counted(area, name, day, mode, kind, str(detail), amount, part)


def truth(counted: Iterable[Counted], until: date) -> Counter[Hashable]:
    """Every number that a board could say, counted one by one."""
    numbers: Counter[Hashable] = Counter()
    measures = {Kind.SENT: "sent", Kind.STOPPED: "unsent"}
    for item in counted:
        if item.day <= until and item.kind in measures:
            for group in _groups(item):
                numbers[measures[item.kind], *group] += item.amount
                if item.part:
                    numbers[item.part, *group] += item.amount
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
        numbers |= {(Part.STORY, *group): row.story, (Part.AFTER, *group): row.after}
    return numbers


def _rows(board: Board) -> Iterator[tuple[tuple[Hashable, ...], Row]]:
    yield ("all",), board.total
    for area in board.areas:
        yield ("area", area.name), area
        yield from ((("place", area.name, place.name), place) for place in area.places)
    yield from ((("week", row.name), row) for row in board.weeks)
    yield from ((("mode", row.name), row) for row in board.modes)


def sums(board: Board) -> list[Sum]:
    """Every number that others are part of. Of who is in it some may be in none of those: who waits there."""
    found = [
        Sum(("unsent", *group), [(part, *group) for part in Part])
        for group, _ in _rows(board)
        if group[0] in ("all", "area", "mode")
    ]
    found += [
        Sum((part, "all"), [("question", name) for name, there in QUESTIONS.items() if there is part]) for part in Part
    ]
    for measure in (*MEASURES, *Part):
        for name, some in {"area": board.areas, "mode": board.modes}.items():
            found.append(Sum((measure, "all"), [(measure, name, row.name) for row in some]))
    for measure in MEASURES:
        found += [
            Sum((measure, "area", area.name), [(measure, "place", area.name, place.name) for place in area.places])
            for area in board.areas
        ]
    return found


def weekly(board: Board) -> list[Sum]:
    """What was added in all weeks is all there is."""
    return [Sum((what, "all"), [(what, "week", row.name) for row in board.weeks]) for what in (*MEASURES, *Part)]
