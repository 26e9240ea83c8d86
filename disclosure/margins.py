"""One count of people, split by area and place, by week and by mode; which of these are shown together.

Each split is a partition of the same total (`hiding.py`), places of their area. The places of an area that is hidden
are hidden all, for they would add up to it.

The splits share more than the total with whoever knows what happened. Staff know that a place was visited in one week
only: the count of that week is the count of that place, and what one table hides, the other shows. So each small count
must be able to change while nothing that is shown does, with people only where they really were (`exchanging.py`). As
long as one is not, more weeks or modes are hidden: as few as will do, the smallest first.

There is always an end. With all weeks and modes hidden, only places and areas are shown, and what is hidden of these is
never a small one alone. Whoever is in a small week or mode is then either at a place that is shown, which has more
people than that, or among hidden ones, which have more together.

What remains is who knows each visit *and* this rule, and tries all that could have been: some boards of few people have
only one explanation then. Without knowing the visits, none has.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import product
from typing import NamedTuple, TypeAlias

from disclosure.exchanging import Adds, can_change
from disclosure.hiding import Count, Name, alone, ceilings, hide, under

Place: TypeAlias = tuple[str, str]
"""The area and the name."""


class Mode(StrEnum):
    """How it was told. All three are named, also where nobody did."""

    SELF = "self"
    HELPED = "helped"
    PAPER = "paper"


class Cell(NamedTuple):
    """Where, when (`2026-W48`) and how; nothing smaller is counted, and it is never shown."""

    area: str
    place: str
    week: str
    mode: Mode


@dataclass(frozen=True, slots=True)
class Margins:
    """The people in all cells, summed every way that is shown, with what is hidden as None; weeks without gaps."""

    total: Count
    areas: Mapping[str, Count]
    places: Mapping[Place, Count]
    weeks: Mapping[str, Count]
    modes: Mapping[Mode, Count]


def margins(cells: Mapping[Cell, int], threshold: int) -> Margins:
    """What is shown of the people in these cells. Raises `ValueError` for a count below zero."""
    drafts = sorted(_drafts(cells, threshold), key=_amount_hidden)
    return next(draft for draft in drafts if draft.total is None or _is_safe(draft, cells, threshold))


def _drafts(cells: Mapping[Cell, int], threshold: int) -> Iterator[Margins]:
    """Every table hidden by itself, and that with more weeks and modes hidden, in all ways."""
    areas = hide(_summed(cells, lambda cell: cell.area), threshold)
    places = _places(_summed(cells, lambda cell: (cell.area, cell.place)), areas, threshold)
    by_week, by_mode = _summed(cells, lambda cell: cell.week), _summed(cells, lambda cell: cell.mode)
    weeks = {week: by_week[week] for week in _without_gaps(by_week)}
    modes = {mode: by_mode[mode] for mode in Mode}
    total = alone(sum(cells.values()), threshold)
    for some_modes, some_weeks in product(ceilings(modes.values(), threshold), ceilings(weeks.values(), threshold)):
        yield Margins(total, areas, places, under(weeks, some_weeks), under(modes, some_modes))


def _summed(cells: Mapping[Cell, int], part: Callable[[Cell], Name]) -> Counter[Name]:
    sums: Counter[Name] = Counter()
    for cell in sorted(cells):
        sums[part(cell)] += cells[cell]
    return sums


def _places(sums: Mapping[Place, int], areas: Mapping[str, Count], threshold: int) -> Mapping[Place, Count]:
    within: dict[str, dict[Place, int]] = defaultdict(dict)
    for place, count in sums.items():
        within[place[0]][place] = count
    shown: dict[Place, Count] = {}
    for area, places in within.items():
        shown |= dict.fromkeys(places) if areas[area] is None else hide(places, threshold)
    return shown


def _amount_hidden(draft: Margins) -> int:
    return [*draft.weeks.values(), *draft.modes.values()].count(None)


def _is_safe(draft: Margins, cells: Mapping[Cell, int], threshold: int) -> bool:
    """Whether every small count could be another, for who knows where people were."""
    counts: Counter[tuple[str, ...]] = Counter()
    for cell, count in cells.items():
        counts.update(dict.fromkeys(_parts(cell), count))
    small = [part for part, count in counts.items() if 0 < count < threshold]
    return can_change(small, (_adds(cell, draft) for cell, count in cells.items() if count))


def _parts(cell: Cell) -> tuple[tuple[str, ...], ...]:
    """The names of all that a cell is part of."""
    return (("area", cell.area), ("place", cell.area, cell.place), ("week", cell.week), ("mode", cell.mode))


def _adds(cell: Cell, shown: Margins) -> Adds:
    """To which numbers somebody adds who was there. What is hidden of a total adds up to what is left of it."""
    area, place, week, mode = _parts(cell)
    whole = shown.areas[cell.area]
    counts = {week: shown.weeks[cell.week], mode: shown.modes[cell.mode], place: shown.places[cell.area, cell.place]}
    if whole is None:
        counts[area] = None
    left = {area: ("areas",), place: ("areas",) if whole is None else area, week: ("weeks",), mode: ("modes",)}
    seen = {left[part] if count is None else part for part, count in counts.items()}
    return Adds(tuple(sorted(seen)), tuple(part for part, count in counts.items() if count is None))


def _without_gaps(weeks: Collection[str]) -> Iterator[str]:
    """Every week from the first to the last."""
    if weeks:
        day, last = _monday(min(weeks)), _monday(max(weeks))
        while day <= last:
            year, week, _ = day.isocalendar()
            yield f"{year}-W{week:02}"
            day += timedelta(weeks=1)


def _monday(week: str) -> date:
    year, number = week.split("-W")
    return date.fromisocalendar(int(year), int(number), 1)
