"""Workbooks for a spreadsheet: sheets of rows in which nothing acts and nothing is cut off; knows no story.

Rows go to a file beside the workbook as they come. Of each row that is higher than a line its height is remembered, in
half a kilobyte; memory grows with nothing else.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import Enum
from pathlib import Path
from types import MappingProxyType

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from research.export.cell_texts import unmarked
from research.export.tables import Cell
from research.faults import ResearchFault

A4, A3 = 9, 8
"""What Excel calls sizes of paper."""

LINE, HEAD = 15, 22
"""The height of a line, and of the first row, in points."""

TALLEST = 12
"""The lines that a row shows at most. Of a longer text it shows the beginning; who clicks on it sees all."""


class Look(Enum):
    """How a cell looks: each is a set of properties of the library."""

    PLAIN = MappingProxyType({"valign": "top"})
    WRAPPED = MappingProxyType({"valign": "top", "text_wrap": True})
    MISSING = MappingProxyType({"valign": "top", "text_wrap": True, "italic": True, "font_color": "#6B6B6B"})
    NUMBER = MappingProxyType({"valign": "top", "align": "center"})
    DAY = MappingProxyType({"valign": "top", "num_format": "yyyy-mm-dd", "align": "left"})
    STRONG = MappingProxyType({"valign": "top", "text_wrap": True, "bold": True})
    TITLE = MappingProxyType({"bold": True, "font_size": 16, "font_color": "#1F3A4D"})
    KNOWN = MappingProxyType({"bold": True, "font_color": "#FFFFFF", "bg_color": "#4A5560", "valign": "vcenter"})
    WORDS = MappingProxyType({"bold": True, "font_color": "#FFFFFF", "bg_color": "#1E6247", "valign": "vcenter"})
    CHOSEN = MappingProxyType({"bold": True, "font_color": "#FFFFFF", "bg_color": "#1F4E79", "valign": "vcenter"})


WRAPPING = frozenset(look for look in Look if "text_wrap" in look.value)

NOTE = {"x_scale": 2.5, "y_scale": 1.5, "font_size": 10}

OFFER = {
    "validate": "list",
    "error_type": "warning",
    "error_title": "Geen keuze uit de lijst",
    "error_message": "Dit staat niet in de lijst van deze vraag. Toch laten staan?",
}


@dataclass(frozen=True)
class Heading:
    """The first cell of a column: its name, the width in characters, and what is shown to who points at it."""

    name: str
    width: int
    look: Look = Look.KNOWN
    note: str = ""


class Sheet:
    """One sheet, as far as it is written; `rows` are those below the headings. `widths` are those of its columns."""

    def __init__(self, name: str, sheet: Worksheet, formats: Mapping[Look, Format], widths: Sequence[int]) -> None:
        self.name, self.rows = name, 0
        self._sheet, self._formats, self._widths = sheet, formats, widths
        self._top = 0
        for at, width in enumerate(widths):
            sheet.set_column(at, at, width)

    def head(self, headings: Sequence[Heading], still: int) -> None:
        """A first row that stays in view and comes on every page, like the first `still` columns."""
        self._top = 1
        self._sheet.set_row(0, HEAD)
        for at, heading in enumerate(headings):
            self._sheet.write_string(0, at, heading.name, self._formats[heading.look])
            if heading.note:
                self._sheet.write_comment(0, at, heading.note, NOTE)
        self._sheet.freeze_panes(1, still)
        self._sheet.repeat_rows(0)
        self._sheet.hide_gridlines(0)
        if still:
            self._sheet.repeat_columns(0, still - 1)

    def add(self, cells: Sequence[Cell], looks: Sequence[Look]) -> None:
        """A row. `ResearchFault`, with its first cell, where a cell or the row does not fit."""
        row = self._top + self.rows
        lines = 1
        for column, (cell, look, width) in enumerate(zip(cells, looks, self._widths, strict=True)):
            if cell is None or cell == "":
                continue
            if self._write(row, column, cell, look):
                raise self._too_much(cells[0])
            if look in WRAPPING and isinstance(cell, str) and (len(cell) > width or "\n" in cell):
                lines = max(lines, _lines(cell, width))
        if lines > 1:
            self._sheet.set_row(row, LINE * min(lines, TALLEST))
        self.rows += 1

    def _write(self, row: int, column: int, cell: str | int, look: Look) -> int:
        """What the library says of it: 0 where the cell stands there whole."""
        if isinstance(cell, int):
            return int(self._sheet.write_number(row, column, cell, self._formats[Look.NUMBER]))
        if look is Look.DAY and (day := _day(cell)):
            return int(self._sheet.write_datetime(row, column, day, self._formats[look]))
        return int(self._sheet.write_string(row, column, unmarked(cell), self._formats[look]))

    def _too_much(self, first: Cell) -> ResearchFault:
        return ResearchFault(
            f"Wat bij {first} hoort, past niet op het blad '{self.name}' van een werkmap voor Excel."
            " Er is niets uitgevoerd. Laat deze soort bestand weg met --formats."
        )

    def offer(self, column: int, source: str) -> None:
        """Who types in a column is shown what may stand there (a range), and warned of anything else."""
        if self.rows:
            self._sheet.data_validation(1, column, self.rows, column, {**OFFER, "source": source})

    def finish(self, paper: int = A4, *, on_one_page: bool = True) -> None:
        """When all rows are there: buttons to choose rows with, and how it comes out of a printer."""
        if self._top:
            self._sheet.autofilter(0, 0, self.rows, len(self._widths) - 1)
        self._sheet.set_landscape()
        self._sheet.set_paper(paper)
        self._sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        self._sheet.set_footer("&L&A&R&P / &N")
        if on_one_page:
            self._sheet.fit_to_pages(1, 0)


class Book:
    """A workbook, as far as it is written."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._formats = {look: book.add_format(dict(look.value)) for look in Look}

    def sheet(self, name: str, headings: Sequence[Heading], still: int = 1) -> Sheet:
        """A new sheet with a first row that stays in view and comes on every page, like its first `still` columns."""
        sheet = Sheet(name, self._book.add_worksheet(name), self._formats, [heading.width for heading in headings])
        sheet.head(headings, still)
        return sheet

    def page(self, name: str, widths: Sequence[int]) -> Sheet:
        """A new sheet to read: columns of these widths in characters, without headings and without lines."""
        sheet = self._book.add_worksheet(name)
        sheet.hide_gridlines(2)
        return Sheet(name, sheet, self._formats, widths)


@contextmanager
def new_workbook(path: Path, title: str, at: datetime) -> Iterator[Book]:
    """A workbook that is whole when the context ends. `at` is the only time in it."""
    options = {
        "constant_memory": True,
        "tmpdir": str(path.parent),
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    book = Workbook(path, options)
    book.use_zip64()
    book.set_properties({"title": title, "author": "Vertelbot", "created": at.astimezone(UTC)})
    try:
        yield Book(book)
        _close(book)
    finally:
        for sheet in book.worksheets():
            sheet.row_data_fh.close()


def _close(book: Workbook) -> None:
    """The library wraps what the disk says; who runs the export has to hear it."""
    try:
        book.close()
    except FileCreateError as error:
        raise error.args[0] from None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a column of this width, or one more: programs do not all measure that."""
    return sum(1 + len(part) * 10 // (width * 11) for part in text.split("\n"))
