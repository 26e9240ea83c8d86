"""What is said to a teller: words with buttons, and what each button carries; frozen, knows no channel."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from dialogs.interview import Interview

NOTHING: Mapping[str, str | None] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Offer:
    """What stands on a screen before consent; it travels in the buttons and is stored nowhere.

    `letter` and `version` name the set, `fingerprint` the words of the consent text that was shown.
    """

    letter: str = ""
    version: int = 0
    role: str = ""
    fingerprint: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class DoorTap:
    """A button before consent: at which stage, which option, and what was offered."""

    stage: str
    option: str
    offer: Offer


@dataclass(frozen=True, slots=True)
class AskTap:
    """A button of a question or of an aside (its text id behind an @) in the interview with this tag.

    `thread` is the teller id of a story before this one: it travels in the buttons, so that nothing that is stored
    leads from the chat to that story. It makes no other button.
    """

    tag: str
    question: str
    option: str
    thread: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class AgainTap:
    """ "Nog een verhaal": who told the story before (`teller`), what was agreed to and when, answers about the teller.

    `day` is that of the consent: the number of days since the first of January 2020.
    `answers` are codes in the order of the questions about the teller, "-" for skipped and "" for not given; never
    empty.
    """

    teller: str
    offer: Offer
    day: int = 0
    answers: tuple[str, ...] = ("",)


@dataclass(frozen=True, slots=True)
class PlainTap:
    """A button that needs no interview; `name` says what it does, `rest` on what (a receipt, a link)."""

    name: str
    rest: str = ""

    @property
    def stays(self) -> bool:
        """Whether it can be used again: it opens a question that may be left, beside a receipt that must stay."""
        return self.name in ("leeg", "weg")


Tap = DoorTap | AskTap | AgainTap | PlainTap


@dataclass(frozen=True, slots=True)
class Button:
    """A label and what the button carries (at most 64 bytes: `taps.encode`).

    `words` are other ways to type it, `numbers` the bounds (both included) of numbers that mean it.
    """

    label: str
    tap: Tap
    words: tuple[str, ...] = ()
    numbers: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """Something to say: a template with the values that go into it, and rows of buttons.

    `text` is its id in the texts, or "set/version/question" for words of a question set. A value of None leaves out
    the lines that would hold it. `in_place`: it takes the place of the message whose button was used. `clears`: all
    messages of the conversation are taken from the screen first, `wipes`: these messages (a channel's ids) are, and
    the one whose button was used; `otherwise` is the template to say when that could not be done.
    """

    text: str
    template: str
    values: Mapping[str, str | None] = field(default_factory=lambda: NOTHING)
    rows: tuple[tuple[Button, ...], ...] = ()
    in_place: bool = False
    clears: bool = False
    wipes: tuple[str, ...] = ()
    otherwise: str = ""

    @property
    def buttons(self) -> tuple[Button, ...]:
        """All buttons in reading order, as they are numbered for whoever types a number."""
        return tuple(button for row in self.rows for button in row)


def column(
    labels: Mapping[str, str], words: Mapping[str, tuple[str, ...]], tap: Callable[[str], Tap]
) -> tuple[tuple[Button, ...], ...]:
    """A button a row: `labels` by option, `words` the other ways to type each, `tap` what an option carries."""
    return tuple((Button(label, tap(option), words.get(option, ())),) for option, label in labels.items())


class Purpose(StrEnum):
    """Why a story is looked up by its receipt."""

    ASK = "vragen"
    READ = "zien"
    WITHDRAW = "ja"


@dataclass(frozen=True, slots=True)
class ReceiptRequest:
    """The rules want a story looked up by its receipt, and with WITHDRAW taken away for good."""

    receipt: str
    purpose: Purpose


@dataclass(frozen=True, slots=True)
class Step:
    """What one event led to: the interview as it is now (None before consent) and what to say.

    `over`: the buttons on the screen no longer count. `accepted`: a button that was used still counted. `notice`:
    words to show over that button. `request`: a receipt to look up; its outcome comes back as `Looked`. `not_before`:
    when the replies may be said, None for at once.
    """

    interview: Interview | None
    replies: tuple[Reply, ...] = ()
    over: bool = False
    accepted: bool = True
    notice: Reply | None = None
    request: ReceiptRequest | None = None
    not_before: datetime | None = None

    def screen(self, before: tuple[Button, ...]) -> tuple[Button, ...]:
        """The buttons that typed words may mean from now on, where `before` were those until now.

        A word aside (a receipt is asked for) leaves the question before consent open, with all that it carries. Any
        other buttons count only under the newest thing said: a number typed later is not meant for them.
        """
        said = next((reply.buttons for reply in reversed(self.replies) if reply.buttons), ())
        if self.over or not all(isinstance(button.tap, PlainTap) for button in said):
            return said
        asked = before if self.interview is None else ()
        return (*said, *(button for button in asked if isinstance(button.tap, DoorTap)))
