"""Text with markup, read by TDLib's own parser, so that a fault shows here as it would on Telegram.

Knows text and entities (offsets and lengths in UTF-16 code units); knows no message and no chat.
"""

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import cast

import tdjson

from tests.botapi.wire import (
    Json,
    Object,
    a_list,
    a_number,
    a_text,
    an_object,
    bad_request,
    stricter,
)

MESSAGE_LENGTH = 4096
CAPTION_LENGTH = 1024
RAW_BYTES = 32768

_MODES: dict[str, Object] = {
    "html": {"@type": "textParseModeHTML"},
    "markdown": {"@type": "textParseModeMarkdown", "version": 1},
    "markdownv2": {"@type": "textParseModeMarkdown", "version": 2},
}
# Bot API type, TDLib type, and the one field both may carry under (Bot API name, TDLib name).
_KINDS = (
    ("bold", "Bold", ""),
    ("italic", "Italic", ""),
    ("underline", "Underline", ""),
    ("strikethrough", "Strikethrough", ""),
    ("spoiler", "Spoiler", ""),
    ("code", "Code", ""),
    ("pre", "Pre", ""),
    ("pre", "PreCode", "language"),
    ("text_link", "TextUrl", "url"),
    ("text_mention", "MentionName", "user_id"),
    ("custom_emoji", "CustomEmoji", "custom_emoji_id"),
    ("blockquote", "BlockQuote", ""),
    ("expandable_blockquote", "ExpandableBlockQuote", ""),
    ("date_time", "DateTime", "unix_time"),
    ("mention", "Mention", ""),
    ("hashtag", "Hashtag", ""),
    ("cashtag", "Cashtag", ""),
    ("bot_command", "BotCommand", ""),
    ("url", "Url", ""),
    ("email", "EmailAddress", ""),
    ("phone_number", "PhoneNumber", ""),
    ("bank_card_number", "BankCardNumber", ""),
)
_FROM_TDLIB = {f"textEntityType{tdlib}": (ours, field) for ours, tdlib, field in _KINDS}
_TO_TDLIB = {ours: (f"textEntityType{tdlib}", field) for ours, tdlib, field in reversed(_KINDS)}
# What Telegram takes for nothing: TDLib's own list of empty characters, the common part of it.
_EMPTY = re.compile(r"[\s\u180E\u200B-\u200F\u202A-\u202E\u2060-\u2064\u2800\uFEFF\uFFFC]*")
_LINK = re.compile(r"<a\s[^>]*href", re.IGNORECASE)


@dataclass(frozen=True)
class Formatted:
    """A text as it is shown, with its entities in the Bot API's own form."""

    text: str
    entities: tuple[Object, ...] = ()


def _ask(request: Object) -> Object:
    """One offline request to TDLib; raises Refused with TDLib's own words."""
    answer = tdjson.td_execute(json.dumps(request).encode())
    reply = cast(Object, json.loads(answer or b"{}"))
    if reply.get("@type") == "error":
        raise bad_request(a_text(reply.get("message")))
    return reply


# TDLib writes its own log to stderr, and would fill the test report with it.
_ask({"@type": "setLogVerbosityLevel", "new_verbosity_level": 0})


def formatted(text: str, mode: str, entities: list[Json], limit: int) -> Formatted:
    """Read a text as Telegram does.

    In: the raw text, its parse_mode ("" for none), entities given by hand, and the limit in code
    points after parsing and trimming. Raises Refused where Telegram would, and where it would
    silently drop a link or the entities.
    """
    if len(text.encode("utf-8", "replace")) > RAW_BYTES:
        raise bad_request("Text is too long")
    if mode and entities:
        raise stricter("entities are ignored when there is a parse_mode")
    parsed = _parsed(text, mode.lower()) if mode else _checked(text, entities)
    shown = _trimmed(parsed)
    if len(shown.text) > limit:
        raise bad_request("Message is too long" if limit == MESSAGE_LENGTH else "Message caption is too long")
    return shown


