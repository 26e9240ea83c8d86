"""What is taken out of words that a program shows, and what is not."""

import sys

import pytest
from lxml import etree

from research.export.safe_text import safe

KEPT = [
    "",
    "Ik was er.\n\n\tEn toen?",
    "👩‍👩‍👧‍👦 met z'n vieren 🇳🇱",
    "מזל\u200f!",
    "مرحبا\u200e كيف حالك",
    "=cmd|'/c calc'!A1",
    "<b>&amp;</b> ]]>",
    "\U0001fffe",
]


@pytest.mark.parametrize("words", KEPT)
def test_words_stay_as_they_are(words: str) -> None:
    assert safe(words) == words


@pytest.mark.parametrize("turn", [*"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"])
def test_nothing_turns_a_line_around(turn: str) -> None:
    assert safe(f"reknr {turn}123 456") == "reknr 123 456"


@pytest.mark.parametrize("end", ["\r\n", "\r", "\u0085", "\u2028", "\u2029"])
def test_every_line_ends_alike(end: str) -> None:
    assert safe(f"een{end}twee{end}") == "een\ntwee\n"


def test_xml_takes_every_character_that_is_left() -> None:
    left = safe("".join(map(chr, range(sys.maxunicode + 1))))
    element = etree.Element("tekst")
    element.text = left
    read = etree.fromstring(etree.tostring(element, encoding="utf-8"), etree.XMLParser(huge_tree=True))
    assert read.text == left
    assert [f"{ord(sign):x}" for sign in left if sign < " " and sign not in "\t\n"] == []
