"""Tables of numbers for who gets no stories: a workbook to look at and a CSV for programs; knows no words of tellers.

Nothing in them says how many there are exactly. A cell is empty, or has a dash, where there are none or too few.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from disclosure.suppressing import LEAST, STEP, Shown
from disclosure.tables import HIDDEN
from research.export.codebook import Entry
from research.export.content import Content
from research.export.counting import Counting, Table, countings
from research.export.folder import new_file
from research.export.rows import StoryRow
from research.export.safe_text import safe
from research.export.tables import Cell, csv_line
from research.export.workbooks import Book, Look, Sheet, new_workbook

CSV, WORKBOOK = "tabellen.csv", "tabellen.xlsx"
COLUMNS = {
    "vragenset": "De vragenlijst.",
    "tabel": "Waarover de tabel gaat: een vraag, of alle vertellers, de maand, de manier of de taal.",
    "titel": "Hoe die tabel heet.",
    "vraagtekst": "Wat er gevraagd is. Leeg: de tabel gaat niet over een vraag.",
    "code": "De code van de regel. -97: de vraag is overgeslagen.",
    "label": "Wat die code betekent.",
    "aantal": "Het aantal vertellers, door het lot een beetje veranderd en afgerond. Leeg: niemand, of te weinig.",
    "procent": "Het deel van alle vertellers van de vragenlijst. Leeg waar er geen aantal staat.",
}
HEADER = tuple(COLUMNS)
EXPLAINED = tuple(Entry(CSV, name, betekenis=meaning) for name, meaning in COLUMNS.items())
LABELS, NUMBERS = 60, 12
"""How wide the columns are, in characters."""

ABOUT = (
    "Hier staan alleen aantallen. Er staan geen verhalen in, en geen woorden van vertellers.",
    "Een aantal is het aantal vertellers. Wie meer verhalen vertelde, telt in een regel één keer.",
    f"{HIDDEN} betekent: niemand, of te weinig. Een aantal van minder dan {LEAST} vertellers staat er nooit.",
    "Elk aantal is met opzet een beetje veranderd: het lot telt er iets bij of haalt er iets af, meestal hooguit 2.",
    f"Daarna is het afgerond op {STEP}. Zo kan niemand uitrekenen wat één mens koos.",
    "Procenten zijn delen van alle vertellers van de vragenlijst: dat aantal staat in de eerste tabel.",
    "Samen zijn zij vaak geen 100: wie bij een streep hoort, telt wel mee, en elk aantal is veranderd.",
    "Maanden en talen met te weinig vertellers staan er niet bij.",
    "Komt er een verhaal bij of gaat er een weg? Dan zijn alle aantallen opnieuw veranderd.",
    "Trek twee uitvoeren dus niet van elkaar af.",
)


class Figures:
    """The numbers of all sets, as far as they are counted; which rows there are is known at the end."""

    def __init__(self, content: Content) -> None:
        self.counted = countings(content.sets)
        self.lines = 0

    def write(self, row: StoryRow, _cells: Sequence[Cell]) -> None:
        """Counts one story."""
        self.counted[row.story.question_set].add(row)

    def rows(self) -> Mapping[str, int]:
        """The lines of the CSV: one for every row of every table. They say nothing of how many were told."""
        return {CSV: self.lines}

    def stories(self) -> int | None:
        """None is to be seen in a number."""
        return None


@contextmanager
def opened(folder: Path, content: Content) -> Iterator[Figures]:
    """Both files are made at the end."""
    figures = Figures(content)
    yield figures
    seen = {key: list(counting.tables(content.secret)) for key, counting in figures.counted.items()}
    lines = [line for key, tables in seen.items() for table in tables for line in _lines(key, table, _all(tables))]
    figures.lines = len(lines)
    with new_file(folder / CSV) as file:
        file.writelines(csv_line(line) for line in (HEADER, *lines))
    with new_workbook(folder / WORKBOOK, safe(content.about.title), content.at) as book:
        _fill(book, content, figures.counted, seen)


def _all(tables: Sequence[Table]) -> Shown:
    """How many tellers a set has in all, as it is shown: the one row of its first table."""
    [(_, everybody)] = tables[0].rows
    return everybody.people


def _lines(key: str, table: Table, everybody: Shown) -> Iterator[list[Cell]]:
    about = (key, table.name, safe(table.title), safe(table.text))
    for label, row in table.rows:
        yield [*about, row.name, safe(label), row.people, row.percent(everybody)]


def _fill(book: Book, content: Content, counted: Mapping[str, Counting], seen: Mapping[str, Sequence[Table]]) -> None:
    about = book.page("leesmij", (110,))
    about.add((safe(content.about.title),), (Look.TITLE,))
    for sentence in (f"Momentopname: {content.version}", *ABOUT):
        about.add((safe(sentence),), (Look.WRAPPED,))
    about.finish()
    for key, tables in seen.items():
        sheet = book.page(key, (LABELS, NUMBERS, NUMBERS))
        _line(sheet, (safe(counted[key].set.title),), Look.TITLE)
        for table in tables:
            _put(sheet, table, _all(tables))
        sheet.finish()


def _put(sheet: Sheet, table: Table, everybody: Shown) -> None:
    """A table below the last, with what was asked above its rows."""
    _line(sheet, ())
    _line(sheet, (safe(table.title), "aantal", "procent"), Look.KNOWN, Look.KNOWN)
    if table.text:
        _line(sheet, (safe(table.text),), Look.MISSING)
    for label, row in table.rows:
        _line(sheet, (safe(label), _or_dash(row.people), _or_dash(row.percent(everybody))))


def _line(sheet: Sheet, cells: Sequence[Cell], first: Look = Look.WRAPPED, others: Look = Look.NUMBER) -> None:
    sheet.add([*cells, *[None] * (3 - len(cells))], (first, others, others))


def _or_dash(number: Shown) -> Cell:
    return HIDDEN if number is None else number
