"""Texts that are longer than SPSS takes in one column, in as many columns as they need; knows no file."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING

from research.export.fixed import Holds
from research.export.variables import Variable

if TYPE_CHECKING:
    import polars as pl

LONGEST = 32_767
"""Bytes of one text."""


def in_pieces(frame: "pl.DataFrame", variables: Sequence[Variable]) -> tuple["pl.DataFrame", tuple[Variable, ...]]:
    """The same stories and columns, with further ones behind each that has a text that is too long."""
    from polars import Series

    names = _new_names({variable.name for variable in variables})
    found = []
    for variable in variables:
        column = frame[variable.name]
        if variable.holds is not Holds.WORDS or all(fits(text) for text in column):
            found.append((variable, column))
            continue
        texts = [pieces(text) for text in column]
        for at in range(max(map(len, texts))):
            piece = variable if at == 0 else _continued(variable, next(names), at)
            found.append((piece, Series(piece.name, [text[at] if at < len(text) else "" for text in texts])))
    return frame.select(column for _, column in found), tuple(variable for variable, _ in found)


def fits(text: str) -> bool:
    """Whether SPSS takes it whole."""
    return len(text) * 4 <= LONGEST or len(text.encode()) <= LONGEST


def pieces(text: str) -> list[str]:
    """What SPSS takes, of whole characters; together they are the text.

    SPSS drops blanks at the end of a text, so a piece ends before them, unless there is nothing else.
    """
    found, left = [], text.encode()
    while len(left) > LONGEST:
        most = left[:LONGEST].decode(errors="ignore")
        found.append(most.rstrip(" ") or most)
        left = left[len(found[-1].encode()) :]
    return [*found, left.decode()]


def _continued(variable: Variable, name: str, at: int) -> Variable:
    """Its label says what it belongs to; the words of the question stay with the first column."""
    return replace(variable, name=name, title=f"{variable.title}, vervolg {at}", question="", part=None)


def _new_names(taken: set[str]) -> Iterator[str]:
    """Five letters of their own, as SPSS names the parts of a text after those."""
    return (name for name in (f"vrv{number:02}" for number in count(1)) if name not in taken)
