"""How the board is made of what was counted, day after day; it keeps nothing from one time to the next.

Each measure is divided as `releasing.py` says: the whole, of those in it by *area and mode*, and of those again an area
by its places. Who stopped is divided by *the part of the conversation* with each of the two, and of those each part by
its questions.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from math import floor
from statistics import median
from typing import NamedTuple, TypeAlias, TypeVar

from disclosure.board import THRESHOLD, Board, Count, Counted, Kind, Mode, Part, Place, Row, Stop
from disclosure.releasing import divided, released

Name = TypeVar("Name", bound=Hashable)


class _Cell(NamedTuple):
    """Where and how, and for who stopped at which question; it is never shown."""

    place: Place
    mode: Mode
    part: str
    question: str


_Added: TypeAlias = Sequence[tuple[date, Counter[_Cell]]]
"""Each day on which some were added to tables, and who."""


_Row: TypeAlias = tuple[str, ...]
"""A table and what stands there; in these words a row is passed over."""


class _Shown(NamedTuple):
    """Who is on the board of one measure: in the whole, and of those in rows, in places and in questions."""

    whole: _Added
    rows: _Added
    places: _Added
    questions: _Added


def tabulate(
    counted: Iterable[Counted],
    until: date,
    threshold: int = THRESHOLD,
    passes_over: Callable[[str], bool] = lambda words: False,
) -> Board:
    """The board at the end of a day, of all that was counted; what came after that day is not looked at.

    `passes_over`: by chance for the name of a row on a day, the same each time, and known to nobody who looks.

    Raises `ValueError` for a count below zero, a mode that is none, and somebody who stopped in no part.
    """
    known = [item for item in counted if item.day <= until]
    if any(item.amount < 0 for item in known):
        raise ValueError("There are counts below zero")
    kinds = _by_kind(known)
    sent, stopped = (_shown(kinds[kind], threshold, passes_over) for kind in (Kind.SENT, Kind.STOPPED))
    sums = {kind: _alone(kinds[kind], threshold) for kind in (Kind.WITHDRAWN, Kind.OPENED, Kind.STALE, Kind.STRANGE)}
    times = _times(kinds[Kind.MINUTES], sent, threshold)
    [total] = _rows([""], _nowhere, sent.whole, stopped.whole, stopped.rows)
    weeks = _weeks([*sent.whole, *stopped.whole], until)
    return Board(
        threshold=threshold,
        until=until,
        total=replace(total, minutes=times.get(None)),
        areas=tuple(_areas(sorted({(item.area, item.place) for item in known}), sent, stopped, times)),
        weeks=tuple(_rows(weeks, _of_week, sent.whole, stopped.whole, stopped.rows)),
        modes=tuple(_rows(Mode, _of_mode, sent.rows, stopped.rows, stopped.rows)),
        stopped=tuple(_stops(stopped.questions)),
        withdrawn=_unless_few_are_left(sums[Kind.WITHDRAWN], total.sent or 0, threshold),
        opened=sums[Kind.OPENED],
        stale=sums[Kind.STALE],
        strange=sums[Kind.STRANGE],
    )


def week_of(day: date) -> str:
    """The week of a day, as ISO 8601 counts them: `2026-W48`."""
    year, week, _ = day.isocalendar()
    return f"{year:04}-W{week:02}"


def _by_kind(counted: Iterable[Counted]) -> Mapping[Kind, list[Counted]]:
    kinds: dict[Kind, list[Counted]] = {kind: [] for kind in Kind}
    for item in counted:
        kinds[item.kind].append(item)
    return kinds


def _shown(items: Sequence[Counted], least: int, passes_over: Callable[[str], bool]) -> _Shown:
    days: dict[date, Counter[_Cell]] = defaultdict(Counter)
    for item in items:
        days[item.day][_cell(item)] += item.amount
    order = sorted(days)

    def passed_over(row: _Row, day: int) -> bool:
        return passes_over("\0".join((items[0].kind, order[day].isoformat(), *row)))

    whole = [*released((days[day] for day in order), least)]
    rows = [*divided(whole, _rows_of, least, passed_over=passed_over)]
    places = divided(rows, _places_of, least, within=lambda cell: cell.place[0], passed_over=passed_over)
    questions = divided(rows, _questions_of, least, within=lambda cell: cell.part, passed_over=passed_over)
    return _Shown(*([*zip(order, added, strict=True)] for added in (whole, rows, places, questions)))


def _cell(item: Counted) -> _Cell:
    place, mode = (item.area, item.place), Mode(item.mode)
    return _Cell(place, mode, Part(item.part), item.detail) if item.kind is Kind.STOPPED else _Cell(place, mode, "", "")


def _rows_of(cell: _Cell) -> Iterable[_Row]:
    """An area and a mode as a whole are the sums of these."""
    return ("area", cell.place[0], cell.part), ("mode", cell.mode, cell.part)


def _places_of(cell: _Cell) -> Iterable[_Row]:
    return [("place", *cell.place)]


def _questions_of(cell: _Cell) -> Iterable[_Row]:
    return [("question", cell.part, cell.question)]


def _alone(items: Iterable[Counted], least: int) -> Count:
    """How many of all together, by groups of at least as many as the threshold."""
    days: Counter[date] = Counter()
    for item in items:
        days[item.day] += item.amount
    added = released(({("",): days[day]} for day in sorted(days)), least)
    return sum(some.total() for some in added) or None


def _unless_few_are_left(withdrawn: Count, sent: int, threshold: int) -> Count:
    """What was not withdrawn is a group too."""
    return withdrawn if withdrawn and sent - withdrawn >= threshold else None


def _times(items: Iterable[Counted], sent: _Shown, threshold: int) -> Mapping[Place | None, int]:
    """The median minutes by place, and of all under None, as they were when the number that sent last grew."""
    last: dict[Place | None, date] = {}
    for day, cells in sent.whole:
        last |= dict.fromkeys([None] if cells else [], day)
    for day, cells in sent.places:
        last |= dict.fromkeys((cell.place for cell in cells), day)
    groups: dict[Place | None, list[int]] = defaultdict(list)
    for item in items:
        for group in ((item.area, item.place), None):
            if group in last and item.day <= last[group]:
                groups[group] += [int(item.detail)] * item.amount
    return {group: floor(median(some) + 0.5) for group, some in groups.items() if len(some) >= threshold}


def _by(part: Callable[[date, _Cell], Name], added: _Added) -> Counter[Name]:
    sums: Counter[Name] = Counter()
    for day, cells in added:
        for cell, amount in cells.items():
            sums[part(day, cell)] += amount
    return sums


def _rows(
    names: Iterable[str], of: Callable[[date, _Cell], str], sent: _Added, unsent: _Added, parts: _Added
) -> Iterator[Row]:
    """A row for each name: how many sent and stopped, and how many of those in each part, out of these."""
    here, gone = _by(of, sent), _by(of, unsent)
    at = _by(lambda day, cell: (of(day, cell), cell.part), parts)
    for name in names:
        row = _row(name, here[name], gone[name])
        yield replace(row, story=at[name, Part.STORY] or None, after=at[name, Part.AFTER] or None)


def _row(name: str, sent: int, unsent: int, minutes: int | None = None) -> Row:
    started = sent + unsent if sent and unsent else None
    return Row(name, started, sent or None, unsent or None, minutes)


def _areas(places: Sequence[Place], sent: _Shown, stopped: _Shown, times: Mapping[Place | None, int]) -> Iterator[Row]:
    here, gone = _by(_of_place, sent.places), _by(_of_place, stopped.places)
    within: dict[str, list[Row]] = defaultdict(list)
    for place in places:
        within[place[0]].append(_row(place[1], here[place], gone[place], times.get(place)))
    for row in _rows(within, _of_area, sent.rows, stopped.rows, stopped.rows):
        yield replace(row, places=tuple(within[row.name]))


def _stops(stopped: _Added) -> list[Stop]:
    stops = [Stop(question, amount) for question, amount in _by(_of_question, stopped).items()]
    return sorted(stops, key=lambda stop: (-stop.amount, stop.question))


def _weeks(added: Iterable[tuple[date, Counter[_Cell]]], until: date) -> Iterator[str]:
    """Every week from the first in which somebody was added to that of the board."""
    day = min((day for day, cells in added if cells), default=None)
    while day is not None and day - timedelta(days=day.weekday()) <= until:
        yield week_of(day)
        day += timedelta(weeks=1)


def _nowhere(_day: date, _cell: _Cell) -> str:
    return ""


def _of_area(_day: date, cell: _Cell) -> str:
    return cell.place[0]


def _of_place(_day: date, cell: _Cell) -> Place:
    return cell.place


def _of_mode(_day: date, cell: _Cell) -> str:
    return cell.mode


def _of_week(day: date, _cell: _Cell) -> str:
    return week_of(day)


def _of_question(_day: date, cell: _Cell) -> str:
    return cell.question
