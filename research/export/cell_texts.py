"""Texts as a spreadsheet has to get them to leave them alone: not too long, and no formula or date; knows no file."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from research.export.tables import Cell

LIMIT = 32_767
"""What Excel takes in one cell, in units of UTF-16: an emoji is two. What comes after it would be gone."""

ROOM = 32_000
"""What goes in one cell of a text that is longer than that, so that something can stand before and behind it."""

GOES_ON = " [... lees verder in: vervolg]"
"""Behind the piece of a long text that stands in its own cell."""

GUARD = "'"
"""Before what a spreadsheet would make something else of. It is seen, and it is not part of the text."""

_BLANKS = " \u00a0\t\r\n\ufeff\u200b\u200e\u200f\u061c"
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""How a formula begins; the wide ones are taken for it in Asian versions."""

_CUT_OFF = ("\t", "\r", "\n")
"""What programs take off the front, so that something else stands there."""

_MONTHS = "jan|feb|maa|mrt|apr|mei|may|mar|jun|jul|aug|sep|okt|oct|nov|dec"
_OTHERWISE = re.compile(
    rf"[\W_]*\d[\d\W_]*(?:e[\d\W_]*|am|pm)?|(?=.*\d)[\d\W_]*(?:{_MONTHS})[a-z]*[\d\W_]*|true|false|waar|onwaar",
    re.IGNORECASE,
)
_MARKUP = re.compile("_(?=x[0-9A-Fa-f]{4}_)|^<(?=r>)")
"""What means something else inside a workbook: `_x0041_` is an A there, and what begins with `<r>` has pieces.

Of programs that read it, some undo what is written for the first, and some do not.
"""

_UNSEEN = "\u200b"

_LONGEST = 40
"""The length over which nothing is taken for a number, a date, a time or true."""


class Rest(NamedTuple):
    """A piece of a text that went on: in which column that began, and which piece it is. The first stands there."""

    kolom: str
    deel: int
    tekst: str


def guarded(text: str) -> str:
    """`text` so that a program that opens a CSV takes it for a text. What is empty stays empty."""
    acts = text.lstrip(_BLANKS).startswith(_FORMULA) or text.startswith(_CUT_OFF)
    return GUARD + text if acts or _is_taken_otherwise(text) else text


def _is_taken_otherwise(text: str) -> bool:
    return len(text) < _LONGEST and _OTHERWISE.fullmatch(text.strip(_BLANKS)) is not None


def unmarked(text: str) -> str:
    """`text` as every program that opens a workbook shows it: with one character among it that is not seen."""
    return _MARKUP.sub(rf"\g<0>{_UNSEEN}", text)


def in_cells(names: Sequence[str], cells: Iterable[Cell]) -> tuple[list[Cell], list[Rest]]:
    """A line of which every text fits in a cell, and what of it did not; `names` are those of the columns."""
    fitting: list[Cell] = []
    rests: list[Rest] = []
    for name, cell in zip(names, cells, strict=True):
        if isinstance(cell, str) and not _fits(cell):
            first, *more = pieces(cell)
            rests += [Rest(name, number, piece) for number, piece in enumerate(more, start=2)]
            fitting.append(first + GOES_ON)
        else:
            fitting.append(cell)
    return fitting, rests


def remark_on(question: str) -> str:
    """What the column is called of what was typed beside the buttons of a question, which no other table has."""
    return f"{question}_opmerking"


def pieces(text: str) -> list[str]:
    """A long text in parts that fit in a cell each, cut between words where there are any; together they are `text`."""
    found = []
    while not _fits(text):
        piece = text.encode("utf-16-le")[: 2 * ROOM].decode("utf-16-le", "ignore")
        end = max(piece.rfind(" "), piece.rfind("\n")) + 1 or len(piece)
        found.append(text[:end])
        text = text[end:]
    return [*found, text]


def _fits(text: str) -> bool:
    """One place is kept free for the guard."""
    return 2 * len(text) < LIMIT or len(text.encode("utf-16-le")) < 2 * LIMIT
