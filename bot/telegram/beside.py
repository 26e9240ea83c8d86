"""Work that goes on beside the loop that began it; knows not what it is. A fault in it is never a silence."""

import asyncio
from collections.abc import Coroutine
from typing import Any


class Beside:
    """Tasks of one channel. `ended` gets the first fault in one of them, and is never done without."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()
        self.ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def begin(self, work: Coroutine[Any, Any, None]) -> None:
        """Begins it; what was begun first also takes its first step first."""
        _ = self.begun(work)

    def begun(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """The same, for whoever waits for it too."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._finished)
        return task

    async def drain(self, seconds: float) -> None:
        """Waits for what is under way, so long at most, and breaks off the rest."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=seconds)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def end(self, fault: BaseException) -> None:
        """The channel cannot go on, and this is why."""
        if not self.ended.done():
            self.ended.set_exception(fault)

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        fault = None if task.cancelled() else task.exception()
        if fault:
            self.end(fault)
