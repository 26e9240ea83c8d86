"""What stands on the disk, as somebody sees it who has the files but no keys; knows the tables by name only."""

import asyncio
import fcntl
import os
import resource
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, closing, contextmanager, suppress
from pathlib import Path
from random import Random

SIDE_FILES = ("", "-wal", "-journal")
"""The database and what SQLite keeps beside it. The index of its log (-shm) holds no content and changes by reading."""

PAGE = 4096
ALWAYS = 64 * 1024
"""Bytes of a file that can always be written: the index of the log is in memory that needs room on the disk."""

_EVERY = "SELECT * FROM ?"
_COUNT = "SELECT COUNT(*) FROM ?"

Cells = tuple[str | int | None, ...]


@contextmanager
def connected(database: Path) -> Iterator[sqlite3.Connection]:
    """A connection of another program, which commits by itself."""
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        yield connection


async def change(database: Path, statement: str) -> None:
    """Changes the database behind the back of who uses it. Beside the loop: a writer there may have to finish first."""

    def run() -> None:
        with connected(database) as connection:
            connection.execute(statement)

    await asyncio.to_thread(run)


@asynccontextmanager
async def held(database: Path) -> AsyncIterator[None]:
    """Another program is writing for as long as this is open: nobody else can."""
    with closing(sqlite3.connect(database, isolation_level=None, check_same_thread=False)) as connection:
        await asyncio.to_thread(connection.execute, "BEGIN IMMEDIATE")
        yield


@contextmanager
def full(database: Path, room: int = 0) -> Iterator[Callable[[], None]]:
    """No file may become larger than the log of the database is now, and so much more: then the disk is full.

    Yields what takes that room too: a log that SQLite begins again from the start has much of its own.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    log = database.with_name(database.name + "-wal")
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (max(ALWAYS, log.stat().st_size + room), hard))
        yield lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (ALWAYS, hard))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def only_read(database: Path) -> Iterator[None]:
    """What this process has open of the database takes no byte, as where a disk became read-only under it.

    A system makes a disk so by itself after a fault of it (ext4: errors=remount-ro). Nobody has to be root for this:
    each file is opened once more, to be read, in the place of what is written to. SQLite says the same of both.
    """
    kept = [(number, os.dup(number), name) for number, name in _opened(database)]
    try:
        for number, _, name in kept:
            reading = os.open(name, os.O_RDONLY)
            os.dup2(reading, number, inheritable=False)
            os.close(reading)
        yield
    finally:
        for number, writing, _ in kept:
            os.dup2(writing, number, inheritable=False)
            os.close(writing)


def _opened(database: Path) -> list[tuple[int, Path]]:
    """The descriptors by which this process has the database and its log open to be written, each with its file."""
    names = [database.with_name(database.name + end) for end in ("", "-wal")]
    files = {(seen.st_dev, seen.st_ino): name for name in names for seen in [name.stat()]}
    found = []
    for number in range(resource.getrlimit(resource.RLIMIT_NOFILE)[0]):
        with suppress(OSError):
            seen = os.fstat(number)
            name = files.get((seen.st_dev, seen.st_ino))
            if name and fcntl.fcntl(number, fcntl.F_GETFL) & os.O_ACCMODE == os.O_RDWR:
                found.append((number, name))
    assert {name for _, name in found} == set(names)
    return found


@contextmanager
def spoiled(database: Path) -> Iterator[None]:
    """Every page of the file but the first holds noise; afterwards what it held before."""
    _read_anew(database)
    whole = database.read_bytes()
    with database.open("r+b") as file:
        file.seek(PAGE)
        file.write(Random(1).randbytes(len(whole) - PAGE))
    try:
        yield
    finally:
        with database.open("r+b") as file:
            file.write(whole)
        _read_anew(database)


def _read_anew(database: Path) -> None:
    """All that is in the log goes into the file, and whoever has a page of it in memory lets go of it."""
    with connected(database) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA user_version = 1")


def tables(database: Path) -> Mapping[str, list[Cells]]:
    """Every row of every table."""
    with connected(database) as connection:
        return {name: connection.execute(_EVERY.replace("?", name)).fetchall() for name in _names(connection)}


def amounts(database: Path) -> Mapping[str, int]:
    """How many rows there are in every table."""
    with connected(database) as connection:
        return {name: connection.execute(_COUNT.replace("?", name)).fetchone()[0] for name in _names(connection)}


def _names(connection: sqlite3.Connection) -> list[str]:
    return [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]


def content(database: Path) -> Mapping[str, bytes]:
    """What is in the files, by the end of their names."""
    files = {end: database.with_name(database.name + end) for end in SIDE_FILES}
    return {end: file.read_bytes() for end, file in files.items() if file.exists()}


def sealed(database: Path) -> set[str]:
    """Every text in the database that was encrypted."""
    cells = {cell for rows in tables(database).values() for row in rows for cell in row}
    return {cell for cell in cells if isinstance(cell, str) and cell.startswith("gAAAA")}


def holds(database: Path, words: str) -> bool:
    """Whether these words stand in any of the files, in any of the ways in which SQLite writes text."""
    ways = [words.encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be")]
    return any(way in bytes_ for bytes_ in content(database).values() for way in ways)
