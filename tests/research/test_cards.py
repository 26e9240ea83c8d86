"""Cards as they come out of a printer: every word of every story is on one, however long and whatever it holds."""

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from research.export.formats.card_sheets import EXPLAINED, SIZES, Card, card_sheets
from research.export.formats.card_words import on_card
from research.export.formats.cards import opened
from tests.printing.printed import Page, overlapping, pages, squeezed
from tests.research.hostile import texts
from tests.research.kept import story_id
from tests.research.told import BEWONER, nth, tell
from tests.research.written import write

A4 = (210, 297)
EDGE = 7
"""Millimetres along every edge of a card that stay empty, for who cuts beside the line."""
WORDS = ["de", "mevrouw", "van", "het", "Buurtteam", "zat", "aan", "tafel", "en", "wij", "deden", "brieven", "open"]
ARABIC = ["ذهبت", "إلى", "فريق", "الحي", "أمس", "ساعدتني", "السيدة", "في", "فتح", "الرسائل", "كنت", "خائفا", "جدا"]
LONGEST = 8_000


def told(letters: int, words: list[str] = WORDS) -> str:
    """A story of about so many letters: numbered words, so that each is another, with an empty line now and then."""
    dice = random.Random(letters)
    said: list[str] = []
    while sum(map(len, said)) + len(said) < letters - 16:
        said.append(f"{dice.choice(words)}{len(said)}" + dice.choice(["", "", "", "", "", "", "", "", "", ".\n\n"]))
    return " ".join(said)


def made(*stories: str, title: str = "De stapel brieven") -> list[Page]:
    """The sheets of these stories."""
    return pages(card_sheets([Card(story_id(number), title, story) for number, story in enumerate(stories)]))


def read(sheets: list[Page]) -> str:
    """All that is to be read on the sheets, without spaces."""
    return "".join(sheet.letters for sheet in sheets)


@pytest.mark.parametrize("letters", [40, 400, 900, 1_500, 2_500, LONGEST])
def test_every_word_is_there_in_its_order_however_long_the_story(letters: int) -> None:
    story = told(letters)
    found = read(made(story))
    at = 0
    for word in story.split():
        at = found.find(word, at)
        assert at >= 0, word
        at += len(word)


def test_four_cards_go_on_a_sheet_and_each_has_its_id() -> None:
    sheets = made(*(told(300) for _ in range(9)))
    assert [sheet.size for sheet in sheets] == [A4] * 3
    ids = [[number for number in range(9) if story_id(number) in sheet.letters] for sheet in sheets]
    assert ids == [[0, 1, 2, 3], [4, 5, 6, 7], [8]]


def test_a_long_story_gets_smaller_and_then_goes_on_and_every_card_says_where_it_belongs() -> None:
    short, longer = (max(made(told(letters), title="")[0].sizes) for letters in (200, 1_200))
    assert (short, longer < short) == (SIZES[0], True)
    sheets = made(told(2_500))
    assert all(squeezed(said) in read(sheets) for said in ("kaart 1 van 3", "vervolg 2 van 3", "vervolg 3 van 3"))
    assert read(sheets).count(story_id(0)) == read(sheets).count("Destapelbrieven") == 3
    assert "kaart1van" not in read(made(told(200)))


