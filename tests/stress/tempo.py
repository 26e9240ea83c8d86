"""How fast a crowd writes: so many things a second in all, whoever of them is able to; knows nobody."""

import asyncio
from contextlib import suppress
from random import Random

TICK = 0.02
MOST_AT_ONCE = 20
"""What was not done because nobody was able to is made good by so much at most."""


class Tempo:
    """`async with` it runs. Whoever wants to do something waits for `turn`; whose turn it is, is drawn by lot."""

    def __init__(self, a_second: float, lot: Random) -> None:
        self._step = a_second * TICK
        self._lot = lot
        self._waiting: list[asyncio.Future[None]] = []
        self._running: asyncio.Task[None] | None = None

    async def __aenter__(self) -> "Tempo":
        self._running = asyncio.create_task(self._run())
        return self

    async def __aexit__(self, *_fault: object) -> None:
        if self._running:
            self._running.cancel()
            with suppress(asyncio.CancelledError):
                await self._running

    async def turn(self) -> None:
        """Returns when it is the turn of whoever asks."""
        mine = asyncio.get_running_loop().create_future()
        self._waiting.append(mine)
        await mine

    async def _run(self) -> None:
        loop = asyncio.get_running_loop()
        owed, last = 0.0, loop.time()
        while True:
            await asyncio.sleep(TICK)
            owed, last = min(owed + (loop.time() - last) / TICK * self._step, MOST_AT_ONCE), loop.time()
            while owed >= 1 and self._waiting:
                owed -= 1
                turn = self._waiting.pop(self._lot.randrange(len(self._waiting)))
                if not turn.done():
                    turn.set_result(None)
