"""Makes a copy of all that is kept and looks whether it can be read back; knows no table by name but those it counts.

It reads the rows of one moment through a connection of its own, so turns go on meanwhile, and the copy of one engine
can be put into another. It holds up the loop that it runs in: it is for a program of its own.
"""

import json
import shutil
import sqlite3
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from storage import erased, tables
from storage.backup.ring import Copy, copies, name, staying
from storage.backup.sealing import CopyFault, about, pieces, seal
from storage.backup.workshop import clear_left, workshop
from storage.database import Database
from storage.faults import Damaged, StorageFault
from storage.journal import Journal
from storage.opening import SQLITE, open_database
from storage.private_files import put
from storage.schema import match_keys, refuse_damaged, version
from storage.secrets import KeyRing

TIMES = 3
"""A copy takes so many times the room of the database while it is made."""

ROOM_LEFT = 200 * 1024 * 1024
"""Bytes of the disk that a copy leaves alone: turns may need them."""

_ROWS, _SEALED, _READ_BACK = "rijen.db", "kopie", "teruggelezen.db"


@dataclass(frozen=True)
class Contents:
    """What a copy says of itself: when it was taken, of which version, and how many rows of each table it has."""

    taken_at: datetime
    version: int
    rows: Mapping[str, int]


_NO_ROOM = "De reservekopie past niet op de schijf, of die geeft een fout. Maak ruimte, en doe het dan opnieuw."


async def make(url: str, keys: KeyRing, folder: Path, now: datetime) -> tuple[Copy, Contents]:
    """A new copy in `folder`, looked over before it gets its name; those that are not to stay go, also where it fails.

    Raises `StorageFault` and OSError, and leaves nothing half made behind.
    """
    tidy(folder, now)
    copy = Copy(now.astimezone(UTC).replace(microsecond=0), folder / name(now))
    with workshop(folder) as place:
        _refuse_little_room(url, folder)
        contents = await _rows(url, keys, place / _ROWS, copy.taken_at)
        _seal(keys, contents, place / _ROWS, place / _SEALED)
        (place / _ROWS).unlink()
        await read_back(keys, place / _SEALED, place / _READ_BACK)
        # A restore has to know whether there is a list or none: whoever finds this copy alone has lost it.
        Journal(folder).begin(erased.day(copy.taken_at))
        put(place / _SEALED, copy.path)
        tidy(folder, now)
    return copy, contents


async def read_back(keys: KeyRing, sealed: Path, target: Path) -> Contents:
    """Writes the rows of a copy to `target`, and looks whether all of them are there and are of these keys."""
    with sealed.open("rb") as source, target.open("xb") as file:
        found = pieces(keys, source)
        contents = _contents(next(found))
        for piece in found:
            file.write(piece)
    with tables.opened(target) as rows:
        _refuse_other_amounts(contents, rows)
    database = await open_database(f"{SQLITE}{target}", read_only=True)
    try:
        await refuse_damaged(database)
        await match_keys(database, keys)
    except Damaged:
        raise CopyFault("Deze reservekopie is beschadigd.") from None
    finally:
        await database.close()
    return contents


@asynccontextmanager
async def opened_copy(keys: KeyRing, sealed: Path, folder: Path) -> AsyncIterator[Database]:
    """The database in a copy, to be read; `folder` is for the work."""
    with workshop(folder) as place:
        await read_back(keys, sealed, place / _READ_BACK)
        database = await open_database(f"{SQLITE}{place / _READ_BACK}", read_only=True)
        try:
            yield database
        finally:
            await database.close()


def contents_of(keys: KeyRing, sealed: Path) -> Contents:
    """What a copy says of itself, without reading the rest of it."""
    with sealed.open("rb") as source:
        return _contents(about(keys, source))


def tidy(folder: Path, now: datetime) -> None:
    """Takes away the copies that are not to stay, and what a program left that was killed while it made one."""
    clear_left(folder)
    found = copies(folder)
    kept = staying((copy.taken_at for copy in found), now)
    for copy in found:
        if copy.taken_at not in kept:
            copy.path.unlink(missing_ok=True)


async def _rows(url: str, keys: KeyRing, target: Path, taken_at: datetime) -> Contents:
    database = await open_database(url, read_only=True)
    try:
        await match_keys(database, keys)
        found = await version(database)
        with tables.opened(target) as file:
            return Contents(taken_at, found, await _poured(database, file, found))
    except sqlite3.OperationalError:
        # The database itself is read by its own driver: this is the file that is being made.
        raise StorageFault(_NO_ROOM) from None
    finally:
        await database.close()


async def _poured(database: Database, file: sqlite3.Connection, number: int) -> Mapping[str, int]:
    async with database.reading() as work:
        return await tables.pour_out(work, file, number)


def _seal(keys: KeyRing, contents: Contents, rows: Path, target: Path) -> None:
    told = {"taken_at": contents.taken_at.isoformat(), "version": contents.version, "rows": dict(contents.rows)}
    with rows.open("rb") as source, target.open("xb") as file:
        seal(keys, json.dumps(told).encode(), source, file)


def _contents(told: bytes) -> Contents:
    try:
        found = json.loads(told)
        return Contents(datetime.fromisoformat(found["taken_at"]), int(found["version"]), dict(found["rows"]))
    except (ValueError, KeyError, TypeError):
        raise CopyFault("Deze reservekopie is van een andere uitgave van Vertelbot.") from None


def _refuse_other_amounts(contents: Contents, rows: sqlite3.Connection) -> None:
    try:
        found = tables.amounts(rows)
    except sqlite3.Error:
        raise CopyFault("Deze reservekopie is beschadigd.") from None
    if found != contents.rows:
        raise CopyFault("In deze reservekopie staan niet alle rijen.")


def _refuse_little_room(url: str, folder: Path) -> None:
    """A copy may not fill the disk that turns need."""
    nearest = next(place for place in (folder, *folder.absolute().parents) if place.exists())
    if shutil.disk_usage(nearest).free < TIMES * _size(url, folder) + ROOM_LEFT:
        raise StorageFault(f"Op de schijf van {folder} is te weinig ruimte voor een reservekopie. Maak ruimte.")


def _size(url: str, folder: Path) -> int:
    """About how many bytes there are to copy."""
    if url.startswith(SQLITE):
        place = Path(url.removeprefix(SQLITE))
        return sum(file.stat().st_size for file in (place, place.with_name(f"{place.name}-wal")) if file.exists())
    return max((copy.path.stat().st_size for copy in copies(folder)[:1]), default=0)
