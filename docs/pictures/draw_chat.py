"""Draws `gesprek.svg`, one conversation on two phones; knows which moments stand where.

`python -m docs.pictures.draw_chat`, from the folder of the project. No font is asked for its widths, so that the
picture comes out the same everywhere.
"""

from html import escape
from pathlib import Path

from docs.pictures import phone
from docs.pictures.bubbles import GAP, ending, latest, whole
from docs.pictures.moments import moments
from docs.pictures.shapes import CARD, EDGE, FONT, SIZE, Drawn, at, box, stack
from tests.talk.world import library

PICTURE = Path(__file__).parent / "gesprek.svg"
WIDE, MARGIN, CORNER = 820, 20, 24


def draw() -> str:
    """The whole picture as SVG."""
    shown, screen, name = moments(), phone.SCREEN, library().text("BOT.naam").text
    asked = whole(shown.asked, screen, shown.touched)
    sent = stack([ending(shown.sent[0], screen), *(whole(bubble, screen) for bubble in shown.sent[1:])], GAP)
    right = stack([stack([Drawn(0, ""), asked], GAP), phone.tear("even later"), sent])
    left = latest(shown.told, screen, right.height)
    return _page(phone.phone(name, left), phone.phone(name, right))


def _page(left: Drawn, right: Drawn) -> str:
    high = left.height + 2 * MARGIN
    said = f"Eerste scherm. {left.said} Tweede scherm. {right.said}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {high:g}" width="{WIDE}" height="{high:g}"'
        f' role="img" aria-labelledby="naam gesprek" lang="nl" font-family="{FONT}" font-size="{SIZE}">\n'
        f'<title id="naam">Een gesprek met Vertelbot</title>\n<desc id="gesprek">{escape(said)}</desc>\n'
        f"{box(0.5, 0.5, WIDE - 1, high - 1, CARD, CORNER, EDGE)}"
        f"{at(MARGIN, MARGIN, left.svg)}{at(WIDE - MARGIN - phone.WIDE, MARGIN, right.svg)}</svg>\n"
    )


def main() -> None:
    """Writes the picture anew."""
    PICTURE.write_text(draw(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
