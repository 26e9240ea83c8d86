"""A database to look around and search in with Datasette, and what it has to know of it; knows no other program.

It is written from the start every time, into a second file that holds nothing else: pages that were once used keep
what stood on them. Nothing of it depends on the clock. While it is made it stands in its own folder and in memory, and
in no other place.
"""

import errno
import json
import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import astuple
from functools import lru_cache
from pathlib import Path

from research.export import codebook, long
from research.export.columns import SHARES
from research.export.content import Content
from research.export.fixed import Holds
from research.export.folder import new_file
from research.export.rows import REMEMBERED, AnswerRow, Choice, StoryRow
from research.export.safe_text import safe
from research.export.tables import Cell
from research.export.variables import Variable
from storage.private_files import FILE_MODE, FOLDER_MODE

FOLDER = "datasette"
FILE, METADATA = f"{FOLDER}/verhalen.db", f"{FOLDER}/metadata.json"

WIDE, LONG, BOOK = "verhalen", "antwoorden", "codeboek"

USER_VERSION = 1
"""Of these tables. A program that reads them can see it in the header of the file."""

NUMBERS = (Holds.CODE, Holds.NUMBER)
NUMBERS_OF_ANSWERS = {"code", "waarde", "aandeel_a", "aandeel_b", "aandeel_c"}
NUMBERS_OF_CODEBOOK = {"code", "waarde"}
SEARCHED_ANSWERS = ("tekst", "opmerking")
FACETS = ("vragenset", "taal", "rol", "stadsdeel")
FACETS_OF_ANSWERS = ("vraag", "label", "reden_ontbreekt")
TITLES_OF_ANSWERS = {
    "vraag": "Vraag",
    "soort": "Soort vraag",
    "code": "Code",
    "waarde": "Plaats op de schaal (0 tot en met 100)",
    "aandeel_a": "Deel van de eerste hoek (procent)",
    "aandeel_b": "Deel van de tweede hoek (procent)",
    "aandeel_c": "Deel van de derde hoek (procent)",
    "label": "Wat er op de knop stond",
    "tekst": "In eigen woorden",
    "opmerking": "Wat erbij getypt is",
    "reden_ontbreekt": "Waarom er niets is",
    "bron": "Waar het vandaan kwam",
}

_FRESH = ("page_size=4096", "journal_mode=OFF", "synchronous=OFF", "temp_store=MEMORY", f"user_version={USER_VERSION}")


class Rows:
    """The tables, as far as they are written."""

    def __init__(self, work: sqlite3.Connection, variables: Sequence[Variable]) -> None:
        self._work = work
        self.told = 0
        self._wide = _insert(WIDE, len(variables))
        self._long = _insert(LONG, 1 + len(long.ANSWER))

    def write(self, row: StoryRow, cells: Sequence[Cell]) -> None:
        """A story and its answers."""
        self._work.execute(self._wide, [(safe(cell) or None) if isinstance(cell, str) else cell for cell in cells])
        self._work.executemany(self._long, [(row.story.id, *_answer(answer)) for answer in row.answers.values()])

    def rows(self) -> Mapping[str, int]:
        """The file has several tables: it has no number of rows."""
        return {}

    def stories(self) -> int | None:
        """As many as the database itself counts."""
        return self.told


@contextmanager
def opened(folder: Path, content: Content) -> Iterator[Rows]:
    """The database without stories; at the end it can be searched, and has no page that is not used."""
    (folder / FOLDER).mkdir(mode=FOLDER_MODE)
    unpacked, whole = folder / f"{FILE}.onaf", folder / FILE
    for path in (unpacked, whole):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, FILE_MODE))
    with _told_of_the_disk(whole), closing(sqlite3.connect(unpacked, isolation_level=None)) as work:
        for pragma in _FRESH:
            work.execute(f"PRAGMA {pragma}")
        _make_tables(work, content)
        work.execute("BEGIN")
        rows = Rows(work, content.variables)
        yield rows
        work.execute("COMMIT")
        (rows.told,) = work.execute("SELECT count(*) FROM verhalen").fetchone()
        _make_searchable(work, content.variables)
        work.execute("VACUUM INTO ?", [str(whole)])
    unpacked.unlink()
    with new_file(folder / METADATA) as file:
        json.dump(_metadata(content), file, ensure_ascii=False, indent=2)
        file.write("\n")


