"""What stands on the screen of one browser, oldest first; values only, knows no page and no corridor.

It is remembered and stored nowhere. Is it lost, with a restart, then what was asked is asked again.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from bot.browser.device import Device
from bot.outgoing import Outgoing
from bot.turn import Outcome
from dialogs.personal.bsn import NUMBER, without_bsn, without_split_bsn
from dialogs.personal.guard import masked
from dialogs.receipts import is_receipt, normal_receipt
from dialogs.replies import PlainTap
from dialogs.taps import decode
from dialogs.texts import Span

LONGEST = 200
"""Bubbles that are shown: a whole conversation has some forty."""

VALUES: dict[str, str | None] = {"kanaal": None, "over": None}
"""A browser keeps nothing of the conversation, and has nothing on its screen that cannot go."""

PASSING = frozenset({"ja", "nee", "zien", "kwijt", "leeg_ja", "leeg_nee"})
"""Buttons without an interview that answer a question all the same: it is over when anything is said after it."""

Rows = tuple[tuple[tuple[str, str], ...], ...]


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Bubble:
    """Something that was said. `number` names it on this screen, `place` in the outbox while it stands there.

    `mine`: the teller said it. `asks`: its buttons (label and data of each, in `rows`) answer a question.
    `sound` is the name of the file in which its words are read aloud, `language` what the teller wrote them in, as a
    tag of BCP 47; "" for none.
    """

    number: int
    spans: tuple[Span, ...]
    mine: bool = False
    rows: Rows = ()
    asks: bool = False
    place: int | None = None
    sound: str = ""
    language: str = ""

    def __hash__(self) -> int:
        return self.number

    @property
    def words(self) -> str:
        """What it says."""
        return "".join(span.text for span in self.spans)

    @property
    def receipt(self) -> str:
        """The receipt that is shown in it; "" for none."""
        return next((normal_receipt(span.text) for span in self.spans if span.bold and is_receipt(span.text)), "")

    @property
    def passes(self) -> bool:
        """Whether its buttons answer a question that any other word ends: about a receipt, or an empty screen."""
        return any(_does(data, PASSING) for row in self.rows for _, data in row)


Bubbles = tuple[Bubble, ...]


@dataclass(frozen=True, slots=True)
class Screen:
    """`bubbles` oldest first; `notice`: words about what was done last. `link`: the code that the teller came in by.

    `lasts`: a draft is kept, so that it is worth coming back. `since`: what was said before this number was taken from
    the screen for good; 0 where nothing was. `device`: whose it is, as far as that changes what is promised on it.
    """

    bubbles: Bubbles = ()
    notice: str = ""
    link: str = ""
    lasts: bool = False
    since: int = 0
    device: Device = Device.OWN

    @property
    def begun(self) -> bool:
        """Whether anything stands here that is somebody's: something was told, or a receipt may be shown."""
        return self.lasts or self.since > 0 or any(b.mine or b.place is not None for b in self.bubbles)

    @property
    def last(self) -> int:
        """The number of the newest thing that was said to the teller; 0 where there is none."""
        return next((bubble.number for bubble in reversed(self.bubbles) if not bubble.mine), 0)

    def first_after(self, number: int) -> int:
        """Where to read on after a bubble: what was said to the teller first since then; 0 where there is nothing."""
        return next((b.number for b in self.bubbles if b.number > number and not b.mine), self.last)

    @property
    def places(self) -> tuple[int, ...]:
        """The places in the outbox of what is on the screen and stands there still."""
        return tuple(bubble.place for bubble in self.bubbles if bubble.place is not None)

    def offered(self, data: str) -> int:
        """The number of the bubble with this button among what answers the question; 0 where that is not there."""
        asked = self.asked
        return asked.number if asked and any(held == data for row in asked.rows for _, held in row) else 0

    def label(self, number: int, data: str) -> str:
        """What a button of a bubble says; empty where it is not on the screen."""
        rows = (row for bubble in self.bubbles if bubble.number == number for row in bubble.rows)
        return next((label for row in rows for label, held in row if held == data), "")

    @property
    def asked(self) -> Bubble | None:
        """The bubble whose buttons answer what is asked now; None where nothing is asked with buttons."""
        return next((b for b in reversed(self.bubbles) if b.rows and (b.asks or b.passes)), None)

    @property
    def newest(self) -> tuple[tuple[str, str], ...]:
        """Label and data of the buttons that stand below the newest thing that has any."""
        rows = next((bubble.rows for bubble in reversed(self.bubbles) if bubble.rows), ())
        return tuple(button for row in rows for button in row)

    def is_open(self, bubble: Bubble) -> bool:
        """Whether the buttons of a bubble may be used beside the question: those of one that waits for it may not."""
        return bool(bubble.rows) and not (bubble.asks and self.asked and self.asked.passes)

    def holds(self, number: int, words: str) -> bool:
        """Whether the teller said these words with this number, as far as the screen knows."""
        said = next((bubble.words for bubble in self.bubbles if bubble.mine and bubble.number == number), "")
        return bool(said) and said == (without_bsn(words) or NUMBER)

    def entered(self, link: str) -> "Screen":
        """Of who comes in by this link: before consent what an earlier one led to goes, but never a receipt."""
        last = max((at for at, bubble in enumerate(self.bubbles, 1) if bubble.receipt), default=0)
        return replace(self, link=link, bubbles=self.bubbles if self.lasts else self.bubbles[:last])

    def told(self, number: int, words: str, language: str = "") -> "Screen":
        """With what the teller said, but for the number of a person: nobody keeps it, and neither does a screen."""
        if not words:
            return self
        own = [at for at, bubble in enumerate(self.bubbles) if bubble.mine][-1:]
        bubbles, said = list(self.bubbles), without_bsn(words)
        for at in own:
            left, said = without_split_bsn(bubbles[at].words, said)
            bubbles[at] = _reworded(bubbles[at], left)
        mine = Bubble(number, (Span(said or NUMBER),), mine=True, language=language)
        return replace(self, bubbles=_newest((*bubbles, mine)))

    def settled(self, used: int, outcome: Outcome) -> "Screen":
        """What a turn means for what was there before it. `used`: the bubble whose button was used."""
        gone = used if not outcome.in_place and not outcome.stays else 0
        bubbles = tuple(
            replace(bubble, rows=()) if bubble.number == gone or (outcome.over and bubble.asks) else bubble
            for bubble in self.bubbles
        )
        about = self.asked.number if self.asked and outcome.reworded else 0
        offered = (_without_receipt(_masked(b) if b.number == about else b, outcome.withdrawn) for b in bubbles)
        return replace(self, bubbles=tuple(_as_kept(b, outcome.reworded) for b in offered), notice=outcome.notice)

    def heard(self, waiting: Outgoing, number: int, place: int | None = None, sound: str = "") -> "Screen":
        """With what was said to the teller. It comes below what she said last, also where it takes the place of
        another bubble: of that one only the buttons go."""
        said = Bubble(number, waiting.spans(VALUES), False, waiting.rows, waiting.asks, place, sound)
        since = number if waiting.clears else self.since
        left = tuple(
            replace(bubble, rows=()) if str(bubble.number) == waiting.replaces else bubble
            for bubble in _cleared(self.bubbles, waiting)
        )
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
    return tuple(
        replace(bubble, rows=_lasting(bubble.rows))
        if bubble.rows and (bubble.passes or (bubble.asks and said.asks))
        else bubble
        for bubble in bubbles
    )


