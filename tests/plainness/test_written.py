"""What staff read on their pages, and what is said of a fault, is plain for who works with people all day."""

from pathlib import Path

import pytest

from bot.staff.place_links import HELPERS
from tests.plainness.measure import PROFESSIONAL, Readable, faults
from tests.plainness.written import in_source, in_template

ROOT = Path(__file__).parents[2]
WRITTEN = ("bot/team", "pages", "research/web")
TEMPLATES = sorted(
    file for room in WRITTEN for file in (ROOT / room / "templates").glob("*.html") if file.name != "skeleton.html"
)
SOURCES = sorted(file for room in ("bot/staff", "counting", *WRITTEN) for file in (ROOT / room).glob("*.py"))


def wrong(texts: list[Readable]) -> list[str]:
    """All that is too hard."""
    return [str(fault) for text in texts for fault in faults(text, PROFESSIONAL)]


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: str(file.relative_to(ROOT)))
def test_every_page_for_staff_is_plain(file: Path) -> None:
    found = [*in_template(file)]
    assert found
    assert wrong(found) == []


def test_every_sentence_about_a_fault_and_every_role_of_a_helper_is_plain() -> None:
    found = [text for file in SOURCES for text in in_source(file)]
    said = {text.text for text in found}
    assert set(HELPERS.values()) <= said
    assert "De laatste dag ligt vóór de eerste. Draai ze om." in said
    assert "Deze vragenlijst is er niet: {waarde}. Wel: {waarde}." in said
    assert wrong(found) == []


def test_a_template_is_read_with_its_buttons_and_what_is_said_aloud(tmp_path: Path) -> None:
    file = tmp_path / "blad.html"
    file.write_text(
        '{% extends "base.html" %}\n<h1>Een &amp; twee</h1>\n<p>Tot {% if a %}{{ day }}{% endif %} <b>gaat</b> het.</p>'
        '<button class="x">Doe het<span> ({{ name }})</span></button>\n<img alt="Een plaatje van {{ name }}">\n'
        '<dd>{{ "Met een ander" if helped else "Alleen" }}</dd>{{ do(at.END, card, "Ja, stop", "firm") }}'
    )
    found = {text.text: text.buttons for text in in_template(file)}
    assert found == {
        "Een & twee": (),
        "Tot {waarde} gaat het.": (),
        "Doe het ({waarde})": ("Doe het ({waarde})",),
        "Een plaatje van {waarde}": (),
        "Met een ander": (),
        "Alleen": (),
        "Ja, stop": (),
    }


def test_a_source_is_read_without_what_it_says_of_itself(tmp_path: Path) -> None:
    file = tmp_path / "blad.py"
    file.write_text(
        '"""Not this one."""\nNAME = "Dit is wel een zin."\nKEY = "geen zin"\nyield_ = f"Tot {NAME} is het."\n'
    )
    assert [text.text for text in in_source(file)] == ["Dit is wel een zin.", "Tot {waarde} is het."]
