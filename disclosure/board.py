"""The coverage board: how many began and how many sent, by area, place, week and mode; never a word, never a person.

What is counted is what became of beginnings: who began either sent, or did not (is still busy, or stopped). These two
are hidden apart, each against its own published total, and what remains is what a reader could subtract:

- *sent + not sent = began*: who began is shown only where both others are; then it says nothing new.
- *parts against their total, and one table against the other*: `margins.py`. No table crosses two others, and none may
  be added: what it would tell has not been thought through here.
- *stopped at a question*: together with who is still busy these are the parts of all who did not send. Questions that
  are hidden are left out, for naming them would say that somebody stopped there.
- *withdrawn*: it and what was not withdrawn are the two parts of all that was sent; not shown by place or week.
- *medians*: of at least as many times as the threshold, in whole minutes, and only where the number that sent is shown:
  a median would say of a hidden count that it is not small. A mean would give sums, which can be subtracted.

What this does not protect against: that all or none of a place sent (both may be zero, of a group that is not small),
and two boards of different days. A place that has one more than yesterday had one visitor; who makes the board decides
how often it changes.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain, repeat
from math import floor
from statistics import median

from disclosure.hiding import BOARD, Count, hide
from disclosure.margins import Cell, Margins, Mode, Place, margins


class Kind(StrEnum):
    """What is counted. Each interview counts once for each, under the place, week and mode in which it *began*."""

    STARTED = "started"
    """Consent was given."""

    SENT = "sent"
    """It became a story; also one that was withdrawn since."""

    STOPPED = "stopped"
    """It ended without being sent; `detail` is the question."""

    MINUTES = "minutes"
    """It was sent; `detail` is in how many whole minutes."""

    WITHDRAWN = "withdrawn"
    """It was sent and withdrawn."""


@dataclass(frozen=True, slots=True)
class Counted:
    """How often something happened somewhere in one week (`2026-W48`, of the beginning) in one mode.

    Give an amount of 0 for each place that has a link: a place that is on the board only after somebody came there says
    by being there that its hidden count is not zero. An empty area or place is that of who came without a link.
    """

    area: str
    place: str
    week: str
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

    `total` has no name. `busy` neither sent nor stopped. No question where nobody stopped is among `stopped`,
    and none that is hidden.
    """

    threshold: int
    total: Row
    areas: tuple[Row, ...]
    weeks: tuple[Row, ...]
    modes: tuple[Row, ...]
    stopped: tuple[Stop, ...]
    busy: Count
    withdrawn: Count


def tabulate(counted: Iterable[Counted], threshold: int = BOARD) -> Board:
    """The board of what was counted. Raises `ValueError` where more were sent than began, or ended than there were."""
    kinds = _by_kind(counted)
    sent = _cells(kinds, Kind.SENT)
    unsent = _unsent(_cells(kinds, Kind.STARTED), sent)
    shown, other = margins(sent, threshold), margins(unsent, threshold)
    times = _times(kinds[Kind.MINUTES], shown, threshold)
    ends = _ends(kinds[Kind.STOPPED], sum(unsent.values()), threshold)
    return Board(
        threshold=threshold,
        total=_row("", shown.total, other.total, times.get(None)),
        areas=tuple(_areas(shown, other, times)),
        weeks=tuple(_row(name, shown.weeks[name], other.weeks[name]) for name in shown.weeks),
        modes=tuple(_row(name, shown.modes[name], other.modes[name]) for name in shown.modes),
        stopped=tuple(_stops(ends)),
        busy=ends[None],
        withdrawn=_withdrawn(kinds[Kind.WITHDRAWN], sum(sent.values()), threshold),
    )


def _by_kind(counted: Iterable[Counted]) -> Mapping[Kind, list[Counted]]:
    kinds: dict[Kind, list[Counted]] = {kind: [] for kind in Kind}
    for item in counted:
        kinds[item.kind].append(item)
    return kinds


def _cells(kinds: Mapping[Kind, list[Counted]], kind: Kind) -> Counter[Cell]:
    """The amounts of one kind, with a zero in each cell where only something else was counted."""
    cells = Counter({_cell(item): 0 for item in chain.from_iterable(kinds.values())})
    for item in kinds[kind]:
        cells[_cell(item)] += item.amount
    return cells


def _cell(item: Counted) -> Cell:
    return Cell(item.area, item.place, item.week, Mode(item.mode))


def _unsent(started: Mapping[Cell, int], sent: Mapping[Cell, int]) -> Mapping[Cell, int]:
    impossible = [" ".join(cell) for cell in started if started[cell] < sent[cell]]
    if impossible:
        raise ValueError(f"More were sent than began: {', '.join(sorted(impossible))}")
    return {cell: started[cell] - sent[cell] for cell in started}


def _times(items: Iterable[Counted], sent: Margins, threshold: int) -> Mapping[Place | None, int]:
    """The median minutes by place, and of all under None; only of those that may have one."""
    groups: dict[Place | None, list[int]] = defaultdict(list)
    for item in items:
        minutes = list(repeat(int(item.detail), item.amount))
        groups[None] += minutes
        groups[(item.area, item.place)] += minutes
    return {
        group: floor(median(minutes) + 0.5)
        for group, minutes in groups.items()
        if (sent.places[group] if group else sent.total) is not None and len(minutes) >= threshold
    }


def _row(name: str, sent: Count, unsent: Count, minutes: int | None = None, places: tuple[Row, ...] = ()) -> Row:
    started = None if sent is None or unsent is None else sent + unsent
    return Row(name, started, sent, unsent, minutes, places)


def _areas(sent: Margins, unsent: Margins, times: Mapping[Place | None, int]) -> Iterator[Row]:
    within: dict[str, list[Row]] = defaultdict(list)
    for place in sent.places:
        area, name = place
        within[area].append(_row(name, sent.places[place], unsent.places[place], times.get(place)))
    for area in sent.areas:
        yield _row(area, sent.areas[area], unsent.areas[area], places=tuple(within[area]))


def _ends(items: Iterable[Counted], unsent: int, threshold: int) -> Mapping[str | None, Count]:
    """Where those who did not send stopped; under None who did not stop."""
    ends: Counter[str | None] = Counter()
    for item in items:
        ends[item.detail] += item.amount
    busy = unsent - sum(ends.values())
    if busy < 0:
        raise ValueError("More stopped than did not send")
    return hide({**ends, None: busy}, threshold)


def _stops(ends: Mapping[str | None, Count]) -> list[Stop]:
    stops = [Stop(question, amount) for question, amount in ends.items() if question is not None and amount]
    return sorted(stops, key=lambda stop: (-stop.amount, stop.question))


def _withdrawn(items: Iterable[Counted], sent: int, threshold: int) -> Count:
    withdrawn = sum(item.amount for item in items)
    if withdrawn > sent:
        raise ValueError("More were withdrawn than sent")
    return hide({"withdrawn": withdrawn, "kept": sent - withdrawn}, threshold)["withdrawn"]
