"""Which messages stand on the screen of a chat, so that they can be taken away; knows nothing of what is in them.

Only chats that agreed have rows. They go as soon as a channel would not take the messages away any more.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

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
"""


@dataclass(frozen=True)
class OnScreen:
    """A message by the id that its channel gave it, and when it came there."""

    message: str
    shown_at: datetime


async def note(work: Work, keys: KeyRing, address: Address, messages: Sequence[str], at: datetime) -> None:
    """These messages stand on the screen of this chat, since about this time."""
    mark = chat_mark(keys, address)
    await write_rows(work, _NOTE, [(mark, message, moment(at)) for message in dict.fromkeys(messages)])


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
    """Forgets messages from before this time; how many.

    Of a draft that is open all stay, so that it can be said what is too old to be taken away.
    """
    return await work.execute(_FORGET, moment(before))
