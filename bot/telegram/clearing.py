"""Takes messages from the screen of a chat, as far as Telegram allows; knows which there are, not what is in them.

Messages of before consent are noted nowhere: they are remembered here, for as long as the process lives.
"""

from collections import OrderedDict
from collections.abc import Sequence, Set
from contextlib import suppress
from datetime import datetime

from telegram.error import TelegramError

from bot.intake import Intake
from bot.telegram.api import Api
from bot.telegram.calling import Refused, Unreachable
from storage import interviews, messages
from storage.database import Work
from storage.interviews import Address

AT_ONCE = 100
"""Messages in one call (Bot API, deleteMessages)."""

CHATS = 10_000
BESIDE = 400
"""Messages of one chat that are remembered and noted nowhere."""

SWEEP = 1_000
"""Numbers of messages, known or not, that are cleared in one go; in a bot with many chats they lie far apart."""


class Screen:
    """The screens of all chats, as far as messages of them are known."""

    def __init__(self, api: Api, intake: Intake) -> None:
        self._api = api
        self._database = intake.database
        self._keys = intake.keys
        self._clock = intake.clock
        self._beside: OrderedDict[Address, list[int]] = OrderedDict()

    def beside(self, address: Address) -> list[int]:
        """Messages of this chat that may be noted nowhere; what is put into the list is remembered."""
        known = self._beside.setdefault(address, [])
        self._beside.move_to_end(address)
        del known[:-BESIDE]
        while len(self._beside) > CHATS:
            self._beside.popitem(last=False)
        return known

    def unkept(self, address: Address, message: str) -> None:
        """The teller put this on the screen, and no row of it may exist."""
        self.beside(address).extend(_numbers([message]))

    def remembered(self, address: Address) -> tuple[int, ...]:
        """What is remembered of this chat, as it is now."""
        return tuple(self._beside.get(address, ()))

    async def noted(self, work: Work, address: Address, known: Sequence[int]) -> bool:
        """Notes that these messages were sent, if rows of the chat may exist. May run in a thread of the database's."""
        if not await self._agreed(work, address):
            return False
        await messages.note(work, self._keys, address, [str(message) for message in known], self._clock())
        return True

    def was_noted(self, address: Address, known: Sequence[int]) -> None:
        """These are kept, and that is committed: they need not be remembered. What came since is."""
        left = [message for message in self._beside.pop(address, ()) if message not in known]
        if left:
            self.beside(address).extend(left)

    async def clear(self, address: Address) -> bool:
        """Takes everything away; whether something had to stay, or may have: of what is long ago nothing is known."""
        async with self._database.reading() as work:
            shown = await messages.shown(work, self._keys, address)
        young = _numbers([item.message for item in shown if self._is_young(item.shown_at)])
        gone = await self._delete(address, [*young, *self._beside.pop(address, ())], between=True)
        async with self._database.transaction() as work:
            await messages.taken(work, self._keys, address, [item.message for item in shown])
        return not gone or len(young) < len(shown)

    async def wipe(self, address: Address, wanted: Sequence[str]) -> bool:
        """Takes these messages away; whether one of them had to stay."""
        gone = await self._delete(address, _numbers(wanted))
        async with self._database.transaction() as work:
            await messages.taken(work, self._keys, address, wanted)
        return not gone

    def _is_young(self, shown_at: datetime) -> bool:
        return self._clock() - shown_at < messages.REMOVABLE

    async def _agreed(self, work: Work, address: Address) -> bool:
        """Whether rows of this chat may exist: it has a draft, or had one lately."""
        return await interviews.is_open(work, self._keys, address) or bool(
            await messages.shown(work, self._keys, address)
        )

    async def _delete(self, address: Address, wanted: Sequence[int], *, between: bool = False) -> bool:
        """Whether there was something, and all of it is gone.

        `between`: what has a number between them goes too. It may have been sent by a process that was killed before
        it could note that; Telegram passes over numbers of other chats.
        """
        known = sorted(set(wanted))
        if not known:
            return False
        span = range(known[0], known[-1] + 1)
        found = list(span) if between and len(span) <= SWEEP else known
        done = [
            await self._deleted(address, found[at : at + AT_ONCE], set(known)) for at in range(0, len(found), AT_ONCE)
        ]
        return all(done)

    async def _deleted(self, address: Address, batch: list[int], known: Set[int]) -> bool:
        """All at once, and where one of them is refused each that is known by itself."""
        chat = int(address.chat)
        with suppress(TelegramError, Refused, Unreachable):
            return await self._api.delete_all(chat, batch)
        done = [await self._deleted_alone(chat, message) for message in batch if message in known]
        return all(done)

    async def _deleted_alone(self, chat: int, message: int) -> bool:
        with suppress(TelegramError, Refused, Unreachable):
            return await self._api.delete(chat, message)
        return False


def _numbers(wanted: Sequence[str]) -> list[int]:
    """The ids that can be one of Telegram; what a forged button carried is none."""
    return [int(message) for message in wanted if message.isascii() and message.isdigit() and len(message) < 16]
