"""What comes of what a reviewer does: a function of a review and an event, so nothing is shown and nothing kept."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from research.deidentify.kinds import Kind
from research.deidentify.reviewing import (
    Added,
    Changed,
    Choosing,
    Event,
    Given,
    LetGo,
    Moved,
    Removed,
    Review,
    Stretched,
    Undone,
    begin,
    choices,
    chosen_piece,
    focus,
    left,
    proposals,
    somebody_new,
    standing,
    step,
    unmasked,
)
from storage.second_texts import Mask, Masked, SecondText

STORY = "Fatima belde Piet. Fatima kwam met Roos langs."
TITLE = "Fatima hielp"
MASKS = (Mask(0, 6, "[NAAM-1]", "voornaam"), Mask(13, 17, "[NAAM-2]", "voornaam"), Mask(19, 25, "[NAAM-1]", "voornaam"))
REVIEW = Review("v1", (Masked("verhaal", STORY, MASKS), Masked("titel", TITLE, (Mask(0, 6, "[NAAM-1]", "voornaam"),))))


def after(*events: Event, review: Review = REVIEW) -> Review:
    """The review after these."""
    for event in events:
        review = step(review, event)
    return review


def told(review: Review) -> list[str]:
    """The second texts."""
    return [text.words for text in review.texts]


def test_a_review_begins_with_what_was_proposed_in_the_order_it_is_shown_in() -> None:
    there = {
        name: SecondText("v1", name, "", "", masks, "1", "", "", "", 1)
        for name, masks in (("titel", ()), ("verhaal", MASKS))
    }
    begun = begin("v1", {"verhaal": STORY, "titel": TITLE}, there)
    assert [(text.question, text.masks) for text in begun.texts] == [("verhaal", MASKS), ("titel", ())]
    assert (begun.at, focus(begun)) == (0, (0, 0))


def test_the_focus_goes_through_all_texts_and_stays_within_them() -> None:
    assert [focus(after(Moved(by))) for by in (-1, 1, 2, 3, 9)] == [(0, 0), (0, 1), (0, 2), (1, 0), (1, 0)]
    assert focus(Review("v1", (Masked("verhaal", "Niets."),))) is None


def test_what_is_removed_stays_as_it_was_told_here_or_everywhere() -> None:
    assert told(after(Removed())) == ["Fatima belde [NAAM-2]. [NAAM-1] kwam met Roos langs.", "[NAAM-1] hielp"]
    assert told(after(Removed(everywhere=True))) == ["Fatima belde [NAAM-2]. Fatima kwam met Roos langs.", TITLE]


def test_what_is_changed_changes_for_the_same_words_everywhere() -> None:
    assert told(after(Changed("hulp"))) == ["[hulp] belde [NAAM-2]. [hulp] kwam met Roos langs.", "[hulp] hielp"]
    assert after(Changed("  ")) == REVIEW
    assert after(Changed("[]")) == REVIEW


def test_what_is_added_is_masked_wherever_it_stands_and_pointed_at() -> None:
    added = after(Removed(everywhere=True), Added(1, 0, 6, "[NAAM-3]"))
    assert told(added) == ["[NAAM-3] belde [NAAM-2]. [NAAM-3] kwam met Roos langs.", "[NAAM-3] hielp"]
    assert focus(added) == (1, 0)
    once = after(Added(0, 35, 39, "[NAAM-3]", everywhere=False))
    assert told(once)[0] == "[NAAM-1] belde [NAAM-2]. [NAAM-1] kwam met [NAAM-3] langs."
    assert once.texts[0].masks[-1].rule == "zelf"


def test_words_are_found_as_whole_words_where_nothing_stands_for_them() -> None:
    text = Masked("verhaal", "In januari kwam Jan, met JAN's vriend Jan-Willem. Jan!", (Mask(50, 53, "[NAAM-1]", "x"),))
    assert [text.typed[start:end] for start, end in unmasked(text, " (jan) ")] == ["Jan", "JAN"]
    assert [text.typed[start:end] for start, end in unmasked(text, "kwam\n jan")] == ["kwam Jan"]
    assert list(unmasked(Masked("verhaal", "Jan Jan Jan"), "Jan Jan")) == [(0, 7)]
    assert [list(unmasked(text, said)) for said in ("", "janu", "willem", "?!")] == [[], [], [], []]


def test_what_is_added_over_others_takes_their_place_and_what_holds_nothing_is_not_added() -> None:
    assert told(after(Added(0, 7, 22, "[WEGGELATEN]", everywhere=False)))[0] == (
        "[NAAM-1] [WEGGELATEN]ima kwam met Roos langs."
    )
    for nothing in (Added(0, 6, 7, "x"), Added(0, 9, 9, "x"), Added(5, 0, 3, "x"), Added(0, 0, 6, " ")):
        assert after(nothing) == REVIEW


def test_words_are_chosen_with_keys_and_then_masked() -> None:
    choosing = after(Choosing())
    assert _chosen(choosing) == "belde"
    assert _chosen(after(Choosing(), Moved(-1), Moved(-1))) == "Fatima"
    assert _chosen(after(Choosing(), Stretched(1), Stretched(1), Stretched(-1))) == "belde Piet"
    assert _chosen(after(Choosing(), Stretched(-1))) == "belde"
    assert _chosen(after(Moved(2), Choosing(), *[Moved(1)] * 4)) == "Fatima"
    roos = after(Moved(2), Choosing(), Moved(1), Moved(1))
    assert _chosen(roos) == "Roos"
    assert told(step(roos, Given("[NAAM-3]")))[0].endswith("kwam met [NAAM-3] langs.")
    assert step(roos, Given("[NAAM-3]")).chosen is None
    assert step(roos, LetGo()) == after(Moved(2))
    assert after(Given("x")) == REVIEW
    empty = Review("v1", (Masked("verhaal", "…"),))
    assert step(empty, Choosing()) == empty


def _chosen(review: Review) -> str:
    piece = chosen_piece(review)
    assert piece is not None
    return review.texts[piece[0]].typed[piece[1] : piece[2]]


def test_every_change_can_be_undone_one_by_one() -> None:
    changed = after(Removed(), Changed("hulp"), Moved(1), Added(0, 35, 39, "x"))
    assert [told(after(*[Undone()] * times, review=changed)) for times in (3, 4)] == [told(REVIEW)] * 2
    assert told(after(Undone(), review=changed)) == told(after(Removed(), Changed("hulp")))


def test_what_may_stand_in_a_place_are_the_people_of_the_story_one_more_and_every_kind() -> None:
    assert choices(REVIEW)[:4] == ["[NAAM-1]", "[NAAM-2]", "[NAAM-3]", "[STRAAT]"]
    assert len(choices(REVIEW)) == len(set(choices(REVIEW))) == 2 + len(Kind)
    assert choices(after(Changed("de buurvrouw")))[-1] == "[de buurvrouw]"


def test_somebody_who_is_added_is_nobody_who_is_in_the_story_already() -> None:
    assert somebody_new(REVIEW) == "[NAAM-3]"
    assert somebody_new(after(Moved(1), Removed())) == "[NAAM-2]"
    assert somebody_new(after(Added(0, 35, 39, "[NAAM-3]"))) == "[NAAM-4]"


def test_what_stands_in_a_place_may_stay_there() -> None:
    for review in (REVIEW, after(Moved(1)), after(Changed("de buurvrouw"))):
        assert step(review, Changed(standing(review))).texts[0].words == review.texts[0].words
        assert standing(review) in choices(review)
    assert [standing(after(*[Moved(1)] * by)) for by in (0, 1)] == ["[NAAM-1]", "[NAAM-2]"]
    assert standing(Review("v1", (Masked("verhaal", "…"),))) == ""


def test_what_may_never_leave_is_told() -> None:
    review = Review("v1", (Masked("verhaal", "bel 0612345678 of 111222333", (Mask(4, 14, "[TELEFOON]", "telefoon"),)),))
    assert left(review) == [Kind.BSN]
    assert left(step(review, Removed())) == [Kind.BSN, Kind.PHONE]
    assert left(step(review, Added(0, 18, 27, "[BSN]"))) == []


def test_a_review_is_never_changed_in_place() -> None:
    before = replace(REVIEW)
    after(Removed(), Added(0, 35, 39, "x"), Undone())
    assert before == REVIEW


_EVENTS = st.one_of(
    st.builds(Moved, st.integers(-2, 2)),
    st.builds(Removed, st.booleans()),
    st.builds(Changed, st.text(max_size=5)),
    st.builds(Added, st.integers(-1, 2), st.integers(-3, 50), st.integers(-3, 50), st.text(max_size=5), st.booleans()),
    st.just(Choosing()),
    st.builds(Stretched, st.integers(-2, 2)),
    st.builds(Given, st.text(max_size=5)),
    st.just(LetGo()),
    st.just(Undone()),
)


@given(events=st.lists(_EVENTS, max_size=20))
def test_whatever_is_done_the_words_stay_and_masks_are_in_order_and_apart(events: list[Event]) -> None:
    review = REVIEW
    for event in events:
        review = step(review, event)
        assert [text.typed for text in review.texts] == [STORY, TITLE]
        for text in review.texts:
            edges = [edge for mask in text.masks for edge in (mask.start, mask.end)]
            assert edges == sorted(edges)
            assert all(0 <= mask.start < mask.end <= len(text.typed) for mask in text.masks)
        assert focus(review) is None or focus(review) in proposals(review)
    undone = after(*[Undone()] * len(events), review=review)
    assert told(undone) == told(REVIEW)


@pytest.mark.parametrize("event", [Moved(1), Removed(), Changed("x"), Undone(), Stretched(1), LetGo()])
def test_with_nothing_proposed_nothing_happens(event: Event) -> None:
    review = Review("v1", (Masked("verhaal", "Niets."),))
    assert step(review, event) == review
