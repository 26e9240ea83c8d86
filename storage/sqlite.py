"""The SQLite driver: one connection that writes, one that reads; knows statements only as text.

aiosqlite runs the statements of a connection one after the other in a thread of its own, in the order in which they
were asked for, also when who asked has been cancelled. That thread keeps the program alive until it is closed.
"""

import asyncio
import os
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import aiosqlite

from storage.committing import Committer
from storage.database import Result, Row, Value, Work
from storage.endings import to_the_end
from storage.faults import DatabaseGone, StorageFault
from storage.private_files import create_file, make_folder, tighten
from storage.sqlite_faults import READ_ONLY, told
from storage.together import TOGETHER, Connection, Group, named
from storage.transactions import OVER, Watch

PATIENCE = 2_000
"""Milliseconds to wait for another program that is writing."""

SCRUB_PATIENCE = 500
"""Milliseconds to wait for another program that is reading: writing stands still meanwhile."""

ROWS_AHEAD = 64
"""What aiosqlite would read ahead while rows are iterated over; here they are fetched together."""

Pragma = tuple[str, str, str | int]
"""Name, what it is set to, and what it must say afterwards: a library may have been built to ignore a setting."""

_EITHER: tuple[Pragma, ...] = (
    ("busy_timeout", str(PATIENCE), PATIENCE),
    ("trusted_schema", "OFF", 0),
    ("temp_store", "MEMORY", 2),
)
_WRITING: tuple[Pragma, ...] = (
    *_EITHER,
    ("journal_mode", "WAL", "wal"),
    ("synchronous", "FULL", 2),
    ("secure_delete", "ON", 1),
    ("foreign_keys", "ON", 1),
)
_READING: tuple[Pragma, ...] = (*_EITHER, ("query_only", "ON", 1))

_CLOSED = "De database is gesloten."
_GONE = "Het bestand van de database is weg of vervangen. Er is niets bewaard. Zet een reservekopie terug."


@dataclass(frozen=True)
class _Lane:
    """A connection, whose turn it is on it, and how a transaction on it begins."""

    connection: aiosqlite.Connection
    begin: str
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)


class SqliteWork:
    """One transaction on one connection."""

    def __init__(self, connection: aiosqlite.Connection) -> None:
        self._connection = connection
        self._watch = Watch(told)
        self.end = self._watch.end

    async def fetch(self, sql: str, *values: Value) -> list[Row]:
        """See `Work.fetch`."""
        with self._watch.statement():
            rows = list(await self._connection.execute_fetchall(sql, named(values)))
        names = rows[0].keys() if rows else []
        return [dict(zip(names, row, strict=True)) for row in rows]

    async def execute(self, sql: str, *values: Value) -> int:
        """See `Work.execute`."""
        with self._watch.statement():
            cursor = await self._connection.execute(sql, named(values))
        return cursor.rowcount

    async def commit(self) -> None:
        """Makes it last. A statement that ended the transaction by itself is a fault: not all of it may be kept."""
        with self._watch.statement():
            if not self._connection.in_transaction:
                raise StorageFault(OVER)
            await self._connection.commit()

    async def undo(self) -> None:
        """Takes back what was done and not committed."""
        with told():
            await self._connection.rollback()


class SqliteDatabase:
    """An open SQLite database; `writer` is absent where it is only read. See `Database`."""

    def __init__(self, path: Path, reader: _Lane, writer: _Lane | None, closing: AsyncExitStack) -> None:
        self._path = path
        self._file = path.stat().st_ino
        self._reader = reader
        self._writer = writer
        self._committer = Committer(writer.turn, self._commit) if writer else None
        self._closing = closing
        self._closed = False

    @property
    def shared(self) -> bool:
        """See `Database.shared`. A file has one bot: others that open it only look, or wait until it is gone."""
        return False

    async def run(self, unit: Callable[[Work], Awaitable[Result]], *, about: str = "") -> Result:
        """See `Database.run`."""
        if self._committer is None:
            raise StorageFault(READ_ONLY)
        return await self._committer.run(unit)

    def transaction(self, *, about: str = "", patient: bool = False) -> AbstractAsyncContextManager[Work]:
        """See `Database.transaction`. Here one writes at a time, whatever it is about."""
        return self._unit(self._writing_lane())

    def reading(self) -> AbstractAsyncContextManager[Work]:
        """See `Database.reading`."""
        return self._unit(self._reader)

    async def scrub(self) -> None:
        """See `Database.scrub`. It takes memory as large as the database, and on disk as much again."""
        writer = self._writing_lane()
        # First the reader: writing goes on while its snapshot, which would stand in the way, is still in use.
        async with self._reader.turn, writer.turn:
            self._refuse_if_closed()
            await to_the_end(_scrubbed(writer.connection))

    async def close(self) -> None:
        """See `Database.close`."""
        async with AsyncExitStack() as turns:
            for lane in filter(None, (self._reader, self._writer)):
                await turns.enter_async_context(lane.turn)
            self._closed = True
            await to_the_end(self._closing.aclose())

    def _writing_lane(self) -> _Lane:
        if self._writer is None:
            raise StorageFault(READ_ONLY)
        return self._writer

    def _refuse_if_closed(self) -> None:
        if self._closed:
            raise StorageFault(_CLOSED)

    async def _commit(self, group: Group) -> None:
        self._refuse_if_unfit()
        with told():
            await self._writing_lane().connection.execute_fetchall(TOGETHER, group)
        self._refuse_if_unfit()

    def _refuse_if_unfit(self) -> None:
        """A file that was taken away is written to without a fault: what goes there is gone with the process."""
        self._refuse_if_closed()
        try:
            there = self._path.stat().st_ino == self._file
        except OSError:
            there = False
        if not there:
            raise DatabaseGone(_GONE)

    @asynccontextmanager
    async def _unit(self, lane: _Lane) -> AsyncIterator[Work]:
        async with lane.turn:
            self._refuse_if_unfit()
            work = SqliteWork(lane.connection)
            try:
                await work.execute(lane.begin)
                yield work
                await to_the_end(work.commit())
                self._refuse_if_unfit()
            except BaseException:
                await to_the_end(work.undo())
                raise
            finally:
                work.end()


