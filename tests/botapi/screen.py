"""What is on the screen of every chat: messages put, changed and taken away.

Keeps messages as the JSON that Telegram gives to a bot; knows no method and no update.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from tests.botapi.keyboards import rows_of
from tests.botapi.people import chat_id_of
from tests.botapi.wire import Json, Object, a_list, a_number, a_text, an_object

Rows = tuple[tuple[tuple[str, str], ...], ...]
_FILES = ("document", "voice", "audio", "photo", "video", "sticker")


@dataclass(frozen=True)
class Entity:
    """A marked part of a text; offset and length in UTF-16 code units, `url` for a link."""

    type: str
    offset: int
    length: int
    url: str = ""


@dataclass(frozen=True)
class Shown:
    """A message as a person sees it now.

    `keyboard`: rows of (label, what the button carries: its data, or its address for a link).
    `attached`: the kind of file it carries ("voice", "document", ...), "" for none.
    """

    message_id: int
    from_bot: bool
    text: str
    html_entities: tuple[Entity, ...] = ()
    keyboard: Rows = ()
    attached: str = ""


class Screen:
    """The messages of all chats, each under its chat and number."""

    def __init__(self, first_message_id: int = 1) -> None:
        self._chats: dict[int, dict[int, Object]] = {}
        self._fixed: set[tuple[int, int]] = set()
        self._used: set[int] = set()
        self._numbers = count(first_message_id)

    def next_id(self) -> int:
        """A message number not used before; one row of numbers for all chats of a bot."""
        return next(number for number in self._numbers if number not in self._used)

    def put(self, message: Object, *, editable: bool = True) -> None:
        """Show a message, or show it anew in its place."""
        chat_id, message_id = chat_id_of(message), a_number(message["message_id"])
        self._chats.setdefault(chat_id, {})[message_id] = message
        self._used.add(message_id)
        if not editable:
            self._fixed.add((chat_id, message_id))

    def get(self, chat_id: int, message_id: int) -> Object:
        """The message as it is now; an empty object when it is not there."""
        return self._chats.get(chat_id, {}).get(message_id, {})

    def drop(self, chat_id: int, message_id: int) -> bool:
        """Take a message away; whether it was there."""
        return self._chats.get(chat_id, {}).pop(message_id, None) is not None

    def is_fixed(self, chat_id: int, message_id: int) -> bool:
        """Whether it was sent with a keyboard of the kind that makes a message uneditable."""
        return (chat_id, message_id) in self._fixed

    def shown(self, chat_id: int) -> list[Shown]:
        """All that is on the screen of this chat, oldest first."""
        return [shown(message) for message in self._chats.get(chat_id, {}).values()]

    def newest_first(self, chat_id: int) -> Iterator[Object]:
        """The messages of this chat from the newest back."""
        return reversed(list(self._chats.get(chat_id, {}).values()))


def shown(message: Object) -> Shown:
    """What a person sees of a message."""
    entities = a_list(message.get("entities")) or a_list(message.get("caption_entities"))
    return Shown(
        a_number(message["message_id"]),
        an_object(message.get("from")).get("is_bot") is True,
        a_text(message.get("text")) or a_text(message.get("caption")),
        tuple(_entity(an_object(entity)) for entity in entities),
        tuple(tuple(_button(button) for button in row) for row in keyboard_of(message)),
        next((kind for kind in _FILES if kind in message), ""),
    )


def keyboard_of(message: Object) -> list[list[Object]]:
    """The inline keyboard that hangs under a message now."""
    return rows_of(an_object(message.get("reply_markup")))


def labels_of(message: Object) -> list[str]:
    """The labels of the buttons under a message, row by row."""
    return [a_text(button["text"]) for row in keyboard_of(message) for button in row]


def _entity(entity: Object) -> Entity:
    offset, length = a_number(entity.get("offset")), a_number(entity.get("length"))
    return Entity(a_text(entity.get("type")), offset, length, a_text(entity.get("url")))


def _button(button: Object) -> tuple[str, str]:
    carried: Json = button.get("callback_data", button.get("url"))
    return a_text(button["text"]), a_text(carried)
