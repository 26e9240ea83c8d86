"""Updates that nobody would send: real ones with something else at places drawn by lot; pure."""

import json
from collections.abc import Callable, Sequence
from random import Random

from tests.bot.raw import CHAT, every_kind, tap
from tests.bot.test_reading_anything import changed, inside, places
from tests.botapi.people import inaccessible
from tests.botapi.wire import Json, Object, an_object

CHATS = tuple(range(71_000_001, 71_000_021))
"""The people from whom they come, as far as they still come from somebody."""

SOUND = 0.1
"""The share that is let as it is, so that there is something to spoil."""

DEEPEST = 150
"""Levels at most, so that it can be spoiled once more; how much deeper is read stands in tests/bot."""

ODD_NUMBERS = (0, -1, 1, 2**31, 2**53 + 1, 2**63 - 1, 2**63, -(2**63) - 1, 2**64, 10**400, 0.5, -0.0, 1e308, 1e-320)
ODD_WORDS = (
    *(
        "",
        " ",
        "\x00",
        "\ud800",
        "\udc00\ud800",
        "\u202eom",
        "\ufeff",
        "a\u0301" * 400,
        "𝕏" * 200,
        "🇳🇱👩‍👩‍👧‍👦",
        "ﷺ",
        "\r\n\t",
    ),
    *(
        "/",
        "/start",
        "/start " + "x" * 500,
        "/verwijderen K7P-M4T-X9R",
        "stop",
        "ja",
        "112",
        "111222333",
        "<b>",
        "{code}",
    ),
    *("%s%n", "'; DROP TABLE parts; --", "null", "true", "NaN", "-1", "1e9", "x" * 5_000, "private", "kicked", "bold"),
)
LOGGED = {"channel": "kanaal"}
"""Somebody whose name is also the name of a part of the program would be found in its log."""

NAMES = (
    *("message", "edited_message", "callback_query", "my_chat_member", "channel_post", "update_id", "message_id", "id"),
    *("chat", "type", "from", "is_bot", "language_code", "date", "edit_date", "text", "caption", "entities", "data"),
    *(
        "reply_markup",
        "inline_keyboard",
        "new_chat_member",
        "status",
        "media_group_id",
        "forward_origin",
        "sender_user",
    ),
    *("photo", "voice", "sticker", "location", "pinned_message", "web_app_data", "business_connection_id", "__proto__"),
)


def update(lot: Random, number: int, buttons: Sequence[str]) -> Json:
    """An update with this number, unless that is what was changed. `buttons` are what real ones carry."""
    raw = _real(lot, number, buttons)
    for _ in range(0 if lot.random() < SOUND else lot.randint(1, 4)):
        spoiled = lot.choice(WAYS)(lot, raw)
        raw = spoiled if _levels(spoiled) <= DEEPEST else raw
    return raw


def _real(lot: Random, number: int, buttons: Sequence[str]) -> Json:
    chat = lot.choice(CHATS)
    kinds = every_kind()
    kinds += [tap(inaccessible(CHAT, number % 1_000 + 1), data) for data in lot.sample(buttons, min(3, len(buttons)))]
    from_here = json.loads(json.dumps(lot.choice(kinds)).replace(str(CHAT), str(chat)))
    return {**an_object(from_here), "update_id": number}


def _something_else(lot: Random, raw: Json) -> Json:
    return changed(raw, lot.choice(places(raw)), [_odd(lot, raw)])


def _nothing(lot: Random, raw: Json) -> Json:
    return changed(raw, lot.choice(places(raw)), [])


def _what_stands_elsewhere(lot: Random, raw: Json) -> Json:
    there = _at(raw, lot.choice(places(raw)))
    return changed(raw, lot.choice(places(raw)), [LOGGED.get(there, there) if isinstance(there, str) else there])


def _wrapped(lot: Random, raw: Json) -> Json:
    place = lot.choice(places(raw))
    inner = _at(raw, place)
    return changed(raw, place, [[inner] if lot.random() < 0.5 else {lot.choice(NAMES): inner}])


def _one_more(lot: Random, raw: Json) -> Json:
    objects = [place for place in places(raw) if isinstance(_at(raw, place), dict)]
    if not objects:
        return raw
    place = lot.choice(objects)
    more: Object = {**an_object(_at(raw, place)), lot.choice(NAMES): _odd(lot, raw)}
    return changed(raw, place, [more])


def _spoiled_words(lot: Random, raw: Json) -> Json:
    words = [place for place in places(raw) if isinstance(_at(raw, place), str)]
    if not words:
        return raw
    place = lot.choice(words)
    text = str(_at(raw, place))
    at = lot.randint(0, len(text))
    return changed(raw, place, [text[:at] + "".join(chr(lot.randrange(0x11_0000)) for _ in range(3)) + text[at:]])


WAYS: tuple[Callable[[Random, Json], Json], ...] = (
    _something_else,
    _something_else,
    _nothing,
    _what_stands_elsewhere,
    _wrapped,
    _one_more,
    _spoiled_words,
)


def _odd(lot: Random, raw: Json) -> Json:
    """A value of any kind."""
    kinds: tuple[Sequence[Json], ...] = (
        ODD_NUMBERS,
        (lot.randrange(-(10**19), 10**19),),
        ODD_WORDS,
        (None, True, False),
        ([], {}, [[]], [None], {"": None}),
        (_deep(lot.randint(2, DEEPEST)),),
        (raw,),
    )
    return lot.choice(lot.choice(kinds))


def _deep(levels: int) -> Json:
    nested: Json = "bodem"
    for level in range(levels):
        nested = [nested] if level % 2 else {"text": nested}
    return nested


def _levels(raw: Json) -> int:
    """How deep it goes."""
    levels, layer = 0, [raw]
    while layer:
        levels += 1
        layer = [inner for value in layer for inner in inside(value).values()]
    return levels


def _at(raw: Json, place: Sequence[str | int]) -> Json:
    for key in place:
        if isinstance(raw, dict):
            raw = raw[str(key)]
        elif isinstance(raw, list):
            raw = raw[int(key)]
    return raw
