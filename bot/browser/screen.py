"""What stands on the screen of one browser, oldest first; values only, knows no page and no corridor.

It is remembered and stored nowhere. Is it lost, with a restart, then what was asked is asked again.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.outgoing import Outgoing
from bot.turn import Outcome
from dialogs.replies import PlainTap
from dialogs.taps import decode
from dialogs.texts import Span

LONGEST = 200
"""Bubbles that are shown: a whole conversation has some forty."""

VALUES: dict[str, str | None] = {"kanaal": None, "over": None}
"""A browser keeps nothing of the conversation, and has nothing on its screen that cannot go."""

Rows = tuple[tuple[tuple[str, str], ...], ...]


@dataclass(frozen=True, slots=True)
class Bubble:
    """Something that was said. `number` names it on this screen, `place` in the outbox while it stands there.

    `mine`: the teller said it. `asks`: its buttons (label and data of each, in `rows`) answer a question.
    `sound` is the name of the file in which its words are read aloud, "" for none.
    """

    number: int
    spans: tuple[Span, ...]
    mine: bool = False
    rows: Rows = ()
    asks: bool = False
    place: int | None = None
    sound: str = ""


Bubbles = tuple[Bubble, ...]


@dataclass(frozen=True, slots=True)
class Screen:
    """`bubbles` oldest first; `notice`: words about what was done last. `link`: the code that the teller came in by.

    `lasts`: a draft is kept, so that it is worth coming back. `since`: what was said before this number was taken from
    the screen for good; 0 where nothing was. `shared`: it is a kiosk, where nothing waits for who walks away.
    """

    bubbles: Bubbles = ()
    notice: str = ""
    link: str = ""
    lasts: bool = False
    since: int = 0
    shared: bool = False

    @property
    def begun(self) -> bool:
        """Whether anything stands here that is somebody's: something was told, or a receipt may be shown."""
        return self.lasts or self.since > 0 or any(b.mine or b.place is not None for b in self.bubbles)

    @property
    def last(self) -> int:
        """The number of the newest thing that was said to the teller; 0 where there is none."""
        return next((bubble.number for bubble in reversed(self.bubbles) if not bubble.mine), 0)

    @property
    def asked(self) -> Bubble | None:
        """The bubble whose buttons answer what is asked now; None where nothing is asked with buttons."""
        return next((bubble for bubble in reversed(self.bubbles) if bubble.asks and bubble.rows), None)

    def first_after(self, number: int) -> int:
        """Where to read on after a bubble: what was said to the teller first since then; 0 where there is nothing."""
        return next((b.number for b in self.bubbles if b.number > number and not b.mine), self.last)

    @property
    def places(self) -> tuple[int, ...]:
        """The places in the outbox of what is on the screen and stands there still."""
        return tuple(bubble.place for bubble in self.bubbles if bubble.place is not None)

    def label(self, number: int, data: str) -> str:
        """What a button of a bubble says; empty where it is not on the screen."""
        rows = (row for bubble in self.bubbles if bubble.number == number for row in bubble.rows)
        return next((label for row in rows for label, held in row if held == data), "")

    def says(self, number: int) -> str:
        """What the teller said with this number; empty where it is not on the screen."""
        found = (bubble.spans for bubble in self.bubbles if bubble.mine and bubble.number == number)
        return "".join(span.text for span in next(found, ()))

    def told(self, number: int, words: str) -> "Screen":
        """With what the teller said."""
        if not words:
            return self
        return replace(self, bubbles=_newest((*self.bubbles, Bubble(number, (Span(words),), mine=True))))

    def settled(self, used: int, outcome: Outcome) -> "Screen":
        """What a turn means for the buttons that were there before it. `used`: the bubble whose button was used."""
        gone = used if not outcome.in_place and not outcome.stays else 0
        bubbles = tuple(
            replace(bubble, rows=()) if bubble.number == gone or (outcome.over and bubble.asks) else bubble
            for bubble in self.bubbles
        )
        return replace(self, bubbles=bubbles, notice=outcome.notice)

    def heard(self, waiting: Outgoing, number: int, place: int | None = None, sound: str = "") -> "Screen":
        """With what was said to the teller, in the place of another bubble where it takes that."""
        said = Bubble(number, waiting.spans(VALUES), False, waiting.rows, waiting.asks, place, sound)
        since = number if waiting.clears else self.since
        left = _cleared(self.bubbles, waiting)
        if waiting.replaces and any(str(bubble.number) == waiting.replaces for bubble in left):
            said = replace(said, number=int(waiting.replaces))
            kept = tuple(said if bubble.number == said.number else bubble for bubble in left)
            return replace(self, bubbles=kept, since=since)
        return replace(self, bubbles=_newest((*_asked(left, said), said)), since=since)

    def without(self, waiting: Outgoing) -> "Screen":
        """Without what says the same: it is said anew, and stands here once."""
        words = waiting.spans(VALUES)
        return replace(
            self, bubbles=tuple(b for b in self.bubbles if b.mine or b.place is not None or b.spans != words)
        )

    def was_cleared_after(self, seen: int) -> bool:
        """Whether a form that stood below the bubble `seen` is of a page that was taken from the screen."""
        return 0 < seen < self.since

    def delivered(self, places: Iterable[int]) -> "Screen":
        """Where these stand in the outbox no more."""
        gone = set(places)
        return replace(self, bubbles=tuple(replace(b, place=None) if b.place in gone else b for b in self.bubbles))


def _cleared(bubbles: Bubbles, waiting: Outgoing) -> Bubbles:
    if waiting.clears:
        return ()
    return tuple(bubble for bubble in bubbles if str(bubble.number) not in waiting.wipes)


def _asked(bubbles: Bubbles, said: Bubble) -> Bubbles:
    """A new question ends the one before: its buttons go. What may be used at any time stays."""
    if not said.asks:
        return bubbles
    return tuple(replace(bubble, rows=_lasting(bubble.rows)) if bubble.asks else bubble for bubble in bubbles)


def _newest(bubbles: Bubbles) -> Bubbles:
    return bubbles[-LONGEST:]


def _lasting(rows: Rows) -> Rows:
    kept = (tuple((label, data) for label, data in row if _lasts(data)) for row in rows)
    return tuple(row for row in kept if row)


def _lasts(data: str) -> bool:
    tap = decode(data)
    return isinstance(tap, PlainTap) and tap.stays
