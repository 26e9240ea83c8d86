"""The thin seam between statements and the engine that runs them; knows no table and no noun.

A statement is written once for every engine: parameters `$1`, `$2` …, types TEXT, INTEGER and BIGINT, and nothing
that only one engine understands.
"""

from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager
from typing import Protocol, TypeVar

Value = str | int | None
Row = Mapping[str, Value]
Result = TypeVar("Result")


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

    @property
    def shared(self) -> bool:
        """Whether other programs may be doing the same on it at this moment: then nothing is ours for being ours."""
        ...

    async def run(self, unit: Callable[["Work"], Awaitable[Result]], *, about: str = "") -> Result:
        """What `unit` gives, once what it did is committed; undone on any error, which comes out as it is.

        Units that are asked for at the same time may be committed together, each still whole or not at all. So a unit
        awaits nothing but its work, and does nothing that may not be done again. `about` names what no other unit or
        transaction, of any program on this database, may be about meanwhile.
        """
        ...

    def transaction(self, *, about: str = "", patient: bool = False) -> AbstractAsyncContextManager[Work]:
        """All or nothing: committed at the end, undone on any error and on cancellation. `about` as in `run`.

        `patient`: it waits for others that are about the same as long as they need.

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
