"""What SQLite says when it cannot, in our words; knows no statement and no value."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from storage.faults import Damaged, StorageFault, TableMissing, Unavailable

READ_ONLY = "In deze database mag niet worden geschreven."

_SENTENCES = {
    sqlite3.SQLITE_BUSY: "De database is bezet door een ander programma. Er is niets bewaard.",
    sqlite3.SQLITE_LOCKED: "De database is bezet door een ander programma. Er is niets bewaard.",
    sqlite3.SQLITE_FULL: "De schijf is vol. Er is niets bewaard.",
    sqlite3.SQLITE_IOERR: "De schijf van de database geeft een fout. Er is niets bewaard.",
    sqlite3.SQLITE_READONLY: READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: "De database kan niet worden geopend.",
    sqlite3.SQLITE_CORRUPT: "De database is beschadigd.",
    sqlite3.SQLITE_NOTADB: "Dit bestand is geen database, of het is beschadigd.",
    sqlite3.SQLITE_CONSTRAINT: "Dit past niet bij wat er al in de database staat. Er is niets bewaard.",
}
_FOR_GOOD = {sqlite3.SQLITE_CONSTRAINT, sqlite3.SQLITE_MISMATCH, sqlite3.SQLITE_TOOBIG}
"""Errors of what was asked, not of where it goes: the same will never fit."""

_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}

_WRONG_VALUE = "Een tekst of een getal kan zo niet in de database. Er is niets bewaard."


@contextmanager
def told() -> Iterator[None]:
    """Says the driver's errors in ours. Those of SQLite name tables and columns only, so they may be the cause."""
    try:
        yield
    except sqlite3.Error as error:
        raise _fault(error) from (error if hasattr(error, "sqlite_errorcode") else None)
    except (UnicodeError, OverflowError):
        # These hold the value itself, as do some that Python's module makes by itself.
        raise StorageFault(_WRONG_VALUE) from None


def _fault(error: sqlite3.Error) -> StorageFault:
    if str(error).startswith("no such table"):
        return TableMissing("Deze database is nog niet ingericht.")
    code: int | None = getattr(error, "sqlite_errorcode", None)
    name: str = getattr(error, "sqlite_errorname", type(error).__name__)
    sentence = _SENTENCES.get((code or 0) & 0xFF, "De database weigerde een opdracht.")
    return _kind((code or 0) & 0xFF)(f"{sentence} ({name})")


def _kind(code: int) -> type[StorageFault]:
    if code in _DAMAGED:
        return Damaged
    return StorageFault if code in _FOR_GOOD else Unavailable
