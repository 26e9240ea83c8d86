"""What was counted, made up; and what a board of it says, as numbers and the sums that they stand in."""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping

from disclosure.board import Board, Counted, Kind, Row
from disclosure.hiding import Count
from disclosure.margins import Mode
from tests.disclosure.readers import Sum, Truth

WEEK = "2026-W48"
MEASURES = ("sent", "unsent")


def visit(place: str, started: int, sent: int, week: str = WEEK, mode: str = "self") -> list[Counted]:
    """How many began and sent at a place, `area/name`, in a week and a mode."""
    area, name = place.split("/")
    return [
        Counted(area, name, week, mode, Kind.STARTED, amount=started),
        Counted(area, name, week, mode, Kind.SENT, amount=sent),
    ]


def ended(kind: Kind, detail: object, amount: int = 1, place: str = "Noord/Buurthuis") -> Counted:
    """Something that has a detail, at a place."""
    area, name = place.split("/")
    return Counted(area, name, WEEK, "self", kind, str(detail), amount)


def truth(counted: Iterable[Counted]) -> dict[Hashable, int]:
    """Every number that a board could say, counted one by one."""
    numbers: Counter[Hashable] = Counter()
    for item in counted:
        signs = {Kind.STARTED: (("unsent", 1), ("started", 1)), Kind.SENT: (("sent", 1), ("unsent", -1))}
        for measure, sign in signs.get(item.kind, ()):
            for group in _groups(item):
                numbers[measure, *group] += sign * item.amount
        if item.kind is Kind.STOPPED:
            numbers["stopped", item.detail] += item.amount
    numbers["withdrawn"] = sum(item.amount for item in counted if item.kind is Kind.WITHDRAWN)
    numbers["kept"] = numbers["sent", "all"] - numbers["withdrawn"]
    stopped = sum(amount for name, amount in numbers.items() if isinstance(name, tuple) and name[0] == "stopped")
    numbers["busy"] = numbers["unsent", "all"] - stopped
    return dict(numbers)


def _groups(item: Counted) -> Iterator[tuple[Hashable, ...]]:
    yield ("all",)
    yield ("area", item.area)
    yield ("place", item.area, item.place)
    yield ("week", item.week)
    yield ("mode", item.mode)


def said(board: Board) -> dict[Hashable, Count]:
    """Every number of the board by the same names; None where it is hidden. Those of stops are only of the shown."""
    numbers: dict[Hashable, Count] = {"busy": board.busy, "withdrawn": board.withdrawn}
    numbers |= {("stopped", stop.question): stop.amount for stop in board.stopped}
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


def sums(board: Board, questions: Iterable[str]) -> list[Sum]:
    """Every sum that holds between them; the reader knows all questions, also those that are not named."""
    found = [Sum(("started", *group), [(measure, *group) for measure in MEASURES]) for group, _ in _rows(board)]
    for measure in MEASURES:
        whole = (measure, "all")
        found.append(Sum(whole, [(measure, "area", area.name) for area in board.areas]))
        found.append(Sum(whole, [(measure, "week", week.name) for week in board.weeks]))
        found.append(Sum(whole, [(measure, "mode", mode) for mode in Mode]))
        found += [
            Sum((measure, "area", area.name), [(measure, "place", area.name, place.name) for place in area.places])
            for area in board.areas
        ]
    found.append(Sum(("unsent", "all"), ["busy", *(("stopped", question) for question in questions)]))
    found.append(Sum(("sent", "all"), ["withdrawn", "kept"]))
    return found


def known(numbers: Mapping[Hashable, Count]) -> Truth[Hashable]:
    """What is not hidden."""
    return {name: amount for name, amount in numbers.items() if amount is not None}
