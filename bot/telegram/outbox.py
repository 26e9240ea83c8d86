"""The outbox as the database has it: what waits for whom, and what was sent; says nothing itself.

Where more programs serve the same chats, one of them at a time sends what waits for a chat.
"""

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar

from bot.intake import Intake
from bot.outgoing import Outgoing, pack
from bot.telegram.clearing import Screen
from bot.telegram.reading import CHANNEL
from dialogs.daytime import is_day
from storage import deliveries, turns
from storage.addresses import Address, chat_mark
from storage.database import Work
from storage.faults import DatabaseGone, StorageFault

PAUSE_AFTER_FAULT = 2.0
HELD = timedelta(seconds=15)
"""After so long without a sign of life another program sends what one had taken upon itself."""

SURE = timedelta(seconds=8)
"""So long after it was taken a chat is surely ours still, by our own clock."""

RELEASE_SECONDS = 1.0
"""A database that is away may not keep a program from ending."""

log = logging.getLogger(__name__)
Result = TypeVar("Result")


class Outbox:
    """What waits to be said. `shared`: other programs may be sending from it as well."""

    def __init__(self, intake: Intake, screen: Screen) -> None:
        self._database = intake.database
        self._keys = intake.keys
        self._clock = intake.clock
        self._screen = screen
        self._holder = secrets.token_hex(8)
        self._taken_at: dict[Address, datetime] = {}
        self.shared = intake.database.shared

    async def chats(self) -> list[Address]:
        """The chats for which something may be said now."""
        async with self._database.reading() as work:
            found = await turns.chats(work, self._keys, self._day())
        return [address for address in found if address.channel == CHANNEL]

    async def of(self, address: Address) -> list[turns.Waiting]:
        """What waits for a chat, in order; where others send too, only if it is ours to send from now on.

        Whoever finds nothing more lets the chat go in the same breath, so nothing falls between two programs.
        """
        if not self.shared:
            return await patiently(lambda: self._waiting(address))
        unit = partial(self._taken, address)
        return await patiently(lambda: self._database.run(unit, about=chat_mark(self._keys, address)))

    def is_sure(self, address: Address) -> bool:
        """Whether what `of` gave may still be sent; else it is to be asked for again: another may have sent it."""
        if not self.shared:
            return True
        taken_at = self._taken_at.get(address)
        return taken_at is not None and timedelta() <= self._clock() - taken_at < SURE

    async def delivered(self, address: Address, place: int, sent: Sequence[int]) -> None:
        """The row goes, and which messages it became is noted with it: this chat agreed to be kept."""

        async def deed(work: Work) -> None:
            await turns.delivered(work, self._keys, address, place)

        await self._note(address, sent, deed)

    async def partly_delivered(self, address: Address, place: int, left: Outgoing, sent: Sequence[int]) -> None:
        """Of a long reply these messages were sent: what is `left` waits, so that they are not sent again."""
        rest = pack(left)

        async def deed(work: Work) -> None:
            await turns.partly_delivered(work, self._keys, address, place, rest)

        await self._note(address, sent, deed)

    async def _note(self, address: Address, sent: Sequence[int], deed: Callable[[Work], Awaitable[None]]) -> None:
        known = (*self._screen.remembered(address), *sent)

        async def unit(work: Work) -> bool:
            await deed(work)
            return await self._screen.noted(work, address, known)

        if await patiently(lambda: self._database.run(unit)):
            self._screen.was_noted(address, known)
        else:
            self._screen.beside(address).extend(sent)

    async def give_up(self, address: Address) -> None:
        """Nothing that waits for this chat will ever arrive."""

        async def unit(work: Work) -> None:
            await turns.give_up(work, self._keys, address)
            await deliveries.release(work, self._keys, address, self._holder)

        self._taken_at.pop(address, None)
        await patiently(lambda: self._database.run(unit))

    async def stay(self) -> None:
        """A sign of life: what is ours to send stays ours."""
        until = self._clock() + HELD
        await patiently(lambda: self._database.run(partial(deliveries.stay, holder=self._holder, until=until)))

    async def release_all(self) -> None:
        """Lets others send what waits, now that nothing more is sent from here. Where it cannot be said it shows in
        time.
        """
        self._taken_at.clear()
        if not self.shared:
            return
        unit = partial(deliveries.release_all, holder=self._holder)
        with suppress(StorageFault, TimeoutError):
            async with asyncio.timeout(RELEASE_SECONDS):
                await self._database.run(unit)

    async def _waiting(self, address: Address) -> list[turns.Waiting]:
        async with self._database.reading() as work:
            return await self._rows(work, address)

    async def _rows(self, work: Work, address: Address) -> list[turns.Waiting]:
        return await turns.waiting(work, self._keys, address, self._day())

    def _day(self) -> datetime | None:
        """What nobody asked for is said by day; at night it waits, however long it was under way."""
        now = self._clock()
        return now if is_day(now) else None

    async def _taken(self, address: Address, work: Work) -> list[turns.Waiting]:
        now = self._clock()
        self._taken_at.pop(address, None)
        if not await deliveries.take(work, self._keys, address, self._holder, now, now + HELD):
            return []
        rows = await self._rows(work, address)
        if rows:
            self._taken_at[address] = now
        else:
            await deliveries.release(work, self._keys, address, self._holder)
        return rows


async def patiently(work: Callable[[], Awaitable[Result]]) -> Result:
    """Asks the database until it answers: what was sent is not sent again because that could not be noted.

    Raises only where it will never answer again.
    """
    while True:
        try:
            return await work()
        except DatabaseGone:
            raise
        except StorageFault:
            log.exception("de database geeft een fout; ik probeer het opnieuw")
        await asyncio.sleep(PAUSE_AFTER_FAULT)