@pytest.mark.parametrize(
    "story",
    [
        told(900),
        told(LONGEST),
        "W" * LONGEST,
        "( " * 4_000,
        "1 2 3 " * 1_300,
        "ا" * LONGEST,
        told(LONGEST, ARABIC),
        "x\n" * 4_000,
    ],
    ids=["one", "long", "no space", "brackets", "figures", "Arabic letters", "Arabic words", "lines"],
)
@pytest.mark.parametrize("title", ["De stapel brieven", "W" * 80, "W" * 900, ""], ids=["short", "wide", "huge", "none"])
def test_nothing_touches_anything_or_comes_near_the_cut(story: str, title: str) -> None:
    for sheet in made(story, title=title):
        assert list(overlapping(sheet.runs, 0.8)) == []
        for left, bottom, right, top in sheet.runs:
            assert (left // 105, bottom // 148.5) == (right // 105, top // 148.5)
            assert EDGE <= left % 105 <= right % 105 <= 105 - EDGE
            assert 3 <= bottom % 148.5 <= top % 148.5 <= 148.5 - EDGE
        assert min(sheet.sizes - {7.5}) >= SIZES[-1]


def test_letters_of_other_scripts_are_drawn() -> None:
    sheets = made("Дякую. Ευχαριστώ. Nguyễn. ♥", told(300, ARABIC), "תודה רבה")
    assert [word for word in ("Дякую", "Ευχαριστώ", "♥", "תודה") if word not in read(sheets)] == []
    assert EXPLAINED not in sheets[0].words


def test_every_word_of_a_long_story_in_arabic_is_there() -> None:
    words = ARABIC * 100
    found = " ".join(sheet.words for sheet in made(" ".join(words), title="")).split()
    assert {word: found.count(word) for word in ARABIC} == dict.fromkeys(ARABIC, 100)


def test_what_has_no_letters_is_a_sign_that_is_explained() -> None:
    [sheet] = made("Blij 😀👩‍👩‍👧! Toen ሰላም ነው en 你好.")
    assert "Blij ‹emoji›! Toen ‹5 tekens in een ander schrift› en ‹2 tekens in een ander schrift›." in sheet.words
    assert EXPLAINED in sheet.words


def test_signs_of_the_teller_are_not_explained() -> None:
    assert EXPLAINED not in made("Hij zei ‹nee›.")[0].words


def test_a_title_too_long_for_a_title_begins_the_story() -> None:
    title = told(900)
    assert squeezed(title) in read(made("Het einde.", title=title)).replace("Heteinde.", "")


def test_a_card_without_a_story_says_so() -> None:
    assert "Hier staat geen verhaal." in made("\u202e \n")[0].words


@pytest.mark.parametrize("at", range(0, 10_000, 2_500))
def test_hostile_texts_are_only_drawn(at: int) -> None:
    stories = texts()[at : at + 100]
    found = read(made(*stories, title="#evil[$x$]"))
    assert [story for story in stories if squeezed(_latin(story)) not in _latin(found)] == []


def _latin(words: str) -> str:
    """On a card and read back; the letters of a line of two directions are read in another order."""
    return "".join(letter for letter in on_card(words) if letter.isascii())


@settings(max_examples=50, deadline=None)
@given(st.text("ابلسW .é(‹\n\u064b\u064e\u0651\u0301\u200f\u202e😀ሰ", max_size=400))
def test_marks_and_directions_in_any_order_are_drawn(words: str) -> None:
    assert card_sheets([Card(story_id(0), words[:60], words)]).startswith(b"%PDF")


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300), st.text(max_size=60))
def test_whatever_somebody_typed_there_are_cards(story: str, title: str) -> None:
    assert card_sheets([Card(story_id(0), title, story)]).startswith(b"%PDF")


def test_the_same_stories_are_the_same_bytes() -> None:
    cards = [Card(story_id(number), "Titel", told(number)) for number in (100, 3_000, 700)]
    assert card_sheets(cards) == card_sheets(cards)


def test_the_cards_of_an_export_are_those_of_its_table(tmp_path: Path) -> None:
    folder = write(opened, tmp_path, [tell(BEWONER, nth(number, f"Verhaal nummer {number}.")) for number in range(6)])
    found = read(pages((folder / "kaarten" / "kaarten.pdf").read_bytes()))
    assert [number for number in range(6) if f"Verhaalnummer{number}." not in found] == []
    assert [number for number in range(6) if story_id(number) not in found] == []


def test_without_a_story_there_is_no_sheet(tmp_path: Path) -> None:
    folder = write(opened, tmp_path, [])
    assert [path.name for path in (folder / "kaarten").iterdir()] == ["kaarten.csv"]
