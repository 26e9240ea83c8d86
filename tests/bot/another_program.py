"""What another program sees of a database of either engine, and does to it, while ours is at work; knows no noun.

It looks at once and lets nobody in between: who hands in what goes wrong with a call looks in the midst of that call.
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Coroutine, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, closing
from functools import cache
from pathlib import Path
from typing import TypeVar

import asyncpg

from storage.database import Row
from storage.opening import SQLITE
from storage.rows import number
from storage.tables import Table, of_today
from tests.bot import disk

Result = TypeVar("Result")

_HOLD = "LOCK TABLE {names} IN EXCLUSIVE MODE"
"""As for whoever writes in a file: others read on, and wait with what they want to write."""

_FULL_FILE = ("CREATE TRIGGER vol BEFORE {deed} BEGIN SELECT RAISE(ABORT, 'vol'); END", "DROP TRIGGER vol")
_FULL_SERVER = (
    """
    CREATE FUNCTION vol() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'vol' USING ERRCODE = 'disk_full'; END $$;
    CREATE TRIGGER vol BEFORE {deed} FOR EACH ROW EXECUTE FUNCTION vol()
    """,
    "DROP FUNCTION vol() CASCADE",
)


def tables(url: str) -> Mapping[str, list[Row]]:
    """Every row of every table, in order of their keys; nothing where there are no tables yet."""
    return _asked(url, {table.name: f"{table.every} ORDER BY {', '.join(table.key)}" for table in _tables()})


def as_written(url: str) -> Mapping[str, list[tuple[str, ...]]]:
    """The cells of every row of every table, as text, in the order in which the rows stand there."""
    rows = _asked(url, {table.name: table.every for table in _tables()})
    return {name: [tuple(map(str, row.values())) for row in found] for name, found in rows.items()}


def amounts(url: str) -> Mapping[str, int]:
    """How many rows there are in every table; nothing where there are no tables yet."""
    counted = _asked(url, {table.name: table.counted for table in _tables()})
    return {name: number(row, "amount") for name, [row] in counted.items()}


def waits_now(url: str) -> int:
    """How many replies may be said now and were not yet."""
    counted = _asked(url, {"outbox": "SELECT COUNT(*) AS amount FROM outbox WHERE not_before IS NULL"})
    return sum(number(row, "amount") for rows in counted.values() for row in rows)


def sealed(url: str) -> set[str]:
    """Every text in the tables that was encrypted."""
    cells = {cell for rows in tables(url).values() for row in rows for cell in row.values()}
    return {cell for cell in cells if isinstance(cell, str) and cell.startswith("gAAAA")}


def left_of(url: str, tokens: set[str]) -> list[str]:
    """Those of these texts that whoever has the database can still find: in a row, or anywhere in a file of SQLite."""
    there = sealed(url)
    return [token for token in tokens if token in there or (in_file(url) and disk.holds(place(url), token))]


async def change(url: str, statement: str) -> None:
    """Changes the database behind the back of who uses it."""
    if in_file(url):
        await disk.change(place(url), statement)
        return
    async with _connected(url) as connection:
        await connection.execute(statement)


@asynccontextmanager
async def held(url: str) -> AsyncIterator[None]:
    """Another program is writing for as long as this is open: nobody else can."""
    if in_file(url):
        async with disk.held(place(url)):
            yield
        return
    async with _connected(url) as connection, connection.transaction():
        await connection.execute(_HOLD.format(names=", ".join(table.name for table in _tables())))
        yield


@asynccontextmanager
async def refusing(url: str, deed: str) -> AsyncIterator[None]:
    """For as long as this is open the database refuses to do a deed, such as "DELETE ON outbox"."""
    begin, end = _FULL_FILE if in_file(url) else _FULL_SERVER
    await change(url, begin.format(deed=deed))
    yield
    await change(url, end)


def in_file(url: str) -> bool:
    """Whether the database is in a file; else it is on a server."""
    return url.startswith(SQLITE)


def place(url: str) -> Path:
    """The file of a database that is in one."""
    assert in_file(url)
    return Path(url.removeprefix(SQLITE))


@cache
def _tables() -> list[Table]:
    return of_today()


def _asked(url: str, statements: Mapping[str, str]) -> Mapping[str, list[Row]]:
    """What is answered to each of these, all at one moment."""
    return _asked_of_file(place(url), statements) if in_file(url) else _beside(_asked_of_server(url, statements))


def _asked_of_file(file: Path, statements: Mapping[str, str]) -> Mapping[str, list[Row]]:
    if not file.exists():
        return {}
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.row_factory = sqlite3.Row
        connection.execute("BEGIN")
        try:
            return {
                name: [dict(row) for row in connection.execute(statement)] for name, statement in statements.items()
            }
        except sqlite3.OperationalError as error:
            if "no such table" in str(error):
                return {}
            raise


async def _asked_of_server(url: str, statements: Mapping[str, str]) -> Mapping[str, list[Row]]:
    async with _connected(url) as connection, connection.transaction(isolation="repeatable_read", readonly=True):
        try:
            return {
                name: [dict(row) for row in await connection.fetch(statement)] for name, statement in statements.items()
            }
        except asyncpg.UndefinedTableError:
            return {}


@asynccontextmanager
async def _connected(url: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(url)
    try:
        yield connection
    finally:
        await connection.close()


def _beside(asking: Coroutine[None, None, Result]) -> Result:
    """Waits for it in a thread that has a loop of its own: the driver of a server knows no other way."""
    with ThreadPoolExecutor(1) as beside:
        return beside.submit(asyncio.run, asking).result()
