"""Typed text as a reader of numbers sees it, and the way back to what was typed; knows no number and no address."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Span = tuple[int, int]
"""Where a piece starts, and where the next sign stands."""

_ALIKE = {
    **dict.fromkeys("\n\r\x0b\x0c\x85\u2028\u2029", "\n"),
    **dict.fromkeys("·•∙⋅・", "."),
    **dict.fromkeys("٫٬،", ","),
    **dict.fromkeys("−⁄∕", "-"),
    "\t": " ",
}
_INVISIBLE = ("Mn", "Me", "Cf", "Cc")
"""Kinds of signs that can stand between two digits without being seen: marks, joiners, spaces of no width, controls."""


@dataclass(frozen=True)
class Seen:
    """What is seen of a text, and for every sign of it where it was typed."""

    text: str
    places: Sequence[int]

    def typed(self, start: int, end: int) -> Span:
        """Where the signs from `start` up to `end` of what is seen were typed; at least one sign."""
        return self.places[start], self.places[end - 1] + 1


def see(text: str) -> Seen:
    """`text` with plain digits, letters, dashes and spaces, without what nobody sees; capitals stay.

    Decimal digits of every script count (Unicode Standard, section 4.6), as do those in a circle or above the line.
    """
    if text.isascii() and text.isprintable():
        return Seen(text, range(len(text)))
    signs = [(sign, place) for place, character in enumerate(text) if (sign := _sign(character))]
    return Seen("".join(sign for sign, _ in signs), tuple(place for _, place in signs))


def replaced(text: str, pieces: Iterable[tuple[Span, str]]) -> str:
    """`text` with other words in these places, which come in order and do not overlap; the rest stays as typed."""
    kept: list[str] = []
    after = 0
    for (start, end), words in pieces:
        kept += (text[after:start], words)
        after = end
    return "".join((*kept, text[after:]))


def _sign(character: str) -> str:
    """One sign for one character, or none."""
    if character in _ALIKE:
        return _ALIKE[character]
    if character.isascii() and character.isprintable():
        return character
    digit = unicodedata.digit(character, None)
    if digit is not None:
        return str(digit)
    return _sign_of_kind(character, unicodedata.category(character))


def _sign_of_kind(character: str, kind: str) -> str:
    if kind in _INVISIBLE:
        return ""
    if kind in ("Zs", "Pd"):
        return " " if kind == "Zs" else "-"
    plain = unicodedata.normalize("NFKC", character)
    return plain if len(plain) == 1 else character
