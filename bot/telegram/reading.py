"""Raw JSON of the Bot API into what happened; pure, and fit for any JSON at all.

An update that cannot be read becomes `Aside` with a reason that holds nothing of it. Only private chats are read:
of a group, only which one it is, so that the bot can say a sentence and leave.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.turn import Inbound
from dialogs.clean import clean_text
from dialogs.events import Blocked, Chosen, Edited, Event, Fresh, Said, Showed
from dialogs.replies import PlainTap
from dialogs.taps import decode
from storage.interviews import Address

CHANNEL = "telegram"
BIGGEST = 2**63

_THINGS = {
    "sticker": "INV.sticker",
    "animation": "INV.sticker",
    "photo": "INV.foto",
    "voice": "INV.spraak_uit",
    "audio": "INV.spraak_uit",
    "video_note": "INV.spraak_uit",
    "document": "INV.bestand",
    "video": "INV.bestand",
}
"""What a message may hold instead of words, and the text that answers it; anything else is INV.iets."""

LATE = timedelta(hours=1)
"""A message that waited so long is answered with an apology: Telegram keeps them for a day while the bot is away."""

_SERVICE = ("pinned_message", "message_auto_delete_timer_changed", "chat_background_set", "write_access_allowed")

FOREIGN = PlainTap("vreemd")
"""A button that is none of ours: it is answered as an old one."""

Json = Mapping[str, Any]

_TAG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,3}", re.ASCII)
_LAST_SECOND = 2**33
"""Far beyond any date of a message, and far below what a calendar cannot hold."""
_HALF = re.compile(r"[\ud800-\udfff]")


@dataclass(frozen=True)
class Tapped:
    """What Telegram tells about a button: the query to answer, and the message that it stands under.

    `words` is that message as it is on the screen, `entities` which of it is bold, `label` what the button said;
    empty where the message is too old for Telegram to show it.
    """

    query: str
    message: int
    words: str = ""
    entities: tuple[Json, ...] = ()
    label: str = ""


@dataclass(frozen=True)
class Update:
    """An update that was read."""

    number: int
    inbound: Inbound
    tapped: Tapped | None = None


@dataclass(frozen=True)
class Group:
    """Somebody put the bot where more people read: it says one sentence and leaves."""

    number: int
    chat: int


@dataclass(frozen=True)
class Aside:
    """An update that is not for us, or that nobody can read. `number` is None where it has none."""

    number: int | None
    reason: str


@dataclass(frozen=True)
class Reader:
    """How updates are read: for which bot, with which ids and clock."""

    source: str
    ids: Callable[[], Fresh]
    clock: Callable[[], datetime]

    def read(self, raw: object) -> Update | Group | Aside:
        """One raw update. Never raises, whatever it is given."""
        number = number_of(raw)
        if not isinstance(raw, Mapping) or number is None:
            return Aside(number, "geen update")
        try:
            return self._read(raw, number)
        except (KeyError, TypeError, ValueError, AttributeError, OverflowError, RecursionError):
            return Aside(number, "onleesbaar")

    def _read(self, raw: Json, number: int) -> Update | Group | Aside:
        if "callback_query" in raw:
            return self._tap(raw["callback_query"], number)
        for kind in ("message", "edited_message"):
            if kind in raw:
                return self._message(raw[kind], number, edited=kind == "edited_message")
        if "my_chat_member" in raw:
            return self._member(raw["my_chat_member"], number)
        return Aside(number, "soort update")

    def _message(self, message: Json, number: int, *, edited: bool) -> Update | Group | Aside:
        if message["chat"]["type"] != "private":
            return Aside(number, "groep")
        if message.get("from", {}).get("is_bot"):
            return Aside(number, "andere bot")
        event = self._edit(message) if edited else self._event(message)
        if event is None:
            return Aside(number, "dienstbericht")
        shown = "" if edited else str(_whole(message["message_id"]) or "")
        return self._update(number, message, event, shown=shown)

    def _event(self, message: Json) -> Event | None:
        words, caption = message.get("text"), message.get("caption")
        if isinstance(words, str):
            return self._said(message, words, "")
        if isinstance(caption, str):
            return self._said(message, caption, "INV.foto_tekst")
        if any(kind in message for kind in _SERVICE):
            return None
        thing = next((text for kind, text in _THINGS.items() if kind in message), "INV.iets")
        return Showed(**self._now(message), text_id=thing, message=_id(message), album=_album(message))

    def _said(self, message: Json, words: str, note: str) -> Said:
        return Said(
            **self._now(message),
            text=clean_text(words),
            message=_id(message),
            note=note,
            forwarded=_is_forwarded(message),
            album=_album(message),
        )

    def _edit(self, message: Json) -> Event | None:
        words = message.get("text", message.get("caption"))
        if not isinstance(words, str):
            return None
        return Edited(**self._now(message), text=clean_text(words), message=_id(message))

    def _tap(self, query: Json, number: int) -> Update | Aside:
        message = query["message"]
        if message["chat"]["type"] != "private":
            return Aside(number, "groep")
        tap = decode(str(query.get("data", ""))) or FOREIGN
        used = _whole(message["message_id"]) or 0
        words = _readable(message.get("text")) if message.get("date") else ""
        bold = tuple(mark for item in message.get("entities", ()) if (mark := _bold(item)))
        tapped = Tapped(str(query["id"]), used, words, bold, _label(message, query.get("data")))
        event = Chosen(**self._told(query), tap=tap)
        return self._update(number, message, event, tapped)

    def _member(self, member: Json, number: int) -> Update | Group | Aside:
        """The bot was put in a group or taken out; in a private chat it was blocked, or let in again."""
        if member["chat"]["type"] != "private":
            return self._group(member, number)
        if member["new_chat_member"]["status"] != "kicked":
            return Aside(number, "soort update")
        return self._update(number, member, Blocked(**self._told(member)))

    def _group(self, member: Json, number: int) -> Group | Aside:
        chat = _whole(member["chat"]["id"])
        present = member["new_chat_member"]["status"] in ("member", "administrator", "restricted")
        return Group(number, chat) if chat is not None and present else Aside(number, "groep")

    def _update(
        self, number: int, message: Json, event: Event, tapped: Tapped | None = None, shown: str = ""
    ) -> Update:
        chat = _whole(message["chat"]["id"])
        if chat is None:
            raise ValueError("a chat without a usable id")
        address = Address(CHANNEL, str(chat))
        used = str(tapped.message) if tapped else ""
        return Update(number, Inbound(self.source, number, address, event, used, shown), tapped)

    def _now(self, message: Json) -> dict[str, Any]:
        """What every event of a message holds; of its sender only the language of the app."""
        told = self._told(message)
        return {**told, "late": _is_late(message, told["at"])}

    def _told(self, content: Json) -> dict[str, Any]:
        return {"at": self.clock(), "channel": CHANNEL, "fresh": self.ids(), "language": _language(content)}


def number_of(raw: object) -> int | None:
    """The update_id of a raw update, if it has a usable one."""
    return _whole(raw.get("update_id")) if isinstance(raw, Mapping) else None


def _id(message: Json) -> str:
    return str(_whole(message["message_id"]) or "")


def _album(message: Json) -> str:
    """What the pictures of one album have in common."""
    album = message.get("media_group_id")
    return album[:64] if isinstance(album, str) else ""


def _language(content: Json) -> str:
    """The language of the app, as an IETF tag; "" where it is not told or is none."""
    sender = content.get("from")
    told = sender.get("language_code") if isinstance(sender, Mapping) else None
    return told.lower() if isinstance(told, str) and _TAG.fullmatch(told) else ""


def _is_forwarded(message: Json) -> bool:
    """Whether words were passed on from somebody else; one's own message from another chat is one's own."""
    origin = message.get("forward_origin")
    if not isinstance(origin, Mapping):
        return False
    sender = origin.get("sender_user")
    own = isinstance(sender, Mapping) and sender.get("id") == message["from"]["id"]
    return not own


def _is_late(message: Json, now: datetime) -> bool:
    """Whether it waited long. An old message that is changed now is not late."""
    sent = _whole(message.get("edit_date", message.get("date")))
    if sent is None or not 0 < sent < _LAST_SECOND:
        return False
    return now - datetime.fromtimestamp(sent, UTC) > LATE


def _whole(value: object) -> int | None:
    sound = isinstance(value, int) and not isinstance(value, bool) and -BIGGEST <= value < BIGGEST
    return value if sound and isinstance(value, int) else None


def _readable(value: object) -> str:
    """The text, if it is one that can be sent back; half a character cannot."""
    if not isinstance(value, str) or _HALF.search(value):
        return ""
    return value


def _bold(mark: object) -> Json | None:
    """A mark of bold words, which is all that we send; links and numbers Telegram marks by itself."""
    match mark:
        case {"type": "bold", "offset": offset, "length": length} if _whole(offset) is not None and _whole(length):
            return {"type": "bold", "offset": offset, "length": length}
        case _:
            return None


def _label(message: Json, data: object) -> str:
    rows = message.get("reply_markup", {}).get("inline_keyboard", ())
    found = (button["text"] for row in rows for button in row if button.get("callback_data") == data)
    return _readable(next(found, ""))
