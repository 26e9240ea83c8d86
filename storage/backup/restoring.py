"""Puts a copy back, without what was taken away for good since; knows no channel.

What is built is built beside, and gets its place when it is whole. It holds up the loop that it runs in: it is for a
program of its own.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from storage import erased, rotation, stories, tables
from storage.backup.making import Contents, read_back
from storage.backup.ring import name
from storage.backup.workshop import workshop
from storage.database import Database, Work
from storage.erased import REMEMBERED, Erased, Kind
from storage.faults import StorageFault, TableMissing
from storage.opening import SQLITE, open_database
from storage.private_files import put
from storage.rows import moment
from storage.schema import has_keys, match_keys, migrate
from storage.secrets import KeyRing
from storage.sole_use import SoleUse, mark_of

IN_USE = "{place} is nog open in een ander programma. Stop eerst de bot, en doe het dan opnieuw."
SIDE_FILES = ("-wal", "-shm", "-journal")

_LEFT_OUT = (
    "DELETE FROM outbox",
    "DELETE FROM deliveries",
    "DELETE FROM leases",
    "DELETE FROM wrong_codes",
    "DELETE FROM messages",
    "DELETE FROM staff_sessions",
    "UPDATE staff SET invite_mark = '', invite_until = ''",
)
"""Not put back: what waited then was said long ago, or is said again by the question; who did what then does it no
more; codes were tried more than an hour ago; and what is on a screen by now is not what was there. Nobody of the staff
is signed in, and no invitation works: it may have been used, or whoever had it removed, since. What was seen then is
put back: Telegram may bring it once more."""

_OLD_DRAFTS = "DELETE FROM interviews WHERE changed_at < $1"
_USED = "SELECT 1 AS used FROM interviews UNION ALL SELECT 1 AS used FROM stories LIMIT 1"


@dataclass(frozen=True)
class Restored:
    """What was put back: stories and drafts, how many were in the copy but taken away since, and what went aside."""

    contents: Contents
    stories: int
    drafts: int
    gone: int
    aside: Path | None = None


@dataclass(frozen=True)
class Known:
    """What was taken away for good; `gone` is None where nothing tells. `unread`: newer copies that should, newest
    first, where the database does not either."""

    gone: set[Erased] | None
    unread: tuple[Path, ...] = ()


async def into_file(
    place: Path, keys: KeyRing, sealed: Path, gone: Iterable[Erased], now: datetime, *, over: bool
) -> Restored:
    """Makes the database in `place` what the copy holds. What is there is put aside, if `over` or it holds nothing."""
    if not over and await _is_used(f"{SQLITE}{place}", place):
        raise StorageFault(
            f"In {place} staan al gesprekken of verhalen, of het bestand is niet te lezen. Er is niets veranderd."
            " Moet de reservekopie ervoor in de plaats komen? Doe het dan met --over; wat er staat, wordt weggezet."
        )
    with workshop(place.parent) as shop, _in_sole_use(place):
        restored = await _built(shop / "nieuw.db", keys, sealed, gone, now)
        _refuse_in_use(place)
        aside = _put_aside(place, now)
        put(shop / "nieuw.db", place)
    return Restored(restored.contents, restored.stories, restored.drafts, restored.gone, aside)


async def into_server(
    url: str, keys: KeyRing, sealed: Path, gone: Iterable[Erased], now: datetime, folder: Path
) -> Restored:
    """Puts what the copy holds into an empty database on a server, all of it or nothing. `folder` is for the work."""
    with workshop(folder) as shop:
        restored = await _built(shop / "nieuw.db", keys, sealed, gone, now)
        database = await open_database(url)
        try:
            await migrate(database)
            # What has no keys yet gets those of the copy with its rows: an empty database that has some would start.
            if await has_keys(database):
                await match_keys(database, keys)
            with closing(sqlite3.connect(shop / "nieuw.db")) as file:
                await _poured(database, file)
        finally:
            await database.close()
    return restored


async def known_gone(url: str, keys: KeyRing, newer: Sequence[Path], folder: Path) -> Known:
    """What the present database says was taken away, and the first of the `newer` copies that can be read."""
    present = await _gone_in(url, keys)
    for place, copy in enumerate(newer):
        told = await _gone_in_copy(keys, copy, folder)
        if told is not None:
            return Known(told | (present or set()), () if present is not None else tuple(newer[:place]))
    return Known(present, () if present is not None else tuple(newer))


async def _gone_in_copy(keys: KeyRing, copy: Path, folder: Path) -> set[Erased] | None:
    with workshop(folder) as shop:
        try:
            await read_back(keys, copy, shop / "jonger.db")
        except (StorageFault, OSError):
            return None
        return await _gone_in(f"{SQLITE}{shop / 'jonger.db'}", keys)


async def _gone_in(url: str, keys: KeyRing) -> set[Erased] | None:
    """None also where it is of no keys yet, or of others: it is of another house then, and knows nothing of this."""
    try:
        database = await open_database(url, read_only=True)
        try:
            if not await has_keys(database):
                return None
            await match_keys(database, keys)
            gone = await _gone_of(database, Kind.STORY)
            for kind in (Kind.DRAFT, Kind.STAFF):
                # An earlier release did not remember these; what it knows of stories counts all the same.
                with suppress(TableMissing):
                    gone |= await _gone_of(database, kind)
            return gone
        finally:
            await database.close()
    except StorageFault:
        return None


async def _gone_of(database: Database, kind: Kind) -> set[Erased]:
    async with database.reading() as work:
        return set(await erased.every_of(work, kind))


async def _is_used(url: str, place: Path) -> bool:
    """Whether there is something that a person told, or that cannot be read."""
    if _is_empty(place):
        return False
    try:
        database = await open_database(url, read_only=True)
        try:
            async with database.reading() as work:
                return bool(await work.fetch(_USED))
        finally:
            await database.close()
    except TableMissing:
        return False
    except StorageFault:
        return True


def _is_empty(place: Path) -> bool:
    return not place.exists() or not place.stat().st_size


async def _built(place: Path, keys: KeyRing, sealed: Path, gone: Iterable[Erased], now: datetime) -> Restored:
    """A database of today from a copy, in which nothing is left of what is gone, also not in its bytes."""
    read = place.with_name("gelezen.db")
    contents = await read_back(keys, sealed, read)
    database = await open_database(f"{SQLITE}{read}")
    try:
        await migrate(database)
        async with database.transaction() as work:
            for statement in _LEFT_OUT:
                await work.execute(statement)
            again = await erased.erase(work, sorted(gone, key=lambda item: item.id))
            # So long ago nobody can tell any more what was thrown away, and every draft is over its time.
            again += await work.execute(_OLD_DRAFTS, moment(now - REMEMBERED))
            counts = await stories.counts(work)
        # Else the next rotation would find its work unfinished, and make no new key.
        if not await rotation.is_done(database, keys):
            await rotation.renew(database, keys)
    finally:
        await database.close()
    _write_anew(read, place)
    return Restored(contents, counts["stories"], counts["drafts"], again)


def _write_anew(file: Path, target: Path) -> None:
    """Without a byte of what was deleted; as `scrub`, but it takes no memory for it."""
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("VACUUM INTO ?", (str(target),))
    file.unlink()


async def _poured(database: Database, file: sqlite3.Connection) -> None:
    async with database.transaction() as work:
        await _refuse_used(work)
        await tables.pour_in(file, work)


async def _refuse_used(work: Work) -> None:
    if await work.fetch(_USED):
        raise StorageFault(
            "In deze database op de server staan al gesprekken of verhalen. Er is niets veranderd."
            " Maak een lege database (CREATE DATABASE …), zet haar adres in storage.url en doe het daar."
        )


@contextmanager
def _in_sole_use(place: Path) -> Iterator[None]:
    """Refuses while a bot is running on this database, and keeps the next from beginning."""
    use = SoleUse(mark_of(place))
    if not use.take():
        raise StorageFault(IN_USE.format(place=place))
    try:
        yield
    finally:
        use.give_back()


def _refuse_in_use(place: Path) -> None:
    """SQLite ends the log of a database only where no other program has it open; then all is in one file."""
    if not place.exists():
        return
    with closing(sqlite3.connect(place, timeout=1.0, isolation_level=None)) as connection:
        try:
            connection.execute("PRAGMA journal_mode = DELETE")
        except sqlite3.OperationalError as fault:
            if fault.sqlite_errorcode == sqlite3.SQLITE_BUSY:
                raise StorageFault(IN_USE.format(place=place)) from None
        except sqlite3.DatabaseError:
            # It is damaged: that is why it goes aside.
            return


def _put_aside(place: Path, now: datetime) -> Path | None:
    """Gives what is in the place another name, with what SQLite kept beside it: that belongs to no other file."""
    aside = place.with_name(f"{place.name}.weggezet-{name(now)[len('vertelbot-') : -len('.kopie')]}")
    is_there = place.exists()
    if is_there:
        place.rename(aside)
    for suffix in SIDE_FILES:
        beside = place.with_name(place.name + suffix)
        if beside.exists():
            beside.rename(aside.with_name(aside.name + suffix))
    return aside if is_there else None
