"""Which of what was counted may be added to what everybody sees; knows cells and rows, and not what they are of.

Hiding small counts is no protection on a board that changes: who looks today and tomorrow subtracts, and three new
stories at a place are known though neither number is small. So people are not hidden but *wait*. At the end of each day
those who wait are looked at together. Whoever is in a row, of any table, that fewer than the threshold would be added
to, goes on waiting; that makes other rows smaller, so it is done again until no row is too small. Who is left is added,
for good. (In a graph it is the k-core: there is one largest group that can be added, whatever the order.)

What a reader has then:

- *each number, and each difference of two days, is zero or at least the threshold*. A difference of any two days is the
  sum of what was added between them. So is the sum of some rows of a table, or the rest of a total without them.
- *tables add up*: all are of the same people, so nothing is found by laying one beside another.
- *of those who wait nothing is known*: a board is the same with them as without them, on every day, and no total has
  them in it. A zero says "none, or too few as yet".

No table crosses two others. A reader who knows that a place had no paper, or only one mode, can work out a little more
of the others than stands there; and who tells stories themselves to see a number move learns how many waited there.
Against neither is there anything here.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from typing import TypeVar

Cell = TypeVar("Cell", bound=Hashable)
Rows = Callable[[Cell], Iterable[Hashable]]
"""All rows, of all tables, in which somebody of this cell is counted."""


def released(days: Iterable[Mapping[Cell, int]], rows: Rows[Cell], least: int) -> Iterator[Counter[Cell]]:
    """Of each day in turn who is added at its end, out of that day and all who waited."""
    waiting: Counter[Cell] = Counter()
    for day in days:
        waiting.update(day)
        ready = enough(waiting, rows, least)
        waiting -= ready
        yield ready


def enough(waiting: Mapping[Cell, int], rows: Rows[Cell], least: int) -> Counter[Cell]:
    """The most of these that can be added at once, so that each row grows by at least so many or not at all."""
    left = +Counter(waiting)
    while few := _few(left, rows, least):
        left = Counter({cell: amount for cell, amount in left.items() if few.isdisjoint(rows(cell))})
    return left


def _few(cells: Mapping[Cell, int], rows: Rows[Cell], least: int) -> set[Hashable]:
    amounts: Counter[Hashable] = Counter()
    for cell, amount in cells.items():
        amounts.update(dict.fromkeys(rows(cell), amount))
    return {row for row, amount in amounts.items() if amount < least}
