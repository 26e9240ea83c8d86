"""One export from snapshot to files: every story read once and written to every format; knows no command line."""

import hashlib
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from dialogs.library import Library
from dialogs.questions import QuestionSet
from research.export import citation, codebook, datapackage, readme, withdrawn
from research.export.asked import Asked
from research.export.choosing import Choosing, Heard
from research.export.codebook_sheets import write_codebook
from research.export.columns import columns, line_of
from research.export.content import About, Content, Format, Writer
from research.export.folder import new_file, settle
from research.export.manifest import Tally, Told, check_written, described, manifest, tally, tally_again
from research.export.order import Order
from research.export.selecting import LeftOut, areas_of
from research.export.snapshot import Snapshot
from research.export.tables import Cell, csv_line
from research.export.tiers import LEAVING, Tier
from research.export.variables import variables
from research.faults import ConfigurationFault, UsageFault
from storage.private_files import make_folder

WORKBOOK, MANIFEST, SETS = "codeboek.xlsx", "manifest.json", "vragensets"


@dataclass(frozen=True)
class Made:
    """An export that is whole. `stories` are the ids of those in it, `digest` the SHA-256 of its manifest.

    `hidden_to`: up to which attribute stories stay hidden from the recipient, also those that were not chosen. `asked`
    is that of the snapshot.
    """

    order: Order
    stories: Sequence[str]
    withdrawn: Sequence[str]
    counted: Tally
    digest: str
    hidden_to: Mapping[str, str]
    asked: Asked


Records = Callable[[Made], Awaitable[None]]
"""Writes down what is about to be handed out: before it has its name."""


async def write_export(
    place: AbstractContextManager[Path],
    order: Order,
    library: Library,
    snapshot: Snapshot,
    formats: Sequence[Format],
    *,
    heard: Heard,
    record: Records,
) -> Made:
    """Fills the folder that `place` gives, and leaves it; what came of it.

    `heard` hears of stories as soon as they are done with. Memory does not grow with their number, but for formats
    that can only be written at once, for the ids, and for what tellers are known by.
    """
    sets = chosen(library, order.selection.question_set)
    _check_area(order.selection.area, sets)
    with place as folder:
        choosing = Choosing(order, library, snapshot)
        content = _content(order, sets, formats, snapshot)
        stories, rows = await _write_stories(folder, choosing, content, formats, heard)
        rows |= _write_about(folder, order.tier, content, snapshot)
        counted = _counted(snapshot, len(stories), choosing.left_out)
        told = Told(order, sets, None if order.tier is Tier.TABLES else counted, choosing.hidden)
        _write(folder / readme.FILE, readme.readme(told, formats))
        if codebook.WIDE in rows:
            _write(folder / datapackage.FILE, datapackage.datapackage(content, described(folder, rows)))
        _write(folder / MANIFEST, manifest(told, described(folder, rows)))
        settle(folder)
        digest = hashlib.sha256((folder / MANIFEST).read_bytes()).hexdigest()
        hidden_to = choosing.plan.hidden_to if choosing.plan else {}
        made = Made(order, stories, [key for key, _ in snapshot.withdrawn], counted, digest, hidden_to, snapshot.asked)
        await record(made)
    return made


def _counted(snapshot: Snapshot, exported: int, left_out: Mapping[LeftOut, int]) -> Tally:
    if snapshot.again is None:
        return tally(snapshot.counts, exported, left_out, len(snapshot.withdrawn))
    return tally_again(len(snapshot.again.stories), exported, left_out, snapshot.again.left_out)


async def _write_stories(
    folder: Path, choosing: Choosing, content: Content, formats: Sequence[Format], heard: Heard
) -> tuple[list[str], dict[str, int]]:
    """All formats; the ids of the stories, and the rows of every file that has rows. Raises where one lacks a story."""
    line = line_of(LEAVING[choosing.order.tier].fixed, columns(content.sets))
    ids = []
    with _writers(folder, content, formats) as writers:
        async for row in choosing.rows(heard):
            cells = line(row)
            for writer in writers:
                writer.write(row, cells)
            ids.append(row.story.id)
    check_written({item.name: writer.stories() for item, writer in zip(formats, writers, strict=True)}, len(ids))
    return ids, {name: number for writer in writers for name, number in writer.rows().items()}


@contextmanager
def _writers(folder: Path, content: Content, formats: Sequence[Format]) -> Iterator[list[Writer]]:
    with ExitStack() as stack:
        yield [stack.enter_context(item.opens(folder, content)) for item in formats]


def _content(order: Order, sets: tuple[QuestionSet, ...], formats: Sequence[Format], snapshot: Snapshot) -> Content:
    leaving = LEAVING[order.tier]
    described = variables(leaving.fixed, columns(sets), sets, leaving.coarse)
    own = tuple(entry for item in formats for entry in item.explains)
    explained = own or tuple(codebook.entries(sets, leaving, snapshot.asked))
    secret = snapshot.keys.mark("tables", "")
    return Content(order.at, order.software, sets, described, explained, About(snapshot=order.snapshot), secret)


def _write_about(folder: Path, tier: Tier, content: Content, snapshot: Snapshot) -> dict[str, int]:
    """What explains the stories; the rows of every file that has rows."""
    make_folder(folder / SETS)
    for item in content.sets:
        _write(folder / SETS / f"{item.id}-{item.version}.json", item.model_dump_json(indent=2) + "\n")
    lines = [codebook.line(entry) for entry in content.explained]
    rows = {datapackage.BOOK: _write_table(folder / datapackage.BOOK, codebook.HEADER, lines)}
    write_codebook(folder / WORKBOOK, content.explained, content.sets, content.at)
    _write(folder / citation.FILE, citation.citation(content))
    if tier is not Tier.TABLES:
        rows[withdrawn.FILE] = _write_table(folder / withdrawn.FILE, withdrawn.header(), snapshot.withdrawn)
    return rows


def chosen(library: Library, question_set: str | None) -> tuple[QuestionSet, ...]:
    """The sets of an export, all versions of each, in order. `ConfigurationFault` where there is no such set."""
    known = [library.sets[key] for key in sorted(library.sets)]
    sets = tuple(item for item in known if question_set in (None, item.id))
    if not sets:
        names = ", ".join(dict.fromkeys(item.id for item in known))
        raise ConfigurationFault(f"De vragenlijst '{question_set}' bestaat niet. Kies uit: {names}.")
    return sets


def _check_area(area: str | None, sets: Sequence[QuestionSet]) -> None:
    """An area that no set has would give an empty export, as if nobody lived there."""
    known = areas_of(sets)
    if area is not None and area not in known:
        raise UsageFault(f"Het gebied '{area}' bestaat niet. Kies uit: {', '.join(known)}.")


def _write(path: Path, text: str) -> None:
    with new_file(path) as file:
        file.write(text)


def _write_table(path: Path, first: Sequence[Cell], lines: Sequence[Sequence[Cell]]) -> int:
    """Makes a CSV of these lines; how many there are."""
    with new_file(path) as file:
        file.writelines(csv_line(line) for line in (first, *lines))
    return len(lines)
