"""The JSON of the Bot API as residents and bots make it: people, messages, updates, and HTML read as Telegram reads it.

Pure. Knows only the markup that the measured bots use; the strict fake in `tests/botapi` knows all of it.
"""

import html
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from tests.botapi import people
from tests.botapi.people import message, person, private_chat

Object = dict[str, Any]
Values = Mapping[str, Any]

BOT_ID = 123
_BOT: Object = {"id": BOT_ID, "is_bot": True, "first_name": "Vertelbot", "username": "vertelbot_bot"}
_TAG = re.compile(r"(</?b>)")


def bot() -> Object:
    """The bot as it stands in its messages."""
    return _BOT


def typed(chat: int, number: int, date: int, text: str) -> Object:
    """An update: the resident typed something."""
    words: Object = {"text": text}
    if text.startswith("/"):
        words["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}]
    return {"message": message(person(chat), number, date, words)}


def tapped(chat: int, query: str, under: Object, data: str) -> Object:
    """An update: the resident tapped a button under a message."""
    return people.tapped(query, person(chat), under, data)


def sent(chat: int, number: int, date: int, words: Object) -> Object:
    """A message of the bot; `words` holds text, entities and keyboard."""
    return {"message_id": number, "from": _BOT, "chat": private_chat(chat), "date": date, **words}


@lru_cache(maxsize=1024)
def read_html(text: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The words without markup, and where they are bold: offset and length, in UTF-16 as Telegram counts."""
    words, at, start = "", 0, 0
    bold: list[tuple[int, int]] = []
    for piece in _TAG.split(text.strip()):
        if piece == "<b>":
            start = at
        elif piece == "</b>":
            bold.append((start, at - start))
        else:
            seen = html.unescape(piece)
            words += seen
            at += len(seen.encode("utf-16-le")) // 2
    return words, tuple(bold)
