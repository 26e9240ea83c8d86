"""Residents who go through the questions in closed loop, each answering when the bot has asked; know no API and no bot.

They read what is on the screen: the labels of the buttons say which question it is, in every bot that is measured.
"""

import asyncio
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.load.shapes import Object

STORY = (
    "Ik had een brief van de bank en ik wist niet wat ik moest doen. Een man van het Buurtteam ging met mij mee. "
    "Hij praatte rustig, hij belde voor mij, en daarna kon ik weer slapen. Nu betaal ik elke maand een klein stukje."
)
TITLE = "De brief van de bank"

TYPED = {"🔄 Een andere vraag": STORY, "16 tot en met 24": "52"}
"""What is typed where this button is the first: the story, and one question in words though it has buttons."""

TAPPED = ("Ik ben bewoner", "✅ Ja, ik doe mee", "✅ Klaar", "✅ Ja, en versturen")
OVERTAKEN = ("⏭ Overslaan", "Twee van deze")
"""What is never tapped: the last leads to one question more, and all interviews are to be of one length."""

LAST = "➕ Nog een verhaal"
START = "/start"


@dataclass(frozen=True)
class Move:
    """What a resident does next: words, or the label and data of a button."""

    words: str = ""
    label: str = ""
    data: str = ""


def move(message: Object, rng: random.Random) -> Move | None:
    """What to do with what is on the screen; None where the interview is over."""
    buttons = {button["text"]: button["callback_data"] for row in _rows(message) for button in row}
    if LAST in buttons:
        return None
    for label in TAPPED:
        if label in buttons:
            return Move(label=label, data=buttons[label])
    first = next(iter(buttons))
    if first in TYPED:
        return Move(words=TYPED[first])
    choices = [label for label in buttons if label not in OVERTAKEN]
    if not choices:
        return Move(words=TITLE)
    label = rng.choice(choices)
    return Move(label=label, data=buttons[label])


def _rows(message: Object) -> list[list[Object]]:
    rows: list[list[Object]] = message["reply_markup"]["inline_keyboard"]
    return rows


@dataclass
class Telling:
    """One interview: what was answered, each with the first button of the question, and the receipt in the end."""

    chat: int
    answers: list[tuple[str, Move]] = field(default_factory=list)
    since: float = 0.0
    waiting: bool = False
    asked: str = ""
    receipt: str = ""


Tap = Callable[[int, Object, str], None]
Type = Callable[[int, str], None]


class Town:
    """All residents. `latencies`: every time from answer to next question, in seconds.

    `unasked` counts messages with buttons that nobody waited for; `quiet` is set when all have left and been answered.
    With `answers` each gives so many and then leaves the phone alone; `resting` is set when all of them do.
    """

    def __init__(self, residents: int, think: float, *, first_chat: int = 1_000_001, answers: int = 0) -> None:
        self.tellings: dict[int, Telling] = {}
        self.latencies: list[float] = []
        self.finished = 0
        self.unasked = 0
        self.quiet = asyncio.Event()
        self.resting = asyncio.Event()
        self._answers = answers
        self._at_rest = 0
        self._residents = residents
        self._think = think
        self._next = first_chat
        self._rng = random.Random(first_chat)
        self._loop = asyncio.get_running_loop()
        self._type: Type = lambda chat, text: None
        self._tap: Tap = lambda chat, under, data: None
        self._over = False

    def come(self, type_: Type, tap: Tap, within: float) -> None:
        """They begin, spread over so many seconds."""
        self._type, self._tap = type_, tap
        for place in range(self._residents):
            self._loop.call_later(within * place / self._residents, self._begin)

    def leave(self) -> None:
        """Nobody answers any more."""
        self._over = True
        self._look()

    @property
    def waiting(self) -> int:
        """How many have answered and not been asked on."""
        return sum(telling.waiting for telling in self.tellings.values())

    def asked(self, chat: int, message: Object) -> None:
        """A message with buttons came."""
        telling = self.tellings.get(chat)
        if telling is None or not telling.waiting:
            self.unasked += 1
            return
        self.latencies.append(time.perf_counter() - telling.since)
        telling.waiting = False
        self._look()
        telling.asked = _rows(message)[0][0]["callback_data"]
        todo = move(message, self._rng)
        if todo is None:
            telling.receipt = message["text"]
            self.finished += 1
        if len(telling.answers) == self._answers:
            self._rest()
        elif todo is None:
            self._soon(self._begin)
        else:
            self._soon(lambda: self._do(telling, message, todo))

    def _rest(self) -> None:
        self._at_rest += 1
        if self._at_rest == self._residents:
            self.resting.set()

    def _look(self) -> None:
        if self._over and not self.waiting:
            self.quiet.set()

    def _soon(self, act: Callable[[], None]) -> None:
        if self._think:
            self._loop.call_later(self._rng.expovariate(1 / self._think), act)
        else:
            act()

    def _begin(self) -> None:
        chat, self._next = self._next, self._next + 1
        telling = self.tellings[chat] = Telling(chat)
        self._do(telling, {}, Move(words=START))

    def _do(self, telling: Telling, under: Object, todo: Move) -> None:
        if self._over:
            return
        telling.answers.append((telling.asked, todo))
        telling.waiting = True
        telling.since = time.perf_counter()
        if todo.data:
            self._tap(telling.chat, under, todo.data)
        else:
            self._type(telling.chat, todo.words)
