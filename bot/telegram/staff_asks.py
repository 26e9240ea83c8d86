"""What staff ask in a chat, read from what happened; pure, and knows nobody who may.

Words and buttons of staff are nothing to the rules of a conversation: to those they are an unknown command and an old
button.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from bot.staff.addresses import BY_TELEGRAM
from dialogs.events import Chosen, Event, Said
from dialogs.replies import PlainTap
from pages.signing_in import is_invitation

TAP = "staf"
"""The name of every button of staff."""

_COMMAND = re.compile(r"/([a-z]+)(?:@\w+)?", re.ASCII)
_START = re.compile(rf"/start(?:@\w+)?\s+{BY_TELEGRAM}(\S+)", re.ASCII)


class Word(StrEnum):
    """The commands of staff."""

    LINK = "link"
    NUMBERS = "cijfers"
    OUT = "uit"


class Stage(StrEnum):
    """How far the making of a link has come: for whom was chosen, where, in which part, or that it has no name."""

    WHO = "w"
    WHERE = "p"
    PART = "g"
    UNNAMED = "z"


@dataclass(frozen=True)
class SigningInAsked:
    """Somebody came by an invitation."""

    invitation: str


@dataclass(frozen=True)
class Chose:
    """A link as far as it was chosen: the letter of a question set, whether a helper reads aloud, and where it is.

    `district` is a district, an area within one, or "".
    """

    stage: Stage
    letter: str
    helped: bool = False
    district: str = ""

    @property
    def tap(self) -> PlainTap:
        """The button that carries this."""
        return PlainTap(TAP, self.written)

    @property
    def written(self) -> str:
        """The same in one word; see `chose`."""
        return ".".join((self.stage, self.letter, "h" if self.helped else "e", self.district))


Ask = SigningInAsked | Word | Chose


def asked(event: Event) -> Ask | None:
    """What staff would ask with this; None where nobody of the staff would."""
    match event:
        case Said(text=text, note="", forwarded=False):
            return _in_words(text.strip())
        case Chosen(tap=PlainTap(name, rest)) if name == TAP:
            return chose(rest)
        case _:
            return None


def _in_words(text: str) -> Ask | None:
    came = _START.fullmatch(text)
    if came:
        return SigningInAsked(came[1]) if is_invitation(came[1]) else None
    found = _COMMAND.fullmatch(text.lower())
    return Word(found[1]) if found and found[1] in {*Word} else None


def chose(rest: str) -> Chose | None:
    """What was chosen, out of how it was written; None for what was never written so."""
    match rest.split("."):
        case [stage, letter, helped, district] if stage in {*Stage} and helped in ("h", "e"):
            return Chose(Stage(stage), letter, helped == "h", district)
        case _:
            return None
