"""What a form of a browser says, and what happened by it; pure, and fit for any form at all."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.browser.session import CHANNEL
from dialogs.clean import clean_text
from dialogs.events import Chosen, Event, Fresh, Opened, Said
from dialogs.prompt import DONE
from dialogs.replies import AskTap, PlainTap
from dialogs.taps import decode

FOREIGN = PlainTap("vreemd")
"""A button that is none of ours: it is answered as an old one."""

_TAG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,3}", re.ASCII)
_NUMBER = re.compile(r"[0-9]{1,18}", re.ASCII)
_COMMAND = re.compile(r"/[a-z]{2,16}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Form:
    """A form as it was filled in. `number` names it: sent twice, it counts once. `seen`: the last bubble above it.

    `bubble` and `data` are those of the button that was used (0 and "" for none), `command` is what a link of the menu
    stands for, and `words` is what stands in the field.
    """

    number: int
    token: str = ""
    seen: int = 0
    bubble: int = 0
    data: str = ""
    command: str = ""
    words: str = ""

    @property
    def says(self) -> str:
        """What was said with it in words, if no button was used."""
        return "" if self.data else self.command or self.words

    @property
    def left(self) -> str:
        """What stands in the field still, and was not said: whoever uses a button loses no words by it."""
        return "" if self.says == self.words else self.words


@dataclass(frozen=True, slots=True)
class Moment:
    """What every event of a form holds; `language` is the first that the browser asks for."""

    at: datetime
    fresh: Fresh
    language: str = ""


def read(fields: Mapping[str, str]) -> Form | None:
    """A form out of its fields; None where it has no number, so that it cannot be known again."""
    number = _whole(fields.get("number", ""))
    if not number:
        return None
    bubble, _, data = fields.get("tap", "").partition(" ")
    command = fields.get("command", "")
    return Form(
        number,
        fields.get("token", ""),
        _whole(fields.get("seen", "")),
        _whole(bubble),
        data,
        command if _COMMAND.fullmatch(command) else "",
        clean_text(fields.get("words", "").replace("\r\n", "\n")),
    )


def is_done(data: str) -> bool:
    """Whether it is the button with which a story is done."""
    tap = decode(data)
    return isinstance(tap, AskTap) and tap.option == DONE


def event(form: Form, moment: Moment) -> Event:
    """What happened: a button was used, or something was said."""
    if form.data:
        tap = decode(form.data) or FOREIGN
        return Chosen(at=moment.at, channel=CHANNEL, fresh=moment.fresh, language=moment.language, tap=tap)
    return Said(
        at=moment.at,
        channel=CHANNEL,
        fresh=moment.fresh,
        language=moment.language,
        text=form.says,
        message=str(form.number),
    )


def opened(link: str, moment: Moment) -> Opened:
    """Somebody opened the page of a link ("" for none)."""
    return Opened(at=moment.at, channel=CHANNEL, fresh=moment.fresh, language=moment.language, link=link)


def language(accepted: str) -> str:
    """The first language of an Accept-Language header, as an IETF tag; "" where it says none."""
    first = accepted.partition(",")[0].partition(";")[0].strip()
    return first.lower() if _TAG.fullmatch(first) else ""


def _whole(digits: str) -> int:
    return int(digits) if _NUMBER.fullmatch(digits) else 0
