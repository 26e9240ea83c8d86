"""Residents who tell story after story at the pace of a crowd, and remember what they told; know no corridor."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count, islice
from random import Random
from typing import ClassVar

from dialogs.questions import ClosedQuestion
from storage.addresses import Address
from tests.botapi.screen import Shown, shown
from tests.botapi.server import FakeTelegram
from tests.botapi.wire import a_number, an_object
from tests.corridor.resident import LINK
from tests.stress.tempo import Tempo
from tests.talk.world import library

YES = "✅ Ja, ik doe mee"
SEND = "✅ Ja, en versturen"
AGAIN = "➕ Nog een verhaal"
RECEIPT = "Uw code is:"

FIRST_CHAT = 51_000_001
LOOK_SECONDS = 0.05
LATEST = 8
"""Messages at the foot of the screen, among which somebody looks for what is asked."""

OF_A_TELLER = ("leeftijd",)
"""Questions that are asked with the first story only."""

QUESTIONS = [
    question
    for question in library().sets["bewoner", 1].questions
    if isinstance(question, ClosedQuestion) and question.block == "kern" and not getattr(question, "from_link", False)
]
"""Those that are asked of whoever came by a link with a district in it."""

PIECES = (5, 110)
"""Messages of a story, at least and at most: the longest are read back in more than one message."""

TYPED = 0.8
"""The share of answers that is typed and not tapped."""


@dataclass
class Told:
    """A story as it was told: its words, and the label that was chosen under the id of each question."""

    title: str
    pieces: list[str] = field(default_factory=list)
    labels: dict[str, str] = field(default_factory=dict)


class Teller(ABC):
    """Somebody in a conversation of her own, whatever the channel.

    `tempo` says when she does the next thing. `told` are the stories that were sent, `telling` is the one that was not,
    `updates` all that she did, `waits_for` what she looks out for. `pieces`: how many a story has, from and to.
    """

    pieces: ClassVar[tuple[int, int]] = PIECES

    def __init__(self, number: int, lot: Random, tempo: Tempo) -> None:
        self.told: list[Told] = []
        self.telling: Told | None = None
        self.updates = 0
        self.waits_for = ""
        self._number = number
        self._lot = lot
        self._tempo = tempo

    @property
    @abstractmethod
    def address(self) -> Address:
        """Where her draft is kept."""

    @abstractmethod
    async def comes_in(self) -> None:
        """From the link to the question for a story."""

    @abstractmethod
    async def _says(self, words: str) -> None:
        """Types."""

    @abstractmethod
    async def _taps(self, under: str, label: str) -> None:
        """Waits for a button under these words, and taps it."""

    async def tells(self, enough: asyncio.Event) -> None:
        """Story after story, until `enough`: whoever is writing leaves off then, whoever answers goes on to the end."""
        for number in count(1):
            self.telling = await self._write(number, enough)
            if enough.is_set():
                return
            await self._finish(self.telling, whole=number == 1)
            self.told.append(self.telling)
            self.telling = None
            if enough.is_set():
                return
            await self._taps(RECEIPT, AGAIN)

    async def _write(self, number: int, enough: asyncio.Event) -> Told:
        name = f"verhaal {number} van mens {self._number}"
        told = Told(name.capitalize())
        for piece in range(self._lot.randint(*self.pieces)):
            told.pieces.append(f"Stuk {piece} van {name}.")
            await self._says(told.pieces[-1])
            if enough.is_set():
                break
        return told

    async def _finish(self, told: Told, *, whole: bool) -> None:
        """From "Klaar" to the receipt; what is asked about the teller only with the `whole` list of questions."""
        await self._says("klaar")
        await self._says(told.title)
        for question in (item for item in QUESTIONS if whole or item.id not in OF_A_TELLER):
            told.labels[question.id] = self._lot.choice(_labels(question))
            await self._answers(question.text, told.labels[question.id])
        # The buttons stand under the last words of the review, and a long one is several messages.
        await self._answers("", SEND)

    async def _answers(self, question: str, label: str) -> None:
        """Taps, once the question is there, or types what the button says, whether it is there or not."""
        if self._lot.random() < TYPED:
            await self._says(label)
        else:
            await self._taps(question, label)


class Resident(Teller):
    """Somebody in Telegram. Words she sends without waiting; what is to be tapped she has to see first."""

    def __init__(self, telegram: FakeTelegram, number: int, lot: Random, tempo: Tempo) -> None:
        super().__init__(number, lot, tempo)
        self.chat = FIRST_CHAT + number
        self._telegram = telegram
        self._since = 0
        self._receipts: set[str] = set()

    @property
    def address(self) -> Address:
        """Where her draft is kept."""
        return Address("telegram", str(self.chat))

    async def comes_in(self) -> None:
        """From the link to the question for a story."""
        self._telegram.say(self.chat, f"/start {LINK}")
        await self._taps("", YES)

    def blurts_out(self, amount: int) -> None:
        """So many pieces of a story, all at once, after those that she sent before; short, for a story has an end."""
        self.telling = self.telling or Told("")
        for piece in range(len(self.telling.pieces), len(self.telling.pieces) + amount):
            self.telling.pieces.append(f"Stuk {piece}.")
            self._telegram.say(self.chat, self.telling.pieces[-1])

    async def _says(self, words: str) -> None:
        """Types. What is asked next stands below it: above it there may be what was asked for the story before."""
        await self._tempo.turn()
        said = self._telegram.say(self.chat, words)
        self._since = a_number(an_object(said["message"])["message_id"])
        self.updates += 1

    async def _taps(self, under: str, label: str) -> None:
        """Waits for a button under these words. What stands above it is behind her from then on."""
        message, data = await self._seen(under, label)
        self._since = message.message_id
        await self._tempo.turn()
        self._telegram.tap_data(self.chat, message.message_id, data)
        self.updates += 1
        if under == RECEIPT:
            self._receipts.add(message.text)

    async def _seen(self, words: str, label: str) -> tuple[Shown, str]:
        """A receipt that comes once more, after a kill, is not that of the story after it."""
        self.waits_for = f"[{label}] under {words!r}"
        while True:
            for message in self._lately():
                buttons = dict(button for row in message.keyboard for button in row)
                if words in message.text and label in buttons and message.text not in self._receipts:
                    self.waits_for = ""
                    return message, buttons[label]
            await asyncio.sleep(LOOK_SECONDS)

    def _lately(self) -> Iterator[Shown]:
        """The messages of the bot at the foot of the screen, newest first."""
        for message in islice(self._telegram.account.screen.newest_first(self.chat), LATEST):
            seen = shown(message)
            if seen.from_bot and seen.message_id > self._since:
                yield seen


def _labels(question: ClosedQuestion) -> list[str]:
    """Those that stand on the screen: what lies between two corners of a triangle is asked for apart."""
    return [option.label for option in question.options if " + " not in option.label]