def found_entities(text: str) -> list[Json]:
    """The commands, links, numbers and names that Telegram marks by itself in a person's text."""
    reply = _ask({"@type": "getTextEntities", "text": text})
    return [*_from_tdlib(reply)]


def is_link(url: str) -> bool:
    """Whether Telegram takes this as a link; TDLib drops the entity where it does not."""
    mark = f'<a href="{escape(url)}">x</a>'
    return bool(url) and bool(
        _ask({"@type": "parseTextEntities", "text": mark, "parse_mode": _MODES["html"]})["entities"]
    )


def is_empty(text: str) -> bool:
    """Whether Telegram shows nothing for this text."""
    return _EMPTY.fullmatch(text) is not None


@lru_cache(maxsize=4096)
def _parsed(text: str, mode: str) -> Formatted:
    if mode not in _MODES:
        raise bad_request("Unsupported parse_mode")
    reply = _ask({"@type": "parseTextEntities", "text": text, "parse_mode": _MODES[mode]})
    entities = _from_tdlib(reply)
    links = [entity for entity in entities if entity["type"] in {"text_link", "text_mention"}]
    if mode == "html" and len(_LINK.findall(text)) != len(links):
        raise stricter("a link in the text is dropped: its address is wrong or its text is empty")
    return Formatted(a_text(reply["text"]), entities)


def _checked(text: str, entities: list[Json]) -> Formatted:
    """Entities given by hand: TDLib refuses those outside the text or inside a character."""
    marks: list[Json] = [_to_tdlib(an_object(entity)) for entity in entities]
    whole: Object = {"@type": "formattedText", "text": text, "entities": marks}
    _ask({"@type": "getMarkdownText", "text": whole})
    return Formatted(text, tuple(an_object(entity) for entity in entities))


def _from_tdlib(reply: Object) -> tuple[Object, ...]:
    found = (an_object(entity) for entity in a_list(reply.get("entities")))
    return tuple(_entity(entity) for entity in found if _known(entity))


def _known(entity: Object) -> bool:
    return an_object(entity["type"])["@type"] in _FROM_TDLIB


def _entity(entity: Object) -> Object:
    kind = an_object(entity["type"])
    name, field = _FROM_TDLIB[a_text(kind["@type"])]
    plain: Object = {"type": name, "offset": entity["offset"], "length": entity["length"]}
    if name == "text_mention":
        return {**plain, "user": {"id": kind[field], "is_bot": False, "first_name": "Bewoner"}}
    return {**plain, field: kind[field]} if field else plain


def _to_tdlib(entity: Object) -> Object:
    name = a_text(entity["type"])
    if name not in _TO_TDLIB:
        raise bad_request("Can't parse MessageEntity: Unsupported type specified")
    kind, field = _TO_TDLIB[name]
    if name == "text_link" and not is_link(a_text(entity.get("url"))):
        raise bad_request("Can't parse MessageEntity: Can't find field \"url\"")
    given = an_object(entity.get("user")).get("id") if name == "text_mention" else entity.get(field)
    mark: Object = {"@type": kind, field: given} if field and given else {"@type": kind}
    return {"offset": entity["offset"], "length": entity["length"], "type": mark}


def _trimmed(parsed: Formatted) -> Formatted:
    """Cut blanks from both ends as Telegram does; an entity that starts the text keeps them."""
    if is_empty(parsed.text):
        return Formatted("")
    text = parsed.text.rstrip(" \n")
    first = min((a_number(entity["offset"]) for entity in parsed.entities), default=len(text))
    blank = min(len(text) - len(text.lstrip(" \n")), first)
    end = _units(text)
    kept = (entity for entity in parsed.entities if a_number(entity["offset"]) < end)
    return Formatted(text[blank:], tuple(_moved(entity, blank, end) for entity in kept))


def _moved(entity: Object, blank: int, end: int) -> Object:
    offset = a_number(entity["offset"])
    length = min(a_number(entity["length"]), end - offset)
    return {**entity, "offset": offset - blank, "length": length}


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
