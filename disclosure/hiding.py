"""Which counts of one published total are shown, and which are hidden so that nobody can work them out.

The total is known to whoever reads, and so is this rule. Hiding the small counts alone is no protection: one that is
hidden by itself is the total less the others. Therefore more is hidden, the smallest first, and what is hidden is

- at least the threshold together, so that a remainder is never a small group itself;
- not all the same, so that what is hidden can always have been divided over the same names in another way.

The rule looks at amounts and never at names or their order: counts that are the same are hidden or shown together.
What is hidden could thus be exchanged among its names and would have been hidden just so; since it is not all the same,
nobody can tell what belongs to which. With ties broken by name this fails: of a 4 and two 5s, where only the first 5 is
hidden, the 9 that is missing can be nothing but 4 and 5, and their names tell which is which. That readers know the
rule too is what minimality attacks use (Wong et al., VLDB 2007).

A zero is as small as a one: where any small count is hidden, zeros are hidden with it. Zeros that are always shown say
that every hidden count is at least one, and then five hidden ones that are five together are known to be one each.
GaussSuppression and easySdcTable, made by a statistical office, protect zeros unless told otherwise (on why: Langsrud,
Privacy in Statistical Databases 2024), and the European handbook asks for "ambiguity in the zeros" (Hundepool et al.,
Handbook on Statistical Disclosure Control, 5.2). Where nothing small is hidden, a zero hides nobody and is shown.

This holds for one partition. Several of one total beside each other need `margins.py`, and a table that crosses two of
them needs more than there is here.
"""

from collections.abc import Collection, Hashable, Mapping
from typing import TypeAlias, TypeVar

BOARD = 5
"""The smallest group that is shown to staff."""

RESEARCH = 10
"""The smallest group in tables that leave the house."""

Count: TypeAlias = int | None
"""How many; None where that is hidden."""

Name = TypeVar("Name", bound=Hashable)


def alone(count: int, threshold: int) -> Count:
    """A count that is part of nothing published, such as a total: hidden if it is small. Nobody at all is no secret."""
    return None if 0 < count < threshold else count


def hide(counts: Mapping[Name, int], threshold: int) -> dict[Name, Count]:
    """The parts of one published total, by name, in the order given; all of them are hidden where the total is small.

    Name every part that could have been: one that is there only if it is not zero says so by being named.
    Raises `ValueError` for a count below zero.
    """
    return under(counts, ceilings(counts.values(), threshold)[0])


def under(counts: Mapping[Name, int], ceiling: int) -> dict[Name, Count]:
    """The parts with all of them hidden up to a ceiling."""
    return {name: None if count <= ceiling else count for name, count in counts.items()}


def ceilings(counts: Collection[int], threshold: int) -> list[int]:
    """The ceilings that hide enough of the parts of a total, from the one that hides least to one that hides all.

    Raises `ValueError` for a count below zero.
    """
    if any(count < 0 for count in counts):
        raise ValueError("There are counts below zero")
    if not any(0 < count < threshold for count in counts):
        return [-1, *sorted(set(counts))]
    every = [threshold - 1, *sorted({count for count in counts if count >= threshold})]
    return [ceiling for ceiling in every if _hides_enough(counts, ceiling, threshold)] or [every[-1]]


def _hides_enough(counts: Collection[int], ceiling: int, threshold: int) -> bool:
    hidden = [count for count in counts if count <= ceiling]
    return sum(hidden) >= threshold and len(set(hidden)) > 1
