"""The codebook as sheets of a workbook, and as a workbook of its own; knows no story."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from dialogs.questions import QuestionSet
from research.export import codebook
from research.export.codebook import Entry
from research.export.safe_text import safe
from research.export.tables import Cell
from research.export.workbooks import A3, Book, Heading, Look, new_workbook

WIDTHS = {
    "bestand": 17,
    "kolom": 22,
    "variabele": 16,
    "naam": 20,
    "vragenset": 14,
    "versies": 10,
    "gevraagd_van": 13,
    "gevraagd_tot": 13,
    "vraagtekst": 44,
    "soort": 12,
    "thema": 22,
    "over": 14,
    "code": 9,
    "waarde": 10,
    "label": 30,
    "betekenis": 60,
}

KOLOM = codebook.HEADER.index("kolom")


def write_codebook(path: Path, explained: Sequence[Entry], sets: Sequence[QuestionSet], at: datetime) -> int:
    """Makes a workbook of the codebook and the versions of these sets; how many lines the codebook has."""
    with new_workbook(path, "Codeboek", at) as book:
        lines = add_codebook(book, explained)
        add_versions(book, sets)
    return lines


def add_codebook(book: Book, explained: Sequence[Entry]) -> int:
    """The sheet with the lines of the codebook; how many. The first line of every column stands out."""
    sheet = book.sheet("codeboek", [Heading(name, WIDTHS[name]) for name in codebook.HEADER], still=KOLOM + 1)
    before: Cell = None
    for line in map(codebook.line, explained):
        column = line[KOLOM]
        sheet.add([safe(cell) if isinstance(cell, str) else cell for cell in line], _looks(first=column != before))
        before = column
    sheet.finish(A3)
    return sheet.rows


def _looks(*, first: bool) -> list[Look]:
    return [Look.STRONG if first and at == KOLOM else Look.WRAPPED for at in range(len(codebook.HEADER))]


def add_versions(book: Book, sets: Sequence[QuestionSet], stories: Mapping[tuple[str, int], int] | None = None) -> None:
    """The sheet with every version of every set, and where that is known how many stories were told with it."""
    names = {"vragenset": 16, "versie": 10, "titel": 60, "vragen": 10} | ({} if stories is None else {"verhalen": 12})
    sheet = book.sheet("versies", [Heading(name, width) for name, width in names.items()])
    for item in sets:
        told: list[Cell] = [] if stories is None else [stories.get((item.id, item.version), 0)]
        line: list[Cell] = [item.id, item.version, safe(item.title), len(item.questions) - 1, *told]
        sheet.add(line, [Look.WRAPPED] * len(line))
    sheet.finish()
