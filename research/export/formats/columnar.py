"""Stories as columns, for files that can only be written when all are there; knows no program.

Words take the bytes that they have in UTF-8, anything else four bytes for every story, until the file is written.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from research.export.fixed import Holds
from research.export.rows import StoryRow
from research.export.safe_text import safe
from research.export.tables import Cell
from research.export.variables import Variable

if TYPE_CHECKING:
    import polars as pl

AT_ONCE = 500
"""Stories that wait as Python's own objects, which are large, before they go into the columns."""


class Columns:
    """All stories so far, as a program shows them to people: without what `safe` takes out."""

    def __init__(self, variables: Sequence[Variable], file: str) -> None:
        self._variables, self._file = variables, file
        self._waiting: list[Sequence[Cell]] = []
        self._parts: list[pl.DataFrame] = []

    def write(self, row: StoryRow, cells: Sequence[Cell]) -> None:
        """Adds one story."""
        self._waiting.append(cells)
        if len(self._waiting) == AT_ONCE:
            self._pack()

    def rows(self) -> Mapping[str, int]:
        """How many stories there are in the file."""
        return {self._file: self.stories()}

    def stories(self) -> int:
        """As many as there are in the columns."""
        return sum(part.height for part in self._parts)

    def frame(self) -> "pl.DataFrame":
        """All of them. Words and names are "" where there are none, numbers and days null."""
        import polars as pl

        if self._waiting or not self._parts:
            self._pack()
        return pl.concat(self._parts, rechunk=True)

    def _pack(self) -> None:
        import polars as pl

        columns = zip(*self._waiting, strict=True) if self._waiting else [()] * len(self._variables)
        packed = [_series(variable, cells) for variable, cells in zip(self._variables, columns, strict=True)]
        self._parts.append(pl.DataFrame(packed))
        self._waiting = []


def read(holds: Holds, cells: Iterable[Cell]) -> Sequence[str | int | date | None]:
    """The cells of one column as what stands in it; None where a cell is empty."""
    match holds:
        case Holds.WORDS | Holds.NAME:
            return [str(cell) if cell else None for cell in cells]
        case Holds.CODE | Holds.NUMBER:
            return [None if cell is None or cell == "" else int(cell) for cell in cells]
        case Holds.DAY:
            return [date.fromisoformat(str(cell)) if cell else None for cell in cells]


def _series(variable: Variable, cells: Iterable[Cell]) -> "pl.Series":
    from polars import Date, Int32, Series, String

    found = read(variable.holds, cells)
    match variable.holds:
        case Holds.WORDS | Holds.NAME:
            return Series(variable.name, [safe(str(words)) if words else "" for words in found], dtype=String)
        case Holds.DAY:
            return Series(variable.name, found, dtype=Date)
        case _:
            return Series(variable.name, found, dtype=Int32)
