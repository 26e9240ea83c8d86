"""By what a teller can be known, made so coarse that it fits several; knows no file and no database.

Five, as k-anonymity counts: every combination of these attributes that leaves, is that of at least so many tellers.
An attribute that is made coarse is not shown at all of that teller; which goes first is the order they are given in.
A teller counts once, with all stories: they are of one person, and the export says so.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

LEAST = 5
"""Tellers with the same attributes: fewer, and who knows somebody finds them."""

HIDDEN = "niet_getoond"
HIDDEN_CODE = -96
"""Next to those of `missing.CODES`: SPSS takes three codes for nothing, or more of them that follow one another."""

HIDDEN_MEANING = "Niet getoond: met dit antwoord erbij zouden te weinig vertellers op elkaar lijken."

LINK, ROLE, LANGUAGE = "link", "rol", "taal"
"""What every story may have of these, whatever was asked."""

BETWEEN = " + "
"""What no value has in it."""

Known = tuple[str, ...]
"""The values of the attributes of one story, or of one teller, in order: "" where one is absent, `HIDDEN` where it is
made coarse."""


def coarsen(tellers: Mapping[str, Known], least: int = LEAST) -> Mapping[str, Known]:
    """What every teller is known by in what leaves; each attribute in turn is hidden where it has to be.

    Hiding stops where every combination is that of enough tellers. If at the end too few are left of whom nothing is
    shown, the next smallest combination joins them; with fewer tellers than `least` in all, nothing is shown of any.
    What is hidden of a teller is always a beginning of the attributes, if what was hidden before is one.
    """
    known = dict(tellers)
    for place in range(max(map(len, known.values()), default=0)):
        for key in list(_rare(known, least)):
            known[key] = (*known[key][:place], HIDDEN, *known[key][place + 1 :])
    while rare := set(_rare(known, least)):
        joining = rare | _smallest_other(known, rare)
        if all(_is_bare(known[key]) for key in joining):
            break
        for key in joining:
            known[key] = (HIDDEN,) * len(known[key])
    return known


def together(stories: Iterable[Known]) -> Known:
    """What a teller is known by who told all of these: each attribute of all of them, and nothing where one is hidden.

    Whoever knows that they are of one teller knows all of it: a place in one story and another in the next are a
    combination by themselves. What is alike in all of them stands there once.
    """
    return tuple(_all_of(values) for values in zip(*sorted(set(stories)), strict=True))


def _all_of(values: Sequence[str]) -> str:
    if HIDDEN in values:
        return HIDDEN
    return values[0] if len(set(values)) == 1 else BETWEEN.join(values)


def _groups(known: Mapping[str, Known]) -> Mapping[Known, set[str]]:
    groups: dict[Known, set[str]] = defaultdict(set)
    for key, values in known.items():
        groups[values].add(key)
    return groups


def _rare(known: Mapping[str, Known], least: int) -> Iterator[str]:
    for keys in _groups(known).values():
        if len(keys) < least:
            yield from keys


def _smallest_other(known: Mapping[str, Known], rare: set[str]) -> set[str]:
    others = {values: keys for values, keys in _groups(known).items() if keys.isdisjoint(rare)}
    ordered = sorted(others, key=lambda values: (len(others[values]), values))
    return others[ordered[0]] if ordered else set()


def _is_bare(values: Known) -> bool:
    return all(value == HIDDEN for value in values)
