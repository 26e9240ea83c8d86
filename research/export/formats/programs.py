"""Tables for programs: CSV of codes, a line for every story and one for every answer; knows no program."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from research.export import long
from research.export.codebook import LONG, WIDE
from research.export.content import Content
from research.export.folder import new_file
from research.export.rows import StoryRow
from research.export.tables import Cell, csv_line


class Tables:
    """Both tables, as far as they are written."""

    def __init__(self, wide: TextIO, long_: TextIO) -> None:
        self._wide, self._long = wide, long_
        self._stories = self._answers = 0

    def write(self, row: StoryRow, cells: Sequence[Cell]) -> None:
        """Puts one story in each of them."""
        self._wide.write(csv_line(cells))
        self._long.write(long.lines(row))
        self._stories += 1
        self._answers += len(row.answers)

    def rows(self) -> Mapping[str, int]:
        """How many lines each has below its first."""
        return {WIDE: self._stories, LONG: self._answers}

    def stories(self) -> int | None:
        """A line of the wide table each."""
        return self._stories


@contextmanager
def opened(folder: Path, content: Content) -> Iterator[Tables]:
    """Both files, with their first line."""
    with new_file(folder / WIDE) as wide, new_file(folder / LONG) as long_:
        wide.write(csv_line(variable.name for variable in content.variables))
        long_.write(csv_line(long.header()))
        yield Tables(wide, long_)
