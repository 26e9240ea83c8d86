"""What other programs read in the files of an export, to lay beside the tables for programs: all say the same."""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from datetime import date
from pathlib import Path

import polars as pl
import pyreadstat

from research.export.fixed import FIXED
from research.export.formats.datasette import FILE
from research.export.safe_text import safe
from tests.research.kept import answer, nested, table

LETTERS = {"a": "-97", "b": "-98", "c": "-99"}
"""What Stata has instead of the codes that say why there is none."""

Rows = list[dict[str, str]]


def visible(rows: Rows) -> Rows:
    """The same, without what no program shows to people."""
    return [{name: safe(cell) for name, cell in row.items()} for row in rows]


def in_spss(folder: Path) -> Rows:
    """The stories in the file of SPSS."""
    frame, _ = pyreadstat.read_sav(folder / "spss" / "verhalen.sav", user_missing=True, output_format="polars")
    return _rows(frame)


def in_stata(folder: Path) -> Rows:
    """The stories in the file of Stata, with the codes that it has letters for."""
    path = folder / "stata" / "verhalen.dta"
    found, about = pyreadstat.read_dta(path, user_missing=True, output_format="dict")
    rows = [dict(zip(found, map(_text, cells), strict=True)) for cells in zip(*found.values(), strict=True)]
    coded = set(about.missing_user_values)
    return [_with_codes(row, coded) for row in rows]


def in_parquet(folder: Path) -> Rows:
    """The stories in the Parquet file."""
    return _rows(pl.read_parquet(folder / "parquet" / "verhalen.parquet"))


def _rows(frame: pl.DataFrame) -> Rows:
    return [{name: _text(cell) for name, cell in row.items()} for row in frame.iter_rows(named=True)]


def _text(cell: object) -> str:
    match cell:
        case None:
            return ""
        case float() if cell.is_integer():
            return str(int(cell))
        case date():
            return cell.isoformat()
        case _:
            return str(cell)


def _with_codes(row: Mapping[str, str], coded: set[str]) -> dict[str, str]:
    return {name: LETTERS.get(cell, cell) if name in coded else cell for name, cell in row.items()}


def check_database(folder: Path) -> None:
    """Every story and every answer is a row of the database, with the cells of the tables."""
    for name in ("verhalen", "antwoorden"):
        expected = visible(table(folder / f"{name}.csv"))
        with closing(sqlite3.connect(folder / FILE)) as work:
            own = [row[1] for row in work.execute(f"PRAGMA table_info({name})")]
            named = [column for column in expected[0] if column in own]
            found = list(work.execute(" ".join(("SELECT", ", ".join(named), "FROM", name, "ORDER BY rowid"))))
        assert set(expected[0]) - set(own) <= {"vragenset", "versie"}, "only what the story has already is left out"
        assert [[None if cell is None else str(cell) for cell in row] for row in found] == [
            [line[column] or None for column in named] for line in expected
        ], name


def check_nested(folder: Path) -> None:
    """The wide table, the long one and the objects say the same."""
    wide = {line["verhaal_id"]: line for line in table(folder / "verhalen.csv")}
    trees = {str(story["verhaal_id"]): story for story in nested(folder)}
    lines = table(folder / "antwoorden.csv")
    assert wide.keys() == trees.keys() == {line["verhaal_id"] for line in lines}
    for line in lines:
        story, tree = wide[line["verhaal_id"]], answer(trees[line["verhaal_id"]], line["vraag"])
        assert _from_wide(story, line) == _from_long(line)
        assert _from_nested(tree) == _from_long(line)
        alike = ("soort", "label", "opmerking", "reden_ontbreekt", "bron")
        assert [_text(tree[name]) for name in alike] == [line[name] for name in alike]
    for key, story in wide.items():
        fixed = [name for name in story if name in trees[key]]
        assert fixed == [column.name for column in FIXED]
        assert [_text(trees[key][name]) for name in fixed] == [story[name] for name in fixed]


def _from_long(line: dict[str, str]) -> list[str]:
    return [line[name] for name in ("code", "waarde", "aandeel_a", "aandeel_b", "aandeel_c", "tekst")]


def _from_wide(story: dict[str, str], line: dict[str, str]) -> list[str]:
    """The wide file has no code for words of one message, and no words for what was chosen."""
    question = line["vraag"]
    words = line["soort"] in ("verhaal", "open")
    code = {"verhaal": f"{question}_vraag", "open": ""}.get(line["soort"], question)
    numbers = [story.get(f"{question}_{part}", "") for part in ("waarde", "a", "b", "c")]
    return [story[code] if code else line["code"], *numbers, story[question] if words else ""]


def _from_nested(tree: dict[str, object]) -> list[str]:
    shares = tree["aandelen"] or {}
    assert isinstance(shares, dict)
    corners = [_text(shares.get(corner)) for corner in "abc"]
    return [_text(tree["code"]), _text(tree["waarde"]), *corners, _text(tree["tekst"])]
