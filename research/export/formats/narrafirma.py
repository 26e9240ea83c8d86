"""Stories for NarraFirma, which knows one question set at a time: a form and a table for each; knows no database.

Memory grows with the tellers who said something about themselves: NarraFirma wants that with each of their stories.
"""

import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import BinaryIO

from research.export.content import Content
from research.export.folder import new_file
from research.export.formats.narrafirma_cells import guarded, words_of
from research.export.formats.narrafirma_form import (
    FOUND,
    PARTICIPANT,
    TELLER,
    Asked,
    Form,
    Known,
    form_of,
    short_names,
)
from research.export.rows import StoryRow
from research.export.tables import Cell, csv_line
from storage.private_files import make_folder

FOLDER = "narrafirma"


class Table:
    """The stories of one set, as far as they are told; their lines wait in a file without a name."""

    def __init__(self, form: Form, waiting: BinaryIO, found: Mapping[str, set[str]]) -> None:
        self.form, self.stories = form, 0
        self._waiting = waiting
        self._columns: tuple[Known | Asked, ...] = (*form.known, *form.asked)
        self._remarks = [asked for asked in form.asked if asked.remarks]
        self._found = [(at, found[item.column]) for at, item in enumerate(self._columns) if item.column in found]
        self._teller = next((at for at, item in enumerate(form.known) if item.role == TELLER), None)
        every = [*form.known, *form.asked, *self._remarks]
        self._about = [at for at, item in enumerate(every) if isinstance(item, Asked) and item.about == PARTICIPANT]
        self._said: dict[str, list[str]] = {}

    def write(self, row: StoryRow, cells: Sequence[Cell]) -> None:
        """One story; what its teller said of themselves is kept for their other stories."""
        line = [column.reads(cells) for column in self._columns]
        answers = row.answers
        typed = [answers[asked.remarks].remark if asked.remarks in answers else "" for asked in self._remarks]
        line += [words_of(remark, "") for remark in typed]
        for at, names in self._found:
            names.add(line[at])
        if teller := self._teller_of(line):
            said = self._said.get(teller, [""] * len(self._about))
            self._said[teller] = [line[at] or before for at, before in zip(self._about, said, strict=True)]
        self._waiting.write(json.dumps(line).encode() + b"\n")
        self.stories += 1

    def lines(self) -> Iterator[Sequence[str]]:
        """The lines of the file, the first with the names of its columns."""
        yield [*(column.column for column in self._columns), *(f"WRITEIN_{asked.column}" for asked in self._remarks)]
        self._waiting.seek(0)
        for waiting in self._waiting:
            yield self._with_said(json.loads(waiting))

    def _with_said(self, line: list[str]) -> list[str]:
        """NarraFirma knows a teller by the last of their stories: where that is silent, it forgets what was said."""
        if teller := self._teller_of(line):
            for at, said in zip(self._about, self._said[teller], strict=True):
                line[at] = line[at] or said
        return line

    def _teller_of(self, line: Sequence[str]) -> str:
        return "" if self._teller is None else line[self._teller]


class Pairs:
    """A table and its form for each set, by its id; one alone needs no name.

    `found` has the names in the columns of `FOUND`, of all sets: a form that comes second in a project adds none.
    """

    def __init__(self, tables: Mapping[str, Table], found: Mapping[str, set[str]]) -> None:
        self._tables, self._found = tables, found

    def write(self, row: StoryRow, cells: Sequence[Cell]) -> None:
        """Puts a story in the table of its set."""
        self._tables[row.story.question_set].write(row, cells)

    def rows(self) -> Mapping[str, int]:
        """How many stories there are in each table."""
        return {self._name("verhalen", key): table.stories for key, table in self._tables.items()}

    def stories(self) -> int | None:
        """Those of all tables together."""
        return sum(table.stories for table in self._tables.values())

    def finish(self, folder: Path) -> None:
        """Makes the files: what a form has to say is only known when all stories are told."""
        found = {column: sorted(names - {""}) for column, names in self._found.items()}
        for key, table in self._tables.items():
            _write(folder / self._name("formulier", key), table.form.lines(found))
            _write(folder / self._name("verhalen", key), table.lines())

    def _name(self, kind: str, question_set: str) -> str:
        return f"{FOLDER}/{kind}.csv" if len(self._tables) == 1 else f"{FOLDER}/{kind}_{question_set}.csv"


@contextmanager
def opened(folder: Path, content: Content) -> Iterator[Pairs]:
    """Nothing with a name until the context ends."""
    make_folder(folder / FOLDER)
    names = short_names(content.variables, content.sets)
    found: Mapping[str, set[str]] = {item.name: set() for item in content.variables if item.name in FOUND}
    with ExitStack() as stack:
        tables = {}
        for key, versions in groupby(content.sets, attrgetter("id")):
            waiting = stack.enter_context(tempfile.TemporaryFile(dir=folder))
            tables[key] = Table(form_of(tuple(versions), content.variables, names), waiting, found)
        pairs = Pairs(tables, found)
        yield pairs
        pairs.finish(folder)


def _write(path: Path, lines: Iterator[Sequence[str]]) -> None:
    with new_file(path) as file:
        file.writelines(csv_line(map(guarded, line)) for line in lines)
