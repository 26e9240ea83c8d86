"""How a text is taken apart, and the word lists that its words are held against."""

import pytest
from wordfreq import zipf_frequency

from tests.plainness.reading import mean_sentence, reading_ease, sentences, words
from tests.plainness.wording import RARE_BELOW, wording


def test_what_no_reader_has_to_read_is_left_out() -> None:
    text = "*Stuur* /verwijderen naar {onderzoeker} 🎉 of kijk op https://www.voorbeeld.nl/pad."
    assert words(text) == ["stuur", "naar", "of", "kijk", "op"]


def test_lines_bullets_and_end_marks_start_a_sentence() -> None:
    text = "Dag\n• Ja. Nee!\n1. Wie? «Ik.» En u\n\nTot 0800-0113"
    assert sentences(text) == ["Dag", "Ja.", "Nee!", "Wie?", "«Ik.", "En u", "Tot 0800-0113"]


def test_reading_ease_follows_the_formula_of_douma() -> None:
    assert mean_sentence("De verteller praat. Wij luisteren.") == 2.5
    assert reading_ease("De verteller praat. Wij luisteren.") == pytest.approx(206.835 - 0.93 * 5 / 2 - 77 * 9 / 5)


@pytest.mark.parametrize("word", sorted(wording().allowed))
def test_every_allowed_word_has_a_reason_and_is_not_avoided(word: str) -> None:
    assert wording().allowed[word]
    assert word not in {**wording().avoid, **wording().avoid_for_residents}


def test_no_word_is_allowed_that_needs_no_permission() -> None:
    common = [word for word in wording().allowed if zipf_frequency(word, "nl") >= RARE_BELOW]
    assert common == []
