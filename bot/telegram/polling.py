"""Our own poll loop: an update is confirmed only after it is kept; knows no dialog and no text.

The library's loop confirms updates before they are handled, and one that it cannot parse stops it for good. Here
raw JSON is read first, chats are handled beside each other and each in order, and the next `getUpdates` (which
confirms) comes after the commits.
"""

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Sequence
from contextlib import suppress
from itertools import groupby
from typing import Any

from telegram.error import Conflict, RetryAfter, TelegramError

from bot.figures import Pulse
from bot.intake import Intake
from bot.resting import stopped
from bot.telegram.api import Api
from bot.telegram.calling import pause_all_the_same, unless
from bot.telegram.handling import WANTED, Handler
from bot.telegram.reading import Update, number_of
from bot.telegram.speaking import Speaker

LIMIT = 100
SPARE_SECONDS = 5.0
"""How much longer than the long poll itself a poll may take; also with the longest, one lost answer is no silence."""

PAUSE_AFTER_FAULT = 0.6
"""Before the same is asked for again. Within half a second Telegram gives only the first of what waits, and whoever
wrote after that would not be heard; much longer, and nobody behind it would be answered within a second."""

SHORT_REST = 0.05
"""Between two polls that brought nothing: a server that answers at once must not make us spin."""


class Poller:
    """Fetches updates and has each handled. `refused` is called where Telegram says that another takes them."""

    def __init__(
        self,
        api: Api,
        handler: Handler,
        intake: Intake,
        speaker: Speaker,
        *,
        seconds: int,
        pulse: Pulse,
        refused: Callable[[], Coroutine[Any, Any, None]],
    ) -> None:
        self._api = api
        self._handler = handler
        self._intake = intake
        self._speaker = speaker
        self._seconds = seconds
        self._pulse = pulse
        self._refused = refused
        self._offset: int | None = None

    async def run(self, stop: asyncio.Event) -> None:
        """Polls until `stop`. A poll under way is broken off (it confirms nothing); a turn under way is finished."""
        self._pulse.listen()
        try:
            await self._run(stop)
        finally:
            self._pulse.rest()

    async def _run(self, stop: asyncio.Event) -> None:
        attempt = 0
        while not stop.is_set():
            try:
                # After a fault the next poll asks for what is there now, so that it is soon known whether all is well.
                batch = await unless(stop, self._fetch(0 if attempt else self._seconds))
            except TelegramError as fault:
                attempt += 1
                await self._rest(stop, fault, attempt)
                continue
            attempt = 0
            self._pulse.beat()
            await self._take(batch or [], stop)

    async def _rest(self, stop: asyncio.Event, fault: TelegramError, attempt: int) -> None:
        """Waits after a fault. Where Telegram itself asks for that, there is nothing to be heard meanwhile."""
        if isinstance(fault, Conflict):
            await self._refuse(stop)
        seconds = pause_all_the_same(fault, attempt)
        if isinstance(fault, RetryAfter | Conflict):
            self._pulse.busy(seconds)
        await stopped(stop, seconds)

    async def _refuse(self, stop: asyncio.Event) -> None:
        """Says that another is met. Where all has to wait that is asked as late, and so long there is no silence."""
        self._pulse.another()
        self._pulse.rest()
        with suppress(TelegramError):
            await unless(stop, self._refused())
        self._pulse.listen()

    async def _take(self, batch: list[object], stop: asyncio.Event) -> None:
        """What a poll brought. Once all that waited has been handled, the house may look what is over its time."""
        if not batch:
            await stopped(stop, SHORT_REST)
        elif not await self._handle(batch, stop):
            await stopped(stop, PAUSE_AFTER_FAULT)
            return
        self._intake.behind = self._intake.behind and len(batch) == LIMIT

    async def _fetch(self, seconds: int) -> list[object]:
        asked = {"timeout": seconds, "limit": LIMIT, "allowed_updates": list(WANTED)}
        if self._offset is not None:
            asked["offset"] = self._offset
        return await self._api.updates(asked, seconds=seconds + SPARE_SECONDS)

    async def _handle(self, batch: Sequence[object], stop: asyncio.Event) -> bool:
        """Whether all went well. What failed is fetched again with all that came after it, which is then known.

        A batch in which nothing has a number confirms nothing: that is no haste to fetch it again either.
        """
        read = [self._handler.read(raw) for raw in batch]
        updates = [item for item in read if isinstance(item, Update)]
        self._handler.hasten(updates)
        failed = await asyncio.gather(*(self._in_order(of_one, stop) for of_one in _by_chat(updates)))
        await self._speaker.said_all()
        for item in read:
            self._handler.pass_by(item)
        numbers = [number for raw in batch if (number := number_of(raw)) is not None]
        kept = [number for number in failed if number is not None]
        self._offset = min(kept) if kept else max(numbers, default=(self._offset or 1) - 1) + 1
        return bool(numbers) and not kept

    async def _in_order(self, updates: Sequence[Update], stop: asyncio.Event) -> int | None:
        """The updates of one chat, one after another; the number of the first that must be offered again.

        At `stop` what is left of a batch is left to the next start.
        """
        for update in updates:
            if stop.is_set() or not (await self._handler.settle(update)).done:
                return update.number
        return None


def _by_chat(updates: Iterable[Update]) -> list[list[Update]]:
    ordered = sorted(updates, key=lambda update: (update.inbound.address.chat, update.number))
    return [list(of_one) for _, of_one in groupby(ordered, key=lambda update: update.inbound.address)]
