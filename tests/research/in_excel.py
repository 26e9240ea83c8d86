"""Tables for Excel and workbooks as other libraries read them, beside what the tables for programs hold."""

import csv
import io
import re
from datetime import datetime
from pathlib import Path

from openpyxl.worksheet.worksheet import Worksheet

from research.export.cell_texts import GUARD
from research.export.safe_text import safe
from tests.research.kept import table

Rows = list[dict[str, str]]

REASONS = {"-97": "overgeslagen", "-98": "niet van toepassing", "-99": "niet gevraagd"}


def in_words(folder: Path) -> Rows:
    """The stories of the table for programs, with the words of the codebook for programs in place of codes."""
    known = {
        (line["kolom"], line["code"]): REASONS.get(line["code"], line["label"])
        for line in table(folder / "codeboek.csv")
        if line["bestand"] == "verhalen.csv" and line["code"]
    }
    return [
        {name: known.get((name, cell), cell) for name, cell in line.items()} for line in table(folder / "verhalen.csv")
    ]


def guarded_table(path: Path) -> Rows:
    """The lines of a table for Excel."""
    text = path.read_bytes().decode("utf-8")
    assert text.startswith("\ufeff"), path.name
    return list(csv.DictReader(io.StringIO(text[1:], newline=""), delimiter=";", strict=True))


def unguarded(rows: Rows) -> Rows:
    """The same without the mark in front of some cells."""
    return [{name: cell.removeprefix(GUARD) for name, cell in line.items()} for line in rows]


def sheet_rows(sheet: Worksheet) -> Rows:
    """The rows below the headings, with everything in them as it would stand in a table."""
    first, *others = sheet.iter_rows(values_only=True)
    return [dict(zip(map(str, first), map(shown, row), strict=True)) for row in others]


def shown(value: object) -> str:
    """A cell as it stands in a table for programs."""
    return "" if value is None else value.date().isoformat() if isinstance(value, datetime) else str(value)


def kept(text: str) -> str:
    """The text as a workbook has it: with something unseen in what would be taken for its own signs."""
    return re.sub("_(?=x[0-9A-Fa-f]{4}_)", "_\u200b", re.sub("^<r>", "<\u200br>", safe(text)))


def typed(folder: Path) -> dict[tuple[str, str], str]:
    """Everything that was typed, by story and question, from the table for programs."""
    lines = table(folder / "antwoorden.csv")
    return {(line["verhaal_id"], line["vraag"]): text for line in lines if (text := line["tekst"] or line["opmerking"])}


def typed_in(stories: Rows, remarks: Rows) -> dict[tuple[str, str], str]:
    """The same from the sheets of a workbook."""
    words = {(line["verhaal_id"], name): line[name] for line in stories for name in ("titel", "verhaal") if line[name]}
    return words | {(line["verhaal_id"], line["kolom"]): line["opmerking"] for line in remarks}
