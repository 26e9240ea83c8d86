"""Where lines end: between words where that can be, within one where it must, and no word is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printing.lines import broken
from printing.typesetting import widths

ONES = dict.fromkeys(" abcdefg.", 1.0)


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        ("", [""]),
        ("aa bb cc", ["aa bb", "cc"]),
        ("aaaaa bb", ["aaaaa", "bb"]),
        ("aaaaaa bb", ["aaaaa", "a bb"]),
        ("aa\n\nbb", ["aa", "", "bb"]),
        ("abcdefgabcdefg", ["abcde", "fgabc", "defg"]),
    ],
)
def test_a_line_ends_where_it_is_full(words: str, lines: list[str]) -> None:
    assert broken(words, ONES, 5) == lines


@given(st.text(" abcdefg.\n"))
def test_no_letter_is_lost_and_no_line_is_too_wide(words: str) -> None:
    lines = broken(words, ONES, 7)
    assert "".join("".join(lines).split()) == "".join(words.split())
    assert max(map(len, lines)) <= 7


def test_a_letter_is_as_wide_as_it_is_drawn() -> None:
    regular, bold = widths("iW ")
    assert 0 < regular["i"] < regular["W"] < bold["W"] < 1.5
    assert 0.1 < regular[" "] < 0.4
