"""What a database is made of and with which keys; knows the migrations by their files only, not what is in the tables.

A migration is a file `0001_name.sql` of statements that every engine understands. One that was used is never edited,
only followed.
"""

import re
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.abc import Traversable
from importlib.resources import files

from storage.database import Database, Row, Work
from storage.faults import Damaged, OtherKeys, StorageFault, TableMissing
from storage.rows import moment, number, text
from storage.secrets import KeyRing

FOLDER: Traversable = files("storage") / "migrations"

_FILE = re.compile(r"(\d{4})_([a-z0-9_]+)\.sql")
_COMMENT = re.compile(r"--[^\n]*|/\*.*?\*/", re.DOTALL)
_CANARY = "vertelbot"

_SHAPE = "the shape of the database"
"""What a migration and the first keys are about: several programs may start at once."""

_MIGRATIONS = """
CREATE TABLE IF NOT EXISTS migrations (
    number INTEGER NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    applied_at TEXT NOT NULL
)
"""
_APPLIED = "SELECT number, name FROM migrations ORDER BY number"
_RECORD = "INSERT INTO migrations (number, name, applied_at) VALUES ($1, $2, $3)"

_USED = """
SELECT 1 AS used FROM interviews UNION ALL SELECT 1 AS used FROM stories
UNION ALL SELECT 1 AS used FROM outbox LIMIT 1
"""
_FIND_CANARY = "SELECT sealed, marked FROM canary WHERE canary_id = 1"
_KEEP_CANARY = "INSERT INTO canary (canary_id, sealed, marked) VALUES (1, $1, $2)"


@dataclass(frozen=True)
class Migration:
    """One step from one shape of the database to the next."""

    number: int
    name: str
    sql: str


async def migrate(db: Database, folder: Traversable = FOLDER) -> int:
    """Brings the database to the shape that the code knows, a transaction for each step; the version it then has.

    A database that is newer, or that was made by other migrations, is refused and left as it is.
    """
    known = migrations(folder)
    for migration in known[await version(db, folder) :]:
        async with db.transaction(about=_SHAPE) as work:
            await _apply(work, known, migration)
    return len(known)


async def version(db: Database, folder: Traversable = FOLDER) -> int:
    """The number of the last migration that the database has had; 0 for an empty one. Refuses as `migrate` does."""
    try:
        async with db.reading() as work:
            return _checked(await work.fetch(_APPLIED), migrations(folder))
    except TableMissing:
        return 0


def newest(folder: Traversable = FOLDER) -> int:
    """The version that the code knows."""
    return len(migrations(folder))


def shape(number: int, folder: Traversable = FOLDER) -> list[str]:
    """The statements that make an empty database of this version, without the record of it."""
    known = migrations(folder)[:number]
    return [_MIGRATIONS, *(statement for migration in known for statement in statements(migration.sql))]


def migrations(folder: Traversable = FOLDER) -> tuple[Migration, ...]:
    """The migrations in a folder, numbered from 1 without a gap."""
    named = ((_FILE.fullmatch(file.name), file) for file in folder.iterdir())
    found = sorted((int(match[1]), match[2], file.read_text(encoding="utf-8")) for match, file in named if match)
    if [number for number, _, _ in found] != list(range(1, len(found) + 1)):
        raise StorageFault("De migraties zijn niet genummerd vanaf 0001 zonder gat.")
    return tuple(Migration(*parts) for parts in found)


def statements(sql: str) -> Iterator[str]:
    """The statements of a file, each with its semicolon. StorageFault where the last one has none."""
    rest = ""
    for piece in sql.split(";")[:-1]:
        rest += piece + ";"
        if sqlite3.complete_statement(rest):
            yield rest.strip()
            rest = ""
    rest += sql.rpartition(";")[2]
    if _COMMENT.sub("", rest).strip():
        raise StorageFault("Een migratie houdt op midden in een opdracht.")


async def has_keys(db: Database) -> bool:
    """Whether the database was made with keys; what has none is empty."""
    try:
        async with db.reading() as work:
            return bool(await work.fetch(_FIND_CANARY))
    except TableMissing:
        return False


async def refuse_damaged(db: Database) -> None:
    """Reads an SQLite database through (a second for some hundred megabytes); `Damaged` where it is not whole."""
    async with db.reading() as work:
        found = await work.fetch("PRAGMA quick_check(1)")
    if [text(row, "quick_check") for row in found] != ["ok"]:
        raise Damaged("De database is beschadigd.")


async def match_keys(db: Database, keys: KeyRing) -> None:
    """Checks that the database was made with these keys; an empty one is from now on.

    Without this check a wrong key file would seem to be an empty database, and two keys would get mixed up.
    """
    async with db.reading() as work:
        found = await work.fetch(_FIND_CANARY)
    if not found:
        async with db.transaction(about=_SHAPE) as work:
            found = await _found_or_kept(work, keys)
    _match(keys, found[0])


async def _found_or_kept(work: Work, keys: KeyRing) -> list[Row]:
    if not await work.fetch(_FIND_CANARY):
        if await work.fetch(_USED):
            raise StorageFault(
                "Deze database is in gebruik, maar zegt niet bij welke sleutels zij hoort. Zet een reservekopie terug."
            )
        await work.execute(_KEEP_CANARY, keys.encrypt(_CANARY), keys.mark("canary", _CANARY))
    return await work.fetch(_FIND_CANARY)


def _match(keys: KeyRing, row: Row) -> None:
    if text(row, "marked") != keys.mark("canary", _CANARY) or not _opens(keys, row):
        raise OtherKeys("De sleutels horen niet bij deze database. Gebruik het sleutelbestand waarmee zij is gemaakt.")


def _opens(keys: KeyRing, row: Row) -> bool:
    try:
        return keys.decrypt(text(row, "sealed")) == _CANARY
    except StorageFault:
        return False


async def _apply(work: Work, known: Sequence[Migration], migration: Migration) -> None:
    """Looks again inside the transaction: another program may have applied it meanwhile."""
    await work.execute(_MIGRATIONS)
    if _checked(await work.fetch(_APPLIED), known) >= migration.number:
        return
    for statement in statements(migration.sql):
        await work.execute(statement)
    await work.execute(_RECORD, migration.number, migration.name, moment(datetime.now(UTC)))


def _checked(applied: Sequence[Row], known: Sequence[Migration]) -> int:
    """How many were applied, if they are the first of what is known."""
    if len(applied) > len(known):
        raise StorageFault(
            f"De database is van een nieuwere versie ({len(applied)}) dan dit programma ({len(known)})."
            " Werk het programma bij."
        )
    for row, migration in zip(applied, known, strict=False):
        if (number(row, "number"), text(row, "name")) != (migration.number, migration.name):
            raise StorageFault(
                f"De database heeft een andere migratie {migration.number:04} gehad dan dit programma kent."
            )
    return len(applied)
