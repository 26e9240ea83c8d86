"""What happened: all that a conversation can be told, in the past tense; frozen, knows no channel and no rule."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from dialogs.interview import Interview
from dialogs.links import NONE, Link
from dialogs.replies import Button, ReceiptRequest, Tap


class Command(StrEnum):
    """What a teller may ask for at any moment, by menu or by word."""

    START = "start"
    HELP = "hulp"
    PAUSE = "pauze"
    STOP = "stop"
    WITHDRAW = "verwijderen"
    PRIVACY = "privacy"
    CONTACT = "contact"
    NOW = "nood"
    CLEAR = "leegmaken"
    ERASE = "wissen"
    BACK = "terug"
    ON = "verder"
    SKIP = "overslaan"
    DONE = "klaar"
    UNKNOWN = "onbekend"


class Haste(StrEnum):
    """Whether more comes in than can be answered, and whether the teller was told so."""

    NONE = ""
    NEW = "nieuw"
    TOLD = "gezegd"


@dataclass(frozen=True)
class Fresh:
    """New random ids that come with every event, so that the rules need no chance: three ids and a receipt."""

    interview: str
    teller: str
    story: str
    receipt: str


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened, with its time (aware, UTC), the channel it came by and the ids it may need.

    `language` is that of the teller's app ("" where it does not tell), `late` whether it waited for hours before it
    came here, `thread` the teller id that came along in a button (see `AskTap`). `haste`: there is so much at once that
    answering it all would bury the question. `links`: what is known of the codes that this is about, by code.
    """

    at: datetime
    channel: str
    fresh: Fresh
    language: str = ""
    late: bool = False
    thread: str = ""
    haste: Haste = Haste.NONE
    links: Mapping[str, Link] = field(default_factory=lambda: NONE)


@dataclass(frozen=True, kw_only=True)
class Opened(Event):
    """The teller came in, by a link or not; `question_set` is given where somebody chose one already."""

    link: str = ""
    question_set: str = ""


@dataclass(frozen=True, kw_only=True)
class Said(Event):
    """The teller typed something.

    `screen`: the buttons last shown, where they are known. They matter for what is stored nowhere (consent, a
    withdrawal); without them the question is asked again. `note` names a text to say first, about what came with it.
    `forwarded`: it was passed on from somebody else. `album` and `again`: see `Showed`.
    """

    text: str
    message: str = ""
    note: str = ""
    screen: tuple[Button, ...] = ()
    forwarded: bool = False
    album: str = ""
    again: bool = False


@dataclass(frozen=True, kw_only=True)
class Chosen(Event):
    """The teller used a button; `tap` is what the button carried."""

    tap: Tap


@dataclass(frozen=True, kw_only=True)
class Edited(Event):
    """The teller changed a message that was sent before."""

    text: str
    message: str


@dataclass(frozen=True, kw_only=True)
class Commanded(Event):
    """The teller used a command; `rest` is what stood behind it."""

    command: Command
    rest: str = ""
    screen: tuple[Button, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Showed(Event):
    """The teller sent something that is not words; `text_id` names the reply to it (a text of group INV).

    `album` is what several pictures have in common, `again` whether another one of it came just before.
    """

    text_id: str
    message: str = ""
    album: str = ""
    again: bool = False


@dataclass(frozen=True, kw_only=True)
class Blocked(Event):
    """The teller does not want to hear from the bot any more."""


@dataclass(frozen=True, kw_only=True)
class Waited(Event):
    """Time went by; `since` is when the teller was last there."""

    since: datetime


@dataclass(frozen=True, kw_only=True)
class Looked(Event):
    """A receipt was looked up, as a reply had asked for; `found` is None where no story has it.

    `held`: nothing was looked up, because there were too many wrong codes.
    """

    request: ReceiptRequest
    found: Interview | None
    held: bool = False
