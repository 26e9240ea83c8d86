"""Which messages stand on the screen of a chat, so that they can be taken away; knows nothing of what is in them.

Only chats that agreed have rows. They go as soon as a channel would not take the messages away any more.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from storage.addresses import Address, chat_mark
from storage.database import Work
from storage.rows import instant, moment, text, write_rows
from storage.secrets import KeyRing

_NOTE = """
INSERT INTO messages (chat_mark, message, shown_at) VALUES ($1, $2, $3)
ON CONFLICT (chat_mark, message) DO NOTHING
"""
_SHOWN = "SELECT message, shown_at FROM messages WHERE chat_mark = $1 ORDER BY shown_at, message"
_TAKE = "DELETE FROM messages WHERE chat_mark = $1 AND message = $2"
_FORGET = """
DELETE FROM messages WHERE shown_at < $1
    AND NOT EXISTS (SELECT 1 FROM interviews WHERE interviews.chat_mark = messages.chat_mark)
    AND NOT EXISTS (
        SELECT 1 FROM messages AS later WHERE later.chat_mark = messages.chat_mark AND later.shown_at >= $1
    )
"""

REMOVABLE = timedelta(hours=48)
"""So long a channel takes a message away (Bot API, deleteMessage); its id is of no use after that."""

UNKNOWN = ""
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class OnScreen:
    """A message by the id that its channel gave it, and when it came there."""

    message: str
    shown_at: datetime


async def note(work: Work, keys: KeyRing, address: Address, messages: Sequence[str], at: datetime) -> None:
    """These messages stand on the screen of this chat, since about this time."""
    mark = chat_mark(keys, address)
    await write_rows(work, _NOTE, [(mark, message, moment(at)) for message in dict.fromkeys(messages)])


async def note_unknown(work: Work, keys: KeyRing, address: Address) -> None:
    """Something stands on the screen of this chat of which nobody knows what: it counts as too old to be taken away."""
    if not await shown(work, keys, address):
        await work.execute(_NOTE, chat_mark(keys, address), UNKNOWN, moment(LONG_AGO))


async def shown(work: Work, keys: KeyRing, address: Address) -> list[OnScreen]:
    """What stands on the screen of this chat, the oldest first."""
    rows = await work.fetch(_SHOWN, chat_mark(keys, address))
    return [OnScreen(text(row, "message"), instant(row, "shown_at")) for row in rows]


async def taken(work: Work, keys: KeyRing, address: Address, messages: Sequence[str]) -> None:
    """These messages stand there no more."""
    mark = chat_mark(keys, address)
    for message in messages:
        await work.execute(_TAKE, mark, message)


async def forget(work: Work, before: datetime) -> int:
    """Forgets the messages of chats where nothing came since this time; how many.

    Until then all stay, as with a draft that is open, so that it can be said that some are too old to be taken away.
    """
    return await work.execute(_FORGET, moment(before))