@contextmanager
def _told_of_the_disk(path: Path) -> Iterator[None]:
    """A full disk is the same fault for this file as for any other."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path)) from error
        raise


def _make_tables(work: sqlite3.Connection, content: Content) -> None:
    wide = [f'"{item.name}" {"INTEGER" if item.holds in NUMBERS else "TEXT"}' for item in content.variables]
    work.execute(f"CREATE TABLE {WIDE} ({wide[0]} PRIMARY KEY, {', '.join(wide[1:]) or 'leeg'})")
    answers = [f"{name} {_type(name in NUMBERS_OF_ANSWERS)}" for name in long.ANSWER]
    key = content.variables[0].name
    work.execute(
        f"CREATE TABLE {LONG} ({key} TEXT REFERENCES {WIDE}({key}), {', '.join(answers)}, PRIMARY KEY ({key}, vraag))"
    )
    book = [f"{name} {_type(name in NUMBERS_OF_CODEBOOK)}" for name in codebook.HEADER]
    work.execute(f"CREATE TABLE {BOOK} ({', '.join(book)})")
    work.executemany(_insert(BOOK, len(book)), _lines_of_codebook(content))


def _lines_of_codebook(content: Content) -> Iterator[list[Cell]]:
    """What it says of columns that are here."""
    names = {item.name for item in content.variables}
    for entry in content.explained:
        if entry.bestand != codebook.WIDE or entry.kolom in names:
            yield [safe(cell) if isinstance(cell, str) else cell for cell in astuple(entry)]


def _make_searchable(work: sqlite3.Connection, variables: Sequence[Variable]) -> None:
    """Datasette finds an index by `content="..."`, in these quotes; without, it shows all rows for any word."""
    words = [f'"{item.name}"' for item in variables if item.holds is Holds.WORDS]
    for table, columns in ((WIDE, words), (LONG, SEARCHED_ANSWERS)):
        if columns:
            named = f'{", ".join(columns)}, content="{table}", tokenize="unicode61 remove_diacritics 2"'
            index = f"{table}_fts"
            work.execute(f"CREATE VIRTUAL TABLE {index} USING fts5({named})")
            for order in ("rebuild", "optimize"):
                work.execute(_insert(f"{index}({index})", 1), [order])
    work.execute(f"CREATE INDEX {LONG}_per_vraag ON {LONG}(vraag, code)")


def _answer(answer: AnswerRow) -> tuple[Cell, ...]:
    choice, text, remark, source = answer
    return (*_chosen(choice), safe(text) or None, safe(remark) or None, choice.reason or None, source or None)


@lru_cache(maxsize=REMEMBERED)
def _chosen(choice: Choice) -> tuple[Cell, ...]:
    shares = choice.share_a, choice.share_b, choice.share_c
    return choice.question, choice.kind, choice.code, choice.value, *shares, safe(choice.label) or None


def _insert(table: str, columns: int) -> str:
    return " ".join(("INSERT INTO", table, "VALUES", f"({', '.join('?' * columns)})"))


def _type(is_number: bool) -> str:
    return "INTEGER" if is_number else "TEXT"


def _metadata(content: Content) -> dict[str, object]:
    key = content.variables[0].name
    names = {item.name for item in content.variables}
    wide = {
        "title": "Verhalen: een rij voor elk verhaal",
        "columns": {item.name: _explained(item) for item in content.variables},
        "facets": [name for name in FACETS if name in names],
        "label_column": "titel" if "titel" in names else key,
        "units": {item.name: "%" for item in content.variables if item.part in SHARES or item.name == "taal_kans"},
        "size": 20,
    }
    answers = {
        "title": "Antwoorden: een rij voor elke vraag van elk verhaal",
        "columns": {key: _explained(content.variables[0])} | {name: _of_answer(name) for name in long.ANSWER},
        "facets": list(FACETS_OF_ANSWERS),
        "units": dict.fromkeys(("aandeel_a", "aandeel_b", "aandeel_c"), "%"),
    }
    book = {"title": "Codeboek: wat elke kolom en elke code betekent", "size": 100}
    tables = {WIDE: wide, LONG: answers, BOOK: book}
    title = content.about.title
    return {
        "title": title,
        "description": "Toegang alleen voor wie deze uitvoer kreeg. Geef haar niet door.",
        "databases": {WIDE: {"title": title, "tables": tables}},
    }


def _explained(variable: Variable) -> str:
    """Datasette shows one line beside the name of a column."""
    codes = "; ".join(f"{code} = {label}" for code, label in (*variable.labels, *variable.missing))
    said = [variable.title, variable.text if variable.text != variable.title else "", codes]
    return safe(". ".join(part.rstrip(".") for part in said if part))


def _of_answer(name: str) -> str:
    return f"{TITLES_OF_ANSWERS[name]}. {long.ANSWER[name]}"
