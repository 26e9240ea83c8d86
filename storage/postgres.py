"""The PostgreSQL driver: a pool of connections to a server; knows statements only as text.

Every program of the house on one database is alike: none of them is the first, and each may be killed. What may not
happen at the same time is named by `about`, and the server keeps the order. A server that was away is found again with
the next transaction.
"""

import asyncio
import hashlib
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext, suppress
from weakref import WeakValueDictionary

import asyncpg

from storage.database import Result, Row, Value, Work
from storage.endings import to_the_end
from storage.faults import StorageFault, Unavailable
from storage.postgres_faults import CLOSED, LOST, READ_ONLY, Interrupted, opening, told
from storage.transactions import OVER, Watch

CONNECTIONS = 10
"""At most, of one program. A server has a hundred by default."""

CONNECT_SECONDS = 10.0
STATEMENT_SECONDS = 30.0
"""How long a statement may take, with waiting for others, or a connection: then the server is taken to be away."""

LONG_SECONDS = 3600.0
"""The same where it is no turn that waits: a table is made or changed, or what was deleted is cleared away."""

UNDO_SECONDS = 2.0
CLOSE_SECONDS = 3.0
"""How long taking back and closing may take: a program that has to end does not wait for a server that is away."""

ATTEMPTS = 3
"""A unit of which nothing was kept is run so often before it is left to whoever asked for it."""

_WRITING = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"
_READING = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
_LOCK = "; SELECT pg_advisory_xact_lock({number})"
"""In the same message to the server as the beginning: waiting for a turn costs no message of its own."""

_TABLES = re.compile(r"(\s|--[^\n]*\n)*(CREATE|ALTER)\s+TABLE\b")
_TEXT = re.compile(r"\bTEXT\b")
_BYTEWISE = 'TEXT COLLATE "C"'
"""Text is compared byte by byte in every database, as SQLite does it: else a page of ids would end elsewhere than the
next one begins, and pages would differ between one server and another."""

_SURE = """
SELECT current_setting('server_encoding') AS encoding, current_setting('synchronous_commit') AS waits,
    current_setting('fsync') AS writes, current_setting('full_page_writes') AS pages
"""
_OWN_TABLES = """
SELECT quote_ident(schemaname) || '.' || quote_ident(relname) AS name FROM pg_stat_user_tables
WHERE schemaname = current_schema() AND ($1 OR n_dead_tup > 0) ORDER BY relname
"""
"""All of them, or those of which the server says that rows went. It says so some seconds later."""

_UNSURE = f"{LOST} Of dit is bewaard, weet alleen de server."


class PostgresWork:
    """One transaction on one connection."""

    def __init__(self, connection: asyncpg.Connection) -> None:
        self._connection = connection
        self._watch = Watch(told)
        self.end = self._watch.end
        self.took_away = False
        """Whether rows went, or were written anew."""

    async def fetch(self, sql: str, *values: Value) -> list[Row]:
        """See `Work.fetch`."""
        with self._watch.statement():
            rows = await self._connection.fetch(sql, *values)
        return [dict(row) for row in rows]

    async def execute(self, sql: str, *values: Value) -> int:
        """See `Work.execute`. Tables are made with text that is compared byte by byte, however long that takes."""
        with self._watch.statement():
            if _TABLES.match(sql):
                await self._connection.execute(_TEXT.sub(_BYTEWISE, sql), timeout=LONG_SECONDS)
                return 0
            status: str = await self._connection.execute(sql, *values)
        changed = _changed(status)
        self.took_away = self.took_away or (changed > 0 and not status.startswith("INSERT"))
        return changed

    async def begin(self, begin: str, seconds: float) -> None:
        """Begins the transaction; waits there for its turn, if it has to have one, so long at most."""
        with self._watch.statement():
            await self._connection.execute(begin, timeout=seconds)

    async def commit(self) -> None:
        """Makes it last. A statement that ended the transaction by itself is a fault: not all of it may be kept."""
        try:
            with self._watch.statement():
                if not self._connection.is_in_transaction():
                    raise StorageFault(OVER)
                await self._connection.execute("COMMIT")
        except Interrupted:
            # It may have been kept before the connection broke: nobody may do it again by himself.
            raise Unavailable(_UNSURE) from None

    async def undo(self) -> None:
        """Takes back what was done and not committed. A connection that cannot is dropped: then the server does it."""
        try:
            with told():
                async with asyncio.timeout(UNDO_SECONDS):
                    await self._connection.execute("ROLLBACK")
        except StorageFault:
            # One that broke was dropped already.
            with suppress(StorageFault), told():
                self._connection.terminate()


