"""When a call may go: so many messages a second in all, so many to one chat, and none where Telegram asks to wait.

Knows chats as numbers and nothing of what is said. The time is handed in; where nobody waits there is no timer.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from heapq import heappop, heappush
from itertools import count
from typing import Protocol

BURST = 5
BURST_SECONDS = 0.2
"""Messages that may go at once after a time in which there were fewer: five, or where many are allowed what so long a
time holds. The same for one chat and for all together; but all together never get more than their limit in a second."""

SECOND = 1.0

BEHIND_SECONDS = 10.0
"""An edit goes as a message that came so much later would: messages go before it, but not for ever."""

HELD_CHATS = 3
"""Where Telegram asks so many chats to wait at the same time, it means all of them."""

NEAR_SECONDS = 5.0
"""What began so long after each other at most was asked at the same time: one chat may have to wait for hours."""

REMEMBERED = 10_000
"""Chats of which is known when they were last written to; with others that is long ago."""

LEAST_SECONDS = 0.001
"""Between two looks at who may go: times that differ by a rounding must not make us spin."""


class Kind(Enum):
    """What a call does. Telegram counts messages and edits; it does not count answers to taps and what it deletes."""

    MESSAGE = "message"
    EDIT = "edit"
    FREE = "free"


class Timer(Protocol):
    """Something that is to happen later."""

    def cancel(self) -> object:
        """Now it is not."""
        ...


class Timers(Protocol):
    """The part of an event loop that tells the time."""

    def time(self) -> float:
        """Seconds since whenever; they only go on."""
        ...

    def call_later(self, delay: float, callback: Callable[[], None], /) -> Timer:
        """Calls back after so many seconds."""
        ...


class _Bucket:
    """So many a second, some of them at once. `free_at` is when the next may go."""

    def __init__(self, per_second: float) -> None:
        self._step = 1 / per_second
        self._ahead = (max(BURST, per_second * BURST_SECONDS) - 1) * self._step
        self._full_at = 0.0
        self.held_until = 0.0

    @property
    def free_at(self) -> float:
        return max(self.held_until, self._full_at - self._ahead)

    def take(self, now: float) -> None:
        self._full_at = max(self._full_at, now) + self._step

    def is_idle(self, now: float) -> bool:
        return self._full_at <= now and self.held_until <= now


class _Everybody(_Bucket):
    """All chats together: in no second more go than the limit, whatever went at once in it."""

    def __init__(self, per_second: float) -> None:
        super().__init__(per_second)
        self._latest: deque[float] = deque(maxlen=max(int(per_second), 1))

    @property
    def free_at(self) -> float:
        """When the next may go."""
        is_full = len(self._latest) == self._latest.maxlen
        return max(self.held_until, self._full_at - self._ahead, self._latest[0] + SECOND if is_full else 0.0)

    def take(self, now: float) -> None:
        """One goes now."""
        super().take(now)
        self._latest.append(now)


class _Chat(_Bucket):
    """`waiting` are its calls while it may not go itself, in order of their place; `pending` counts those of them too
    that only wait for others."""

    def __init__(self, per_second: float) -> None:
        super().__init__(per_second)
        self.waiting: list[_Call] = []
        self.pending = 0
        self.held_at = 0.0
        self.is_later = False


@dataclass(order=True)
class _Call:
    """A call that waits; the lowest place goes first, and of two that are alike the first that came."""

    place: float
    number: int
    chat: _Chat = field(compare=False)
    turn: "asyncio.Future[None]" = field(compare=False)


class Pace:
    """The turns of all calls. `per_second` and `per_chat` count messages and edits together."""

    def __init__(self, per_second: float, per_chat: float, timers: Timers | None = None) -> None:
        self._timers = timers or asyncio.get_running_loop()
        self._per_chat = per_chat
        self._all = _Everybody(per_second)
        self._chats: dict[int, _Chat] = {}
        self._ready: list[_Call] = []
        self._later: list[tuple[float, int, _Chat]] = []
        self._numbers = count()
        self._timer: Timer | None = None

    async def turn(self, chat: int, kind: Kind) -> None:
        """Returns when a call to this chat may go."""
        now = self._timers.time()
        found = self._chats.get(chat) or self._new(chat, now)
        if kind is Kind.FREE:
            await self._not_held(found)
        elif not found.pending and not self._ready and found.free_at <= now and self._all.free_at <= now:
            found.take(now)
            self._all.take(now)
        else:
            await self._in_line(found, now + BEHIND_SECONDS * (kind is Kind.EDIT), now)

    def hold(self, chat: int | None, seconds: float) -> None:
        """Telegram asks to wait so long with this chat, or with everything (None): no call goes, of whatever kind."""
        now = self._timers.time()
        until = now + seconds
        if chat is not None:
            found = self._chats.get(chat) or self._new(chat, now)
            found.held_at, found.held_until = now, max(found.held_until, until)
        held = sum(one.held_until > now and now - one.held_at <= NEAR_SECONDS for one in self._chats.values())
        if chat is None or held >= HELD_CHATS:
            self._all.held_until = max(self._all.held_until, until)

    async def nothing_held(self) -> None:
        """Returns when Telegram asks nobody to wait with everything."""
        await self._not_held(self._all)

    def is_held(self, chat: int) -> bool:
        """Whether Telegram asked to wait with this chat, or with everything, and that is not over."""
        found = self._chats.get(chat)
        return max(found.held_until if found else 0.0, self._all.held_until) > self._timers.time()

    def _new(self, chat: int, now: float) -> _Chat:
        if len(self._chats) >= REMEMBERED:
            found = self._chats.items()
            self._chats = {number: one for number, one in found if one.pending or not one.is_idle(now)}
        made = self._chats[chat] = _Chat(self._per_chat)
        return made

    async def _not_held(self, chat: _Bucket) -> None:
        while (left := max(chat.held_until, self._all.held_until) - self._timers.time()) > 0:
            over = asyncio.Event()
            timer = self._timers.call_later(left, over.set)
            try:
                await over.wait()
            finally:
                timer.cancel()

    async def _in_line(self, chat: _Chat, place: float, now: float) -> None:
        call = _Call(place, next(self._numbers), chat, asyncio.get_running_loop().create_future())
        chat.pending += 1
        if chat.waiting or chat.free_at > now:
            self._wait(call)
        else:
            heappush(self._ready, call)
        self._go_on()
        try:
            await call.turn
        finally:
            chat.pending -= 1

    def _go_on(self) -> None:
        """Gives a turn to whoever may go now, and looks again when the next may."""
        now = self._timers.time()
        while self._later and self._later[0][0] <= now:
            self._come_forward(heappop(self._later)[2], now)
        while self._ready and self._all.free_at <= now:
            call = heappop(self._ready)
            if call.turn.done():
                continue
            if call.chat.free_at > now:
                self._wait(call)
                continue
            call.chat.take(now)
            self._all.take(now)
            call.turn.set_result(None)
        self._look_again(now)

    def _wait(self, call: _Call) -> None:
        """Until its chat may be written to again."""
        heappush(call.chat.waiting, call)
        self._stand_later(call.chat)

    def _stand_later(self, chat: _Chat) -> None:
        if not chat.is_later:
            chat.is_later = True
            heappush(self._later, (chat.free_at, next(self._numbers), chat))

    def _come_forward(self, chat: _Chat, now: float) -> None:
        """The calls of a chat whose time has come wait only for the others now; which of them go is seen then."""
        chat.is_later = False
        if chat.free_at > now:
            self._stand_later(chat)
            return
        while chat.waiting:
            heappush(self._ready, heappop(chat.waiting))

    def _look_again(self, now: float) -> None:
        if self._timer:
            self._timer.cancel()
            self._timer = None
        times = [self._all.free_at] * bool(self._ready) + [at for at, _, _ in self._later[:1]]
        if times:
            self._timer = self._timers.call_later(max(min(times) - now, LEAST_SECONDS), self._go_on)
