"""The coverage board: how many sent and how many stopped, by area, place, week and mode; never a word, never a person.

It is as of the end of a day. What is on it was added in groups (`releasing.py`, which says what that protects against),
so a count is never small, nor what it grew by, and everything adds up. What is counted is who is *done*: who is busy
would be one more part, that shrinks as others grow, and then a difference of two days can be anything.

- *sent*: by place, area and mode.
- *stopped*: the same, and by question. Who stopped at a question so few stop at waits for others, and is in no table.
- *began*: both together, where both are known.
- *by week*: how many were added to the board in that week. Counted by the day somebody came, whoever had to wait would
  wait for ever: their week never has enough again. It says nothing that was not to be seen on the days themselves.
- *withdrawn, came by a link*: of all together only, each by itself.
- *medians*: in whole minutes, of at least as many times as the threshold; they change only when the number beside them
  does. A mean would give sums, which can be subtracted.

Questions by place, area, week or mode are not shown: each table more holds back people from all, and of fifteen
questions in eight areas next to nobody would ever be shown.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from math import floor
from statistics import median
from typing import NamedTuple, TypeAlias, TypeVar

from disclosure.releasing import released

THRESHOLD = 5
"""The smallest group that is shown to staff."""

Count: TypeAlias = int | None
"""How many; None for none, or too few."""

Place: TypeAlias = tuple[str, str]
"""The area and the name."""

Name = TypeVar("Name", bound=Hashable)


class Mode(StrEnum):
    """How it was told."""

    SELF = "self"
    HELPED = "helped"
    PAPER = "paper"


class Kind(StrEnum):
    """What is counted, under the place and mode of the story and the day on which it *happened*."""

    SENT = "sent"
    """It became a story; also one that was withdrawn since."""

    STOPPED = "stopped"
    """It ended without being sent; `detail` is the question."""

    MINUTES = "minutes"
    """It was sent; `detail` is in how many whole minutes."""

    WITHDRAWN = "withdrawn"
    """It was sent and withdrawn."""

    OPENED = "opened"
    """Somebody came by a link that works."""

    STALE = "stale"
    """Somebody came by a link that does not work now."""

    STRANGE = "strange"
    """Somebody came by a code that leads nowhere."""


@dataclass(frozen=True, slots=True)
class Counted:
    """How often something happened somewhere on a day, in one mode ("" where nobody tells).

    Give an amount of 0 for each place that has a link: a place that is on the board only after somebody came there says
    by being there that somebody waits. An empty area or place is that of who came without a link.
    """

    area: str
    place: str
    day: date
    mode: str
    kind: Kind
    detail: str = ""
    amount: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table. `minutes` is a median, where there is one; only an area has `places`."""

    name: str
    started: Count
    sent: Count
    unsent: Count
    minutes: int | None = None
    places: tuple["Row", ...] = ()


@dataclass(frozen=True, slots=True)
class Stop:
    """How many stopped at a question."""

    question: str
    amount: int


@dataclass(frozen=True, slots=True)
class Board:
    """All that may be seen. Areas and places by name, weeks in order without gaps, the most stopped at first.

    `until`: the last day that is in it. `total` has no name. `opened`, `stale` and `strange`: how many came by codes.
    """

    threshold: int
    until: date
    total: Row
    areas: tuple[Row, ...]
    weeks: tuple[Row, ...]
    modes: tuple[Row, ...]
    stopped: tuple[Stop, ...]
    withdrawn: Count
    opened: Count
    stale: Count
    strange: Count


class _Cell(NamedTuple):
    """Where and how, and for who stopped at which question; it is never shown."""

    place: Place
    mode: Mode
    question: str


class _Shown(NamedTuple):
    """Who is on the board of one measure: with each day on which some were added, and who."""

    added: Sequence[tuple[date, Counter[_Cell]]]

    def by(self, part: Callable[[date, _Cell], Name]) -> Counter[Name]:
        sums: Counter[Name] = Counter()
        for day, cells in self.added:
            for cell, amount in cells.items():
                sums[part(day, cell)] += amount
        return sums


