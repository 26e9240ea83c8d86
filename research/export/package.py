"""One export from snapshot to folder: every story read once and written to every file; knows no command line."""

from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from dialogs.library import Library
from dialogs.questions import QuestionSet
from research.export import codebook, long, nested, withdrawn
from research.export.columns import Column, columns, header, line_of
from research.export.folder import new_file, new_folder
from research.export.manifest import Order, manifest, tally
from research.export.rows import StoryRow, StoryRows
from research.export.tables import Cell, csv_line
from research.faults import ConfigurationFault
from storage.stories import Story

WIDE, LONG, NESTED, CODEBOOK, MANIFEST = (
    "verhalen.csv",
    "antwoorden.csv",
    "verhalen.jsonl",
    "codeboek.csv",
    "manifest.json",
)


@dataclass(frozen=True)
class Snapshot:
    """All stories of one moment, those asked for in order of id, and how many there were of everything.

    `withdrawn` has the id and the day of every story that was taken back, of whichever set: that is not kept.
    """

    stories: AsyncIterator[Story]
    counts: Mapping[str, int]
    withdrawn: Sequence[tuple[str, str]]


async def write_export(
    target: Path, order: Order, library: Library, snapshot: Snapshot, written: Callable[[int], object]
) -> int:
    """Makes the folder `target`, whole or not at all; the number of stories in it.

    `written` hears of every story (1) as soon as it stands in the files. Memory does not grow with their number.
    """
    sets = chosen(library, order.question_set)
    found = columns(sets)
    rows_of = StoryRows(library)
    with new_folder(target) as folder:
        with _story_files(folder, found) as files:
            async for story in snapshot.stories:
                if order.with_test or not story.test:
                    files.write(rows_of.of(story))
                else:
                    files.passed_over += 1
                written(1)
        rows = {
            **files.rows(),
            withdrawn.FILE: _write_table(folder / withdrawn.FILE, withdrawn.header(), snapshot.withdrawn),
            CODEBOOK: _write_table(folder / CODEBOOK, codebook.HEADER, list(codebook.lines(sets))),
        }
        written_down = files.stories, files.passed_over, rows[withdrawn.FILE]
        counted = tally(snapshot.counts, order.question_set, *written_down)
        described = {folder / name: number for name, number in rows.items()}
        with new_file(folder / MANIFEST) as file:
            file.write(manifest(order, sets, counted, described))
    return files.stories


def chosen(library: Library, question_set: str | None) -> tuple[QuestionSet, ...]:
    """The sets of an export, all versions of each, in order. `ConfigurationFault` where there is no such set."""
    known = [library.sets[key] for key in sorted(library.sets)]
    sets = tuple(item for item in known if question_set in (None, item.id))
    if not sets:
        names = ", ".join(dict.fromkeys(item.id for item in known))
        raise ConfigurationFault(f"De vragenlijst '{question_set}' bestaat niet. Kies uit: {names}.")
    return sets


class StoryFiles:
    """The three files that grow with every story, how many rows they have so far, and how many have none in them."""

    def __init__(self, wide: TextIO, long_: TextIO, nested_: TextIO, found: Sequence[Column]) -> None:
        self.stories = 0
        self.answers = 0
        self.passed_over = 0
        self._line = line_of(found)
        self._wide, self._long, self._nested = wide, long_, nested_
        wide.write(csv_line(header(found)))
        long_.write(csv_line(long.header()))

    def write(self, row: StoryRow) -> None:
        """Puts one story in each of them."""
        self._wide.write(csv_line(self._line(row)))
        self._long.write(long.lines(row))
        self._nested.write(nested.line(row))
        self.stories += 1
        self.answers += len(row.answers)

    def rows(self) -> dict[str, int]:
        """The name of each file and how many rows it has."""
        return {WIDE: self.stories, LONG: self.answers, NESTED: self.stories}


@contextmanager
def _story_files(folder: Path, found: Sequence[Column]) -> Iterator[StoryFiles]:
    with (
        new_file(folder / WIDE) as wide,
        new_file(folder / LONG) as long_,
        new_file(folder / NESTED) as nested_,
    ):
        yield StoryFiles(wide, long_, nested_, found)


def _write_table(path: Path, first: Sequence[Cell], lines: Sequence[Sequence[Cell]]) -> int:
    """Makes a CSV of these lines; how many there are."""
    with new_file(path) as file:
        file.writelines(csv_line(line) for line in (first, *lines))
    return len(lines)
