"""The board as text, and as a page would fill it in."""

from jinja2 import Environment, StrictUndefined

from disclosure.board import Kind
from disclosure.tables import as_of, legend, text, written
from disclosure.tabulating import tabulate
from tests.disclosure.counted import DAYS, MONDAY, ended, sent, stopped

COUNTED = [
    sent("Noord/Buurthuis", 12),
    sent("Noord/Markt", 24, mode="helped"),
    stopped("Noord/Markt", 6),
    stopped("Noord/Markt", 9, "verhaal", mode="helped"),
    stopped("Noord/Buurthuis", 8, "gevoel"),
    sent("West/Loket", 9),
    sent("West/Bus", 2),
    sent("/", 9, mode="paper"),
    ended(Kind.MINUTES, 6, 9),
    ended(Kind.OPENED, "", 80, mode=""),
    ended(Kind.STALE, "", 3, mode=""),
]
SHOWN = """\
Tot en met 24 november 2026. Wie nog bezig is, telt niet mee

Waar         begonnen  verstuurd  gestopt  minuten
alles samen        79         56       23        6  ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇
zonder plek         –          9        –           ▇▇▇▇
Noord              59         36       23           ▇▇▇▇▇▇▇▇▇▇▇▇▇
  Buurthuis        20         12        8        6  ▇▇▇▇▇
  Markt            39         24       15           ▇▇▇▇▇▇▇▇▇
West                –         11        –           ▇▇▇▇
  Bus               –          –        –
  Loket             –          6        –           ▇▇▇

Erbij gekomen     begonnen  verstuurd  gestopt
week 48 van 2026        79         56       23  ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇

Hoe        begonnen  verstuurd  gestopt
zelf             37         23       14  ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇
met hulp         33         24        9  ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇
op papier         –          9        –  ▇▇▇▇▇▇▇▇

Wie stopte        tot en met het verhaal  na het verhaal
alles samen                            9              14
Noord                                  9              14
zelf                                   –              14
met hulp                               9               –
week 48 van 2026                       9              14

Gestopt bij
verhaal                  9
gevoel                   8
wie                      6
na versturen weggehaald  –

Gekomen (ook wie niet begon)
met een link die werkt                    80
met een link die stilstaat of voorbij is   –
met een code die niet bestaat              –

– betekent: 0, of nog niet te zeggen. Een getal verandert pas als er 5 of meer bij komen
Alles samen kan meer zijn dan de regels bij elkaar: van sommigen is nog niet te zeggen waar of hoe
minuten: de helft van wie verstuurde, was zo snel of sneller
"""


def test_the_board_in_full() -> None:
    assert text(tabulate(COUNTED, DAYS[1])) == SHOWN


def test_an_empty_board_has_its_total_and_the_modes() -> None:
    lines = text(tabulate([], MONDAY)).splitlines()
    assert lines[3].split() == ["alles", "samen", "–", "–", "–"]
    assert not [line for line in lines if line.startswith("Erbij gekomen")]


def test_it_says_as_of_when_it_is_and_what_a_dash_is() -> None:
    board = tabulate(COUNTED, MONDAY, 10)
    assert as_of(board).startswith("Tot en met 23 november 2026.")
    assert "0, of nog niet te zeggen" in legend(board)
    assert "als er 10 of meer bij komen" in legend(board)


def test_a_page_can_show_a_board_without_code_of_its_own() -> None:
    page = (
        "{% for area in board.areas %}{{ area.name }} {{ area.sent | written }} {{ area.places | length }};{% endfor %}"
    )
    environment = Environment(undefined=StrictUndefined, autoescape=True)
    environment.filters["written"] = written
    board = tabulate([sent("Noord/Markt", 12), sent("West/Bus", 2)], MONDAY)
    assert environment.from_string(page).render(board=board) == "Noord 9 1;West – 1;"
