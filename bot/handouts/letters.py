"""What the typeface of the handouts can draw; knows no sheet.

Anybody may have typed the name of a place. A letter that the typeface does not have would come out as an empty box, so
it is drawn without its mark, or not at all: an emoji goes, and a name in another script goes whole.
"""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence

PACKAGE = "fontpkg_atkinson_hyperlegible"
FAMILY = "Atkinson Hyperlegible"
"""Made by the Braille Institute for people who see little: no letter looks like another, nor like a digit."""

_RANGES = (
    "20-7e a1-ac ae-107 10a-113 116-11b 11e-123 126-127 12a-12b 12e-12f 131 136-137 13b-13e 141-148 150-155 158-15b"
    " 15e-165 16a-16b 16e-173 178-17e 218-21b 2013-2014 2018-201a 201c-201e 2022 2026 2039-203a 20ac"
)
LETTERS = frozenset(
    chr(code)
    for first, _, last in (part.partition("-") for part in _RANGES.split())
    for code in range(int(first, 16), int(last or first, 16) + 1)
)
"""Of what the typeface has, all that words are made of."""

WORD = 28
"""Letters that a word of a name may have: more would not fit on a line."""

Value = str | int | bool | None | Sequence["Value"] | Mapping[str, "Value"]
"""What goes into a sheet."""


def drawn(words: str) -> str:
    """The words without what cannot be drawn, in their lines; spaces that are left over go."""
    lines = unicodedata.normalize("NFC", words).split("\n")
    return "\n".join(" ".join("".join(map(_drawn, line)).split()) for line in lines)


def named(name: str, longest: int) -> str:
    """A name as it can be drawn, on one line and no longer than that; empty where no letter of it is left."""
    whole = " ".join(_shortened(word, WORD) for word in drawn(name).split())
    if not any(map(str.isalnum, whole)):
        return ""
    return _shortened(whole, longest)


def all_drawn(value: Value) -> Value:
    """The same for every word in what goes into a sheet."""
    match value:
        case str():
            return drawn(value)
        case Mapping():
            return {key: all_drawn(inner) for key, inner in value.items()}
        case Sequence():
            return [all_drawn(inner) for inner in value]
        case _:
            return value


def _shortened(words: str, longest: int) -> str:
    return words if len(words) <= longest else f"{words[: longest - 1].rstrip()}…"


def _drawn(letter: str) -> str:
    if letter in LETTERS:
        return letter
    return " " if letter.isspace() else "".join(_without_mark(letter))


def _without_mark(letter: str) -> Iterator[str]:
    return (part for part in unicodedata.normalize("NFKD", letter) if part in LETTERS)
