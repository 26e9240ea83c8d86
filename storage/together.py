"""Units of work that SQLite commits together, each whole or not at all; knows no table and no event loop.

They run in the thread that aiosqlite keeps for its connection, from begin to commit in one go: a turn of ten statements
crosses to that thread once, and turns that wait for the same disk wait for it once.
"""

import sqlite3
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, cast

from storage.database import Row, Value, Work
from storage.sqlite_faults import told
from storage.transactions import Watch

_NAMES = tuple(str(number) for number in range(1, 32_768))
"""Names of parameters, as many as a statement may have."""

TOGETHER = "-- a group"
"""The name under which a group is handed to the connection."""


class Asked:
    """A unit that is to be done: afterwards what it gave, or why it was undone."""

    def __init__(self, unit: Callable[[Work], Awaitable[object]]) -> None:
        self.unit = unit
        self.result: object = None
        self.fault: BaseException | None = None


class Group(list[Asked]):
    """Units to commit together."""

    def run(self, connection: sqlite3.Connection) -> None:
        """Runs them in order and commits. Raises where nothing at all could be kept."""
        try:
            connection.execute("BEGIN IMMEDIATE")
            for asked in self:
                _run(connection, asked)
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


class Connection(sqlite3.Connection):
    """A connection that runs a group where it is given one: aiosqlite hands on what it is asked to execute."""

    def execute(self, sql: str, parameters: object = (), /) -> sqlite3.Cursor:
        """See `sqlite3.Connection.execute`. Of a group, `sql` is only the name."""
        if isinstance(parameters, Group):
            parameters.run(self)
            return self.cursor()
        return super().execute(sql, cast("Mapping[str, Value]", parameters))


class ThreadWork:
    """A transaction in the thread itself. It never waits, so a unit over it runs to its end without a loop."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._cursor = connection.cursor()
        self._cursor.row_factory = None
        self._watch = Watch(told)
        self.end = self._watch.end
        self.check = self._watch.check

    async def fetch(self, sql: str, *values: Value) -> list[Row]:
        """See `Work.fetch`."""
        rows = self._done(sql, values)
        names = [column[0] for column in self._cursor.description]
        return [dict(zip(names, row, strict=True)) for row in rows]

    async def execute(self, sql: str, *values: Value) -> int:
        """See `Work.execute`."""
        self._done(sql, values)
        return self._cursor.rowcount

    def _done(self, sql: str, values: tuple[Value, ...]) -> list[Any]:
        """The statement, and all its rows: reading them may fail as well."""
        self._watch.check()
        try:
            return self._cursor.execute(sql, named(values)).fetchall()
        except BaseException as fault:
            self._watch.broken_by(fault)


def named(values: tuple[Value, ...]) -> Mapping[str, Value]:
    """Parameters as SQLite takes those of `$1`."""
    return dict(zip(_NAMES, values, strict=False))


def _run(connection: sqlite3.Connection, asked: Asked) -> None:
    """One unit between two marks, so that it can be undone without the others."""
    work = ThreadWork(connection)
    connection.execute("SAVEPOINT unit")
    try:
        asked.result = _to_its_end(asked.unit(work))
        # A unit that passed over a fault is not whole.
        work.check()
    except BaseException as fault:
        asked.fault = fault
        if not connection.in_transaction:
            # SQLite gave up the whole transaction (a full disk, say): the others are undone too.
            raise
        connection.execute("ROLLBACK TO unit")
    finally:
        work.end()
    connection.execute("RELEASE unit")


def _to_its_end(unit: Awaitable[Any]) -> object:
    """What an awaitable gives that never has to wait."""
    steps = unit.__await__()
    try:
        next(steps)
    except StopIteration as end:
        return end.value
    steps.close()
    raise RuntimeError("a unit of work awaited something that is not its work")
