"""Which message of a chat has the buttons now, and what becomes of those that were used; says nothing itself.

It is remembered for as long as the process lives: a button that is forgotten still answers that it is old.
"""

from collections import OrderedDict
from contextlib import suppress

from telegram.error import TelegramError

from bot.telegram.api import Api, TapAnswer
from bot.telegram.beside import Beside
from bot.telegram.calling import Refused, Unreachable
from bot.telegram.reading import Tapped
from bot.telegram.rendering import chosen
from bot.turn import Outcome
from storage.addresses import Address

REMEMBERED = 10_000


class Keyboards:
    """The buttons on all screens."""

    def __init__(self, api: Api, beside: Beside) -> None:
        self._api = api
        self._beside = beside
        self._asking: OrderedDict[Address, int] = OrderedDict()

    def settle(self, address: Address, outcome: Outcome, tapped: Tapped | None, *, answered: bool = False) -> None:
        """What a turn means for the buttons that were there before it. `answered`: the tap itself is taken care of."""
        if tapped:
            self._let_go(address, tapped, outcome)
            self._beside.begin(self._settle(address, tapped, outcome, answered=answered))
        if outcome.over and address in self._asking:
            asked = self._asking.pop(address)
            if not outcome.in_place:
                self._beside.begin(self._strip(address, asked))

    def asks(self, address: Address, message: int) -> None:
        """This message has the buttons now. Those of the question before go, also where it was answered in words."""
        before = self._asking.pop(address, None)
        self._asking[address] = message
        while len(self._asking) > REMEMBERED:
            self._asking.popitem(last=False)
        if before is not None and before != message:
            self._beside.begin(self._strip(address, before))

    def took_the_place(self, address: Address, message: int) -> None:
        """A question took the place of this message, and its buttons with it."""
        self._asking[address] = message

    def gone(self, address: Address, messages: tuple[str, ...] | None = None) -> None:
        """These messages go from the screen; all of them, where none is named."""
        if messages is None or str(self._asking.get(address, "")) in messages:
            self._asking.pop(address, None)

    def _let_go(self, address: Address, tapped: Tapped, outcome: Outcome) -> None:
        """The keyboard that was used is settled with the tap, not once more when the next question is sent."""
        settled = not outcome.in_place and not outcome.stays
        if settled and self._asking.get(address) == tapped.message:
            del self._asking[address]

    async def _settle(self, address: Address, tapped: Tapped, outcome: Outcome, *, answered: bool) -> None:
        """The tap is answered at once; then its buttons go, and what was chosen stays to be read."""
        if not answered:
            await self._answer(address, TapAnswer(tapped.query, outcome.notice))
        if outcome.in_place or outcome.stays or not tapped.label:
            return
        if outcome.accepted and tapped.words:
            await self._mark(address, tapped)
        else:
            await self._strip(address, tapped.message)

    async def _answer(self, address: Address, answer: TapAnswer) -> None:
        with suppress(Refused, Unreachable, TelegramError):
            await self._api.answer_tap(int(address.chat), answer)

    async def _mark(self, address: Address, tapped: Tapped) -> None:
        words = tapped.words + chosen(tapped.label)
        with suppress(Refused, Unreachable, TelegramError):
            await self._api.close_question(int(address.chat), tapped.message, words, tapped.entities)

    async def _strip(self, address: Address, message: int) -> None:
        with suppress(Refused, Unreachable, TelegramError):
            await self._api.strip(int(address.chat), message)
