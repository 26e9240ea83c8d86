"""What stood on a teller's screen at some moments of a transcript; plays it by the rules, and draws nothing.

A screen is as Telegram shows it: a used button is written under its question, and only the last question has buttons.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.outgoing import Outgoing
from bot.telegram.rendering import NAME, chosen
from dialogs.texts import Span
from tests.talk.players import StepPlayer
from tests.talk.script import FOLDER, Action, Script, read

TRANSCRIPT = FOLDER / "bewoner-heel-gesprek.txt"


@dataclass(frozen=True)
class Bubble:
    """A message on the screen: its words, whether the teller sent it, and the labels of the buttons under it."""

    spans: tuple[Span, ...]
    own: bool = False
    rows: tuple[tuple[str, ...], ...] = ()


Chat = tuple[Bubble, ...]


@dataclass(frozen=True)
class Moments:
    """What the picture shows: the chat when the story has its title; the question that follows, with the button
    that is about to be used (`touched`); and the end, from the question whether the story is to be sent.
    """

    told: Chat
    asked: Bubble
    touched: str
    sent: Chat


def moments() -> Moments:
    """The moments of the transcript that the picture shows. LookupError where they are no longer in it."""
    script = read(TRANSCRIPT)
    screens = asyncio.run(_screens(script))
    felt, sent = _first_kept(script, "gevoel"), _first_kept(script, "verstuurd")
    *told, asked = screens[felt - 1]
    read_back = len(screens[sent - 1]) - 1
    return Moments(tuple(told), asked, script.turns[felt].action.words, screens[sent][read_back:])


class Onlooker(StepPlayer):
    """Plays a transcript and looks at the screen meanwhile."""

    def __init__(self) -> None:
        super().__init__()
        self.chat: Chat = ()

    async def play(self, action: Action) -> list[str]:
        """As every player; what the teller did is on the screen before it is answered."""
        if action.kind == "say":
            self.chat = (*self.chat, Bubble((Span(action.words),), own=True))
        if action.kind == "tap":
            self.chat = tuple(_used(bubble, action.words) for bubble in self.chat)
        return await super().play(action)

    def show(self, replies: Sequence[Outgoing]) -> list[str]:
        """As every player; a new question takes away the buttons of the one before."""
        for waiting in replies:
            before = tuple(replace(bubble, rows=()) for bubble in self.chat) if waiting.asks else self.chat
            rows = tuple(tuple(label for label, _ in row) for row in waiting.rows)
            self.chat = (*before, Bubble(waiting.spans({"kanaal": NAME}), rows=rows))
        return super().show(replies)


async def _screens(script: Script) -> list[Chat]:
    """The screen after every turn."""
    onlooker = Onlooker()
    screens = []
    for turn in script.turns:
        await onlooker.play(turn.action)
        screens.append(onlooker.chat)
    return screens


def _used(bubble: Bubble, label: str) -> Bubble:
    if not any(label in row for row in bubble.rows):
        return bubble
    return replace(bubble, spans=(*bubble.spans, Span(chosen(label))), rows=())


def _first_kept(script: Script, what: str) -> int:
    """The number of the turn in which this was kept: questions keep their names when their words change."""
    for number, turn in enumerate(script.turns):
        if any(line.startswith(f"= {what}") for line in turn.expected):
            return number
    raise LookupError(f"{script.name}: = {what}")
