"""What can be drawn: the letters that the typeface has, and what becomes of the others."""

import traceback
from importlib.resources import as_file, files
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from printing.letters import FAMILIES, LETTERS, PACKAGE, SHOWN, all_drawn, drawn, named, shown
from printing.typesetting import NotTypesetError, pdf
from tests.talk.world import library


@pytest.mark.parametrize("weight", ["Regular", "Bold"])
def test_the_typeface_has_every_letter_that_is_drawn(weight: str) -> None:
    with as_file(files(PACKAGE) / "files" / f"AtkinsonHyperlegible-{weight}.ttf") as file:
        has = set(map(chr, TTFont(file).getBestCmap()))
    assert LETTERS - has == set()


@pytest.mark.parametrize(
    ("words", "seen"),
    [
        ("Café ’t Hoekje", "Café ’t Hoekje"),
        ("Şişli-Żoliborz", "Şişli-Żoliborz"),
        ("İstanbul", "Istanbul"),
        ("Cafe\u0301", "Café"),
        ("Huis 🏠 van de Wijk", "Huis van de Wijk"),
        ("ﬁets", "fiets"),
        ("a\u202eb\u200fc\0d", "abcd"),
        ("Z\u0351\u0352a\u0351l\u0351g\u0351o", "Zalgo"),
        ("بيت الحي", ""),
        ("een\n\ntwee\t drie", "een\n\ntwee drie"),
        ('#evil["] $x$ *b* \\u{41} <a> @b', '#evil["] $x$ *b* \\u{41} <a> @b'),
    ],
)
def test_what_cannot_be_drawn_goes_and_the_rest_stays(words: str, seen: str) -> None:
    assert drawn(words) == seen


@pytest.mark.parametrize(
    ("words", "seen"),
    [
        ("İstanbul Nguyễn Дякую", "İstanbul Nguyễn Дякую"),
        ("ﬁets e\u0301\u0301n", "fiets én"),
        ("a😀b", "a<😀>b"),
        ("toen ሰላም ነው, ja", "toen <ሰላም ነው>, ja"),
        ("a 😀\u200d😀\n😀 b", "a <😀\u200d😀>\n<😀> b"),
        ("a\u202eb\0c", "abc"),
        ("شكراً", "شكراً"),
        ("een\n\ntwee\t drie", "een\n\ntwee drie"),
    ],
)
def test_of_a_story_nothing_goes_without_a_sign(words: str, seen: str) -> None:
    assert shown(words, lambda letters: f"<{letters}>") == seen


def test_every_letter_that_is_shown_is_drawn_by_the_typesetter(tmp_path: Path) -> None:
    assert _typeset(tmp_path, sorted(SHOWN)).startswith(b"%PDF")


@pytest.mark.parametrize("letter", ["😀", "ሰ", "你"])
def test_a_letter_that_no_typeface_has_is_no_box_but_a_fault_that_does_not_tell_it(tmp_path: Path, letter: str) -> None:
    with pytest.raises(NotTypesetError) as fault:
        _typeset(tmp_path, [letter])
    assert letter not in "".join(traceback.format_exception(fault.value))


def _typeset(folder: Path, letters: list[str]) -> bytes:
    template = folder / "letters.typ"
    template.write_text(
        '#set document(title: "Letters", date: none)\n'
        "#let sheet = json(bytes(sys.inputs.sheet))\n"
        "#set text(font: sheet.families)\n"
        '#sheet.letters.join(" ")\n'
    )
    return pdf(template, {"letters": letters, "families": FAMILIES}, {})


@given(st.text())
def test_of_a_story_nothing_is_drawn_as_an_empty_box(words: str) -> None:
    assert set(shown(words, lambda letters: "?")) <= SHOWN | {"\n"}


@given(st.text())
def test_nothing_is_ever_drawn_as_an_empty_box(words: str) -> None:
    assert set(drawn(words)) <= LETTERS | {"\n"}


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        ("  Huis van\nde Wijk ", "Huis van de Wijk"),
        ("🏠 🌷!", ""),
        ("بيت (الحي)", ""),
        ("W" * 99, "W" * 27 + "…"),
        ("heel lang " * 9, "heel lang heel lang heel lang…"),
    ],
)
def test_a_name_is_one_line_that_is_not_too_long(name: str, seen: str) -> None:
    assert named(name, 31) == seen


def test_every_part_of_what_goes_into_a_sheet_is_drawn() -> None:
    assert all_drawn({"a": ["😀 b", 1, None, True], "c": {"d": "e😀"}}) == {"a": ["b", 1, None, True], "c": {"d": "e"}}


def test_every_word_of_paper_can_be_drawn() -> None:
    said = [text.text for text in library().texts.values() if text.id.startswith("UIT.")]
    assert len(said) > 20
    assert [words for words in said if drawn(words) != words] == []
