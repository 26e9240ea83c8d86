"""The phone around a chat: case, header, the line where one would type, and the tear between two moments."""

from docs.pictures.shapes import (
    BAR,
    BAR_FAINT,
    CARD,
    CASE,
    CENTRED,
    EDGE,
    FAINT,
    OWN,
    SIZE,
    WALL,
    WHITE,
    Drawn,
    at,
    box,
    disc,
    slab,
    stroke,
    words,
)

WIDE, BEZEL, CORNER = 380, 5, 32
SCREEN, INNER = WIDE - 2 * BEZEL, CORNER - BEZEL
HEADER, FOOTER, TEAR = 58, 56, 46
TEETH = 28


def phone(name: str, chat: Drawn) -> Drawn:
    """A phone that is as high as its chat asks for; `name` stands above the chat."""
    high = HEADER + chat.height + FOOTER
    screen = (
        at(0, HEADER, box(0, 0, SCREEN, chat.height, WALL))
        + at(0, HEADER, chat.svg)
        + _header(name)
        + at(0, HEADER + chat.height, _footer())
    )
    case = box(0, 0, WIDE, high + 2 * BEZEL, CASE, CORNER)
    return Drawn(high + 2 * BEZEL, case + at(BEZEL, BEZEL, screen), chat.said)


def tear(label: str) -> Drawn:
    """Where the phone is torn between two moments, from case to case."""
    step = (WIDE + 2) / TEETH / 2
    there, back = f"l{step:.5g} 5 {step:.5g} -5" * TEETH, f"l{-step:.5g} -5 {-step:.5g} 5" * TEETH
    gone = f'<path d="M{-BEZEL - 1} 2{there}v{TEAR - 4}{back}z" fill="{CARD}"/>\n'
    return Drawn(TEAR, gone + words(label, SCREEN / 2, TEAR / 2 + SIZE / 3, FAINT, CENTRED), f"{label.capitalize()}.")


def _header(name: str) -> str:
    middle = HEADER / 2
    return (
        slab(SCREEN, HEADER, (INNER, INNER, 0, 0), BAR)
        + stroke(f"M24 {middle - 7:g}l-7 7 7 7", WHITE)
        + disc(58, middle, 19, OWN)
        + words("💬", 58, middle + 6, more=f'{CENTRED} font-size="17"')
        + words(name, 90, middle - 2, WHITE, ' font-weight="600" font-size="15"')
        + words("bot", 90, middle + 16, BAR_FAINT, ' font-size="12.5"')
    )


def _footer() -> str:
    middle, send = FOOTER / 2, SCREEN - 34
    return (
        slab(SCREEN, FOOTER, (0, 0, INNER, INNER), CARD)
        + box(14, middle - 18, SCREEN - 78, 36, WHITE, 18, EDGE)
        + words("Bericht", 32, middle + SIZE / 3, FAINT)
        + disc(send, middle, 18, BAR)
        + stroke(f"M{send} {middle + 7:g}v-14m-6 6l6-6 6 6", WHITE)
    )
