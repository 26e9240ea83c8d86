"""Answers in SQLite through aiosqlite, committed one by one, with the same settings as our own database."""

import aiosqlite

from tests.load.peers.conversation import DATABASE


async def opened() -> aiosqlite.Connection:
    """The database of a peer."""
    database = await aiosqlite.connect(DATABASE)
    await database.execute("PRAGMA journal_mode = WAL")
    await database.execute("PRAGMA synchronous = FULL")
    await database.execute("CREATE TABLE IF NOT EXISTS answers (chat INTEGER, step INTEGER, answer TEXT)")
    await database.commit()
    return database


async def keep(database: aiosqlite.Connection, chat: int, step: int, answer: str) -> None:
    """One more answer, on disk when this returns."""
    await database.execute("INSERT INTO answers (chat, step, answer) VALUES (?, ?, ?)", (chat, step, answer))
    await database.commit()
