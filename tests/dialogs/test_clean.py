"""Whatever is typed becomes text that can be kept anywhere, and what people mean to write stays as it is."""

import sys
import unicodedata
from itertools import groupby

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dialogs.clean import COMBINING_LIMIT, KEPT_CONTROLS, clean_text

ACUTE = "\u0301"
ENCLOSING = "\u0489"
"""A mark round a letter: it stacks as others do, but has no place above or below it."""

_hostile = st.text(
    st.sampled_from([*"ae \n\t\r\0\x7f\x85", ACUTE, ENCLOSING, "\u200b", "\u200d", "\u202e", "\ud83d", "\ude00"])
)
TYPED = st.text() | st.text(st.characters()) | _hostile


@given(TYPED)
@example("e\0" + ACUTE)
@example("\u200b \u200b \ufeffwoord\u200b \u200b")
@example("\x00 woord")
def test_what_is_clean_stays_as_it_is(typed: str) -> None:
    assert clean_text(clean_text(typed)) == clean_text(typed)


@given(TYPED)
def test_every_text_can_be_written_as_utf_8(typed: str) -> None:
    kept = clean_text(typed)
    assert kept.encode().decode() == kept


@given(TYPED)
def test_no_controls_are_left_but_line_ends_and_tabs(typed: str) -> None:
    controls = {character for character in clean_text(typed) if unicodedata.category(character) == "Cc"}
    assert controls <= set(KEPT_CONTROLS)


@given(TYPED)
def test_letters_come_out_in_one_form(typed: str) -> None:
    assert unicodedata.is_normalized("NFC", clean_text(typed))


@given(TYPED)
@example("a" + ACUTE * 10_000)
@example("a" + ENCLOSING * 10_000)
def test_marks_are_not_stacked_without_end(typed: str) -> None:
    runs = groupby(clean_text(typed), key=lambda c: unicodedata.category(c).startswith("M"))
    assert all(len(list(run)) <= COMBINING_LIMIT for marks, run in runs if marks)


@given(st.text())
def test_no_letter_or_digit_is_added_or_lost(typed: str) -> None:
    assert _letters(clean_text(typed)) == _letters(typed)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\ud800b", "a\ufffdb"),
        ("a\udc00", "a\ufffd"),
        ("\ude00\ud83d", "\ufffd\ufffd"),
        ("\ud83d\ude00", "😀"),
        ("e" + ACUTE + "n", "én"),
        ("een\r\ntwee\rdrie", "een\ntwee\ndrie"),
        ("een\0\x1b\x7f\x85twee", "eentwee"),
        (" \n\t woorden \u00a0\u3000\u200b\ufeff ", "woorden"),
        ("", ""),
        ("\0", ""),
    ],
)
def test_what_cannot_be_kept_goes(typed: str, kept: str) -> None:
    assert clean_text(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "één  reëel\n\n\tverhaal",
        "👩‍👩‍👧‍👦 🏳️‍🌈 1️⃣ 👋🏽",
        "مرحبا \u202b abc \u202c \u2067 x \u2069 \u200f",
        "שָׁלוֹם",
        "ที่นี่ น้ำ",
        "क्षत्रिय میں\u200cها",
        "*vet* {titel} <b>&amp;</b> \\n %s",
        "ĳ ﬁ ½ ② Ａ",
    ],
)
def test_what_people_write_stays_as_typed(typed: str) -> None:
    assert clean_text(typed) == typed


def test_no_blank_is_left_around_a_text() -> None:
    blanks = [c for c in map(chr, range(sys.maxunicode + 1)) if c.isspace()]
    assert [c for c in blanks if clean_text(f"{c}x{c}") != "x"] == []


def _letters(text: str) -> list[str]:
    return [sign for sign in unicodedata.normalize("NFD", text) if unicodedata.category(sign)[0] in "LN"]
