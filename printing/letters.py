"""What can be drawn in print, and what becomes of the rest; knows no sheet.

Anybody may have typed the name of a place. A letter that the typeface does not have would come out as an empty box, so
it is drawn without its mark, or not at all: an emoji goes, and a name in another script goes whole (`drawn`). Of a
story nothing may go: other scripts have typefaces of their own there, and for what none has there is a sign (`shown`).
"""

import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby

PACKAGE = "fontpkg_atkinson_hyperlegible"
FAMILY = "Atkinson Hyperlegible"
"""Made by the Braille Institute for people who see little: no letter looks like another, nor like a digit."""

FAMILIES = (FAMILY, "Libertinus Serif", "DejaVu Sans Mono")
"""The same, and what comes with the typesetter for letters that it lacks."""

_RANGES = (
    "20-7e a1-ac ae-107 10a-113 116-11b 11e-123 126-127 12a-12b 12e-12f 131 136-137 13b-13e 141-148 150-155 158-15b"
    " 15e-165 16a-16b 16e-173 178-17e 218-21b 2013-2014 2018-201a 201c-201e 2022 2026 2039-203a 20ac"
)
_OTHER_RANGES = (
    # Latin, Greek and Cyrillic, Hebrew, Arabic; of the marks over and under other letters only those of Arabic.
    " 100-24f 1e00-1eff 370-377 37a-37f 384-38a 38c 38e-3a1 3a3-482 48a-4ff 5be 5c0 5c3 5d0-5ea 60c 61b 61f 621-63a"
    " 640-652 660-66d 67e 686 691 698 6a9 6af 6be 6cc 6f0-6f9"
    # Signs.
    " 2010-2027 2030-203e 20a0-20bf 2190-21ff 2200-22ff 25a0-25ff 2605-2606 2639-263b 2660-2667 266a-266b 2713-2718"
    " 2764"
)


def _of_ranges(ranges: str) -> frozenset[str]:
    parts = (part.partition("-") for part in ranges.split())
    return frozenset(
        chr(code) for first, _, last in parts for code in range(int(first, 16), int(last or first, 16) + 1)
    )


LETTERS = _of_ranges(_RANGES)
"""Of what the typeface has, all that words are made of."""

SHOWN = LETTERS | _of_ranges(_OTHER_RANGES)
"""The same, with what is drawn in the typefaces that come with the typesetter."""

WORD = 28
"""Letters that a word of a name may have: more would not fit on a line."""

Value = str | int | float | bool | None | Sequence["Value"] | Mapping[str, "Value"]
"""What goes into a sheet."""


def drawn(words: str) -> str:
    """The words without what cannot be drawn, in their lines; spaces that are left over go."""
    lines = unicodedata.normalize("NFC", words).split("\n")
    return "\n".join(" ".join("".join(map(_drawn, line)).split()) for line in lines)


def shown(words: str, sign: Callable[[str], str]) -> str:
    """The words in their lines with all there is to see: letters that no typeface has become a sign.

    `sign` gives it for each row of such letters, spaces between them included; its own letters are in `SHOWN`.
    """
    lines = unicodedata.normalize("NFC", words).split("\n")
    return "\n".join(" ".join(_all_shown(" ".join(line.split()), sign).split()) for line in lines)


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


def _all_shown(line: str, sign: Callable[[str], str]) -> str:
    """Spaces go along with the row of letters before them, so that a sentence is one row."""
    lacking = False

    def lacks(letter: str) -> bool:
        nonlocal lacking
        if letter != " " and not _is_unseen(letter):
            lacking = not _as_shown(letter)
        return lacking

    rows = ((lack, "".join(letters)) for lack, letters in groupby(line, lacks))
    return "".join(_signed(row, sign) if lack else "".join(map(_as_shown, row)) for lack, row in rows)


def _signed(row: str, sign: Callable[[str], str]) -> str:
    letters = row.rstrip()
    return sign(letters) + row[len(letters) :]


def _as_shown(letter: str) -> str:
    return letter if letter in SHOWN else "".join(_without_mark(letter))


def _is_unseen(letter: str) -> bool:
    """Whether there is nothing to see of it by itself: marks on another letter, and what steers a program."""
    return unicodedata.category(letter) in ("Mn", "Me", "Cc", "Cf", "Zl", "Zp", "Cs")


def _shortened(words: str, longest: int) -> str:
    return words if len(words) <= longest else f"{words[: longest - 1].rstrip()}…"


def _drawn(letter: str) -> str:
    if letter in LETTERS:
        return letter
    return " " if letter.isspace() else "".join(_without_mark(letter))


def _without_mark(letter: str) -> Iterator[str]:
    return (part for part in unicodedata.normalize("NFKD", letter) if part in LETTERS)
