"""The queue of updates that a bot has not confirmed, and the long poll on it.

Behaves as the official server (tdlib/telegram-bot-api 10.0); knows no method but getUpdates.
"""

import asyncio
import json
from dataclasses import dataclass

from tests import canaries
from tests.botapi.people import chat_of
from tests.botapi.rules import ON_REQUEST, UPDATE_TYPES
from tests.botapi.wire import Json, Object, Refused, a_number, an_object

LONGEST_POLL = 50
SAME_POLL = 0.5
FUTURE = 10
CONFLICT = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"


@dataclass(frozen=True)
class Waiting:
    """An update that is not confirmed yet."""

    update_id: int
    update: Object

    @property
    def chat_id(self) -> int:
        """The chat it came from; 0 when it names none."""
        return a_number(chat_of(self.update).get("id"))


class Updates:
    """What waits for the bot, in order.

    `pause`: seconds for which the official server holds a poll that is repeated too soon, and a
    second conflict; 3 on the real one.
    """

    def __init__(self, first_id: int, pause: float) -> None:
        self.next_id = first_id
        self.allowed: frozenset[str] = frozenset()
        self._pause = pause
        self._waiting: list[Waiting] = []
        self._written: dict[int, bytes] = {}
        self._poll: asyncio.Future[None] | None = None
        self._last_poll = (-1, float("-inf"))
        self._next_conflict = float("-inf")
        self.news = asyncio.Event()

    @property
    def waiting(self) -> tuple[Waiting, ...]:
        """All that is not confirmed, oldest first."""
        return tuple(self._waiting)

    @property
    def is_polled(self) -> bool:
        """Whether a getUpdates is waiting for something to come."""
        return self._poll is not None and not self._poll.done()

    def wants(self, kind: str) -> bool:
        """Whether the bot asked for updates of this type."""
        return kind in (self.allowed or UPDATE_TYPES - ON_REQUEST)

    def add(self, update: Object) -> Object:
        """Queue an update; it gets the next number unless it brings its own. Returns it whole."""
        numbered: Object = {"update_id": self.next_id, **update}
        update_id = a_number(numbered["update_id"], self.next_id)
        self.next_id = max(self.next_id, update_id + 1)
        self._waiting.append(Waiting(update_id, numbered))
        canaries.plant_of(numbered)
        self.news.set()
        self._wake()
        return numbered

    def add_written(self, update: bytes, update_id: int) -> None:
        """Queue bytes that need be no JSON; `update_id` is the number that stands in them, or should."""
        self._written[update_id] = update
        self.add({"update_id": update_id})

    def written(self, update: Json) -> bytes:
        """An update as it crosses the wire."""
        known = self._written.get(a_number(an_object(update).get("update_id")))
        return json.dumps(update).encode() if known is None else known

    async def take(self, offset: int, limit: int, longest: int) -> list[Json]:
        """Answer a getUpdates: confirm what is below the offset, give what is there, or wait.

        `longest`: the seconds to wait for an update, at most 50 as on the official server. Raises
        Refused(409) when another poll comes to wait in this one's place.
        """
        limit, seconds = self._slowed(offset, limit, min(longest, LONGEST_POLL))
        start = self._confirm(offset)
        found = self._from(start, limit)
        if found or not seconds:
            return found
        self._end_poll()
        self._poll = mine = asyncio.get_running_loop().create_future()
        await asyncio.wait([mine], timeout=seconds)
        if self._poll is mine:
            self._poll = None
        else:
            await mine
        return self._from(start, limit)

    def forget(self, taken: Waiting) -> None:
        """An update that a webhook took; of two that are alike, only this one."""
        self._waiting = [update for update in self._waiting if update is not taken]

    def end_poll(self, why: str) -> None:
        """A poll that waits is over, for this reason."""
        poll, self._poll = self._poll, None
        if poll is not None and not poll.done():
            poll.set_exception(Refused(409, why))

    def close(self) -> None:
        """Let a waiting poll go with nothing."""
        self._wake()

    def drop(self) -> None:
        """Forget all that waits, as drop_pending_updates does."""
        self._waiting.clear()

    def _slowed(self, offset: int, limit: int, timeout: float) -> tuple[int, float]:
        """The same offset again too soon is held, and gets one update at a time."""
        now = asyncio.get_running_loop().time()
        last_offset, last_start = self._last_poll
        self._last_poll = (offset, now)
        if offset != last_offset:
            return limit, timeout
        held = max(timeout, self._pause) if now < last_start + self._pause else timeout
        return (1 if now < last_start + SAME_POLL else limit), held

    def _confirm(self, offset: int) -> int:
        """Forget what is confirmed; returns the number to give updates from."""
        if offset < 0:
            del self._waiting[:offset]
        if 0 < offset <= self.next_id + FUTURE:
            self._waiting = [update for update in self._waiting if update.update_id >= offset]
            return offset
        return 0

    def _from(self, start: int, limit: int) -> list[Json]:
        found = [waiting.update for waiting in self._waiting if waiting.update_id >= start]
        return [*found[:limit]]

    def _wake(self) -> None:
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(None)

    def _end_poll(self) -> None:
        poll, self._poll = self._poll, None
        if poll is None or poll.done():
            return
        loop = asyncio.get_running_loop()
        soon = loop.time() < self._next_conflict
        if not soon:
            self._next_conflict = loop.time() + self._pause
        loop.call_later(self._pause if soon else 0, _refuse, poll)


def _refuse(poll: "asyncio.Future[None]") -> None:
    if not poll.done():
        poll.set_exception(Refused(409, CONFLICT))
