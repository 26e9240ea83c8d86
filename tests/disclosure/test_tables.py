"""The board as text, and as a page would fill it in."""

from jinja2 import Environment, StrictUndefined

from disclosure.board import Kind, tabulate
from disclosure.hiding import RESEARCH
from disclosure.tables import legend, text, written
from tests.disclosure.counted import ended, visit

COUNTED = [
    *visit("Noord/Buurthuis", 20, 12),
    *visit("Noord/Markt", 30, 24, mode="helped"),
    *visit("West/Loket", 15, 9, "2026-W49"),
    *visit("West/Bus", 3, 2, "2026-W49"),
    *visit("Zuid/School", 10, 10),
    *visit("/", 9, 9, mode="paper"),
    ended(Kind.STOPPED, "gevoel", 8),
    ended(Kind.STOPPED, "wie", 6),
    ended(Kind.MINUTES, 6, 9),
]
SHOWN = """\
Waar         begonnen  verstuurd  niet verstuurd  minuten
alles samen        87         66              21        6  ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇
zonder plek         9          9               0           ▇▇▇
Noord              50         36              14           ▇▇▇▇▇▇▇▇▇▇▇
  Buurthuis        20         12               8        6  ▇▇▇▇
  Markt            30         24               6           ▇▇▇▇▇▇▇▇
West               18         11               7           ▇▇▇▇
  Bus               –          –               –
  Loket             –          –               –
Zuid               10         10               0           ▇▇▇▇
  School           10         10               0           ▇▇▇▇

Wanneer           begonnen  verstuurd  niet verstuurd
week 48 van 2026        69         55              14  ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇
week 49 van 2026        18         11               7  ▇▇▇▇

Hoe        begonnen  verstuurd  niet verstuurd
zelf             48         33              15  ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇
met hulp         30         24               6  ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇
op papier         9          9               0  ▇▇▇▇▇▇

Gestopt bij (vragen waar een – zou staan, staan er niet bij)
gevoel                   8
wie                      6
nog bezig                7
na versturen weggehaald  0

– minder dan 5, of weggelaten zodat u het niet kunt uitrekenen
minuten: de helft van wie verstuurde, was zo snel of sneller
"""


def test_the_board_in_full() -> None:
    assert text(tabulate(COUNTED)) == SHOWN


def test_an_empty_board_has_its_total_and_the_modes() -> None:
    lines = text(tabulate([])).splitlines()
    assert lines[1].split() == ["alles", "samen", "0", "0", "0"]
    assert not [line for line in lines if line.startswith("Wanneer")]


def test_the_words_for_a_dash_name_the_threshold() -> None:
    assert legend(tabulate(COUNTED)).startswith("– minder dan 5,")
    assert legend(tabulate(COUNTED, RESEARCH)).startswith("– minder dan 10,")


def test_a_page_can_show_a_board_without_code_of_its_own() -> None:
    page = (
        "{% for area in board.areas %}{{ area.name }} {{ area.sent | written }} {{ area.places | length }};{% endfor %}"
    )
    environment = Environment(undefined=StrictUndefined, autoescape=True)
    environment.filters["written"] = written
    shown = environment.from_string(page).render(
        board=tabulate([*visit("Noord/Markt", 9, 9), *visit("West/Bus", 2, 2)])
    )
    assert shown == "Noord – 1;West – 1;"
