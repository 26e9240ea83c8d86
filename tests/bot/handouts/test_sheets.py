"""The poster and the cards as they come out of a printer, also with names that somebody meant ill."""

import subprocess
import sys
from collections.abc import Callable

import pytest

from bot.handouts import sheets
from bot.handouts.handout import Handout, host, pieces
from dialogs.texts import Texts
from tests.printing.printed import overlapping, pages, squeezed
from tests.talk.world import library

WEB = "https://vertel.voorbeeld.nl/v/k7pm4tx9r2"
BOT = "https://t.me/voorbeeldbot?start=k7pm4tx9r2"
LONG_WEB = "https://verhalen-over-het-buurtteam.onderzoek.amsterdam.voorbeeld.nl/v/k7pm4tx9r2"
LONG_BOT = "https://t.me/verhalen_over_het_buurtteam_bot?start=k7pm4tx9r2"
A4, A6 = (210, 297), (105, 148)
EDGE = 4
"""Millimetres at the edge of a page that no printer reaches."""
TOUCH = 0.8
"""Millimetres that the room around the letters of two lines may share."""

Make = Callable[[Handout, Texts], bytes]
SHEETS: list[tuple[Make, tuple[int, int], int]] = [
    (sheets.poster, A4, 1),
    (sheets.table_card, A6, 1),
    (sheets.business_cards, A4, 10),
]
MAKES = [make for make, *_ in SHEETS]
HOSTILE = [
    '#evil["]',
    '#panic("x") $ x $ *b* _c_ `d` <e> @f // g',
    '"}] #{sys.inputs}',
    "\\u{41}\\#let\\",
    "W" * 500,
    "een heel lange naam voor een plek " * 20,
    "بيت الحي في أمستردام",
    "\u202eomgekeerd\u202c",
    "🏠🌷👩‍👩‍👧",
    "Z\u0351\u0352\u0353\u0354algo" * 9,
    "regel\n\n\nregel\r\nregel\0",
    "{adres} {organisatie}",
    "https://elders.voorbeeld.nl",
]


def test_the_paper_has_the_size_that_is_asked_for_and_each_code_is_read_from_it() -> None:
    for make, size, codes in SHEETS:
        [page] = pages(make(Handout(WEB, BOT), library().texts))
        assert page.size == size
        assert page.codes() == [WEB] * codes


@pytest.mark.parametrize("make", MAKES)
def test_a_sheet_says_what_it_is_and_where_to_go(make: Make) -> None:
    [page] = pages(make(Handout(WEB), library().texts))
    told = ["Vertel wat u meemaakte met het Buurtteam", "Het duurt 5 minuten", "Wij vragen uw naam niet"]
    for words in [*told, "U kunt altijd stoppen", WEB.removeprefix("https://")]:
        assert squeezed(words) in page.letters
    assert "PROEF" not in page.words
    assert "Telegram" not in page.words


@pytest.mark.parametrize("make", [sheets.poster, sheets.table_card])
def test_a_sheet_says_where_it_hangs_and_whose_it_is(make: Make) -> None:
    handout = Handout(WEB, BOT, "Huis van de Wijk De Klinker", organisation="Bureau Voorbeeld")
    [page] = pages(make(handout, library().texts))
    assert "Huis van de Wijk De Klinker" in page.words
    assert "Dit is een onderzoek van Bureau Voorbeeld." in page.words
    assert squeezed(BOT.removeprefix("https://")) in page.letters


@pytest.mark.parametrize("make", MAKES)
def test_what_is_not_filled_in_leaves_nothing_behind(make: Make) -> None:
    [page] = pages(make(Handout(WEB), library().texts))
    assert "onderzoek van" not in page.words
    assert "{" not in page.words


@pytest.mark.parametrize("make", MAKES)
def test_a_trial_says_so(make: Make) -> None:
    [page] = pages(make(Handout(WEB, test=True), library().texts))
    assert "PROEF Niet ophangen en niet uitdelen" in page.words
    assert set(page.codes()) == {WEB}


@pytest.mark.parametrize("make", MAKES)
@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_is_only_drawn_whatever_it_holds(make: Make, name: str) -> None:
    """The worst of everything: a link to try with, and the longest addresses."""
    handout = Handout(LONG_WEB, LONG_BOT, name, test=True, organisation=name)
    [page] = pages(make(handout, library().texts))
    width, height = page.size
    outside = [run for run in page.runs if min(run[:2]) < EDGE or run[2] > width - EDGE or run[3] > height - EDGE + 2]
    assert outside == []
    assert list(overlapping(page.runs, TOUCH)) == []
    assert {font.split("-")[0] for font in page.fonts} == {"AtkinsonHyperlegible"}
    assert set(page.codes()) == {LONG_WEB}
    assert squeezed(LONG_WEB.removeprefix("https://")) in page.letters


def test_a_name_that_looks_like_source_stands_there_as_it_is() -> None:
    [page] = pages(sheets.poster(Handout(WEB, place='#evil["] $x$ *b*'), library().texts))
    assert '#evil["] $x$ *b*' in page.words


@pytest.mark.parametrize("make", MAKES)
def test_the_same_handout_is_the_same_file(make: Make) -> None:
    handout = Handout(WEB, BOT, "De Klinker", organisation="Bureau Voorbeeld")
    assert make(handout, library().texts) == make(handout, library().texts)


@pytest.mark.parametrize(
    "web", ["", "vertel.nl", "https://", "https://vertel.nl/een twee", "https://vertél.nl", "ftp://x"]
)
def test_an_address_that_nobody_can_type_is_refused(web: str) -> None:
    with pytest.raises(ValueError, match="geen adres dat te typen is"):
        Handout(web)


@pytest.mark.parametrize("address", [WEB, BOT, LONG_WEB, LONG_BOT, "http://localhost:8080/v/k7pm4tx9r2"])
def test_an_address_breaks_where_it_reads_well_and_loses_nothing(address: str) -> None:
    parts = pieces(address)
    assert "".join(parts) == address.removeprefix("https://")
    assert "k7pm4tx9r2" in parts[-1]
    assert not any(part.endswith((".", "-")) for part in pieces(WEB))


def test_the_first_page_is_found_without_a_link() -> None:
    assert host(WEB) == "vertel.voorbeeld.nl"
    assert host("http://localhost:8080/v/k7pm4tx9r2") == "http://localhost:8080"
    assert host(BOT) == host("https://t.me/voorbeeldbot") == "t.me/voorbeeldbot"
    assert host("https://vertel.voorbeeld.nl/") == "vertel.voorbeeld.nl"


def test_who_makes_no_sheet_reads_nothing_that_makes_them() -> None:
    words = "import bot.handouts.sheets, bot.handouts.paper, bot.handouts.message, sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", words], check=True, capture_output=True, encoding="utf-8")
    read = set(done.stdout.split())
    assert "bot.handouts.sheets" in read
    assert read & {"typst", "segno", "fontpkg_atkinson_hyperlegible", "starlette", "telegram", "storage"} == set()