async def open_sqlite(path: Path, *, read_only: bool = False) -> SqliteDatabase:
    """Opens the database in `path`, made with its folder where it does not exist, for the owner only."""
    _prepare(path, read_only)
    async with AsyncExitStack() as opened:
        # Closed in reverse: the one that writes goes last, so that SQLite clears away its log.
        writer = None
        if not read_only:
            writer = _Lane(await _connected(opened, path, "rw", _WRITING), "BEGIN IMMEDIATE")
        reader = _Lane(await _connected(opened, path, "ro", _READING), "BEGIN")
        return SqliteDatabase(path, reader, writer, opened.pop_all())


def _prepare(path: Path, read_only: bool) -> None:
    """SQLite gives its side files the permissions of the database, so that one has to be right before it is opened."""
    try:
        if read_only:
            _refuse_missing(path)
            return
        make_folder(path.parent)
        if not path.exists():
            create_file(path, b"")
        for suffix in ("", "-wal", "-shm"):
            tighten(path.with_name(path.name + suffix))
        # A disk that became read-only through a fault says that all may be written until it is tried.
        os.utime(path)
    except OSError as error:
        raise StorageFault(f"De database {path} kan niet worden gemaakt of geschreven: {error.strerror}.") from error


def _refuse_missing(path: Path) -> None:
    if not path.is_file():
        raise StorageFault(f"Er is geen database in {path}.")


async def _connected(
    opened: AsyncExitStack, path: Path, mode: str, pragmas: tuple[Pragma, ...]
) -> aiosqlite.Connection:
    with told():
        # Opened before the thread is there: aiosqlite leaves its thread behind when opening fails in it.
        made = sqlite3.connect(
            _address(path, mode), uri=True, isolation_level=None, check_same_thread=False, factory=Connection
        )
        made.row_factory = sqlite3.Row
        connection = await opened.enter_async_context(aiosqlite.Connection(lambda: made, ROWS_AHEAD))
        for pragma in pragmas:
            await _set(connection, pragma)
    return connection


def _address(path: Path, mode: str) -> str:
    """As a URI, so that SQLite makes no file: the one that is there has the right permissions."""
    return f"{path.absolute().as_uri()}?mode={mode}"


async def _set(connection: aiosqlite.Connection, pragma: Pragma) -> None:
    name, value, wanted = pragma
    await connection.execute_fetchall(f"PRAGMA {name}={value}")
    [row] = await connection.execute_fetchall(f"PRAGMA {name}")
    if row[0] != wanted:
        raise StorageFault(f"SQLite neemt hier een instelling niet over: {name} moet {value} zijn.")


async def _scrubbed(connection: aiosqlite.Connection) -> None:
    """Rewrites the database: `secure_delete` leaves a deleted row readable in pages that SQLite had rearranged.

    The log, which holds old pages, goes first too: a reader that stands in the way then costs no rewriting.
    """
    await _empty_log(connection)
    with told():
        await connection.execute_fetchall("VACUUM")
    await _empty_log(connection)


async def _empty_log(connection: aiosqlite.Connection) -> None:
    with told():
        await connection.execute_fetchall(f"PRAGMA busy_timeout={SCRUB_PATIENCE}")
        try:
            [row] = await connection.execute_fetchall("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            await connection.execute_fetchall(f"PRAGMA busy_timeout={PATIENCE}")
    if row[0]:
        raise StorageFault("Een ander programma leest nog in de database. Wat is gewist, is nog niet helemaal weg.")
