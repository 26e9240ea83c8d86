"""The language a story is recognised in, as counted on `languages.toml`; and that nothing a teller types upsets it."""

import pickle
import random
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import dialogs
from dialogs.language import LANGUAGES, LONGEST, REMEMBERED, UNKNOWN, Guess, Recogniser
from dialogs.load_language import load_recogniser
from tests.dialogs.language_table import DUTCH, NAMES, OUTSIDE, Answer, Outcome, answers, counted, table_lines
from tests.plainness.readable import project_texts
from tests.plainness.reading import sentences

SILENT_AT_MOST = {
    (DUTCH, False): 6,
    (DUTCH, True): 2,
    ("pl", True): 1,
    ("es", True): 1,
    ("de", False): 1,
}
"""Answers for which nothing is said, by row and whether they are held apart, as measured; none where no number stands.

A number may become smaller, never larger.
"""
CALLED_AT_MOST = {False: 8, True: 4}
"""Answers outside the eight languages that are called one of them all the same, by whether they are held apart."""

TYPED = st.text() | st.text(st.characters()) | st.text("abcik éşżñ\n\0\ud83d\ude00👍ツم1@.", max_size=80)
ROWS = [(row, apart) for row in NAMES if row != OUTSIDE for apart in (False, True)]


def _these(row: str, *, apart: bool) -> list[Answer]:
    return [answer for answer in answers() if answer.row == row and answer.apart is apart]


@pytest.mark.parametrize("answer", answers(), ids=lambda answer: f"{answer.code}: {answer.text[:40]}")
def test_no_answer_is_called_a_language_it_is_not(answer: Answer) -> None:
    if answer.code != OUTSIDE:
        assert answer.outcome is not Outcome.WRONG


@pytest.mark.parametrize(("row", "apart"), ROWS)
def test_no_more_answers_are_missed_than_were(row: str, apart: bool) -> None:
    assert counted(_these(row, apart=apart))[Outcome.SILENT] <= SILENT_AT_MOST.get((row, apart), 0)


@pytest.mark.parametrize("apart", [False, True])
def test_other_languages_are_not_called_one_of_the_eight_more_often_than_they_were(apart: bool) -> None:
    assert counted(_these(OUTSIDE, apart=apart))[Outcome.WRONG] <= CALLED_AT_MOST[apart]


def test_there_are_answers_of_every_sort() -> None:
    kinds = Counter(answer.kind for answer in answers() if answer.code == DUTCH)
    assert kinds >= Counter({"gewoon": 40, "leerder": 25, "chat": 15, "lastig": 20})
    languages = Counter(answer.row for answer in answers())
    assert languages.total() >= 200
    assert [row for row in NAMES if languages[row] < 12] == []
    assert len({answer.text for answer in answers()}) == languages.total()


def test_a_third_is_held_apart() -> None:
    assert sum(answer.apart for answer in answers()) / len(answers()) == pytest.approx(1 / 3, abs=0.02)


def test_no_sentence_of_the_chat_itself_is_called_foreign() -> None:
    shown = project_texts(Path(dialogs.__file__).parent)
    said = {sentence for text in shown for sentence in sentences(text.readable.text)}
    assert len(said) > 100
    assert [s for s in said if load_recogniser().recognise(s).code not in ("", DUTCH)] == []


@given(TYPED)
@example("")
@example("\0")
@example("\ud800\udc00 \ud800")
@example("øøøø ðððð þþþþ ʒʒʒʒ")
@example("\u0307\u0301\ufe0f")
def test_whatever_is_typed_there_is_a_guess(typed: str) -> None:
    guess = load_recogniser().recognise(typed)
    assert (guess.source == "") == (guess.code == "")
    assert (guess.source == "herkend") == (guess.certainty is not None)
    assert guess.source != "herkend" or guess.code in LANGUAGES
    assert guess.certainty is None or 90 <= guess.certainty <= 100


def test_the_same_text_gives_the_same_guess_whatever_came_before() -> None:
    text = "Zij wist precies wat ik nodig had en dat was a relief."
    first = fresh().recognise(text)
    for count in (1, 5, 50):
        other = fresh()
        for before in answers()[:count]:
            other.recognise(before.text)
        assert other.recognise(text) == first


def test_a_guess_is_remembered_by_itself_and_no_word_of_the_text_is() -> None:
    recogniser = fresh()
    text = "Mevrouw Zonderwoord ging gisteren met mij mee naar de bank."
    guess = recogniser.recognise(text)
    for number in range(REMEMBERED + 1):
        recogniser.recognise(f"{number}")
    assert guess == recogniser.recognise(text) == Guess("nl", 100, "herkend")
    assert b"onderwoord" not in pickle.dumps(recogniser)


def fresh() -> Recogniser:
    """One that has heard nothing yet."""
    recogniser: Recogniser = load_recogniser.__wrapped__()
    return recogniser


def test_another_recogniser_guesses_the_same() -> None:
    other = fresh()
    asked = [answer.text for answer in answers()]
    assert [other.recognise(text) for text in reversed(asked)] == [
        load_recogniser().recognise(text) for text in reversed(asked)
    ]


def test_nobody_elses_dice_are_touched() -> None:
    before = random.getstate()
    load_recogniser().recognise("They helped me very quickly.")
    assert random.getstate() == before


@pytest.mark.parametrize(
    ("typed", "guess"),
    [
        ("إن شاء الله komt het goed met mijn zoon", Guess("nl", 100, "herkend")),
        ("Buurtteam ساعدوني كثيرا في الحي والحمد لله", Guess("arab", None, "schrift")),
        ("спасибо", Guess("cyrl", None, "schrift")),
        ("ⵜⴰⵎⴰⵣⵉⵖⵜ", Guess("tfng", None, "schrift")),
        ("ありがとうございます", Guess("jpan", None, "schrift")),
        ("ÇOK YARDIM ETTİLER BANA", Guess("tr", 100, "herkend")),
        ("𝓘 𝓱𝓪𝓿𝓮 𝓷𝓸 𝓶𝓸𝓷𝓮𝔂 𝓯𝓸𝓻 𝓽𝓱𝓮 𝓻𝓮𝓷𝓽", Guess("en", 100, "herkend")),
        ("Kijk op https://example.org/they-helped-me-very-quickly", UNKNOWN),
        ("mail naar they.helped@me.very.quickly", UNKNOWN),
        ("¯\\_(ツ)_/¯", UNKNOWN),
        ("ha ha ha ha ha", UNKNOWN),
        ("𐓀𐓁𐓂𐓃 𐓄𐓅𐓆𐓇", UNKNOWN),  # Osage, which has no code here
    ],
)
def test_what_a_rule_is_for(typed: str, guess: Guess) -> None:
    assert load_recogniser().recognise(typed) == guess


def test_what_stands_past_the_limit_changes_nothing() -> None:
    start = "They helped me very quickly. " * (LONGEST // 29 + 1)
    changed = start[:LONGEST] + "Dat vond ik heel fijn. " * 500
    assert load_recogniser().recognise(changed) == load_recogniser().recognise(start[:LONGEST])


def test_the_table_counts_every_answer() -> None:
    rows = table_lines()[1:-2]
    assert [row[:24].strip() for row in rows] == list(NAMES.values())
    assert sum(int(row[24:35]) for row in rows) == len(answers())
