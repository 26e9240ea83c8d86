"""Rows of every table, from any engine into a file and back; knows the tables by what the file itself says of them."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from storage.database import Row, Value, Work
from storage.rows import number, write_rows
from storage.schema import newest, shape

ROWS = 1_000
"""Rows in memory."""

RECORD = "migrations"
"""What says of itself which shape the database has."""

_NAMES = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rowid"
_PAGE = "SELECT {columns} FROM {name} {where} ORDER BY {keys} LIMIT {rows}"
_BEHIND = "WHERE ({keys}) > ({places})"
_COUNT = "SELECT COUNT(*) AS amount FROM {name}"
_EVERY = "SELECT {columns} FROM {name}"
_WRITE = "INSERT INTO {name} ({columns}) VALUES ({places}) ON CONFLICT DO NOTHING"
_COLUMNS = "SELECT name, pk FROM pragma_table_info(?) ORDER BY cid"


@dataclass(frozen=True)
class Table:
    """A table: its columns, and those of them by which its rows are told apart."""

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]

    def place(self, row: Row) -> tuple[Value, ...]:
        """The key of a row."""
        return tuple(row[column] for column in self.key)

    def page(self, after: Sequence[Value]) -> str:
        """The statement that gives its rows in order, those behind the one with the key `after`."""
        where = _filled(_BEHIND, keys=self.key, places=_places(len(after))) if after else ""
        return _filled(_PAGE, columns=self.columns, name=(self.name,), where=(where,), keys=self.key, rows=(str(ROWS),))

    @property
    def counted(self) -> str:
        """The statement that counts its rows, as `amount`."""
        return _filled(_COUNT, name=(self.name,))

    @property
    def every(self) -> str:
        """The statement that gives all its rows."""
        return _filled(_EVERY, columns=self.columns, name=(self.name,))

    @property
    def written(self) -> str:
        """The statement that writes one row; one that is there already stays."""
        return _filled(_WRITE, columns=self.columns, name=(self.name,), places=_places(len(self.columns)))


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """A file of rows that nobody else uses. It waits for no disk: whoever is killed begins anew."""
    with closing(sqlite3.connect(path, isolation_level=None)) as file:
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "trusted_schema = OFF", "cache_size = -8000"):
            file.execute(f"PRAGMA {pragma}")
        yield file


def tables(file: sqlite3.Connection) -> list[Table]:
    """The tables in a file, each after those that it refers to."""
    return [_table(file, name) for (name,) in file.execute(_NAMES).fetchall()]


def of_today() -> list[Table]:
    """The tables of a database of the version that the code knows."""
    with closing(sqlite3.connect(":memory:")) as file:
        for statement in shape(newest()):
            file.execute(statement)
        return tables(file)


def amounts(file: sqlite3.Connection) -> dict[str, int]:
    """How many rows each table in a file has."""
    return {table.name: file.execute(table.counted).fetchone()[0] for table in tables(file)}


async def pour_out(work: Work, file: sqlite3.Connection, version: int) -> Mapping[str, int]:
    """Puts every row of a database of this version into an empty file; how many the database has of each table."""
    for statement in shape(version):
        file.execute(statement)
    file.execute("BEGIN")
    counts = {}
    for table in tables(file):
        await _copy(work, file, table)
        [row] = await work.fetch(table.counted)
        counts[table.name] = number(row, "amount")
    file.execute("COMMIT")
    return counts


async def pour_in(file: sqlite3.Connection, work: Work) -> None:
    """Puts every row of a file into a database of the same shape."""
    for table in tables(file):
        if table.name == RECORD:
            continue
        rows = iter(file.execute(table.every))
        while batch := list(islice(rows, ROWS)):
            await write_rows(work, table.written, batch)


async def _copy(work: Work, file: sqlite3.Connection, table: Table) -> None:
    last: tuple[Value, ...] = ()
    write = _filled(_WRITE, columns=table.columns, name=(table.name,), places=["?"] * len(table.columns))
    while page := await work.fetch(table.page(last), *last):
        file.executemany(write, [tuple(row[column] for column in table.columns) for row in page])
        last = table.place(page[-1])


def _table(file: sqlite3.Connection, name: str) -> Table:
    columns = file.execute(_COLUMNS, (name,)).fetchall()
    keys = sorted((place, column) for column, place in columns if place)
    return Table(name, tuple(column for column, _ in columns), tuple(column for _, column in keys))


def _places(amount: int) -> list[str]:
    return [f"${place}" for place in range(1, amount + 1)]


def _filled(statement: str, **names: Sequence[str]) -> str:
    """Names of tables and columns come from our own migrations; a value is never put in so."""
    for place, words in names.items():
        statement = statement.replace(f"{{{place}}}", ", ".join(words))
    return statement
