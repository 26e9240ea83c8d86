"""Brings updates to the webhook that is set: chats beside each other, those of one chat in order, until it takes them.

Behaves as the official server (tdlib/telegram-bot-api 10.0): whatever is not 2xx comes again, later every time unless
`Retry-After` says when. It goes to this machine only, so that no test leaves it. Knows no method.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from io import BytesIO

from aiohttp import ClientError, ClientSession, ClientTimeout, TCPConnector

from tests import canaries
from tests.botapi.account import Account
from tests.botapi.updates import Waiting
from tests.botapi.wire import Object, a_number, a_text, an_object, as_json

SECRET = "X-Telegram-Bot-Api-Secret-Token"
NEAR = ("http://127.0.0.1:", "http://localhost:")
FIRST_DELAY = 1.0
LONGEST_DELAYS = 60
"""So many times the first delay is the longest."""

PATIENCE = 60.0
NOBODY = 0
"""The answer of who does not answer."""


@dataclass(frozen=True)
class Delivery:
    """An update that was brought: its number, the status it met (0: no answer), and when it was answered."""

    update_id: int
    status: int
    at: float


Called = Callable[[Object], Awaitable[None]]
"""Makes the call that a webhook put in its answer; whoever does that hears nothing of how it went."""


class Courier:
    """Takes what waits to the webhook, for as long as it runs. `deliveries`: every attempt, in that order."""

    def __init__(self, account: Account, called: Called, delay: float = FIRST_DELAY) -> None:
        self._account = account
        self._called = called
        self._delay = delay
        self._busy: dict[int, asyncio.Task[None]] = {}
        self.deliveries: list[Delivery] = []

    async def run(self) -> None:
        """Until it is cancelled."""
        updates = self._account.updates
        async with self.session() as session:
            try:
                while True:
                    await updates.news.wait()
                    updates.news.clear()
                    self._begin(session)
            finally:
                for task in self._busy.values():
                    task.cancel()
                await asyncio.gather(*self._busy.values(), return_exceptions=True)

    @staticmethod
    def session() -> ClientSession:
        """Connections as the official server has them: many, and each used again."""
        return ClientSession(connector=TCPConnector(limit=0), timeout=ClientTimeout(total=PATIENCE))

    async def bring(self, session: ClientSession, update: Object) -> tuple[int, int]:
        """One attempt; the status, and after how many seconds the webhook asks to come again."""
        canaries.plant_of(update)
        headers = {"Content-Type": "application/json"}
        if self._account.webhook_secret:
            headers[SECRET] = self._account.webhook_secret
        status, later = NOBODY, 0
        with suppress(ClientError, TimeoutError, OSError):
            url = a_text(self._account.webhook["url"])
            async with session.post(url, data=BytesIO(self._account.updates.written(update)), headers=headers) as got:
                body = await got.read()
                status, later = got.status, int(got.headers.get("Retry-After", 0))
            if 200 <= status < 300 and body:
                await self._called(an_object(as_json(body.decode())))
        at = asyncio.get_running_loop().time()
        self.deliveries.append(Delivery(a_number(update.get("update_id")), status, at))
        return status, later

    def _begin(self, session: ClientSession) -> None:
        if not a_text(self._account.webhook["url"]).startswith(NEAR):
            return
        for waiting in self._account.updates.waiting:
            queue = waiting.chat_id or -waiting.update_id
            if queue not in self._busy:
                task = self._busy[queue] = asyncio.create_task(self._taken(session, waiting))
                task.add_done_callback(partial(self._next, queue))

    def _next(self, queue: int, _task: asyncio.Task[None]) -> None:
        del self._busy[queue]
        self._account.updates.news.set()

    async def _taken(self, session: ClientSession, waiting: Waiting) -> None:
        """Brings one until it is taken, or until there is no webhook any more."""
        delay, url = self._delay, self._account.webhook["url"]
        while self._account.webhook["url"] == url and waiting in self._account.updates.waiting:
            status, later = await self.bring(session, waiting.update)
            if 200 <= status < 300:
                self._account.updates.forget(waiting)
                return
            told = f"Wrong response from the webhook: {status}" if status else "Connection refused"
            self._account.webhook_error = {"last_error_date": self._account.now(), "last_error_message": told}
            await asyncio.sleep(later or delay)
            delay = min(delay * 2, LONGEST_DELAYS * self._delay)