class PostgresDatabase:
    """An open PostgreSQL database. See `Database`."""

    def __init__(self, pool: asyncpg.Pool, *, read_only: bool, seconds: float) -> None:
        self._pool = pool
        self._read_only = read_only
        self._seconds = seconds
        self._closed = False
        self._untidy = False
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @property
    def shared(self) -> bool:
        """See `Database.shared`. Whoever can reach the server may be one more."""
        return True

    async def run(self, unit: Callable[[Work], Awaitable[Result]], *, about: str = "") -> Result:
        """See `Database.run`. What the server broke off before it was committed is tried again."""
        for _ in range(ATTEMPTS - 1):
            with suppress(Interrupted):
                return await self._once(unit, about)
        return await self._once(unit, about)

    def transaction(self, *, about: str = "", patient: bool = False) -> AbstractAsyncContextManager[Work]:
        """See `Database.transaction`."""
        self._refuse_if_read_only()
        begin = _WRITING + _LOCK.format(number=_number(about)) if about else _WRITING
        return self._unit(begin, about, LONG_SECONDS if patient else self._seconds)

    def reading(self) -> AbstractAsyncContextManager[Work]:
        """See `Database.reading`."""
        return self._unit(_READING, "", self._seconds)

    async def scrub(self) -> None:
        """See `Database.scrub`. It holds up nobody; the server's own log keeps what was written for a while yet.

        Where nothing went, of this program or of another, nothing is done.
        """
        self._refuse_if_read_only()
        untidy, self._untidy = self._untidy, False
        try:
            async with self._connected() as connection:
                with told():
                    tables = [row["name"] for row in await connection.fetch(_OWN_TABLES, untidy)]
                    if tables:
                        await connection.execute(f"VACUUM {', '.join(tables)}", timeout=LONG_SECONDS)
        except BaseException:
            self._untidy = untidy or self._untidy
            raise

    async def close(self) -> None:
        """See `Database.close`."""
        self._closed = True
        await to_the_end(self._shut())

    async def _shut(self) -> None:
        try:
            with told():
                await asyncio.wait_for(self._pool.close(), CLOSE_SECONDS)
        except StorageFault:
            self._pool.terminate()

    async def _once(self, unit: Callable[[Work], Awaitable[Result]], about: str) -> Result:
        async with self.transaction(about=about) as work:
            return await unit(work)

    def _refuse_if_read_only(self) -> None:
        if self._read_only:
            raise StorageFault(READ_ONLY)

    def _turn(self, about: str) -> AbstractAsyncContextManager[object]:
        """One of ours at a time: others that wait for the same would hold a connection each while they do."""
        if not about:
            return nullcontext()
        return self._turns.setdefault(about, asyncio.Lock())

    @asynccontextmanager
    async def _unit(self, begin: str, about: str, seconds: float) -> AsyncIterator[Work]:
        async with self._turn(about), self._connected() as connection:
            work = PostgresWork(connection)
            try:
                await work.begin(begin, seconds)
                yield work
                await to_the_end(work.commit())
                self._untidy = self._untidy or work.took_away
            except BaseException:
                await to_the_end(work.undo())
                raise
            finally:
                work.end()

    @asynccontextmanager
    async def _connected(self) -> AsyncIterator[asyncpg.Connection]:
        if self._closed:
            raise StorageFault(CLOSED)
        with told():
            connection = await self._pool.acquire(timeout=self._seconds)
        try:
            yield connection
        finally:
            await to_the_end(self._given_back(connection))

    async def _given_back(self, connection: asyncpg.Connection) -> None:
        """One that broke meanwhile is replaced by the pool."""
        with suppress(StorageFault), told():
            await self._pool.release(connection)


async def open_postgres(url: str, *, read_only: bool = False, seconds: float = STATEMENT_SECONDS) -> PostgresDatabase:
    """Opens the database at `url`, which has to be there. The password may also be in PGPASSWORD or in ~/.pgpass.

    What takes longer than `seconds`, or has to wait so long, is `Unavailable`.

    Refuses a server on which a commit may be lost after it was said to be done.
    """
    with opening():
        pool = asyncpg.create_pool(
            url,
            min_size=0,
            max_size=CONNECTIONS,
            timeout=CONNECT_SECONDS,
            command_timeout=seconds,
            reset=_nothing,
            server_settings={"application_name": "vertelbot"},
        )
        await pool
    database = PostgresDatabase(pool, read_only=read_only, seconds=seconds)
    try:
        with opening():
            async with pool.acquire() as connection:
                settings = dict(await connection.fetchrow(_SURE))
        _refuse_unsure(settings)
    except BaseException:
        await database.close()
        raise
    return database


async def _nothing(connection: asyncpg.Connection) -> None:
    """What is to be reset on a connection that is given back: a transaction leaves nothing behind."""


def _refuse_unsure(settings: Row) -> None:
    if settings["encoding"] != "UTF8":
        raise StorageFault("Deze database is niet in UTF8. Maak een nieuwe met: createdb --encoding=UTF8")
    loose = [
        name
        for name, key in (("synchronous_commit", "waits"), ("fsync", "writes"), ("full_page_writes", "pages"))
        if settings[key] == "off"
    ]
    if loose:
        raise StorageFault(
            f"De databaseserver kan verliezen wat al bewaard heet: {', '.join(loose)} staat uit. Zet dat aan."
        )


def _number(about: str) -> int:
    """The number of a lock, out of 2⁶⁴: two that are not the same are as good as never taken for one."""
    return int.from_bytes(hashlib.sha256(about.encode()).digest()[:8], signed=True)


def _changed(status: str) -> int:
    """The number of rows in what the server says of a statement: "INSERT 0 1", "DELETE 3", "VACUUM"."""
    last = status.rpartition(" ")[2]
    return int(last) if last.isdecimal() else 0
