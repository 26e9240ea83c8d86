"""Delivers what waits in the outbox, in order per chat, and settles the button that was used; changes no interview."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar
from weakref import WeakValueDictionary

from telegram import Bot, LinkPreviewOptions, MessageEntity
from telegram import Message as Sent
from telegram.error import TelegramError

from bot.intake import Intake
from bot.outgoing import Outgoing, anew, unpack
from bot.telegram.calling import Refused, Unreachable, insist
from bot.telegram.clearing import Screen
from bot.telegram.reading import CHANNEL, Tapped
from bot.telegram.rendering import Message, chosen, render
from bot.turn import Outcome
from dialogs.daytime import is_day
from storage import turns
from storage.faults import StorageFault
from storage.interviews import Address

QUICK_TRIES = 3
"""For what can be missed: words before consent (the teller taps again), an old keyboard, the answer to a tap."""

WAITED_SECONDS = 2.0
"""How long other chats may wait for words before consent, which no outbox keeps, to be sent."""

LOOK_SECONDS = 30.0
"""How often the outbox is looked at for what no turn asked for."""

PAUSE_AFTER_FAULT = 2.0
REMEMBERED = 10_000
_PLAIN_LINKS = LinkPreviewOptions(is_disabled=True)

log = logging.getLogger(__name__)
Result = TypeVar("Result")


class Speaker:
    """Says things in chats. Of a chat it holds only which message has the keyboard now, and that not for good."""

    def __init__(self, bot: Bot, intake: Intake) -> None:
        self._bot = bot
        self._database = intake.database
        self._keys = intake.keys
        self._clock = intake.clock
        self._screen = Screen(bot, intake)
        self._locks: WeakValueDictionary[Address, asyncio.Lock] = WeakValueDictionary()
        self._keyboards: OrderedDict[Address, int] = OrderedDict()
        self._tasks: set[asyncio.Task[None]] = set()
        self._saying: dict[Address, asyncio.Task[None]] = {}
        self.ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def answer(self, address: Address, outcome: Outcome, tapped: Tapped | None) -> None:
        """All that follows a turn, begun in this order; see `said_all` for what stands in no outbox."""
        if tapped:
            self._let_go(address, tapped, outcome)
            self._beside(self._settle(address, tapped, outcome))
        if outcome.over and address in self._keyboards:
            asked = self._keyboards.pop(address)
            if not outcome.in_place:
                self._beside(self._strip(address, asked))
        if outcome.queued:
            self._beside(self.deliver(address))
        if outcome.unkept:
            self._screen.unkept(address, outcome.unkept)
        if outcome.direct:
            # One after another in a chat, so that the last to be said is the last to be waited for.
            saying = self._saying[address] = self._begun(self._say_now(address, outcome.direct))
            saying.add_done_callback(lambda said: self._saying.get(address) is said and self._saying.pop(address))

    async def said_all(self) -> None:
        """Waits a while for what is said before consent: it stands in no outbox, and nobody should wait for it long."""
        if self._saying:
            await asyncio.wait(self._saying.values(), timeout=WAITED_SECONDS)
        self._saying.clear()

    async def said(self, address: Address) -> None:
        """The same for one chat."""
        if address in self._saying:
            await asyncio.wait((self._saying[address],), timeout=WAITED_SECONDS)

    async def deliver(self, address: Address) -> None:
        """Sends everything that waits for a chat; each row goes when it is sent, and not before."""
        async with self._lock(address):
            for row in await _patiently(lambda: self._waiting(address)):
                sent = await self._deliver(address, row.payload)
                await _patiently(partial(self._delivered, row, sent))

    async def keep_delivering(self, stop: asyncio.Event, seconds: float = LOOK_SECONDS) -> None:
        """Sends what waits though no turn asked for it: reminders, and what was to be said later. Until `stop`."""
        while not stop.is_set():
            try:
                await asyncio.wait_for(stop.wait(), seconds)
            except TimeoutError:
                await _patiently(self.deliver_all)

    async def deliver_all(self) -> None:
        """Sends what a crash or a stop left behind, and what may be said by now."""
        for address in dict.fromkeys(row.address for row in await self._waiting(None)):
            if address.channel == CHANNEL:
                self._beside(self.deliver(address))

    async def drain(self, seconds: float) -> None:
        """Waits for what is being sent, so long at most; the rest stays in the outbox for the next start."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=seconds)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def leave(self, chat: int, words: str) -> None:
        """One sentence in a group, then out of it."""
        self._beside(self._leave(chat, words))

    async def _leave(self, chat: int, words: str) -> None:
        with suppress(TelegramError, Refused, Unreachable):
            await insist(lambda: self._bot.send_message(chat, words), tries=1)
        with suppress(TelegramError, Refused, Unreachable):
            await insist(lambda: self._bot.leave_chat(chat), tries=QUICK_TRIES)

    async def _waiting(self, address: Address | None) -> list[turns.Waiting]:
        async with self._database.reading() as work:
            now = self._clock()
            # What nobody asked for is said by day; at night it waits, however long it was under way.
            return await turns.waiting(work, self._keys, address, now if is_day(now) else None)

    async def _delivered(self, row: turns.Waiting, sent: Sequence[int]) -> None:
        """The row goes, and which messages it became is noted with it: this chat agreed to be kept."""
        async with self._database.transaction() as work:
            await turns.delivered(work, self._keys, row.address, row.position)
            await self._screen.note(work, row.address, sent)

    async def _deliver(self, address: Address, payload: str) -> list[int]:
        """What can never be sent is passed over, so that it does not hold up what comes behind it."""
        sent: list[int] = []
        try:
            await self._say(address, unpack(payload), sent, tries=None)
        except (Refused, ValueError):
            log.exception("een bericht is geweigerd en vervalt")
        except Unreachable:
            log.warning("een gesprek is niet meer te bereiken")
        return sent

    async def _say_now(self, address: Address, replies: Iterable[Outgoing]) -> None:
        async with self._lock(address):
            with suppress(Refused, Unreachable, TelegramError):
                for waiting in replies:
                    sent: list[int] = []
                    try:
                        await self._say(address, waiting, sent, tries=QUICK_TRIES)
                    finally:
                        self._screen.beside(address).extend(sent)

    async def _say(self, address: Address, waiting: Outgoing, shown: list[int], *, tries: int | None) -> None:
        """Says it; `shown` gets the messages that it became."""
        left = await self._cleared(address, waiting)
        if left and waiting.otherwise:
            waiting = replace(waiting, template=waiting.otherwise)
        messages = render(waiting, left)
        if waiting.replaces and len(messages) == 1 and await self._replaced(address, waiting, messages[0]):
            return
        for message in render(anew(waiting), left):
            sent = await self._sent(address, message, tries=tries)
            shown.append(sent.message_id)
            if waiting.asks and message.keyboard:
                self._now_asking(address, sent.message_id)

    async def _cleared(self, address: Address, waiting: Outgoing) -> bool:
        """Takes from the screen what must go before this is said; whether something had to stay."""
        if waiting.clears:
            self._keyboards.pop(address, None)
            return await _patiently(partial(self._screen.clear, address))
        if waiting.wipes:
            if str(self._keyboards.get(address, "")) in waiting.wipes:
                del self._keyboards[address]
            return await _patiently(partial(self._screen.wipe, address, waiting.wipes))
        return False

    async def _sent(self, address: Address, message: Message, *, tries: int | None) -> Sent:
        """A message that is refused is sent once more without markup: rather plain words than none."""
        try:
            return await insist(self._sending(address, message), tries=tries)
        except Refused:
            plain = partial(self._bot.send_message, int(address.chat), message.plain, reply_markup=message.keyboard)
            return await insist(plain, tries=tries)

    def _sending(self, address: Address, message: Message) -> Callable[[], Awaitable[Sent]]:
        return lambda: self._bot.send_message(
            int(address.chat),
            message.text,
            parse_mode="HTML",
            reply_markup=message.keyboard,
            link_preview_options=_PLAIN_LINKS,
        )

    async def _replaced(self, address: Address, waiting: Outgoing, message: Message) -> bool:
        try:
            await insist(
                lambda: self._bot.edit_message_text(
                    message.text,
                    int(address.chat),
                    int(waiting.replaces),
                    parse_mode="HTML",
                    reply_markup=message.keyboard,
                    link_preview_options=_PLAIN_LINKS,
                ),
                tries=QUICK_TRIES,
            )
        except (Refused, TelegramError):
            return False
        self._keyboards[address] = int(waiting.replaces)
        return True

    def _now_asking(self, address: Address, message: int) -> None:
        """The buttons of the question before go, also where it was answered in words."""
        before = self._keyboards.pop(address, None)
        self._keyboards[address] = message
        while len(self._keyboards) > REMEMBERED:
            self._keyboards.popitem(last=False)
        if before is not None:
            self._beside(self._strip(address, before))

    async def _settle(self, address: Address, tapped: Tapped, outcome: Outcome) -> None:
        """The tap is answered at once; then its buttons go, and what was chosen stays to be read."""
        with suppress(Refused, Unreachable, TelegramError):
            text = outcome.notice[:200] or None
            await insist(lambda: self._bot.answer_callback_query(tapped.query, text=text), tries=QUICK_TRIES)
        if outcome.in_place or outcome.stays or not tapped.label:
            return
        if outcome.accepted and tapped.words:
            await self._mark(address, tapped)
        else:
            await self._strip(address, tapped.message)

    def _let_go(self, address: Address, tapped: Tapped, outcome: Outcome) -> None:
        """The keyboard that was used is settled with the tap, not once more when the next question is sent."""
        settled = not outcome.in_place and not outcome.stays
        if settled and self._keyboards.get(address) == tapped.message:
            del self._keyboards[address]

    async def _mark(self, address: Address, tapped: Tapped) -> None:
        entities = [MessageEntity.de_json(dict(item), self._bot) for item in tapped.entities]
        with suppress(Refused, Unreachable, TelegramError):
            await insist(
                lambda: self._bot.edit_message_text(
                    tapped.words + chosen(tapped.label),
                    int(address.chat),
                    tapped.message,
                    entities=entities,
                    link_preview_options=_PLAIN_LINKS,
                ),
                tries=QUICK_TRIES,
            )

    async def _strip(self, address: Address, message: int) -> None:
        with suppress(Refused, Unreachable, TelegramError):
            await insist(lambda: self._bot.edit_message_reply_markup(int(address.chat), message), tries=QUICK_TRIES)

    def _lock(self, address: Address) -> asyncio.Lock:
        lock = self._locks.get(address)
        if lock is None:
            lock = self._locks[address] = asyncio.Lock()
        return lock

    def _beside(self, work: Coroutine[Any, Any, None]) -> None:
        _ = self._begun(work)

    def _begun(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._finished)
        return task

    def _finished(self, task: asyncio.Task[None]) -> None:
        """A fault in a task beside the loop ends the channel; it is never a silence."""
        self._tasks.discard(task)
        if not task.cancelled() and task.exception() and not self.ended.done():
            self.ended.set_exception(task.exception() or RuntimeError())


async def _patiently(work: Callable[[], Awaitable[Result]]) -> Result:
    """Asks the database until it answers: what was sent is not sent again because that could not be noted."""
    while True:
        try:
            return await work()
        except StorageFault:
            log.exception("de database geeft een fout; ik probeer het opnieuw")
        await asyncio.sleep(PAUSE_AFTER_FAULT)
