"""The fake Telegram that tests hold: the people who write and tap, and what is on their screens.

Speaks real HTTP on loopback; knows nothing of the bot that calls it.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from itertools import count
from types import TracebackType
from typing import Self

from aiohttp import web

from tests.botapi.account import Account, Clock
from tests.botapi.courier import FIRST_DELAY, Courier, Delivery
from tests.botapi.desk import LOOK_AGAIN, Call, Desk
from tests.botapi.formatting import found_entities
from tests.botapi.people import (
    LANGUAGE,
    chat_id_of,
    chat_of,
    inaccessible,
    message,
    person,
    tapped,
)
from tests.botapi.screen import Shown, keyboard_of, labels_of
from tests.botapi.updates import Updates
from tests.botapi.wire import Json, Object, a_number, a_text, an_object

TOKEN = "123:TEST"
PAUSE = 3.0
SETTLE = 0.08
WAIT = 30.0
MESSAGES = ("message", "edited_message")


class FakeTelegram(Desk):
    """`async with FakeTelegram() as telegram:` and give the bot `telegram.url` and the token.

    In: the token that is accepted; the first update's number; `pause`, the seconds for which the
    official server holds a repeated poll or conflict; `delay`, those after which an update that a
    webhook did not take is brought again; the clock, in seconds since 1970. A bot
    calls `{telegram.url}/bot<token>/<method>`. See Desk for `calls`, `rejected`, `faults` and
    `latency`. `settle`: seconds without a call after which the bot has spoken.
    """

    def __init__(
        self,
        token: str = TOKEN,
        *,
        first_update_id: int = 700_000_001,
        pause: float = PAUSE,
        delay: float = FIRST_DELAY,
        clock: Clock = time.time,
    ) -> None:
        bot_id = int(token.partition(":")[0])
        super().__init__(token, Account(bot_id, Updates(first_update_id, pause), clock))
        self.url = ""
        self.settle = SETTLE
        self._runner = web.AppRunner(self.app(), access_log=None, shutdown_timeout=1.0)
        self._languages: dict[int, str] = {}
        self._query_ids = count(4_000_000_000_000_000_001)
        self._courier = Courier(self.account, self.replied, delay)
        self._bringing: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        self._bringing = asyncio.create_task(self._courier.run())
        return self

    async def __aexit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.close()
        if self._bringing:
            self._bringing.cancel()
            await asyncio.wait((self._bringing,))
        await self._runner.cleanup()

    def meet(self, chat_id: int) -> None:
        """Let the bot write to someone who has not written yet, as after an earlier talk."""
        self.account.meet(chat_id)

    def say(
        self,
        chat_id: int,
        text: str,
        *,
        language: str = LANGUAGE,
        entities: list[Json] | None = None,
        message_id: int | None = None,
    ) -> Object:
        """A person sends a text. Without `entities` Telegram finds them. Returns the update."""
        self._languages[chat_id] = language
        marks = found_entities(text) if entities is None else entities
        words: Object = {"text": text, "entities": marks} if marks else {"text": text}
        return self.share(chat_id, words, message_id=message_id)

    def share(self, chat_id: int, content: Object, *, message_id: int | None = None) -> Object:
        """A person sends something else: content as in a Message, e.g. {"voice": {...}}."""
        number = self.account.screen.next_id() if message_id is None else message_id
        sent = message(self._person(chat_id), number, self.account.now(), content)
        return self._deliver({"message": sent})

    def edit(self, chat_id: int, message_id: int, text: str) -> Object:
        """A person changes an earlier message of their own. Returns the update."""
        before = self.account.screen.get(chat_id, message_id)
        mine = an_object(before.get("from")).get("is_bot") is False
        assert mine, f"message {message_id} in chat {chat_id} is not this person's to change"
        changed = {**before, "edit_date": self.account.now(), "text": text}
        return self._deliver({"edited_message": {**changed, "entities": found_entities(text)}})

    def tap(self, chat_id: int, label: str) -> Object:
        """A person taps the newest button with exactly this label. Returns the update."""
        for under in self.account.screen.newest_first(chat_id):
            for button in (button for row in keyboard_of(under) for button in row):
                if button["text"] == label:
                    assert "callback_data" in button, f"{label!r} opens a link: {button}"
                    data = a_text(button["callback_data"])
                    return self.tap_data(chat_id, a_number(under["message_id"]), data)
        visible = [labels_of(under) for under in self.account.screen.newest_first(chat_id)]
        seen = [labels for labels in visible if labels]
        raise AssertionError(f"no button {label!r} in chat {chat_id}; newest first: {seen}")

    def tap_data(self, chat_id: int, message_id: int, data: str) -> Object:
        """A tap with any data under any message, there or not: old, double or forged."""
        there = self.account.screen.get(chat_id, message_id)
        query_id = str(next(self._query_ids))
        self.tap_chats[query_id] = chat_id
        self.account.open_taps.add(query_id)
        under = there or inaccessible(chat_id, message_id)
        return self._deliver(tapped(query_id, self._person(chat_id), under, data))

    def forget_taps(self) -> None:
        """From now on every tap so far is too old to be answered."""
        self.account.open_taps.clear()

    def push(self, raw: Object) -> Object:
        """Any update as raw JSON, asked for or not; it is numbered unless it has an update_id."""
        chat = chat_of(raw)
        if a_number(chat.get("id")):
            self.account.chats.setdefault(a_number(chat["id"]), chat)
        for kind in MESSAGES:
            self._show(an_object(raw.get(kind)))
        return self.account.updates.add(raw)

    def push_written(self, update: bytes, update_id: int) -> None:
        """An update of any bytes, whose number is (or should be) this one."""
        self.account.updates.add_written(update, update_id)

    async def bring(self, *updates: Object) -> list[int]:
        """Brings these to the webhook once, all at the same time, whatever waits; the status that each met."""
        async with self._courier.session() as session:
            found = await asyncio.gather(*(self._courier.bring(session, update) for update in updates))
        return [status for status, _ in found]

    @property
    def deliveries(self) -> list[Delivery]:
        """What was brought to the webhook so far."""
        return self._courier.deliveries

    def messages(self, chat_id: int) -> list[Shown]:
        """What is on the screen of this chat now, oldest first."""
        return self.account.screen.shown(chat_id)

    def calls_of(self, method: str) -> list[Call]:
        """The calls of one method so far."""
        return [call for call in self.calls if call.method == method]

    def quiet(self, chat_id: int | None = None, timeout: float = WAIT) -> Awaitable[None]:
        """Await it until the bot has spoken, in one chat or in all.

        That is: all updates are confirmed, no call is under way, and none came for `settle`
        seconds. Raises AssertionError with what is still open after `timeout` seconds.
        """
        return self._until_quiet(chat_id, timeout)

    def wait_for(self, predicate: Callable[[], bool], timeout: float = WAIT) -> Awaitable[None]:
        """Await it until the predicate holds; raises AssertionError after `timeout` seconds."""
        return self._until(predicate, timeout)

    async def _until_quiet(self, chat_id: int | None, longest: float) -> None:
        loop = asyncio.get_running_loop()
        start = busy = loop.time()
        while loop.time() - max(busy, self._last_active(chat_id)) < self.settle:
            if self._open(chat_id):
                busy = loop.time()
            assert loop.time() - start < longest, f"no quiet: {self._open(chat_id) or 'calls keep coming'}"
            await asyncio.sleep(LOOK_AGAIN)
            if self._open(chat_id):
                # Looked at last: the loop itself may have been held up for longer than it takes to settle.
                busy = loop.time()

    async def _until(self, predicate: Callable[[], bool], longest: float) -> None:
        loop = asyncio.get_running_loop()
        start = loop.time()
        while not predicate():
            last = [(call.method, call.error) for call in self.calls[-5:]]
            assert loop.time() - start < longest, f"waited in vain; last calls: {last}"
            await asyncio.sleep(LOOK_AGAIN)

    def _person(self, chat_id: int) -> Object:
        return person(chat_id, self._languages.get(chat_id, LANGUAGE))

    def _deliver(self, update: Object) -> Object:
        """Show and queue an update, unless the bot did not ask for its type."""
        for kind, content in update.items():
            self.meet(chat_id_of(content) or a_number(chat_of(update).get("id")))
            if not self.account.updates.wants(kind):
                self._show(an_object(content))
                return update
        return self.push(update)

    def _show(self, content: Object) -> None:
        number, words = content.get("message_id"), content.get("text", "")
        if chat_id_of(content) and isinstance(number, int) and isinstance(words, str):
            self.account.screen.put(content)

    def _open(self, chat_id: int | None) -> list[str]:
        """What the bot still has to do, in words for a failing test."""
        waiting = self.account.updates.waiting
        updates = [u.update_id for u in waiting if chat_id in (None, u.chat_id)]
        flying = [chat for chat in self.in_flight if chat_id in (None, chat)]
        unconfirmed = [f"update {number} is not confirmed" for number in updates]
        return unconfirmed + [f"a call for chat {chat} is under way" for chat in flying]

    def _last_active(self, chat_id: int | None) -> float:
        if chat_id is not None:
            return self.last_active.get(chat_id, 0.0)
        return max(self.last_active.values(), default=0.0)
