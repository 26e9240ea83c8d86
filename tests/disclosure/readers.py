"""Readers who work out what was hidden; they know what is published and never read the code that hid it.

One knows only sums: it narrows each number by all the sums it stands in. The other knows the rule, tries every way in
which things could have been, and keeps those that would have been published just so.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

Number = TypeVar("Number", bound=Hashable)
Published = TypeVar("Published", bound=Hashable)
Truth = Mapping[Number, int]
ANYTHING = 10**9


class Sum(NamedTuple):
    """A number and the numbers that it is the sum of."""

    whole: Hashable
    parts: Sequence[Hashable]


class Range(NamedTuple):
    """What a number can be, from the least to the most."""

    least: int
    most: int


def tables(cells: int, total: int) -> Iterator[tuple[int, ...]]:
    """Every way to divide a total over so many cells."""
    if cells == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for others in tables(cells - 1, total - first):
            yield (first, *others)


def worked_out(
    worlds: Iterable[Truth[Number]], publish: Callable[[Truth[Number]], Published], threshold: int
) -> set[tuple[Published, Number, int]]:
    """The small numbers that are certain to who knows all worlds and how each is published.

    Of each: what is published, which number it is, and how many.
    """
    possible: dict[Published, dict[Number, set[int]]] = defaultdict(lambda: defaultdict(set))
    for world in worlds:
        seen = possible[publish(world)]
        for name, amount in world.items():
            seen[name].add(amount)
    return {
        (seen, name, amount)
        for seen, numbers in possible.items()
        for name, amounts in numbers.items()
        for amount in amounts
        if len(amounts) == 1 and 0 < amount < threshold
    }


def narrowed(known: Truth[Hashable], sums: Sequence[Sum]) -> dict[Hashable, Range]:
    """What each number can be, where these are known, these sums hold and nothing is below zero."""
    ranges = {name: Range(0, ANYTHING) for whole, parts in sums for name in (whole, *parts)}
    ranges |= {name: Range(amount, amount) for name, amount in known.items()}
    before: dict[Hashable, Range] = {}
    while before != ranges:
        before = dict(ranges)
        for equation in sums:
            _narrow(ranges, equation)
    return ranges


def _narrow(ranges: dict[Hashable, Range], equation: Sum) -> None:
    whole, parts = equation
    least, most = sum(ranges[part].least for part in parts), sum(ranges[part].most for part in parts)
    ranges[whole] = _both(ranges[whole], Range(least, most))
    for part in parts:
        others = Range(least - ranges[part].least, most - ranges[part].most)
        rest = Range(ranges[whole].least - others.most, ranges[whole].most - others.least)
        changed = _both(ranges[part], rest)
        least, most = least + changed.least - ranges[part].least, most + changed.most - ranges[part].most
        ranges[part] = changed


def _both(one: Range, other: Range) -> Range:
    return Range(max(one.least, other.least), min(one.most, other.most))
