"""Of several programs on one database one is in turn; the others stand by and take over where it stops or dies.

It knows not what they do in their turn. Whoever gets no answer from the database for as long as a sign of life holds
can not know whether another has taken over, and makes way; where others show themselves in another way, only then.
"""

import asyncio
import logging
import secrets
import time
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Protocol

from bot.resting import stopped
from storage import leases
from storage.database import Database
from storage.faults import StorageFault
from storage.sole_use import SoleUse, mark_of

HELD = timedelta(seconds=12)
"""After so long without a sign of life another program is in turn."""

LOOK_SECONDS = 3.0
"""How often a sign of life is given, and looked for."""

GIVE_BACK_SECONDS = 1.0
"""A database that is away may not keep a program from ending."""

SURE_SECONDS = HELD.total_seconds() - 2.0
"""So long after a sign of life a program counts on its turn, by its own clock: it lets go before another begins."""

NAME = "start"

log = logging.getLogger(__name__)


class Claim(Protocol):
    """What says which program is in turn. Both may raise `StorageFault`."""

    async def take(self) -> bool:
        """Whether this program is in turn, anew or still."""
        ...

    async def give_back(self) -> None:
        """Lets another be in turn at once."""
        ...

    def silence(self) -> float | None:
        """Seconds since the last sign of life of another that is in turn; None where nothing tells."""
        ...


class OnServer:
    """A lease in the database: programs may be on any machine."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock
        self._holder = secrets.token_hex(8)
        self._heard_at: datetime | None = None

    async def take(self) -> bool:
        """See `Claim.take`."""
        now = self._clock()
        taking = partial(leases.take, name=NAME, holder=self._holder, now=now, until=now + HELD)
        if await self._database.run(taking):
            self._heard_at = None
            return True
        held_until = await self._database.run(partial(leases.held_until, name=NAME))
        self._heard_at = held_until - HELD if held_until else self._heard_at
        return False

    async def give_back(self) -> None:
        """See `Claim.give_back`."""
        await self._database.run(partial(leases.give_back, name=NAME, holder=self._holder))

    def silence(self) -> float | None:
        """See `Claim.silence`. What a clock that is ahead signed was heard just now."""
        return max((self._clock() - self._heard_at).total_seconds(), 0.0) if self._heard_at else None


class InFile:
    """A mark beside the file of a database, which goes with the program: whoever starts after a crash is in turn."""

    def __init__(self, database_file: Path) -> None:
        self._use = SoleUse(mark_of(database_file))

    async def take(self) -> bool:
        """See `Claim.take`."""
        return self._use.take()

    async def give_back(self) -> None:
        """See `Claim.give_back`."""
        self._use.give_back()

    def silence(self) -> float | None:
        """See `Claim.silence`. A mark says that another lives, not what it does."""
        return None


def somebody() -> float:
    """Seconds since another was met: where none ever shows itself, there may be one at any time."""
    return 0.0


class Line:
    """The place of this program among the others. `moved` is told whether it is in turn, when that changes.

    `met` says how many seconds ago another program was met at the work; `sure` is how long a sign of life counts.
    """

    def __init__(
        self,
        claim: Claim,
        moved: Callable[[bool], None] = lambda in_turn: None,
        *,
        met: Callable[[], float] = somebody,
        seconds: float = LOOK_SECONDS,
        sure: float = SURE_SECONDS,
    ) -> None:
        self._claim = claim
        self._moved = moved
        self._met = met
        self._seconds = seconds
        self._sure = sure
        self._taken_at = 0.0
        self._in_turn: bool | None = None
        self._change = asyncio.Condition()

    async def keep(self, stop: asyncio.Event) -> None:
        """Gives a sign of life until `stop`; from then on this program is in turn for some seconds yet, to finish."""
        making_way = asyncio.ensure_future(self._make_way())
        try:
            while not stop.is_set():
                await self._look()
                await stopped(stop, self._seconds)
        finally:
            making_way.cancel()
            await asyncio.gather(making_way, return_exceptions=True)

    async def while_in_turn(self, stop: asyncio.Event, work: Callable[[asyncio.Event], Awaitable[None]]) -> None:
        """Does `work` whenever this program is in turn, until `stop` or until the work ends by itself.

        The event that the work is given says when it has to end.
        """
        while await self._until(stop, in_turn=True):
            ending = asyncio.Event()
            working = asyncio.ensure_future(work(ending))
            out = asyncio.ensure_future(self._until(stop, in_turn=False))
            try:
                await asyncio.wait((working, out), return_when=asyncio.FIRST_COMPLETED)
                over = not out.done()
                ending.set()
                await working
            finally:
                working.cancel()
                out.cancel()
                await asyncio.gather(working, out, return_exceptions=True)
            if over:
                return

    async def give_back(self) -> None:
        """Lets another program be in turn, now that all work has ended. Where it cannot be said it shows in time."""
        try:
            async with asyncio.timeout(GIVE_BACK_SECONDS):
                await self._claim.give_back()
        except (StorageFault, TimeoutError):
            log.warning("ik kon niet zeggen dat ik stop; een ander programma merkt het vanzelf")

    def silence(self) -> float | None:
        """Seconds since the one that is in turn was heard, if that is another and there is something that tells."""
        return None if self._in_turn else self._claim.silence()

    async def _look(self) -> None:
        asked_at = time.monotonic()
        try:
            async with asyncio.timeout(self._seconds):
                in_turn = await self._claim.take()
        except (StorageFault, TimeoutError) as fault:
            log.warning("de database zegt nu niet wie er aan de beurt is (%s)", str(fault) or "geen antwoord")
            return
        self._taken_at = asked_at
        await self._move(in_turn)

    async def _make_way(self) -> None:
        """Ends the turn in time where no sign of life comes through, also while one is still being tried."""
        while True:
            await asyncio.sleep(self._seconds / 10)
            since = time.monotonic() - self._taken_at
            if self._in_turn and since >= self._sure and self._met() <= since:
                log.warning("ik kan niet meer zeggen dat ik er ben; een ander programma kan aan de beurt zijn")
                await self._move(False)

    async def _move(self, in_turn: bool) -> None:
        if in_turn == self._in_turn:
            return
        if not in_turn:
            log.info("een ander programma is aan de beurt; ik sta klaar")
        elif self._in_turn is not None:
            log.info("ik ben nu aan de beurt")
        async with self._change:
            self._in_turn = in_turn
            self._moved(in_turn)
            self._change.notify_all()

    async def _until(self, stop: asyncio.Event, *, in_turn: bool) -> bool:
        """Waits until this program is in turn, or is so no more; False where `stop` comes first."""
        turned, stopped = asyncio.ensure_future(self._turned(in_turn)), asyncio.ensure_future(stop.wait())
        try:
            await asyncio.wait((turned, stopped), return_when=asyncio.FIRST_COMPLETED)
            return not stop.is_set()
        finally:
            turned.cancel()
            stopped.cancel()
            await asyncio.gather(turned, stopped, return_exceptions=True)

    async def _turned(self, in_turn: bool) -> None:
        async with self._change:
            await self._change.wait_for(lambda: bool(self._in_turn) == in_turn)
