"""Whether raw updates of the Bot API are read for what they are, and nothing that comes in ever raises."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.telegram.reading import FOREIGN, Aside, Group, Reader, Tapped, Update, number_of
from dialogs.events import Chosen, Edited, Event, Fresh, Said, Showed
from dialogs.replies import AskTap, PlainTap
from storage.interviews import Address
from tests.botapi.people import inaccessible, message, person, private_chat, tapped
from tests.botapi.wire import Json, Object

CHAT = 4_503_599_627_370_497
NUMBER = 700_000_017
NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
FRESH = Fresh("interview", "teller", "story", "K7PM4TX9R")
READER = Reader("telegram:123", lambda: FRESH, lambda: NOON)
REASONS = {"geen update", "onleesbaar", "soort update", "groep", "andere bot", "dienstbericht"}

FILE: Object = {"file_id": "AgACAgQ", "file_unique_id": "AQADr", "file_size": 1204}
GROUP_CHAT: Object = {"id": -1_001_234_567_890, "title": "Buurtgroep", "type": "supergroup"}
CHANNEL_CHAT: Object = {"id": -1_009_876_543_210, "title": "Nieuws", "type": "channel"}
OTHER_BOT: Object = {"id": 77, "is_bot": True, "first_name": "Anders", "username": "anders_bot"}
KEYBOARD: Object = {
    "inline_keyboard": [
        [{"text": "😀 Blij", "callback_data": "q:0f3c9a:gevoel:blij"}],
        [{"text": "Kijk", "url": "https://example.org"}, {"text": "😠 Boos", "callback_data": "q:0f3c9a:gevoel:boos"}],
    ]
}
QUESTION: Object = {
    "message_id": 12,
    "from": {"id": 123, "is_bot": True, "first_name": "Verhalen", "username": "vertelbot_bot"},
    "chat": private_chat(CHAT),
    "date": 1_772_625_600,
    "text": "1 van 8\nHoe voelt u zich?",
    "entities": [{"type": "bold", "offset": 0, "length": 7}],
    "reply_markup": KEYBOARD,
}


def sent(content: Object, number: int = 81) -> Object:
    return {"update_id": NUMBER, "message": message(person(CHAT), number, 1_772_625_600, content)}


def edited(content: Object) -> Object:
    written = message(person(CHAT), 81, 1_772_625_600, {"edit_date": 1_772_625_700, **content})
    return {"update_id": NUMBER, "edited_message": written}


def in_chat(chat: Object, content: Object, kind: str = "message") -> Object:
    whole: Object = {"message_id": 3, "from": person(5), "chat": chat, "date": 1_772_625_600, **content}
    return {"update_id": NUMBER, kind: whole}


def tap(under: Object, data: str) -> Object:
    return {"update_id": NUMBER, **tapped("4000000000000000001", person(CHAT), under, data)}


def member(chat: Object, status: str) -> Object:
    bot: Object = {"id": 123, "is_bot": True, "first_name": "Verhalen"}
    change: Object = {
        "chat": chat,
        "from": person(5),
        "date": 1_772_625_600,
        "old_chat_member": {"user": bot, "status": "left"},
        "new_chat_member": {"user": bot, "status": status},
    }
    return {"update_id": NUMBER, "my_chat_member": change}


def event_of(raw: object) -> Event:
    read = READER.read(raw)
    assert isinstance(read, Update)
    assert (read.number, read.inbound.number) == (NUMBER, NUMBER)
    assert read.inbound.source == "telegram:123"
    assert read.inbound.address == Address("telegram", str(CHAT))
    assert (read.inbound.event.at, read.inbound.event.fresh) == (NOON, FRESH)
    assert read.inbound.event.channel == "telegram"
    return read.inbound.event


def said(text: str, note: str = "") -> Said:
    return Said(at=NOON, channel="telegram", fresh=FRESH, text=text, message="81", note=note)


def showed(text_id: str) -> Showed:
    return Showed(at=NOON, channel="telegram", fresh=FRESH, text_id=text_id)


SAID: dict[str, tuple[Object, Said]] = {
    "plain words": ({"text": "Mijn dak lekte."}, said("Mijn dak lekte.")),
    "several lines": ({"text": " Een\r\ntwee\n"}, said("Een\ntwee")),
    "a command": (
        {"text": "/start b-noord7", "entities": [{"type": "bot_command", "offset": 0, "length": 6}]},
        said("/start b-noord7"),
    ),
    "markup that stays text": ({"text": "<b>*_& {titel}"}, said("<b>*_& {titel}")),
    "another script": ({"text": "المساعدة كانت جيدة"}, said("المساعدة كانت جيدة")),
    "half a character and a NUL": ({"text": "a\ud800b\x00c"}, said("a\ufffdbc")),
    "only blanks": ({"text": "\u00a0 \u200b"}, said("")),
    "a forwarded text": (
        {"text": "Hallo", "forward_origin": {"type": "hidden_user", "sender_user_name": "x", "date": 1}},
        said("Hallo"),
    ),
    "a reply": ({"text": "Hallo", "reply_to_message": QUESTION}, said("Hallo")),
    "a photo with words": ({"photo": [FILE], "caption": "De brief"}, said("De brief", "INV.foto_tekst")),
    "a video with words": ({"video": FILE, "caption": "Zie dit"}, said("Zie dit", "INV.foto_tekst")),
}

SHOWED: dict[str, tuple[Object, str]] = {
    "sticker": ({"sticker": {**FILE, "emoji": "👍", "type": "regular"}}, "INV.sticker"),
    "animation, which comes as a document too": ({"animation": FILE, "document": FILE}, "INV.sticker"),
    "dice": ({"dice": {"emoji": "🎲", "value": 4}}, "INV.sticker"),
    "photo": ({"photo": [FILE, FILE]}, "INV.foto"),
    "photo of an album": ({"photo": [FILE], "media_group_id": "13"}, "INV.foto"),
    "voice": ({"voice": {**FILE, "duration": 3}}, "INV.spraak_uit"),
    "audio": ({"audio": {**FILE, "duration": 3}}, "INV.spraak_uit"),
    "video note": ({"video_note": {**FILE, "length": 240, "duration": 3}}, "INV.spraak_uit"),
    "video": ({"video": FILE}, "INV.bestand"),
    "document": ({"document": {**FILE, "file_name": "brief.pdf"}}, "INV.bestand"),
    "location": ({"location": {"latitude": 52.37, "longitude": 4.89}}, "INV.bestand"),
    "venue": ({"venue": {"title": "Plein"}, "location": {"latitude": 52.37, "longitude": 4.89}}, "INV.bestand"),
    "contact": ({"contact": {"phone_number": "+31600000000", "first_name": "Buur"}}, "INV.bestand"),
    "poll": ({"poll": {"id": "1", "question": "?", "options": []}}, "INV.bestand"),
    "story": ({"story": {"id": 1, "chat": private_chat(CHAT)}}, "INV.bestand"),
    "game": ({"game": {"title": "x"}}, "INV.bestand"),
    "something that Telegram adds tomorrow": ({"hologram": {}}, "INV.bestand"),
}

ASIDE: dict[str, tuple[object, str]] = {
    "words in a group": (in_chat(GROUP_CHAT, {"text": "Hallo"}), "groep"),
    "a caption in a group": (in_chat(GROUP_CHAT, {"photo": [FILE], "caption": "x"}), "groep"),
    "a change in a group": (in_chat(GROUP_CHAT, {"text": "x"}, "edited_message"), "groep"),
    "an anonymous admin": (in_chat(GROUP_CHAT, {"text": "/start", "sender_chat": GROUP_CHAT}), "groep"),
    "a new member of a group": (in_chat(GROUP_CHAT, {"new_chat_members": [OTHER_BOT]}), "groep"),
    "a button in a group": (tap({**QUESTION, "chat": GROUP_CHAT}, "q:0f3c9a:gevoel:blij"), "groep"),
    "a channel post": (in_chat(CHANNEL_CHAT, {"text": "Hallo"}, "channel_post"), "soort update"),
    "a changed channel post": (in_chat(CHANNEL_CHAT, {"text": "x"}, "edited_channel_post"), "soort update"),
    "another bot": (in_chat(private_chat(77), {"from": OTHER_BOT, "text": "Hallo"}), "andere bot"),
    "the bot put out of a group": (member(GROUP_CHAT, "left"), "groep"),
    "the bot thrown out of a group": (member(GROUP_CHAT, "kicked"), "groep"),
    "a person who blocks the bot": (member(private_chat(CHAT), "kicked"), "soort update"),
    "a person who lets it in again": (member(private_chat(CHAT), "member"), "soort update"),
    "a pinned message": (sent({"pinned_message": QUESTION}), "dienstbericht"),
    "a timer": (sent({"message_auto_delete_timer_changed": {"message_auto_delete_time": 86400}}), "dienstbericht"),
    "a background": (sent({"chat_background_set": {"type": {}}}), "dienstbericht"),
    "leave to write": (sent({"write_access_allowed": {}}), "dienstbericht"),
    "a live location that moves": (edited({"location": {"latitude": 1.0, "longitude": 2.0}}), "dienstbericht"),
    "a reaction": ({"update_id": NUMBER, "message_reaction": {"chat": private_chat(CHAT)}}, "soort update"),
    "an inline query": ({"update_id": NUMBER, "inline_query": {"id": "1", "query": "x"}}, "soort update"),
    "an update of tomorrow": ({"update_id": NUMBER, "hologram": {"chat": private_chat(CHAT)}}, "soort update"),
    "an update of nothing": ({"update_id": NUMBER}, "soort update"),
    "a message that is none": ({"update_id": NUMBER, "message": "Hallo"}, "onleesbaar"),
    "a message of nobody": ({"update_id": NUMBER, "message": {"message_id": 1, "text": "x"}}, "onleesbaar"),
    "a tap on an inline message": (
        {"update_id": NUMBER, "callback_query": {"id": "1", "from": person(CHAT), "inline_message_id": "x"}},
        "onleesbaar",
    ),
}

UNNUMBERED: list[object] = [None, [], "x", 7, {}, {"update_id": None}, {"update_id": "7"}, {"update_id": True}]
TOO_BIG: list[object] = [{"update_id": 2**63, "message": {}}, {"update_id": 1.5}, {"update_id": -(2**63) - 1}]


@pytest.mark.parametrize("kind", SAID)
def test_words_are_read_as_said(kind: str) -> None:
    content, expected = SAID[kind]
    assert event_of(sent(content)) == expected


@pytest.mark.parametrize("kind", SHOWED)
def test_what_is_no_words_is_answered_by_a_text(kind: str) -> None:
    content, text_id = SHOWED[kind]
    assert event_of(sent(content)) == showed(text_id)


@pytest.mark.parametrize("field", ["text", "caption"])
def test_a_change_names_the_message_that_was_changed(field: str) -> None:
    changed = Edited(at=NOON, channel="telegram", fresh=FRESH, text="Anders", message="81")
    assert event_of(edited({field: " Anders "})) == changed


@pytest.mark.parametrize("kind", ASIDE)
def test_what_is_not_for_us_is_set_aside(kind: str) -> None:
    raw, reason = ASIDE[kind]
    assert READER.read(raw) == Aside(NUMBER, reason)


@pytest.mark.parametrize("raw", [*UNNUMBERED, *TOO_BIG], ids=repr)
def test_what_has_no_usable_number_is_no_update(raw: object) -> None:
    assert number_of(raw) is None
    assert READER.read(raw) == Aside(None, "geen update")


@pytest.mark.parametrize("status", ["member", "administrator", "restricted"])
@pytest.mark.parametrize("chat", [GROUP_CHAT, CHANNEL_CHAT], ids=["group", "channel"])
def test_a_place_with_more_readers_is_a_group(chat: Object, status: str) -> None:
    assert READER.read(member(chat, status)) == Group(NUMBER, int(str(chat["id"])))


def test_a_tap_brings_the_message_as_it_stands_on_the_screen() -> None:
    read = READER.read(tap(QUESTION, "q:0f3c9a:gevoel:boos"))
    assert isinstance(read, Update)
    assert read.inbound.event == Chosen(
        at=NOON, channel="telegram", fresh=FRESH, tap=AskTap("0f3c9a", "gevoel", "boos")
    )
    assert read.inbound.used == "12"
    bold = {"type": "bold", "offset": 0, "length": 7}
    assert read.tapped == Tapped("4000000000000000001", 12, "1 van 8\nHoe voelt u zich?", (bold,), "😠 Boos")


def test_a_tap_on_a_message_that_is_gone_has_no_words_and_no_label() -> None:
    read = READER.read(tap(inaccessible(CHAT, 12), "g:verder:"))
    assert isinstance(read, Update)
    assert read.inbound.event == Chosen(at=NOON, channel="telegram", fresh=FRESH, tap=PlainTap("verder"))
    assert read.tapped == Tapped("4000000000000000001", 12)


@pytest.mark.parametrize("data", ["admin:export", "", "x" * 64, "q:a:b", "d:t:ja:b0:9:x:y", "\ud800" * 30])
def test_a_forged_button_is_read_as_one_that_is_not_ours(data: str) -> None:
    assert event_of(tap(QUESTION, data)) == Chosen(at=NOON, channel="telegram", fresh=FRESH, tap=FOREIGN)


def test_a_tap_without_data_is_read_as_one_that_is_not_ours() -> None:
    query: Object = {"id": "1", "from": person(CHAT), "message": QUESTION, "game_short_name": "x"}
    assert event_of({"update_id": NUMBER, "callback_query": query}) == Chosen(
        at=NOON, channel="telegram", fresh=FRESH, tap=FOREIGN
    )


UNSOUND: list[Json] = [
    "x",
    None,
    {},
    {"type": "bold"},
    {"type": "bold", "offset": "0", "length": 1},
    {"type": "bold", "offset": 0, "length": 2**70},
    {"type": "text_mention", "offset": 0, "length": 1, "user": {}},
    {"type": ["bold"], "offset": 0, "length": 1},
]


def test_of_the_marks_under_a_tap_only_sound_ones_are_kept() -> None:
    bold: Object = {"type": "bold", "offset": 0, "length": 1, "custom_emoji_id": "7"}
    read = READER.read(tap({**QUESTION, "entities": [*UNSOUND, bold]}, "g:verder:"))
    assert isinstance(read, Update)
    assert read.tapped
    assert read.tapped.entities == ({"type": "bold", "offset": 0, "length": 1},)


# Anything at all.

_texts = st.text(st.characters(codec=None, categories=None), max_size=12)
_numbers = st.integers() | st.sampled_from([2**63, -(2**63), 2**64, 10**400, 0, -1])
_leaves = st.none() | st.booleans() | _numbers | st.floats() | _texts
_keys = _texts | st.sampled_from(["message", "chat", "id", "type", "text", "from", "entities", "reply_markup", "data"])
anything: st.SearchStrategy[Json] = st.recursive(
    _leaves, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_keys, inner, max_size=4), max_leaves=12
)

REAL: list[Object] = [
    *(sent(content) for content, _ in SAID.values()),
    *(sent(content) for content, _ in SHOWED.values()),
    *(raw for raw, _ in ASIDE.values() if isinstance(raw, dict)),
    edited({"text": "Anders"}),
    tap(QUESTION, "q:0f3c9a:gevoel:boos"),
    tap(inaccessible(CHAT, 12), "g:verder:"),
    member(GROUP_CHAT, "member"),
]


Place = tuple[str | int, ...]


def inside(value: Json) -> dict[str | int, Json]:
    """What an object or array holds, by key or index."""
    held: list[tuple[str | int, Json]] = []
    if isinstance(value, dict):
        held = [*value.items()]
    if isinstance(value, list):
        held = [*enumerate(value)]
    return dict(held)


def places(value: Json, above: Place = ()) -> list[Place]:
    """Every place in a JSON value, as the keys that lead to it."""
    return [above, *(place for key, item in inside(value).items() for place in places(item, (*above, key)))]


def changed(value: Json, place: Place, other: list[Json]) -> Json:
    """The value with something else at a place, or with nothing there where `other` is empty."""
    if not place:
        return other[0] if other else None
    key, *rest = place
    items = inside(value)
    if rest or other:
        items[key] = changed(items[key], tuple(rest), other)
    else:
        del items[key]
    return {str(name): item for name, item in items.items()} if isinstance(value, dict) else list(items.values())


@st.composite
def mutated(draw: st.DrawFn) -> Json:
    """A real update of which up to three places are missing, or hold something else."""
    raw: Json = draw(st.sampled_from(REAL))
    for _ in range(draw(st.integers(1, 3))):
        place = draw(st.sampled_from(places(raw)))
        raw = changed(raw, place, draw(st.lists(anything, max_size=1)))
    return raw


def deep(levels: int) -> Json:
    nested: Json = "bodem"
    for _ in range(levels):
        nested = [nested]
    return nested


def is_sound(read: Update | Group | Aside) -> bool:
    """Whether what came out holds nothing that the rest of the house could stumble over."""
    match read:
        case Update(inbound=inbound, tapped=touched):
            words = [getattr(inbound.event, "text", ""), *((touched.words, touched.label) if touched else ())]
            whole = -(2**63) <= int(inbound.address.chat) < 2**63
            return whole and all(isinstance(said, str) and said.encode() is not None for said in words)
        case Group(chat=chat):
            return -(2**63) <= chat < 2**63
        case Aside(reason=reason):
            return reason in REASONS


@settings(max_examples=300)
@given(anything)
def test_any_json_is_read_without_raising(raw: Json) -> None:
    assert is_sound(READER.read(raw))


@settings(max_examples=500)
@given(mutated())
def test_a_damaged_update_is_read_without_raising(raw: Json) -> None:
    assert is_sound(READER.read(raw))


MONSTERS: dict[str, Json] = {
    "words of many levels": sent({"text": deep(50_000)}),
    "a button under words of many levels": tap({**QUESTION, "text": deep(50_000)}, "g:verder:"),
    "marks of many levels": tap({**QUESTION, "entities": deep(50_000)}, "g:verder:"),
    "a keyboard of many levels": tap({**QUESTION, "reply_markup": {"inline_keyboard": deep(50_000)}}, "g:verder:"),
    "a million letters": sent({"text": "a" * 1_000_000}),
    "a million marks on one letter": sent({"text": "a" + "\u0301" * 1_000_000}),
    "a message number of 5000 digits": tap({**QUESTION, "message_id": 10**5000}, "g:verder:"),
    "a chat number of 5000 digits": sent({"chat": {"id": 10**5000, "type": "private"}, "text": "x"}),
}


@pytest.mark.parametrize("kind", MONSTERS)
def test_a_monster_is_read_without_raising(kind: str) -> None:
    assert is_sound(READER.read(MONSTERS[kind]))
