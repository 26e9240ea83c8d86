"""Who waits for the disk: what waits at the same time is committed together; knows no engine and no statement.

While one group is being committed the next gathers, so a busy hour makes larger groups and no longer a queue.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import cast

from storage.database import Result, Work
from storage.together import Asked, Group

MOST = 200
"""Units in one commit: the first of them should not wait long for the last."""


@dataclass(frozen=True, eq=False)
class _Waiting:
    """A unit, and who waits for it."""

    asked: Asked
    done: asyncio.Future[None]

    def settle(self, fault: BaseException | None) -> None:
        """Lets go of who waits: all went well, or this is why not. They may be gone."""
        if self.done.done():
            return
        if fault is None:
            self.done.set_result(None)
        else:
            self.done.set_exception(fault)


class Committer:
    """Has units committed in groups, one group at a time. `commit` raises where nothing of a group was kept."""

    def __init__(self, turn: asyncio.Lock, commit: Callable[[Group], Awaitable[None]]) -> None:
        self._turn = turn
        self._commit = commit
        self._waiting: deque[_Waiting] = deque()
        self._working: asyncio.Task[None] | None = None

    async def run(self, unit: Callable[[Work], Awaitable[Result]]) -> Result:
        """What the unit gives, once it is committed. Whoever stops waiting leaves it undone, or done whole."""
        waiting = _Waiting(Asked(unit), asyncio.get_running_loop().create_future())
        self._waiting.append(waiting)
        if self._working is None or self._working.done():
            self._working = asyncio.create_task(self._work_off())
        await waiting.done
        return cast("Result", waiting.asked.result)

    async def _work_off(self) -> None:
        """In a task of its own, that nobody cancels: whoever stops waiting does not stop a commit."""
        while self._waiting:
            async with self._turn:
                await self._settled(self._next())

    def _next(self) -> list[_Waiting]:
        """Those whose turn it is, without who waits no more."""
        first = [self._waiting.popleft() for _ in range(min(MOST, len(self._waiting)))]
        return [waiting for waiting in first if not waiting.done.done()]

    async def _settled(self, group: list[_Waiting]) -> None:
        fault: BaseException | None = None
        try:
            await self._commit(Group(waiting.asked for waiting in group))
        except BaseException as raised:
            # Whatever it is, nobody waits for ever.
            fault = raised
        for waiting in group:
            waiting.settle(waiting.asked.fault or fault)
