"""The shapes of a picture as SVG text, and the colours they have; knows no chat.

All measures are in the unit of the picture, which is a pixel where it is shown at its own size.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

FONT = (
    "-apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', Arial, "
    "'DejaVu Sans Condensed', sans-serif"
)
EMOJI_FONT = "'Apple Color Emoji', 'Segoe UI Emoji', 'Noto Color Emoji', sans-serif"
SIZE = 14

INK, FAINT, WHITE = "#17212b", "#5a6773", "#ffffff"
CARD, EDGE, CASE, WALL = "#f3f5f7", "#d5dbe1", "#27323d", "#dde4ea"
BAR, BAR_FAINT, OWN = "#2f4a5e", "#c9d6e0", "#cfe8d5"
KEY, KEY_INK = "#f3f7fa", "#1f5578"

_EMOJI = re.compile("[\u2190-\U0010ffff]+")
CENTRED = ' text-anchor="middle"'
Corners = tuple[float, float, float, float]


@dataclass(frozen=True)
class Drawn:
    """A part of the picture: how high it is, what draws it, and what it says to whoever cannot see it."""

    height: float
    svg: str
    said: str = ""


def stack(parts: Sequence[Drawn], gap: float = 0) -> Drawn:
    """Parts under each other, with a gap below each; where they overlap, the upper one lies over the lower."""
    placed, y = "", 0.0
    for part in parts:
        placed = at(0, y, part.svg) + placed
        y += part.height + gap
    return Drawn(y, placed, " ".join(part.said for part in parts if part.said))


def at(x: float, y: float, svg: str) -> str:
    """The same in another place."""
    return svg and f'<g transform="translate({x:g} {y:g})">\n{svg}</g>\n'


def box(x: float, y: float, wide: float, high: float, fill: str, corner: float = 0, edge: str = "none") -> str:
    """A rectangle, with all corners as round as `corner` says."""
    size = f'x="{x:g}" y="{y:g}" width="{wide:g}" height="{high:g}" rx="{corner:g}"'
    return f'<rect {size} fill="{fill}" stroke="{edge}"/>\n'


def slab(wide: float, high: float, corners: Corners, fill: str) -> str:
    """A rectangle with a roundness for each corner: top left, top right, bottom right, bottom left."""
    a, b, c, d = corners
    outline = (
        f"M{a:g} 0H{wide - b:g}a{b:g} {b:g} 0 0 1 {b:g} {b:g}V{high - c:g}a{c:g} {c:g} 0 0 1 {-c:g} {c:g}"
        f"H{d:g}a{d:g} {d:g} 0 0 1 {-d:g} {-d:g}V{a:g}a{a:g} {a:g} 0 0 1 {a:g} {-a:g}z"
    )
    return f'<path d="{outline}" fill="{fill}"/>\n'


def disc(x: float, y: float, radius: float, fill: str) -> str:
    """A filled circle."""
    return f'<circle cx="{x:g}" cy="{y:g}" r="{radius:g}" fill="{fill}"/>\n'


def stroke(path: str, colour: str) -> str:
    """A line drawn with a round pen."""
    pen = 'fill="none" stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round"'
    return f'<path d="{path}" stroke="{colour}" {pen}/>\n'


def words(text: str, x: float, y: float, colour: str = INK, more: str = "") -> str:
    """One line of text with its foot at `y`; `more` holds further attributes."""
    return f'<text x="{x:g}" y="{y:g}" fill="{colour}"{more}>{letters(text)}</text>\n'


def letters(text: str) -> str:
    """What stands inside a text. Emoji have fonts of their own: other fonts hold some of them too, without colour."""
    return _EMOJI.sub(rf'<tspan font-family="{EMOJI_FONT}">\g<0></tspan>', escape(text))
