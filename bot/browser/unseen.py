"""Takes from the outbox what was said to a browser that never came back for it; knows no screen and no form."""

import asyncio
import logging
import time
from collections import defaultdict
from collections.abc import Callable, Sequence

from bot.browser.session import CHANNEL
from bot.intake import Intake
from bot.resting import stopped
from storage import turns
from storage.addresses import Address
from storage.database import Work
from storage.faults import DatabaseGone, StorageFault

UNSEEN_SECONDS = 30 * 60.0
"""So long what was said waits for a sign that it was seen; after that it is in nobody's interest to keep it."""

LOOK_SECONDS = 60.0

log = logging.getLogger(__name__)


class Unseen:
    """Since when each row waits, as far as this program knows: one that has just started gives all their time anew.

    `steady` gives seconds of a clock that nobody sets.
    """

    def __init__(self, intake: Intake, steady: Callable[[], float] = time.monotonic) -> None:
        self._intake = intake
        self._steady = steady
        self._since: dict[tuple[Address, int], float] = {}

    async def keep_clearing(self, stop: asyncio.Event, also: Callable[[], None] = lambda: None) -> None:
        """Looks now and again, until `stop`, and does this `also`.

        Raises `DatabaseGone`: then nobody can be answered any more.
        """
        while not await stopped(stop, LOOK_SECONDS):
            also()
            try:
                await self.clear()
            except DatabaseGone:
                raise
            except StorageFault:
                log.exception("opruimen voor de webchat lukte niet; ik probeer het straks opnieuw")

    async def clear(self) -> None:
        """Takes away the rows that waited too long; what was said in that chat since then stays."""
        async with self._intake.database.reading() as work:
            found = await turns.places(work, self._intake.keys, self._intake.clock())
        now = self._steady()
        self._since = {row: self._since.get(row, now) for row in found if row[0].channel == CHANNEL}
        late = defaultdict[Address, list[int]](list)
        for (address, place), since in self._since.items():
            if now - since > UNSEEN_SECONDS:
                late[address].append(place)
        for address, places in late.items():
            await self.take(address, places)

    async def take(self, address: Address, places: Sequence[int]) -> None:
        """Takes away these rows of a chat: they were seen, or never will be."""

        async def unit(work: Work) -> None:
            for place in places:
                await turns.delivered(work, self._intake.keys, address, place)

        await self._intake.database.run(unit)