def _without_receipt(bubble: Bubble, receipt: str) -> Bubble:
    """Without a button that takes away a story that is gone."""
    if not receipt or bubble.receipt != receipt:
        return bubble
    return replace(bubble, rows=_only(bubble.rows, lambda data: not _does(data, {"weg"})))


def _masked(bubble: Bubble) -> Bubble:
    """The question that named what is not kept any more, without it."""
    return replace(bubble, spans=tuple(replace(span, text=masked(span.text)) for span in bubble.spans))


def _as_kept(bubble: Bubble, reworded: Mapping[str, str]) -> Bubble:
    """As its words are kept now, where they are others. What was too long to be kept whole can still be copied."""
    kept = reworded.get(str(bubble.number), "") if bubble.mine else ""
    return bubble if bubble.words.startswith(kept) else _reworded(bubble, kept)


def _reworded(bubble: Bubble, words: str) -> Bubble:
    return replace(bubble, spans=(Span(words),)) if words != bubble.words else bubble


def _newest(bubbles: Bubbles) -> Bubbles:
    return bubbles[-LONGEST:]


def _lasting(rows: Rows) -> Rows:
    return _only(rows, _lasts)


def _only(rows: Rows, fits: Callable[[str], bool]) -> Rows:
    """The buttons whose data fits."""
    kept = (tuple((label, data) for label, data in row if fits(data)) for row in rows)
    return tuple(row for row in kept if row)


def _does(data: str, names: Collection[str]) -> bool:
    """Whether it is the data of a button with one of these names, that needs no interview."""
    tap = decode(data)
    return isinstance(tap, PlainTap) and tap.name in names


def _lasts(data: str) -> bool:
    tap = decode(data)
    return isinstance(tap, PlainTap) and tap.stays
