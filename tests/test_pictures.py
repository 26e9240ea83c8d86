"""Whether the pictures show what is said today, to everyone; knows not how they are made."""

import re
import struct
from xml.parsers import expat

import pytest
from PIL import Image, ImageChops, ImageStat

from docs.pictures import photograph_visit, photograph_web, picture_paper, research_visits, team_visits
from docs.pictures.draw_chat import PICTURE, draw
from docs.pictures.moments import TRANSCRIPT, Bubble, moments
from docs.pictures.visits import MOMENTS, SCREENS, Moment
from tests.talk.script import read

TOLD = ("title", "desc")
PNG = b"\x89PNG\r\n\x1a\n"
MOST_BYTES = 100_000
OTHER_MACHINE = 0.5
"""Of 255 greys, so much a page may differ on a machine that rounds otherwise; one other word differs more."""

README = photograph_web.FOLDER.parent.parent / "README.md"


def test_the_picture_shows_what_is_said_today() -> None:
    assert PICTURE.read_text(encoding="utf-8") == draw(), "the texts have changed: make pictures"


def test_the_picture_is_well_formed_and_asks_nothing_of_the_network() -> None:
    elements = _elements(PICTURE.read_bytes())
    assert elements[0][0] == "svg"
    assert {name for name, _ in elements} <= {"svg", *TOLD, "g", "rect", "path", "circle", "text", "tspan"}
    assert not [name for _, attributes in elements for name in attributes if name.endswith("href")]


def test_the_picture_has_a_name_and_a_description_for_who_cannot_see_it() -> None:
    elements = _elements(PICTURE.read_bytes())
    root = elements[0][1]
    ids = [attributes["id"] for name, attributes in elements if name in TOLD]
    assert root["role"] == "img"
    assert root["lang"] == "nl"
    assert root["aria-labelledby"].split() == ids


def test_the_description_tells_the_whole_story_and_the_code() -> None:
    described = PICTURE.read_text(encoding="utf-8").partition("<desc")[2].partition("</desc>")[0]
    shown = moments()
    typed = [_words(bubble) for bubble in shown.told if bubble.own and _words(bubble) != "/start"]
    code = next(span.text for bubble in shown.sent for span in bubble.spans if span.bold)
    assert [words for words in (*typed, shown.touched, code) if words not in described] == []


def test_a_used_button_is_written_under_its_question_and_only_the_last_question_has_buttons() -> None:
    shown = moments()
    taps = [turn.action.words for turn in read(TRANSCRIPT).turns if turn.action.kind == "tap"]
    used = [_words(bubble).partition("✅ ")[2] for bubble in shown.told if "✅ " in _words(bubble)]
    assert used == [label.removeprefix("✅ ") for label in taps[: taps.index(shown.touched)]]
    assert [bubble for bubble in shown.told if bubble.rows] == []
    assert any(shown.touched in row for row in shown.asked.rows)


@pytest.mark.parametrize(
    "moment", [*MOMENTS, *team_visits.MOMENTS, *research_visits.MOMENTS], ids=lambda moment: moment.name
)
def test_there_is_a_small_picture_of_every_moment_on_every_screen(moment: Moment) -> None:
    for screen in SCREENS:
        picture = (photograph_web.FOLDER / photograph_web.file_name(moment, screen["width"])).read_bytes()
        assert picture.startswith(PNG)
        assert struct.unpack(">II", picture[16:24]) == (screen["width"], screen["height"])
        assert len(picture) < MOST_BYTES


def test_their_page_shows_them_all_and_says_what_they_are() -> None:
    shown = photograph_web.PAGE.read_text(encoding="utf-8")
    assert shown == photograph_web.page(), "make pictures"
    assert len(re.findall(r'<img src="([^"]+)"', shown)) == len(list(photograph_web.FOLDER.glob("*.png")))


def test_there_is_a_small_picture_of_every_moment_of_a_visit_and_a_page_that_shows_them() -> None:
    shown = photograph_visit.PAGE.read_text(encoding="utf-8")
    assert shown == photograph_visit.page(), "make pictures"
    named = re.findall(r'<img src="([^"]+)"', shown)
    assert sorted(named) == sorted(file.name for file in photograph_visit.FOLDER.glob("*.png"))
    sizes = {(screen["width"], screen["height"]) for screen in photograph_visit.SCREENS}
    for name in named:
        picture = (photograph_visit.FOLDER / name).read_bytes()
        assert struct.unpack(">II", picture[16:24]) in sizes
        assert len(picture) < MOST_BYTES


def test_the_pictures_of_paper_show_what_is_said_today() -> None:
    shown = picture_paper.pictures()
    assert picture_paper.PAGE.read_text(encoding="utf-8") == picture_paper.page(shown), "make pictures"
    assert {picture.file for picture in shown} == {file.name for file in picture_paper.FOLDER.glob("*.png")}
    for picture in shown:
        file = picture_paper.FOLDER / picture.file
        old, new = Image.open(file).convert("L"), picture_paper.drawn(picture).convert("L")
        assert old.size == new.size
        assert ImageStat.Stat(ImageChops.difference(old, new)).mean[0] < OTHER_MACHINE, f"{file.name}: make pictures"
        assert file.stat().st_size < MOST_BYTES


def test_every_picture_of_the_readme_is_there_and_has_words_for_who_cannot_see_it() -> None:
    shown = README.read_text(encoding="utf-8")
    named = re.findall(r'<img src="(docs/beelden/[^"]+)"[^>]* alt="[^"]{20,}">', shown)
    assert len(named) == shown.count("<img ") >= 3
    assert [name for name in named if not (README.parent / name).is_file()] == []
    assert photograph_web.table() in shown, "docs/pictures/photograph_web.py: table()"


def _elements(svg: bytes) -> list[tuple[str, dict[str, str]]]:
    """The elements of the picture with their attributes; ExpatError where it is no XML."""
    found: list[tuple[str, dict[str, str]]] = []
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, attributes: found.append((name, attributes))
    parser.Parse(svg, True)
    return found


def _words(bubble: Bubble) -> str:
    return "".join(span.text for span in bubble.spans)
