"""Says what a turn brought and what waits in the outbox, in order per chat; changes no interview."""

import asyncio
import logging
from collections import OrderedDict, deque
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from functools import partial

from telegram.error import TelegramError

from bot.in_turn import InTurn
from bot.intake import Intake
from bot.outgoing import Outgoing, readable
from bot.resting import stopped
from bot.telegram.api import QUICK_TRIES, Api
from bot.telegram.beside import Beside
from bot.telegram.calling import Refused, Unreachable
from bot.telegram.clearing import Screen
from bot.telegram.keyboards import Keyboards
from bot.telegram.outbox import Outbox, patiently
from bot.telegram.reading import Tapped
from bot.telegram.rendering import Message, render
from bot.turn import Outcome
from storage.addresses import Address

WAITED_SECONDS = 2.0
"""How long other chats may wait for words before consent, which no outbox keeps, to be sent."""

LOOK_SECONDS = 30.0
"""How often the outbox is looked at for what no turn asked for."""

SHARED_LOOK_SECONDS = 5.0
"""The same where other programs send from it too: one of them may have been killed."""

LATELY = 1_000
"""Rows that were found in the outbox and sent; a turn that hands over the same rows a moment later is not heard."""

log = logging.getLogger(__name__)


class Speaker:
    """Says things in chats, each in order. What it holds in memory stands in the outbox as well."""

    def __init__(self, api: Api, intake: Intake) -> None:
        self._api = api
        self._screen = Screen(api, intake)
        self._outbox = Outbox(intake, self._screen)
        self._beside = Beside()
        self._keyboards = Keyboards(api, self._beside)
        self._turns = InTurn()
        self._mail: dict[Address, OrderedDict[int, Outgoing]] = {}
        self._found: deque[tuple[Address, int]] = deque(maxlen=LATELY)
        self._looked_after: set[Address] = set()
        self._saying: dict[Address, asyncio.Task[None]] = {}
        self.ended = self._beside.ended
        self.end = self._beside.end

    def answer(self, address: Address, outcome: Outcome, tapped: Tapped | None, *, answered: bool = False) -> None:
        """All that follows a turn; what was said is sent first, and the tap beside it, unless that is `answered`.

        See `said_all` for what stands in no outbox.
        """
        if outcome.queued:
            self._post(address, outcome)
        if outcome.direct:
            # One after another in a chat, so that the last to be said is the last to be waited for.
            saying = self._saying[address] = self._beside.begun(self._say_now(address, outcome.direct))
            saying.add_done_callback(lambda said: self._saying.get(address) is said and self._saying.pop(address))
        if outcome.unkept:
            self._screen.unkept(address, outcome.unkept)
        self._keyboards.settle(address, outcome, tapped, answered=answered)

    def must_wait(self, address: Address) -> bool:
        """Whether Telegram asked to wait with this chat; nothing may go to it then, not even the answer to a tap."""
        return self._api.must_wait(int(address.chat))

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
        async with self._turns.at(address):
            while rows := await self._outbox.of(address):
                for row in rows:
                    if not self._outbox.is_sure(address):
                        break
                    self._found.append((address, row.position))
                    self._mail.get(address, OrderedDict()).pop(row.position, None)
                    if not await self._deliver(address, row.position, readable(row.payload)):
                        return
                if not self._outbox.shared:
                    return

    async def keep_delivering(self, stop: asyncio.Event, seconds: float = LOOK_SECONDS) -> None:
        """Sends what waits though no turn asked for it: reminders, and what was to be said later. Until `stop`."""
        often = min(seconds, SHARED_LOOK_SECONDS) if self._outbox.shared else seconds
        while not await stopped(stop, often):
            if self._outbox.shared:
                await self._outbox.stay()
            await self.deliver_all()

    async def deliver_all(self) -> None:
        """Sends what a crash or a stop left behind, and what may be said by now."""
        for address in await patiently(self._outbox.chats):
            # One who waits for a chat is enough, however often there is a look meanwhile.
            if address not in self._looked_after:
                self._looked_after.add(address)
                self._beside.begin(self._look_after(address))

    async def _look_after(self, address: Address) -> None:
        try:
            await self.deliver(address)
        finally:
            self._looked_after.discard(address)

    async def drain(self, seconds: float) -> None:
        """Waits for what is under way, so long at most, and breaks off the rest; another may send that at once."""
        await self._beside.drain(seconds)
        await self._outbox.release_all()

    def leave(self, chat: int, words: str) -> None:
        """One sentence in a group, then out of it."""
        self._beside.begin(self._leave(chat, words))

    async def _leave(self, chat: int, words: str) -> None:
        with suppress(TelegramError, Refused, Unreachable):
            await self._api.say_in_group(chat, words)
        with suppress(TelegramError, Refused, Unreachable):
            await self._api.leave(chat)

    def _post(self, address: Address, outcome: Outcome) -> None:
        """What a turn put in the outbox need not be read from there, unless another program may be sending it."""
        if not outcome.placed or self._outbox.shared:
            self._beside.begin(self.deliver(address))
            return
        mail = self._mail.setdefault(address, OrderedDict())
        mail.update((place, said) for place, said in outcome.placed if (address, place) not in self._found)
        self._beside.begin(self._deliver_mail(address))

    async def _deliver_mail(self, address: Address) -> None:
        async with self._turns.at(address):
            while mail := self._mail.get(address):
                place, waiting = mail.popitem(last=False)
                await self._deliver(address, place, waiting)
            self._mail.pop(address, None)

    async def _deliver(self, address: Address, place: int, waiting: Outgoing | None) -> bool:
        """Whether the chat can be reached. What can never be sent is passed over: it holds up nothing behind it."""
        sent: list[int] = []
        try:
            if waiting:
                await self._say(address, waiting, sent, tries=None, place=place)
        except Refused:
            log.exception("een bericht is geweigerd en vervalt")
        except Unreachable:
            log.warning("een gesprek is niet meer te bereiken; wat ervoor klaarstond, vervalt")
            self._mail.pop(address, None)
            await self._outbox.give_up(address)
            return False
        await self._outbox.delivered(address, place, sent)
        return True

    async def _say_now(self, address: Address, replies: Iterable[Outgoing]) -> None:
        async with self._turns.at(address):
            with suppress(Refused, Unreachable, TelegramError):
                for waiting in replies:
                    sent: list[int] = []
                    try:
                        await self._say(address, waiting, sent, tries=QUICK_TRIES)
                    finally:
                        self._screen.beside(address).extend(sent)

    async def _say(
        self, address: Address, waiting: Outgoing, shown: list[int], *, tries: int | None, place: int | None = None
    ) -> None:
        """Says what was not said of it; `shown` gets the messages that are noted nowhere yet.

        Of what has a `place` in the outbox each message of a long one is noted there before the next is sent.
        """
        left = not waiting.begun and await self._cleared(address, waiting)
        if left and waiting.otherwise:
            waiting = replace(waiting, template=waiting.otherwise)
        messages = render(waiting, left)
        if waiting.replaces and len(messages) == 1 and await self._replaced(address, waiting, messages[0]):
            return
        # A later release may cut it in fewer: the last, with its buttons, is always said.
        begun = min(waiting.begun, max(len(messages) - 1, 0))
        for said, message in enumerate(messages[begun:], begun + 1):
            number = await self._sent(address, message, tries=tries)
            shown += [number] if number else []
            if number and message.keyboard and waiting.asks:
                self._keyboards.asks(address, number)
            if place is not None and said < len(messages):
                await self._outbox.partly_delivered(address, place, replace(waiting, begun=said), shown)
                shown.clear()

    async def _cleared(self, address: Address, waiting: Outgoing) -> bool:
        """Takes from the screen what must go before this is said; whether something had to stay."""
        if waiting.clears:
            self._keyboards.gone(address)
            return await patiently(partial(self._screen.clear, address))
        if waiting.wipes:
            self._keyboards.gone(address, waiting.wipes)
            return await patiently(partial(self._screen.wipe, address, waiting.wipes))
        return False

    async def _sent(self, address: Address, message: Message, *, tries: int | None) -> int:
        """A message that is refused is sent once more without markup: rather plain words than none."""
        try:
            return await self._api.send(int(address.chat), message, tries=tries)
        except Refused:
            return await self._api.send_plain(int(address.chat), message, tries=tries)

    async def _replaced(self, address: Address, waiting: Outgoing, message: Message) -> bool:
        try:
            await self._api.replace(int(address.chat), int(waiting.replaces), message)
        except (Refused, TelegramError):
            return False
        self._keyboards.took_the_place(address, int(waiting.replaces))
        return True
