"""Which of what was counted may be added to what everybody sees; knows cells and rows, and not what they are of.

Hiding small counts is no protection on a board that changes: who looks today and tomorrow subtracts, and three new
stories at a place are known though neither number is small. So people are not hidden but *wait*, and each number only
ever grows by many at once.

- `released`: whoever waits is added to the whole as soon as there are enough of them.
- `divided`: of those who are in it, by rows: areas, modes, and rows that cross them. Whoever is in a row that few would
  be added to goes on waiting; that makes other rows smaller, so it is done again until no row is too small. (In a graph
  it is the k-core: there is one largest group that can be added, whatever the order.) It can be done again within each
  row: an area by its places. Whoever waits there, is in all that is wider.

What a reader has then, who knows all this and looks every day:

- *each number, each difference of two days, and the rest of a number without the rows that it is divided in, is zero or
  at least the threshold*. Where the rest would be fewer, some of the largest cell wait with them.
- *all rows of one division add up*: they are of the same people, so nothing is found by laying one beside another.
- *of a rest nothing is known but how many it is*. A row is added only when *more* wait in it than the threshold. Else
  the rest could be as large as it can be with too few in each row, and then that would be how many are in each; now
  those are as many as the threshold itself.
- *a row that did not grow had few, or was passed over*: by chance, which nobody knows who looks. Else all could be just
  too few on one day and just enough on the next, and then it would be known how many came to each in between.
- *who is not in the whole is nowhere*: a board is the same with them as without them.

So a division must not be of two divisions at once: of those who wait there the rests by row and by column would be
known, and from two such the cells between them can be worked out.

Against three there is nothing here. A reader who knows more than what stands there (a place had no paper) can work out
a little more of the others. Who tells stories themselves to see a number move, learns how many waited. And what is only
*likely* can be guessed: a row that stood still for long has few, and those of a rest are in the rows that stand still.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Set
from typing import Any, TypeVar

Cell = TypeVar("Cell", bound=tuple[Any, ...] | str)
Row = TypeVar("Row", bound=Hashable)
Rows = Callable[[Cell], Iterable[Row]]
"""All rows, of all tables, in which somebody of this cell is counted."""

PassedOver = Callable[[Row, int], bool]
"""Whether nothing is added to a row on a day, by its number: by chance, and of both the same each time."""


def released(days: Iterable[Mapping[Cell, int]], least: int) -> Iterator[Counter[Cell]]:
    """Of each day in turn who is added to the whole at its end, out of that day and all who waited."""
    waiting: Counter[Cell] = Counter()
    for day in days:
        waiting.update(day)
        ready = Counter(waiting) if waiting.total() >= least else Counter[Cell]()
        waiting -= ready
        yield ready


def divided(
    added: Iterable[Mapping[Cell, int]],
    rows: Rows[Cell, Row],
    least: int,
    within: Callable[[Cell], Hashable] = lambda cell: None,
    passed_over: PassedOver[Row] = lambda row, day: False,
) -> Iterator[Counter[Cell]]:
    """Of who was added on each day and all who waited since, who is added to these rows as well.

    `within`: the row of what is wider that somebody is in, which is divided by itself.
    """
    waiting: dict[Hashable, Counter[Cell]] = defaultdict(Counter)
    for number, day in enumerate(added):
        for cell, amount in day.items():
            waiting[within(cell)][cell] += amount
        ready: Counter[Cell] = Counter()
        for name in {within(cell) for cell in day}:
            shut = {row for row in {row for cell in waiting[name] for row in rows(cell)} if passed_over(row, number)}
            some = _leaving_none_or_many(waiting[name], rows, least, shut)
            waiting[name] -= some
            ready += some
        yield ready


def _leaving_none_or_many(waiting: Counter[Cell], rows: Rows[Cell, Row], least: int, shut: Set[Row]) -> Counter[Cell]:
    ready = enough({cell: waiting[cell] for cell in waiting if shut.isdisjoint(rows(cell))}, rows, least + 1)
    while ready and 0 < waiting.total() - ready.total() < least:
        ready[min(ready, key=lambda cell: (-ready[cell], cell))] -= 1
        ready = enough(ready, rows, least + 1)
    return ready


def enough(waiting: Mapping[Cell, int], rows: Rows[Cell, Row], least: int) -> Counter[Cell]:
    """The most of these that can be added at once, so that each row grows by at least so many or not at all."""
    left = +Counter(waiting)
    while few := _few(left, rows, least):
        left = Counter({cell: amount for cell, amount in left.items() if few.isdisjoint(rows(cell))})
    return left


def _few(cells: Mapping[Cell, int], rows: Rows[Cell, Row], least: int) -> set[Row]:
    amounts: Counter[Row] = Counter()
    for cell, amount in cells.items():
        for row in rows(cell):
            amounts[row] += amount
    return {row for row, amount in amounts.items() if amount < least}
