"""How much of what leads to a person is found, by kind, and how much is found that does not; measured, not promised.

The figures stand under every test run, at "beproefd": of the sentences that the rules were made with, and of those
that were held apart.
"""

from collections import Counter
from collections.abc import Callable

import pytest

from research.deidentify.finding import Finder
from tests.research.deidentify.sentences import DEVELOPMENT, HELD_APART, missed, over, sentences, touched

LEAST = {"bsn": 1.0, "naam": 0.9, "adres": 0.9, "leeftijd": 0.9, "plek": 0.9}
"""What has to be found of each kind; of all others, which have a shape, 99 percent."""
STRUCTURED = 0.99
MOST_TOUCHED = 0.08

PARTS = (DEVELOPMENT, HELD_APART)


def shares(finder: Finder, part: str) -> dict[str, tuple[int, int]]:
    """Of each kind how many are found, of how many."""
    outcomes = missed(finder, sentences(part))
    every, lost = Counter(kind for kind, _ in outcomes), Counter(kind for kind, stays in outcomes if stays)
    return {kind: (amount - lost[kind], amount) for kind, amount in sorted(every.items())}


@pytest.mark.parametrize("part", PARTS)
def test_what_leads_to_a_person_is_found(finder: Finder, part: str) -> None:
    too_few = {
        kind: share for kind, share in shares(finder, part).items() if share[0] < LEAST.get(kind, STRUCTURED) * share[1]
    }
    assert too_few == {}


@pytest.mark.parametrize("part", PARTS)
def test_what_leads_to_nobody_mostly_stays(finder: Finder, part: str) -> None:
    clean = [one for one in sentences(part) if not one.marks]
    assert len(touched(finder, clean)) <= MOST_TOUCHED * len(clean)
    marked = [one for one in sentences(part) if one.marks]
    assert len(list(over(finder, marked))) <= MOST_TOUCHED * len(marked)


def test_there_are_sentences_enough_of_each_part_and_none_is_in_both() -> None:
    texts = {part: {one.text for one in sentences(part)} for part in PARTS}
    assert {part: len(found) >= 150 for part, found in texts.items()} == dict.fromkeys(PARTS, True)
    assert texts[DEVELOPMENT] & texts[HELD_APART] == set()


def test_the_figures_are_told(finder: Finder, record_property: Callable[[str, object], None]) -> None:
    found = {part: shares(finder, part) for part in PARTS}
    for kind in found[DEVELOPMENT]:
        (made, of_made), (kept, of_kept) = (found[part].get(kind, (0, 0)) for part in PARTS)
        record_property(f"gevonden, {kind}", f"{kept}/{of_kept} apart gehouden, {made}/{of_made} mee gemaakt")
    clean = [one for one in sentences(HELD_APART) if not one.marks]
    hit = len(touched(finder, clean))
    record_property("ten onrechte aangeraakt", f"{hit}/{len(clean)} zinnen zonder iets, apart gehouden")
    assert set(found[DEVELOPMENT]) == set(found[HELD_APART])
