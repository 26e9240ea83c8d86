"""By what a teller can be known, made so coarse that it fits several; knows no file and no database.

Five, as k-anonymity counts: every combination of these attributes that leaves, is that of at least so many tellers.
An attribute that is made coarse is not shown at all for that story; which goes first is the order they are given in.
A teller with several stories counts once.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping

LEAST = 5
"""Tellers with the same attributes: fewer, and who knows somebody finds them."""

HIDDEN = "niet_getoond"
HIDDEN_CODE = 890
"""Beside 888 and 889: no option ever has it. A fourth code for missing is more than SPSS takes."""

HIDDEN_MEANING = "Niet getoond: met dit antwoord erbij zouden te weinig vertellers op elkaar lijken."

LINK, LANGUAGE = "link", "taal"
"""What every story may have of these, whatever was asked."""

Known = tuple[str, ...]
"""The values of the attributes of one story, in order; "" where one is absent, `HIDDEN` where it is made coarse."""


def coarsen(tellers: Mapping[str, str], known: Mapping[str, Known], least: int = LEAST) -> Mapping[str, Known]:
    """What every story, by its id, is known by when it leaves; each attribute in turn is hidden where it has to be.

    Hiding stops where every combination is that of enough tellers. If at the end too few are left of whom nothing is
    shown, the next smallest combination joins them; with fewer tellers than `least` in all, nothing is shown of any.
    What is hidden of a story is always a beginning of its attributes, if what was hidden before is one.
    """
    known = dict(known)
    for place in range(max(map(len, known.values()), default=0)):
        for key in list(_rare(known, tellers, least)):
            known[key] = (*known[key][:place], HIDDEN, *known[key][place + 1 :])
    while rare := set(_rare(known, tellers, least)):
        joining = rare | _smallest_other(known, tellers, rare)
        if all(_is_bare(known[key]) for key in joining):
            break
        for key in joining:
            known[key] = (HIDDEN,) * len(known[key])
    return known


def _groups(known: Mapping[str, Known]) -> Mapping[Known, set[str]]:
    groups: dict[Known, set[str]] = defaultdict(set)
    for key, values in known.items():
        groups[values].add(key)
    return groups


def _rare(known: Mapping[str, Known], tellers: Mapping[str, str], least: int) -> Iterator[str]:
    for keys in _groups(known).values():
        if len({tellers[key] for key in keys}) < least:
            yield from keys


def _smallest_other(known: Mapping[str, Known], tellers: Mapping[str, str], rare: set[str]) -> set[str]:
    others = {values: keys for values, keys in _groups(known).items() if keys.isdisjoint(rare)}
    ordered = sorted(others, key=lambda values: (len({tellers[key] for key in others[values]}), values))
    return others[ordered[0]] if ordered else set()


def _is_bare(values: Known) -> bool:
    return all(value == HIDDEN for value in values)
