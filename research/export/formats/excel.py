"""Tables that Excel opens with a double click in the Netherlands: in words, with nothing that it would act on.

Knows no program but in this: a mark in front, semicolons, and line ends of Windows; see `cell_texts` for the rest.
"""

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import lru_cache
from operator import attrgetter
from pathlib import Path
from typing import TextIO

from research.export import long
from research.export.cell_texts import Rest, guarded, in_cells, remark_on
from research.export.content import Content
from research.export.fixed import Holds
from research.export.folder import new_file
from research.export.labels import Reader, in_words
from research.export.rows import REMEMBERED, Choice, StoryRow
from research.export.safe_text import safe
from research.export.tables import Cell
from storage.private_files import make_folder

FOLDER = "excel"
WIDE, LONG, RESTS = f"{FOLDER}/verhalen.csv", f"{FOLDER}/antwoorden.csv", f"{FOLDER}/vervolg.csv"

MARK = "\ufeff"
"""Without it Excel takes the file for one of an older alphabet."""

REST = ("verhaal_id", *Rest._fields)

CHOSEN: Mapping[str, Callable[[Choice], Cell]] = {
    "vraag": attrgetter("question"),
    "soort": attrgetter("kind"),
    "waarde": attrgetter("value"),
    "aandeel_a": attrgetter("share_a"),
    "aandeel_b": attrgetter("share_b"),
    "aandeel_c": attrgetter("share_c"),
    "label": attrgetter("label"),
    "reden_ontbreekt": lambda choice: in_words(choice.reason),
}
WORDS = ("tekst", "opmerking", "bron")
"""The columns of an answer: those of the table for programs, but for the code; words stand at the end."""

NO_WORDS: Sequence[Cell] = ("",) * len(WORDS)


class Table:
    """One file, as far as it is written; `rows` are those below its names."""

    def __init__(self, file: TextIO, names: Sequence[str]) -> None:
        self._lines = csv.writer(file, delimiter=";", lineterminator="\r\n")
        self.names, self.rows = names, -1
        file.write(MARK)
        self.add(names)

    def add(self, cells: Iterable[Cell]) -> None:
        """A line, of cells that no program takes for anything else."""
        self._lines.writerow(cells)
        self.rows += 1


class Tables:
    """The tables, as far as they are written; that of long texts is there once there is one."""

    def __init__(self, folder: Path, files: ExitStack, content: Content) -> None:
        self._folder, self._files = folder, files
        self._reader = Reader(content.variables)
        self._wide = self._table(WIDE, list(self._reader.places))
        self._long = self._table(LONG, [*(column.name for column in long.STORY), *CHOSEN, *WORDS])
        self._days = [variable.holds is Holds.DAY for variable in self._reader.variables]
        self._rests: Table | None = None

    def write(self, row: StoryRow, cells: Sequence[Cell]) -> None:
        """A line for the story, and one for each of its answers."""
        fitting, rests = in_cells(self._wide.names, self._reader.read(cells))
        self._wide.add([cell if day else _shown(cell) for cell, day in zip(fitting, self._days, strict=True)])
        story = [_shown(column.cell(row)) for column in long.STORY]
        for choice, *words in row.answers.values():
            line, more = _words(choice, words) if any(words) else (NO_WORDS, ())
            self._long.add([*story, *_chosen(choice), *line])
            rests += more
        for rest in dict.fromkeys(rests):
            self._rests = self._rests or self._table(RESTS, REST)
            self._rests.add(map(_shown, (cells[0], *rest)))

    def rows(self) -> Mapping[str, int]:
        """How many lines each has below its first."""
        tables = {WIDE: self._wide, LONG: self._long, RESTS: self._rests}
        return {name: table.rows for name, table in tables.items() if table}

    def stories(self) -> int | None:
        """A line of the wide table each."""
        return self._wide.rows

    def _table(self, name: str, names: Sequence[str]) -> Table:
        return Table(self._files.enter_context(new_file(self._folder / name)), names)


@contextmanager
def opened(folder: Path, content: Content) -> Iterator[Tables]:
    """The files, with their first line, in a folder of their own."""
    make_folder(folder / FOLDER)
    with ExitStack() as files:
        yield Tables(folder, files, content)


def _shown(cell: Cell) -> Cell:
    return guarded(safe(cell)) if isinstance(cell, str) else cell


@lru_cache(maxsize=REMEMBERED)
def _chosen(choice: Choice) -> tuple[Cell, ...]:
    return tuple(_shown(part(choice)) for part in CHOSEN.values())


def _words(choice: Choice, words: Sequence[str]) -> tuple[Sequence[Cell], Sequence[Rest]]:
    """What was typed, and what of it did not fit, which is named as in the table of stories."""
    names = choice.question, remark_on(choice.question), "bron"
    fitting, rests = in_cells(names, map(safe, words))
    return list(map(_shown, fitting)), rests
