"""All that the bots ever meant to say: a witness in the database writes down every row of the outbox; sends nothing."""

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path

import asyncpg

from bot.outgoing import Outgoing, unpack
from storage.addresses import Address, chat_mark
from storage.opening import SQLITE, open_database
from storage.secrets import KeyRing
from tests.bot.disk import connected

_IN_SQLITE = """
CREATE TABLE ledger (line INTEGER PRIMARY KEY, chat_mark TEXT NOT NULL, payload TEXT NOT NULL);
CREATE TRIGGER ledger AFTER INSERT ON outbox
BEGIN INSERT INTO ledger (chat_mark, payload) VALUES (NEW.chat_mark, NEW.payload); END;
"""

_ON_A_SERVER = """
CREATE TABLE ledger (line BIGSERIAL PRIMARY KEY, chat_mark TEXT NOT NULL, payload TEXT NOT NULL);
CREATE FUNCTION write_down() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN INSERT INTO ledger (chat_mark, payload) VALUES (NEW.chat_mark, NEW.payload); RETURN NULL; END $$;
CREATE TRIGGER ledger AFTER INSERT ON outbox FOR EACH ROW EXECUTE FUNCTION write_down();
"""

_LEFT = "SELECT COUNT(*) AS rows FROM outbox WHERE not_before IS NULL"
LOOK_SECONDS = 0.2

_READ = "SELECT chat_mark, payload FROM ledger ORDER BY line"


async def begin(url: str) -> None:
    """From now on it is written down."""
    if url.startswith(SQLITE):
        with connected(Path(url.removeprefix(SQLITE))) as connection:
            connection.executescript(_IN_SQLITE)
        return
    server = await asyncpg.connect(url)
    try:
        await server.execute(_ON_A_SERVER)
    finally:
        await server.close()


async def all_said(url: str, longest: float) -> None:
    """Waits until the outbox holds nothing that may be said now; raises AssertionError after `longest` seconds.

    What a killed bot had taken upon itself others send only once its claim has run out: until then Telegram is quiet.
    """
    loop = asyncio.get_running_loop()
    until, database = loop.time() + longest, await open_database(url, read_only=True)
    try:
        while True:
            async with database.reading() as work:
                [row] = await work.fetch(_LEFT)
            if not row["rows"]:
                return
            assert loop.time() < until, f"{row['rows']} replies were never said"
            await asyncio.sleep(LOOK_SECONDS)
    finally:
        await database.close()


async def meant(url: str, keys: KeyRing, addresses: Sequence[Address]) -> Mapping[Address, list[Outgoing]]:
    """What was to be said at each of these since the beginning, in order."""
    database = await open_database(url, read_only=True)
    try:
        async with database.reading() as work:
            rows = await work.fetch(_READ)
    finally:
        await database.close()
    by_mark: dict[str, list[Outgoing]] = {chat_mark(keys, address): [] for address in addresses}
    for row in rows:
        by_mark[str(row["chat_mark"])].append(_said(keys, str(row["payload"])))
    return dict(zip(addresses, by_mark.values(), strict=True))


def _said(keys: KeyRing, payload: str) -> Outgoing:
    waiting = unpack(keys.decrypt(payload))
    assert (waiting.replaces, waiting.clears, waiting.wipes) == ("", False, ()), "this is no message of its own"
    return waiting
