"""The two ends of a turn: updates that were handled, replies that wait to be sent; knows no reply and no channel."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from storage.addresses import Address, chat_mark, seal, unseal
from storage.database import Row, Work
from storage.faults import StorageFault
from storage.rows import day, moment, number, text, write_rows
from storage.secrets import KeyRing

START_BITS = 48
"""An empty queue starts at a random place of as many bits; every number above it fits a BIGINT."""

NEVER = ""
"""Sorts before every time."""

GAP_BITS = 32
"""Between two turns that wait for one chat: a place is used again once in four thousand million times."""

_NOTE = """
INSERT INTO seen (source, update_id, seen_at) VALUES ($1, $2, $3)
ON CONFLICT (source, update_id) DO NOTHING
"""
_KNOWN = "SELECT 1 AS known FROM seen WHERE source = $1 AND update_id = $2"
_FORGET = "DELETE FROM seen WHERE seen_at < $1"

_LAST = "SELECT MAX(position) AS last FROM outbox WHERE chat_mark = $1"
_QUEUE = """
INSERT INTO outbox (chat_mark, position, chat, payload, queued_on, not_before) VALUES ($1, $2, $3, $4, $5, $6)
"""
_DATE = "UPDATE outbox SET queued_on = $1 WHERE queued_on IS NULL"
_TAKE_OLD = "DELETE FROM outbox WHERE queued_on < $1 AND (not_before IS NULL OR not_before < $2)"
_ADDRESSES = "SELECT DISTINCT chat FROM outbox"
_TAKE_AT = "DELETE FROM outbox WHERE chat = $1"
_WAITING = """
SELECT position, chat, payload FROM outbox
WHERE chat_mark = $1 AND (not_before IS NULL OR not_before <= $2) ORDER BY position
"""
_CHATS = """
SELECT DISTINCT chat_mark, chat FROM outbox
WHERE not_before IS NULL OR not_before <= $1 ORDER BY chat_mark
"""
_PLACES = """
SELECT chat_mark, position, chat FROM outbox
WHERE not_before IS NULL OR not_before <= $1 ORDER BY chat_mark, position
"""
_TAKE_LATER = "DELETE FROM outbox WHERE chat_mark = $1 AND not_before IS NOT NULL"
_GIVE_UP = "DELETE FROM outbox WHERE chat_mark = $1"
_REST = "UPDATE outbox SET payload = $3 WHERE chat_mark = $1 AND position = $2"
_DELIVERED = "DELETE FROM outbox WHERE chat_mark = $1 AND position = $2"


@dataclass(frozen=True)
class Waiting:
    """A reply that was not delivered yet; `payload` is what its channel made of it."""

    address: Address
    position: int
    payload: str


async def known(work: Work, source: str, update_id: int) -> bool:
    """Whether this update of this source was seen before; records nothing."""
    return bool(await work.fetch(_KNOWN, source, update_id))


async def seen(work: Work, source: str, update_id: int, at: datetime) -> bool:
    """Whether this update of this source was seen before. If not, from now on it was."""
    return await work.execute(_NOTE, source, update_id, moment(at)) == 0


async def forget_seen(work: Work, before: datetime) -> int:
    """Forgets the updates that were seen before this time; how many."""
    return await work.execute(_FORGET, moment(before))


async def queue(
    work: Work,
    keys: KeyRing,
    address: Address,
    payloads: Sequence[str],
    at: datetime,
    not_before: datetime | None = None,
) -> Sequence[int]:
    """Puts replies behind what waits for this chat, in this order; they wait until `not_before`, if that is given.

    Of the time `at` which it is now the day is kept. The place of each.
    """
    if not payloads:
        return ()
    mark, chat = chat_mark(keys, address), seal(keys, address)
    first = await _next_position(work, mark)
    times = (moment(day(at)), moment(not_before) if not_before else None)
    places = range(first, first + len(payloads))
    rows = [(mark, place, chat, keys.encrypt(said), *times) for place, said in zip(places, payloads, strict=True)]
    await write_rows(work, _QUEUE, rows)
    return places


async def take_later(work: Work, keys: KeyRing, address: Address) -> None:
    """Takes away what was to be said later: the teller is here, and it is true no more."""
    await work.execute(_TAKE_LATER, chat_mark(keys, address))


async def chats(work: Work, keys: KeyRing, by: datetime | None = None) -> list[Address]:
    """The chats for which something waits; what is for later counts only if it may be said `by` then.

    No words are opened for it. A row whose address is damaged is left out.
    """
    rows = await work.fetch(_CHATS, moment(by) if by else NEVER)
    return list(dict.fromkeys(found for row in rows if (found := _address(keys, row))))


async def waiting(work: Work, keys: KeyRing, address: Address, by: datetime | None = None) -> list[Waiting]:
    """What waits for a chat, in order; what is for later only if it may be said `by` then.

    A row that is damaged does not hold up the others: without an address it is left out, without words it is "".
    """
    rows = await work.fetch(_WAITING, chat_mark(keys, address), moment(by) if by else NEVER)
    return [found for row in rows if (found := _waiting(keys, row))]


async def places(work: Work, keys: KeyRing, by: datetime | None = None) -> list[tuple[Address, int]]:
    """The chat and the place of every row that waits; what is for later counts only if it may be said `by` then.

    No words are opened for it, and one address for each chat. Without one that can be read its rows are left out.
    """
    rows = await work.fetch(_PLACES, moment(by) if by else NEVER)
    chats_of: dict[str, Address | None] = {}
    for row in rows:
        mark = text(row, "chat_mark")
        chats_of[mark] = chats_of.get(mark) or _address(keys, row)
    found = ((chats_of[text(row, "chat_mark")], number(row, "position")) for row in rows)
    return [(address, place) for address, place in found if address]


async def delivered(work: Work, keys: KeyRing, address: Address, position: int) -> None:
    """Takes away a reply that was delivered. Twice does no harm, also when others wait by now."""
    await work.execute(_DELIVERED, chat_mark(keys, address), position)


async def partly_delivered(work: Work, keys: KeyRing, address: Address, position: int, payload: str) -> None:
    """Puts in the place of a reply what is left to deliver of it; nothing where it was taken away meanwhile."""
    await work.execute(_REST, chat_mark(keys, address), position, keys.encrypt(payload))


async def give_up(work: Work, keys: KeyRing, address: Address) -> None:
    """Takes away all that waits for a chat: it can never be delivered."""
    await work.execute(_GIVE_UP, chat_mark(keys, address))


async def take_old(work: Work, before: datetime, at: datetime) -> int:
    """Takes away what was queued on an earlier day than `before`, unless it may be said since then only; how many.

    What has no day yet gets that of `at`, which is now.
    """
    await work.execute(_DATE, moment(day(at)))
    return await work.execute(_TAKE_OLD, moment(day(before)), moment(before))


async def take_unreadable(work: Work, keys: KeyRing) -> int:
    """Takes away what waits for an address that no key opens: nobody can ever be told it; how many."""
    sealed = [text(row, "chat") for row in await work.fetch(_ADDRESSES)]
    return sum([await work.execute(_TAKE_AT, chat) for chat in sealed if not _leads_anywhere(keys, chat)])


def _leads_anywhere(keys: KeyRing, chat: str) -> bool:
    try:
        unseal(keys, chat)
    except StorageFault:
        return False
    return True


async def _next_position(work: Work, mark: str) -> int:
    """Behind the last, at some distance; where none waits at a random place.

    So no reply gets the place of one that was delivered, or that was taken away while it was being delivered.
    """
    [row] = await work.fetch(_LAST, mark)
    return secrets.randbits(START_BITS) if row["last"] is None else number(row, "last") + 1 + secrets.randbits(GAP_BITS)


def _address(keys: KeyRing, row: Row) -> Address | None:
    try:
        return unseal(keys, text(row, "chat"))
    except StorageFault:
        return None


def _waiting(keys: KeyRing, row: Row) -> Waiting | None:
    address = _address(keys, row)
    return None if address is None else Waiting(address, number(row, "position"), _opened(keys, text(row, "payload")))


def _opened(keys: KeyRing, sealed: str) -> str:
    try:
        return keys.decrypt(sealed)
    except StorageFault:
        return ""
