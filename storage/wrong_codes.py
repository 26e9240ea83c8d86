"""Codes that led to no story: how many were tried lately, by one chat and in its channel; knows no code and no story.

A row has the channel and a hash of the chat that is no other hash of it, and goes after an hour: it leads to nothing.
"""

import secrets
from datetime import datetime

from storage.addresses import Address, tries_mark
from storage.database import Work
from storage.rows import moment, number
from storage.secrets import KeyRing

_NOTE = "INSERT INTO wrong_codes (try_id, tries_mark, channel, tried_at) VALUES ($1, $2, $3, $4)"
_COUNT = """
SELECT COUNT(*) AS channel, COALESCE(SUM(CASE WHEN tries_mark = $1 THEN 1 ELSE 0 END), 0) AS own
FROM wrong_codes WHERE tried_at > $2 AND channel IN ($3, '')
"""
_FORGET = "DELETE FROM wrong_codes WHERE tried_at <= $1"


async def note(work: Work, keys: KeyRing, address: Address, at: datetime) -> None:
    """This chat tried a code that led to no story."""
    await work.execute(_NOTE, secrets.token_hex(16), tries_mark(keys, address), address.channel, moment(at))


async def tried(work: Work, keys: KeyRing, address: Address, since: datetime) -> tuple[int, int]:
    """How many were tried since this time: by this chat, and by all of its channel together."""
    [row] = await work.fetch(_COUNT, tries_mark(keys, address), moment(since), address.channel)
    return number(row, "own"), number(row, "channel")


async def forget(work: Work, before: datetime) -> int:
    """Forgets what was tried before this time; how many."""
    return await work.execute(_FORGET, moment(before))
