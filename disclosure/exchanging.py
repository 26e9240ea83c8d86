"""Which counts could be others while all that is shown stays the same; knows names and sums, no amounts.

Who knows where people were knows which cells are not empty. A cell adds one to some numbers that are shown, or that can
be worked out as what is left of a total, and to some that are hidden. Some people more in one cell and less in another
is a change that nobody sees if those numbers stay as they are. Which hidden counts do change by one of these is found
by elimination, as in secondary cell suppression by Gauss (Langsrud 2024). Every cell here has somebody to spare; that a
change is of whole people is not looked at, but where the tests try all that could have been, it always was.
"""

from collections.abc import Collection, Iterable
from fractions import Fraction
from typing import NamedTuple, TypeAlias

Name: TypeAlias = tuple[str, ...]
"""That of a number."""


class Adds(NamedTuple):
    """To which numbers somebody adds: those that a reader has, and those that are hidden."""

    seen: tuple[Name, ...]
    hidden: tuple[Name, ...]


class _Change(NamedTuple):
    """So many more or less of each number."""

    seen: dict[Name, Fraction]
    hidden: dict[Name, Fraction]


def can_change(wanted: Collection[Name], people: Iterable[Adds]) -> bool:
    """Whether each wanted hidden count changes by some change that leaves all that is seen as it is."""
    left = set(wanted)
    known: dict[Name, _Change] = {}
    for adds in dict.fromkeys(people):
        if not left:
            break
        left -= _unseen(adds, known)
    return not left


def _unseen(adds: Adds, known: dict[Name, _Change]) -> set[Name]:
    """The hidden counts that change by one person here, made up for by what is known; if nothing can, this is known."""
    seen, hidden = dict.fromkeys(adds.seen, Fraction(1)), dict.fromkeys(adds.hidden, Fraction(1))
    while seen:
        name = min(seen)
        if name not in known:
            known[name] = _Change(*(_times(part, 1 / seen[name]) for part in (seen, hidden)))
            return set()
        times = seen[name]
        seen, hidden = _less(seen, known[name].seen, times), _less(hidden, known[name].hidden, times)
    return set(hidden)


def _times(numbers: dict[Name, Fraction], times: Fraction) -> dict[Name, Fraction]:
    return {name: number * times for name, number in numbers.items()}


def _less(one: dict[Name, Fraction], other: dict[Name, Fraction], times: Fraction) -> dict[Name, Fraction]:
    changed = {name: one.get(name, Fraction(0)) - other.get(name, Fraction(0)) * times for name in {**one, **other}}
    return {name: number for name, number in changed.items() if number}
