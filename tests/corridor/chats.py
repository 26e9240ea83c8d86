"""A chat as its channel knows it, and what it takes from outside: time, ids, and what came of a turn."""

import base64
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import count

from bot.outgoing import Outgoing
from bot.turn import Inbound, Outcome
from dialogs.events import Fresh
from dialogs.interview import Interview
from dialogs.receipts import ALPHABET, LENGTH, is_receipt
from dialogs.replies import Tap
from dialogs.taps import decode
from storage.addresses import Address

LONG_AGO = 20
"""Updates of a chat that may be offered once more."""


class Ids:
    """Ids that can be foretold, of the same shape as those of the corridor, none of them twice."""

    def __init__(self) -> None:
        self._numbers = count(1)

    def __call__(self) -> Fresh:
        interview, teller, story = (sha256(f"{next(self._numbers)}".encode()).digest() for _ in range(3))
        thread = base64.urlsafe_b64encode(teller[:9]).decode()
        return Fresh(interview.hex()[:32], thread, story.hex()[:32], self._receipt())

    def _receipt(self) -> str:
        drawn = (sha256(f"{number}".encode()).digest()[:LENGTH] for number in self._numbers)
        codes = ("".join(ALPHABET[byte % len(ALPHABET)] for byte in bytes_) for bytes_ in drawn)
        return next(code for code in codes if is_receipt(code))


class Clock:
    """A time that goes on by a thousandth of a second a look, and by more when a test says so."""

    def __init__(self, start: datetime) -> None:
        self.now = start

    def __call__(self) -> datetime:
        self.now += timedelta(milliseconds=1)
        return self.now

    def wait(self, time: timedelta) -> None:
        """So long nothing happens."""
        self.now += time


@dataclass(eq=False)
class Chat:
    """One chat. `draft` is what is kept of it by now, `screen` (and `labels`) the buttons last shown, `ever` all.

    `agreed`: a row of it may exist, because a draft began here once or a story was taken back. `offered` are updates
    that may come again. `heard_at`: when the teller was last there. `reminded` counts reminders by draft and text.
    """

    address: Address
    mark: str
    language: str = ""
    draft: Interview | None = None
    agreed: bool = False
    reachable: bool = True
    heard_at: datetime | None = None
    screen: tuple[Tap, ...] = ()
    labels: tuple[str, ...] = ()
    ever: list[Tap] = field(default_factory=list, repr=False)
    typed: list[str] = field(default_factory=lambda: ["unknown"], repr=False)
    offered: list[Inbound] = field(default_factory=list, repr=False)
    reminded: Counter[tuple[str, str]] = field(default_factory=Counter)
    messages: Iterator[int] = field(default_factory=lambda: count(1))

    def shows(self, reply: Outgoing) -> None:
        """This stands on the screen now."""
        taps = tuple(tap for row in reply.rows for _, data in row if (tap := decode(data)))
        self.ever += taps
        self.screen = taps or self.screen
        self.labels = tuple(label for row in reply.rows for label, _ in row) or self.labels

    def remembers(self, inbound: Inbound) -> None:
        """This update may be offered again."""
        self.offered = [*self.offered, inbound][-LONG_AGO:]


@dataclass(frozen=True)
class Turn:
    """One update and what came of it: the draft before and after, and all that was said, at once or by the outbox.

    `wrote`: something was written at all. `took_back`: a story was withdrawn.
    """

    chat: Chat
    inbound: Inbound
    before: Interview | None
    after: Interview | None
    outcome: Outcome
    said: tuple[Outgoing, ...]
    wrote: bool
    took_back: bool