def tabulate(counted: Iterable[Counted], until: date, threshold: int = THRESHOLD) -> Board:
    """The board at the end of a day, of all that was counted; what came after that day is not looked at.

    Raises `ValueError` for a count below zero and a mode that is none.
    """
    known = [item for item in counted if item.day <= until]
    if any(item.amount < 0 for item in known):
        raise ValueError("There are counts below zero")
    kinds = _by_kind(known)
    sent, stopped = (_shown(kinds[kind], threshold) for kind in (Kind.SENT, Kind.STOPPED))
    sums = {kind: _alone(kinds[kind], threshold) for kind in (Kind.WITHDRAWN, Kind.OPENED, Kind.STALE, Kind.STRANGE)}
    times = _times(kinds[Kind.MINUTES], sent, threshold)
    return Board(
        threshold=threshold,
        until=until,
        total=_row("", sum(sent.by(_whole).values()), sum(stopped.by(_whole).values()), times.get(None)),
        areas=tuple(_areas(sorted({(item.area, item.place) for item in known}), sent, stopped, times)),
        weeks=tuple(_rows(_weeks([*sent.added, *stopped.added], until), sent.by(_of_week), stopped.by(_of_week))),
        modes=tuple(_rows(Mode, sent.by(_of_mode), stopped.by(_of_mode))),
        stopped=tuple(_stops(stopped)),
        withdrawn=_unless_few_are_left(sums[Kind.WITHDRAWN], sum(sent.by(_whole).values()), threshold),
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


def _shown(items: Iterable[Counted], threshold: int) -> _Shown:
    days: dict[date, Counter[_Cell]] = defaultdict(Counter)
    for item in items:
        question = item.detail if item.kind is Kind.STOPPED else ""
        days[item.day][_Cell((item.area, item.place), Mode(item.mode), question)] += item.amount
    order = sorted(days)
    return _Shown([*zip(order, released((days[day] for day in order), _rows_of, threshold), strict=True)])


def _rows_of(cell: _Cell) -> list[tuple[str, Place | str]]:
    rows: list[tuple[str, Place | str]] = [("place", cell.place), ("mode", cell.mode)]
    return [*rows, ("question", cell.question)] if cell.question else rows


def _alone(items: Iterable[Counted], threshold: int) -> Count:
    """How many of all together, by groups of at least as many as the threshold."""
    days: Counter[date] = Counter()
    for item in items:
        days[item.day] += item.amount
    added = released(({"": days[day]} for day in sorted(days)), lambda name: [name], threshold)
    return sum(sum(some.values()) for some in added) or None


def _unless_few_are_left(withdrawn: Count, sent: int, threshold: int) -> Count:
    """What was not withdrawn is a group too."""
    return withdrawn if withdrawn and sent - withdrawn >= threshold else None


def _times(items: Iterable[Counted], sent: _Shown, threshold: int) -> Mapping[Place | None, int]:
    """The median minutes by place, and of all under None, as they were when the number that sent last grew."""
    last: dict[Place | None, date] = {}
    for day, cells in sent.added:
        last |= dict.fromkeys((cell.place for cell in cells), day) | ({None: day} if cells else {})
    groups: dict[Place | None, list[int]] = defaultdict(list)
    for item in items:
        for group in ((item.area, item.place), None):
            if group in last and item.day <= last[group]:
                groups[group] += [int(item.detail)] * item.amount
    return {group: floor(median(some) + 0.5) for group, some in groups.items() if len(some) >= threshold}


def _row(name: str, sent: int, unsent: int, minutes: int | None = None, places: tuple[Row, ...] = ()) -> Row:
    started = sent + unsent if sent and unsent else None
    return Row(name, started, sent or None, unsent or None, minutes, places)


def _rows(names: Iterable[str], sent: Mapping[str, int], unsent: Mapping[str, int]) -> Iterator[Row]:
    for name in names:
        yield _row(name, sent.get(name, 0), unsent.get(name, 0))


def _areas(places: Iterable[Place], sent: _Shown, stopped: _Shown, times: Mapping[Place | None, int]) -> Iterator[Row]:
    here, gone = sent.by(_of_place), stopped.by(_of_place)
    within: dict[str, list[Place]] = defaultdict(list)
    for place in places:
        within[place[0]].append(place)
    for area, some in within.items():
        rows = tuple(_row(place[1], here[place], gone[place], times.get(place)) for place in some)
        yield _row(area, sum(here[place] for place in some), sum(gone[place] for place in some), places=rows)


def _stops(stopped: _Shown) -> list[Stop]:
    stops = [Stop(question, amount) for question, amount in stopped.by(_of_question).items()]
    return sorted(stops, key=lambda stop: (-stop.amount, stop.question))


def _weeks(added: Iterable[tuple[date, Counter[_Cell]]], until: date) -> Iterator[str]:
    """Every week from the first in which somebody was added to that of the board."""
    day = min((day for day, cells in added if cells), default=None)
    while day is not None and day - timedelta(days=day.weekday()) <= until:
        yield week_of(day)
        day += timedelta(weeks=1)


def _whole(_day: date, _cell: _Cell) -> str:
    return ""


def _of_place(_day: date, cell: _Cell) -> Place:
    return cell.place


def _of_mode(_day: date, cell: _Cell) -> str:
    return cell.mode


def _of_week(day: date, _cell: _Cell) -> str:
    return week_of(day)


def _of_question(_day: date, cell: _Cell) -> str:
    return cell.question
