"""How much of what leads to a person is found, by kind, and how much is found that does not; measured, not promised.

The figures stand under every test run, at "beproefd": of the sentences that the rules were made with, and of those
that were held apart.
"""

from collections import Counter
from collections.abc import Callable, Sequence

import pytest

from research.deidentify.finding import Finder
from research.deidentify.kinds import Kind
from tests.research.deidentify.making import EACH, STRUCTURED, generated
from tests.research.deidentify.sentences import (
    DEVELOPMENT,
    HELD_APART,
    Sentence,
    missed,
    over,
    sentences,
    touched,
    wrongly,
)

LEAST = {"bsn": 1.0, "naam": 0.9, "adres": 0.9, "leeftijd": 0.9, "plek": 0.9}
"""What has to be found of each kind; of all others, which have a shape, 99 percent."""
WITH_A_SHAPE = 0.99
MOST_TOUCHED = 0.08

MOST_FOR_A_SHAPE = 0.01
"""Of sentences with nothing in them, so many may be touched for one of these kinds."""
SHAPES = frozenset(Kind) - {Kind.NAME, Kind.STREET, Kind.SCHOOL, Kind.SHELTER, Kind.OTHER}

PARTS = (DEVELOPMENT, HELD_APART)


def shares(finder: Finder, these: Sequence[Sentence]) -> dict[str, tuple[int, int]]:
    """Of each kind how many are found, of how many."""
    outcomes = missed(finder, these)
    every, lost = Counter(kind for kind, _ in outcomes), Counter(kind for kind, stays in outcomes if stays)
    return {kind: (amount - lost[kind], amount) for kind, amount in sorted(every.items())}


@pytest.mark.parametrize("part", PARTS)
def test_what_leads_to_a_person_is_found(finder: Finder, part: str) -> None:
    found = shares(finder, sentences(part))
    assert {kind: it for kind, it in found.items() if it[0] < LEAST.get(kind, WITH_A_SHAPE) * it[1]} == {}


@pytest.mark.parametrize("part", PARTS)
def test_of_a_hundred_of_each_kind_with_a_shape_one_is_missed_at_most_and_no_bsn(finder: Finder, part: str) -> None:
    found = shares(finder, generated(part))
    assert set(found) == set(STRUCTURED)
    assert {kind: it for kind, it in found.items() if it[1] < EACH or it[0] < WITH_A_SHAPE * it[1]} == {}
    assert found["bsn"][0] == found["bsn"][1]


@pytest.mark.parametrize("part", PARTS)
def test_what_leads_to_nobody_mostly_stays(finder: Finder, part: str) -> None:
    clean = [one for one in sentences(part) if not one.marks]
    assert len(touched(finder, clean)) <= MOST_TOUCHED * len(clean)
    marked = [one for one in sentences(part) if one.marks]
    assert len(list(over(finder, marked))) <= MOST_TOUCHED * len(marked)


@pytest.mark.parametrize("part", PARTS)
def test_hardly_any_sentence_is_touched_for_a_number_that_is_none(finder: Finder, part: str) -> None:
    clean = [one for one in (*sentences(part), *generated(part)) if not one.marks]
    touched_for = wrongly(finder, clean)
    assert {kind: touched_for[kind] for kind in SHAPES if touched_for[kind] > MOST_FOR_A_SHAPE * len(clean)} == {}


def test_there_are_sentences_enough_of_each_part_and_none_is_in_both() -> None:
    texts = {part: {one.text for one in sentences(part)} for part in PARTS}
    assert {part: len(found) >= 150 for part, found in texts.items()} == dict.fromkeys(PARTS, True)
    assert texts[DEVELOPMENT] & texts[HELD_APART] == set()


def test_the_templates_of_one_part_are_not_those_of_the_other() -> None:
    texts = {part: {one.text for one in generated(part)} for part in PARTS}
    assert texts[DEVELOPMENT] & texts[HELD_APART] == set()
    assert generated(HELD_APART) == generated(HELD_APART), "the same every time"


def test_the_figures_are_told(finder: Finder, record_property: Callable[[str, object], None]) -> None:
    for said, source in (("gevonden", sentences), ("geloot gevonden", generated)):
        found = {part: shares(finder, source(part)) for part in PARTS}
        assert set(found[DEVELOPMENT]) == set(found[HELD_APART])
        for kind in found[DEVELOPMENT]:
            (made, of_made), (kept, of_kept) = (found[part][kind] for part in PARTS)
            record_property(f"{said}, {kind}", f"{kept}/{of_kept} apart gehouden, {made}/{of_made} mee gemaakt")
    clean = {part: [one for one in (*sentences(part), *generated(part)) if not one.marks] for part in PARTS}
    hit = {part: wrongly(finder, these) for part, these in clean.items()}
    for kind in Kind:
        told = [f"{hit[part][kind]}/{len(clean[part])}" for part in PARTS]
        record_property(f"ten onrechte aangeraakt, {kind}", f"{told[1]} apart gehouden, {told[0]} mee gemaakt")
