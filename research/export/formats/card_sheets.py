"""Cards to print and cut, four on A4: what stands on each, and in how large letters; knows no file.

Nothing is ever cut: a story that is too long goes on on the next card. Sizes are in points.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files

from printing.letters import FAMILIES, Value
from printing.lines import broken
from printing.typesetting import NotTypesetError, Widths, pdf, widths
from research.export.formats.card_words import has_sign, is_right_to_left, on_card
from research.faults import ResearchFault

TEMPLATE = files("research.export.formats") / "cards.typ"

TITLE = "Kaarten met verhalen"
FIRST, NEXT = "kaart 1 van {m}", "vervolg {n} van {m}"
EXPLAINED = "Tussen ‹ en ›: niet te drukken. Het staat in kaarten.csv."
EMPTY = "Hier staat geen verhaal."

MM = 72 / 25.4
WIDE, HIGH, SIDE, ABOVE, UNDER, GAP = 105 * MM, 148.5 * MM, 10 * MM, 10 * MM, 8 * MM, 5 * MM
SIZES = (14, 13, 12, 11, 10, 9)
"""From what reads well at arm's length to the smallest that reads at all."""
HEADINGS = ((15, 3), (11, 5))
"""How large a title is, and in how many lines at most; a longer one is the beginning of the story."""
SMALL = 7.5
LINE, LEADING = 0.72, 0.5
"""How high a line is, and what is between two, in parts of the size."""
FOOT, FOOT_EXPLAINED = 7 * MM, 12 * MM
"""What the id takes at the foot of a card, without and with what is said of the signs; and the room above it."""


@dataclass(frozen=True)
class Card:
    """A story with its title, "" where it has none."""

    id: str
    title: str = field(repr=False)
    story: str = field(repr=False)


@dataclass(frozen=True)
class _Heading:
    size: int
    lines: Sequence[str]

    @property
    def room(self) -> float:
        """How much of the height of a card it takes, with what is under it."""
        return _height(len(self.lines), self.size) + GAP if self.lines else 0


@dataclass(frozen=True)
class _Part:
    """What of a story stands on one card."""

    size: int
    heading: _Heading
    lines: Sequence[str]


@dataclass(frozen=True)
class _Words:
    """A title and a story as they can be drawn, how wide their letters are, and whether there are signs in them."""

    title: str
    story: str
    regular: Widths
    bold: Widths
    signs: bool

    def parts(self) -> Sequence[_Part]:
        """As few cards as the smallest letters take, in the largest letters that take no more."""
        fewest = len(self._divided(SIZES[-1]))
        return next(parts for parts in map(self._divided, SIZES) if len(parts) <= fewest)

    def _divided(self, size: int) -> Sequence[_Part]:
        heading = self._heading()
        story = self.story if heading.lines or not self.title else f"{self.title}\n\n{self.story}"
        left: Sequence[str] = broken(story, self.regular, (WIDE - 2 * SIDE) / size)
        parts = []
        while left:
            room = self._lines_under(heading, size)
            parts.append(_Part(size, heading, _trimmed(left[:room])))
            left = _trimmed(left[room:])
            heading = self._again(heading)
        return parts

    def _heading(self) -> _Heading:
        for size, most in HEADINGS:
            lines = broken(self.title, self.bold, (WIDE - 2 * SIDE) / size)
            if len(lines) <= most:
                return _Heading(size, lines if self.title else ())
        return _Heading(HEADINGS[0][0], ())

    def _again(self, heading: _Heading) -> _Heading:
        """The title over what goes on: as much of it as fits on a line, for the whole of it was on the first card."""
        size, _ = HEADINGS[-1]
        if not heading.lines:
            return heading
        first, *others = broken(self.title, self.bold, (WIDE - 2 * SIDE) / size - self.bold["…"])
        return _Heading(size, [f"{first}…" if others else first])

    def _lines_under(self, heading: _Heading, size: int) -> int:
        room = HIGH - ABOVE - UNDER - heading.room - (FOOT_EXPLAINED if self.signs else FOOT)
        return int((room + LEADING * size) / ((LINE + LEADING) * size))


def card_sheets(cards: Sequence[Card]) -> bytes:
    """The cards as PDF, in their order, on A4; the same cards are the same bytes.

    A story is in letters of 14 to 9 points. One that is still too long goes on on the next card, which says so.
    """
    told = [(on_card(card.title).replace("\n", " "), on_card(card.story) or EMPTY) for card in cards]
    regular, bold = widths({" ", "…"}.union(*(words for both in told for words in both)))
    signs = [has_sign(f"{card.title}\n{card.story}") for card in cards]
    values = [
        value
        for card, both, sign in zip(cards, told, signs, strict=True)
        for value in _values(card.id, _Words(*both, regular, bold, sign))
    ]
    try:
        return pdf(TEMPLATE, {**_LOOKS, "kaarten": values}, {})
    except NotTypesetError:
        raise ResearchFault("De kaarten om te printen (kaarten.pdf) konden niet worden gemaakt.") from None


_LOOKS: Mapping[str, Value] = {
    "titel": TITLE,
    "families": FAMILIES,
    "side": SIDE,
    "above": ABOVE,
    "under": UNDER,
    "gap": GAP,
    "small": SMALL,
    "line": LINE,
    "leading": LEADING,
}


def _values(key: str, words: _Words) -> Iterator[Value]:
    """A story as the template takes it, card by card."""
    parts, rtl = words.parts(), is_right_to_left(words.story)
    for number, part in enumerate(parts, start=1):
        yield {
            "id": key,
            "kop": part.heading.lines,
            "kop_grootte": part.heading.size,
            "regels": part.lines,
            "grootte": part.size,
            "teken": EXPLAINED if words.signs else "",
            "rtl": rtl,
            "deel": _numbered(number, len(parts)),
        }


def _numbered(number: int, count: int) -> str:
    if count == 1:
        return ""
    return (FIRST if number == 1 else NEXT).format(n=number, m=count)


def _trimmed(lines: Sequence[str]) -> Sequence[str]:
    """Without the empty lines around them."""
    filled = [at for at, line in enumerate(lines) if line]
    return lines[filled[0] : filled[-1] + 1] if filled else []


def _height(lines: int, size: float) -> float:
    return lines * (LINE + LEADING) * size - LEADING * size
