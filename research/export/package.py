"""One export from snapshot to folder: every story read once and written to every file; knows no command line."""

from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from dialogs.library import Library
from dialogs.questions import QuestionSet
from research.export import codebook, withdrawn
from research.export.columns import columns, line_of
from research.export.content import Content, Format, Writer
from research.export.fixed import FIXED
from research.export.folder import new_file, new_folder
from research.export.formats.every import FORMATS
from research.export.manifest import Order, described, manifest, tally
from research.export.rows import StoryRows
from research.export.tables import Cell, csv_line
from research.export.variables import variables
from research.faults import ConfigurationFault
from storage.stories import Story

CODEBOOK, MANIFEST = "codeboek.csv", "manifest.json"


@dataclass(frozen=True)
class Snapshot:
    """All stories of one moment, those asked for in order of id, and how many there were of everything.

    `withdrawn` has the id and the day of every story that was taken back, of whichever set: that is not kept.
    """

    stories: AsyncIterator[Story]
    counts: Mapping[str, int]
    withdrawn: Sequence[tuple[str, str]]


async def write_export(
    target: Path,
    order: Order,
    library: Library,
    snapshot: Snapshot,
    written: Callable[[int], object],
    formats: Sequence[Format] = FORMATS,
) -> int:
    """Makes the folder `target`, whole or not at all; the number of stories in it.

    `written` hears of every story (1) as soon as it stands in the files. Memory does not grow with their number, but
    for formats that can only be written at once.
    """
    sets = chosen(library, order.question_set)
    found = columns(sets)
    content = Content(order.at, order.software, sets, variables(FIXED, found, sets))
    line = line_of(FIXED, found)
    rows_of = StoryRows(library)
    stories = passed_over = 0
    with new_folder(target) as folder:
        with _writers(folder, content, formats) as writers:
            async for story in snapshot.stories:
                if order.with_test or not story.test:
                    row = rows_of.of(story)
                    cells = line(row)
                    for writer in writers:
                        writer.write(row, cells)
                    stories += 1
                else:
                    passed_over += 1
                written(1)
        rows = {name: number for writer in writers for name, number in writer.rows().items()}
        rows[withdrawn.FILE] = _write_table(folder / withdrawn.FILE, withdrawn.header(), snapshot.withdrawn)
        rows[CODEBOOK] = _write_table(folder / CODEBOOK, codebook.HEADER, list(codebook.lines(sets)))
        counted = tally(snapshot.counts, order.question_set, stories, passed_over, rows[withdrawn.FILE])
        files = described(folder, rows)
        with new_file(folder / MANIFEST) as file:
            file.write(manifest(order, sets, counted, files))
    return stories


@contextmanager
def _writers(folder: Path, content: Content, formats: Sequence[Format]) -> Iterator[list[Writer]]:
    with ExitStack() as stack:
        yield [stack.enter_context(item.opens(folder, content)) for item in formats]


def chosen(library: Library, question_set: str | None) -> tuple[QuestionSet, ...]:
    """The sets of an export, all versions of each, in order. `ConfigurationFault` where there is no such set."""
    known = [library.sets[key] for key in sorted(library.sets)]
    sets = tuple(item for item in known if question_set in (None, item.id))
    if not sets:
        names = ", ".join(dict.fromkeys(item.id for item in known))
        raise ConfigurationFault(f"De vragenlijst '{question_set}' bestaat niet. Kies uit: {names}.")
    return sets


def _write_table(path: Path, first: Sequence[Cell], lines: Sequence[Sequence[Cell]]) -> int:
    """Makes a CSV of these lines; how many there are."""
    with new_file(path) as file:
        file.writelines(csv_line(line) for line in (first, *lines))
    return len(lines)
