"""How updates come to the bot: fetched by it, or brought to its webhook; knows no message and no resident."""

import asyncio
import json
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from tests.load.lines import CallingLine
from tests.load.shapes import Object

LIMIT = 100
CONNECTIONS = 40
"""Telegram's own figure where a bot asks for no other."""

AGAIN = 0.5
"""Seconds after which an update that a webhook did not take is brought again."""


class Mailbox:
    """Updates that wait until the bot fetches them, and the one poll that may be open."""

    def __init__(self) -> None:
        self._waiting: OrderedDict[int, Object] = OrderedDict()
        self._poll: asyncio.Future[None] | None = None

    def put(self, number: int, update: Object) -> None:
        """One more; a poll that is open goes with it."""
        self._waiting[number] = update
        self.wake()

    def wake(self) -> None:
        """Lets an open poll go with what there is."""
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(None)

    def __len__(self) -> int:
        return len(self._waiting)

    async def fetch(self, offset: int, limit: int, seconds: float) -> list[Object]:
        """getUpdates: confirms what comes before `offset`, and waits so long where there is nothing."""
        while self._waiting and next(iter(self._waiting)) < offset:
            self._waiting.popitem(last=False)
        if not self._waiting and seconds > 0:
            self.wake()
            self._poll = mine = asyncio.get_running_loop().create_future()
            timer = asyncio.get_running_loop().call_later(seconds, self.wake)
            await mine
            timer.cancel()
        return [update for update, _ in zip(self._waiting.values(), range(min(limit, LIMIT)), strict=False)]


@dataclass
class _Chat:
    """What waits for one chat; `busy` while an update of it is with the bot."""

    waiting: deque[Object] = field(default_factory=deque)
    busy: bool = False


class Postman:
    """Brings updates to a webhook: one at a time for a chat, chats beside each other, again where it is not taken.

    `called` gets the body of an answer, if it has one: a call to be made.
    """

    def __init__(self, url: str, secret: str, connections: int, delay: float, called: Callable[[bytes], None]) -> None:
        place = urlsplit(url)
        self._place = place.hostname or "", place.port or 80
        self._path = place.path or "/"
        self._headers = f"X-Telegram-Bot-Api-Secret-Token: {secret}\r\n" if secret else ""
        self._room = connections or CONNECTIONS
        self._delay = delay
        self._called = called
        self._chats: dict[int, _Chat] = {}
        self._ready: deque[int] = deque()
        self._idle: list[CallingLine] = []
        self._lines: set[CallingLine] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self.refused = 0

    def put(self, chat: int, update: Object) -> None:
        """One more for this chat."""
        queue = self._chats.setdefault(chat, _Chat())
        queue.waiting.append(update)
        if not queue.busy:
            queue.busy = True
            # It is on its way for half of what a call takes.
            asyncio.get_running_loop().call_later(self._delay, self._offer, chat)

    def close(self) -> None:
        """Hangs up, and brings nothing more."""
        self._room = 0
        self._chats.clear()
        for task in self._tasks:
            task.cancel()
        for line in tuple(self._lines):
            line.close()

    def _offer(self, chat: int) -> None:
        self._ready.append(chat)
        self._go()

    def _go(self) -> None:
        while self._ready and self._idle:
            line = self._idle.pop()
            if line.is_open:
                self._bring(line, self._ready.popleft())
            else:
                self._gone(line)
        if self._ready and len(self._lines) + len(self._tasks) < self._room:
            task = asyncio.get_running_loop().create_task(self._connect())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _connect(self) -> None:
        host, port = self._place
        try:
            _, line = await asyncio.get_running_loop().create_connection(
                lambda: CallingLine(f"{host}:{port}"), host, port
            )
        except OSError:
            # Nobody listens yet.
            await asyncio.sleep(AGAIN / 5)
            asyncio.get_running_loop().call_soon(self._go)
            return
        self._lines.add(line)
        self._idle.append(line)
        self._go()

    def _bring(self, line: CallingLine, chat: int) -> None:
        queue = self._chats.get(chat)
        if queue is None:
            return
        body = json.dumps(queue.waiting[0]).encode()
        line.post(self._path, self._headers, body, lambda status, told: self._brought(line, chat, status, told))

    def _brought(self, line: CallingLine, chat: int, status: int, told: bytes) -> None:
        if line.is_open:
            self._idle.append(line)
        else:
            self._gone(line)
        if not self._room:
            return
        loop = asyncio.get_running_loop()
        queue = self._chats[chat]
        if not 200 <= status < 300:
            self.refused += 1
            loop.call_later(AGAIN, self._offer, chat)
        else:
            if told:
                # A call in the answer is on its way back for as long as the update was.
                loop.call_later(self._delay, self._called, told)
            queue.waiting.popleft()
            if queue.waiting:
                loop.call_later(self._delay, self._offer, chat)
            else:
                del self._chats[chat]
        self._go()

    def _gone(self, line: CallingLine) -> None:
        self._lines.discard(line)
