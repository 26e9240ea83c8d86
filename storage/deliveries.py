"""Which program is sending what waits for a chat; knows nothing of what waits.

A claim holds until a time, so that a program that was killed holds nothing up for long. One that would hold for far
longer than anybody asks for was made by a clock that was wrong, and holds nothing.
"""

from datetime import datetime

from storage.addresses import Address, chat_mark
from storage.database import Work
from storage.leases import SLACK
from storage.rows import moment
from storage.secrets import KeyRing

_TAKE = """
INSERT INTO deliveries (chat_mark, holder, held_until) VALUES ($1, $2, $3)
ON CONFLICT (chat_mark) DO UPDATE SET holder = excluded.holder, held_until = excluded.held_until
WHERE deliveries.holder = excluded.holder OR deliveries.held_until < $4 OR deliveries.held_until > $5
"""
_RELEASE = "DELETE FROM deliveries WHERE chat_mark = $1 AND holder = $2"
_RELEASE_ALL = "DELETE FROM deliveries WHERE holder = $1"
_STAY = "UPDATE deliveries SET held_until = $2 WHERE holder = $1"
_FORGET = "DELETE FROM deliveries WHERE held_until < $1"


async def take(work: Work, keys: KeyRing, address: Address, holder: str, now: datetime, until: datetime) -> bool:
    """Whether this chat is the holder's to send to until then; it is not while another holds it."""
    mark, latest = chat_mark(keys, address), until + SLACK
    return await work.execute(_TAKE, mark, holder, moment(until), moment(now), moment(latest)) == 1


async def release(work: Work, keys: KeyRing, address: Address, holder: str) -> None:
    """Lets the chat go, if it is the holder's."""
    await work.execute(_RELEASE, chat_mark(keys, address), holder)


async def release_all(work: Work, *, holder: str) -> None:
    """Lets all go that the holder has: it sends no more."""
    await work.execute(_RELEASE_ALL, holder)


async def stay(work: Work, *, holder: str, until: datetime) -> None:
    """All that the holder has stays the holder's until then."""
    await work.execute(_STAY, holder, moment(until))


async def forget(work: Work, before: datetime) -> int:
    """Forgets claims that nobody kept up since this time; how many."""
    return await work.execute(_FORGET, moment(before))
