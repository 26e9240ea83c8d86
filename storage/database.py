"""The thin seam between statements and the engine that runs them; knows no table and no noun.

A statement is written once for every engine: parameters `$1`, `$2` …, types TEXT, INTEGER and BIGINT, and nothing
that only one engine understands.
"""

from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Protocol

from storage.faults import StorageFault

Value = str | int | None
Row = Mapping[str, Value]

_SQLITE = "sqlite:///"


class Work(Protocol):
    """One transaction, or one look at a snapshot. After a fault it does nothing more: all of it is undone."""

    async def fetch(self, sql: str, *values: Value) -> list[Row]:
        """The rows of a query, each by column name."""
        ...

    async def execute(self, sql: str, *values: Value) -> int:
        """Runs a statement; how many rows it changed itself (those of a cascade are not counted)."""
        ...


class Database(Protocol):
    """An open database. Whoever opened it closes it. Everything raises `StorageFault` where it cannot be done."""

    def transaction(self) -> AbstractAsyncContextManager[Work]:
        """All or nothing, one at a time: committed at the end, undone on any error and on cancellation.

        Cancellation during the commit waits until the commit is done. Not to be entered again from within.
        """
        ...

    def reading(self) -> AbstractAsyncContextManager[Work]:
        """One consistent snapshot for as long as it is open; writing is refused. It holds up no transaction."""
        ...

    async def scrub(self) -> None:
        """Removes what was deleted from the engine's own files too: until then bytes of it can stay there.

        Transactions wait meanwhile, the longer the more is kept (SQLite: some 10 ms a megabyte), so one call is to
        serve all that was deleted lately. A fault means: later again. Never from within a transaction or a reading.
        """
        ...

    async def close(self) -> None:
        """Waits for what is under way, then lets go of the database. Twice does no harm."""
        ...


async def open_database(url: str, *, read_only: bool = False) -> Database:
    """The database behind `url`: `sqlite:///data/vertelbot.db`, or with four slashes from the root of the disk.

    A new one is made where there is none, unless it is opened `read_only`. A fault does not repeat the URL, which may
    hold a password.
    """
    if not url.startswith(_SQLITE):
        scheme = url.partition(":")[0] if ":" in url else ""
        raise StorageFault(
            f"Deze soort database kan nog niet: '{scheme}'. Gebruik een adres als sqlite:///data/vertelbot.db."
        )
    # Only the driver that is used has to be installed.
    from storage.sqlite import open_sqlite

    return await open_sqlite(_path(url), read_only=read_only)


def _path(url: str) -> Path:
    place = url.removeprefix(_SQLITE)
    if not place or place.startswith(":") or "\0" in place:
        raise StorageFault(
            "Een database hoort in een bestand te staan. Gebruik een adres als sqlite:///data/vertelbot.db."
        )
    return Path(place)
