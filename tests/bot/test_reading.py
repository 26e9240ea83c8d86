"""Whether raw updates of the Bot API are read for what they are."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.telegram.reading import FOREIGN, Aside, Group, Reader, Tapped, Update, number_of
from bot.turn import Inbound
from dialogs.events import Blocked, Chosen, Edited, Event, Fresh, Said, Showed
from dialogs.replies import AskTap, PlainTap, Tap
from storage.interviews import Address
from tests.bot.raw import (
    CHANNEL_CHAT,
    CHAT,
    FILE,
    GROUP_CHAT,
    NUMBER,
    OTHER_BOT,
    QUESTION,
    edited,
    in_chat,
    member,
    sent,
    tap,
)
from tests.botapi.people import inaccessible, person, private_chat
from tests.botapi.wire import Json, Object

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
SENT_AT = int(NOON.timestamp())
"""When the messages of `raw` were sent: just now."""

FRESH = Fresh("interview", "teller", "story", "K7PM4TX9R")
READER = Reader("telegram:123", lambda: FRESH, lambda: NOON)


def inbound_of(raw: object) -> Inbound:
    read = READER.read(raw)
    assert isinstance(read, Update)
    return read.inbound


def _by(sender: Object) -> Object:
    """A tap by this person."""
    return {"id": "1", "from": sender, "message": QUESTION, "data": "g:verder:"}


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
    return Said(at=NOON, channel="telegram", fresh=FRESH, language="nl", text=text, message="81", note=note)


def showed(text_id: str) -> Showed:
    return Showed(at=NOON, channel="telegram", fresh=FRESH, language="nl", text_id=text_id, message="81")


def chosen(tapped: Tap) -> Chosen:
    return Chosen(at=NOON, channel="telegram", fresh=FRESH, language="nl", tap=tapped)


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
        replace(said("Hallo"), forwarded=True),
    ),
    "a text of somebody else": (
        {"text": "Hallo", "forward_origin": {"type": "user", "sender_user": person(CHAT + 1), "date": 1}},
        replace(said("Hallo"), forwarded=True),
    ),
    "a text of a channel": (
        {"text": "Hallo", "forward_origin": {"type": "channel", "chat": CHANNEL_CHAT, "message_id": 3, "date": 1}},
        replace(said("Hallo"), forwarded=True),
    ),
    "a text of one's own from another chat": (
        {"text": "Hallo", "forward_origin": {"type": "user", "sender_user": person(CHAT), "date": 1}},
        said("Hallo"),
    ),
    "a photo of an album with words": (
        {"photo": [FILE], "caption": "De brief", "media_group_id": "13"},
        replace(said("De brief", "INV.foto_tekst"), album="13"),
    ),
    "a message that waited for hours": ({"text": "Hallo", "date": SENT_AT - 3601}, replace(said("Hallo"), late=True)),
    "a message that waited for an hour": ({"text": "Hallo", "date": SENT_AT - 3600}, said("Hallo")),
    "a message of tomorrow": ({"text": "Hallo", "date": SENT_AT + 86_400}, said("Hallo")),
    "a reply": ({"text": "Hallo", "reply_to_message": QUESTION}, said("Hallo")),
    "a photo with words": ({"photo": [FILE], "caption": "De brief"}, said("De brief", "INV.foto_tekst")),
    "a video with words": ({"video": FILE, "caption": "Zie dit"}, said("Zie dit", "INV.foto_tekst")),
}

SHOWED: dict[str, tuple[Object, str]] = {
    "sticker": ({"sticker": {**FILE, "emoji": "👍", "type": "regular"}}, "INV.sticker"),
    "animation, which comes as a document too": ({"animation": FILE, "document": FILE}, "INV.sticker"),
    "dice": ({"dice": {"emoji": "🎲", "value": 4}}, "INV.iets"),
    "photo": ({"photo": [FILE, FILE]}, "INV.foto"),
    "photo of an album": ({"photo": [FILE], "media_group_id": "13"}, "INV.foto"),
    "voice": ({"voice": {**FILE, "duration": 3}}, "INV.spraak_uit"),
    "audio": ({"audio": {**FILE, "duration": 3}}, "INV.spraak_uit"),
    "video note": ({"video_note": {**FILE, "length": 240, "duration": 3}}, "INV.spraak_uit"),
    "video": ({"video": FILE}, "INV.bestand"),
    "document": ({"document": {**FILE, "file_name": "brief.pdf"}}, "INV.bestand"),
    "location": ({"location": {"latitude": 52.37, "longitude": 4.89}}, "INV.iets"),
    "venue": ({"venue": {"title": "Plein"}, "location": {"latitude": 52.37, "longitude": 4.89}}, "INV.iets"),
    "contact": ({"contact": {"phone_number": "+31600000000", "first_name": "Buur"}}, "INV.iets"),
    "poll": ({"poll": {"id": "1", "question": "?", "options": []}}, "INV.iets"),
    "story": ({"story": {"id": 1, "chat": private_chat(CHAT)}}, "INV.iets"),
    "game": ({"game": {"title": "x"}}, "INV.iets"),
    "something that Telegram adds tomorrow": ({"hologram": {}}, "INV.iets"),
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
    album = str(content.get("media_group_id", ""))
    assert event_of(sent(content)) == replace(showed(text_id), album=album)


@pytest.mark.parametrize("field", ["text", "caption"])
def test_a_change_names_the_message_that_was_changed(field: str) -> None:
    changed = Edited(at=NOON, channel="telegram", fresh=FRESH, language="nl", text="Anders", message="81")
    assert event_of(edited({field: " Anders "})) == changed


@pytest.mark.parametrize(
    ("told", "language"),
    [
        ("nl", "nl"),
        ("tr", "tr"),
        ("pt-BR", "pt-br"),
        ("zh-Hans-CN", "zh-hans-cn"),
        ("", ""),
        ("x", ""),
        ("nederlands!", ""),
        ("nl\n", ""),
        ("n" * 4000, ""),
        ("١٢", ""),
        (None, ""),
        (7, ""),
        (["nl"], ""),
        ({"nl": "nl"}, ""),
    ],
)
def test_the_language_of_the_app_is_a_tag_or_nothing(told: Json, language: str) -> None:
    sender = {**person(CHAT), "language_code": told}
    assert event_of(sent({"text": "Hallo", "from": sender})).language == language
    assert event_of({"update_id": NUMBER, "callback_query": _by(sender)}).language == language


@pytest.mark.parametrize("date", [None, "gisteren", 1.5, True, 0, -1, 2**40, 2**63, 10**400, [], {}])
def test_a_date_that_is_none_is_not_late(date: Json) -> None:
    assert not event_of(sent({"text": "Hallo", "date": date})).late


@pytest.mark.parametrize("origin", [None, "x", 7, [], True])
def test_an_origin_that_is_none_forwards_nothing(origin: Json) -> None:
    assert event_of(sent({"text": "Hallo", "forward_origin": origin})) == said("Hallo")


@pytest.mark.parametrize("origin", [{}, {"sender_user": None}, {"sender_user": {"id": "x"}}, {"sender_user": []}])
def test_an_origin_without_a_sender_is_not_ones_own(origin: Json) -> None:
    assert event_of(sent({"text": "Hallo", "forward_origin": origin})) == replace(said("Hallo"), forwarded=True)


@pytest.mark.parametrize("album", [None, 13, ["13"], {"id": "13"}])
def test_an_album_that_is_no_text_is_none(album: Json) -> None:
    assert event_of(sent({"photo": [FILE], "media_group_id": album})) == showed("INV.foto")


def test_a_long_name_of_an_album_is_cut() -> None:
    event = event_of(sent({"photo": [FILE], "media_group_id": "1" * 100_000}))
    assert isinstance(event, Showed)
    assert event.album == "1" * 64


def test_a_change_is_not_late_for_the_age_of_its_message() -> None:
    assert not event_of(edited({"text": "Anders", "date": 1_000_000})).late
    assert event_of(edited({"text": "Anders", "edit_date": SENT_AT - 3601})).late


@pytest.mark.parametrize("date", [SENT_AT - 3601, 1])
def test_a_tap_is_not_late_for_the_age_of_the_message_it_is_under(date: int) -> None:
    assert not event_of(tap({**QUESTION, "date": date}, "q:0f3c9a:gevoel:boos")).late


def test_which_message_the_teller_put_on_the_screen_is_told() -> None:
    assert inbound_of(sent({"text": "Hallo"})).message == "81"
    assert inbound_of(sent({"photo": [FILE]})).message == "81"
    assert inbound_of(edited({"text": "Anders"})).message == ""
    assert inbound_of(tap(QUESTION, "q:0f3c9a:gevoel:boos")).message == ""
    assert inbound_of(member(private_chat(CHAT), "kicked")).message == ""


def test_whoever_blocks_the_bot_wants_to_hear_nothing_more() -> None:
    read = READER.read(member(private_chat(CHAT), "kicked"))
    assert isinstance(read, Update)
    assert read.inbound.event == Blocked(at=NOON, channel="telegram", fresh=FRESH, language="nl")
    assert read.inbound.address == Address("telegram", str(CHAT))
    assert read.tapped is None


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
    assert read.inbound.event == chosen(AskTap("0f3c9a", "gevoel", "boos"))
    assert read.inbound.used == "12"
    bold = {"type": "bold", "offset": 0, "length": 7}
    assert read.tapped == Tapped("4000000000000000001", 12, "1 van 8\nHoe voelt u zich?", (bold,), "😠 Boos")


def test_a_tap_on_a_message_that_is_gone_has_no_words_and_no_label() -> None:
    read = READER.read(tap(inaccessible(CHAT, 12), "g:verder:"))
    assert isinstance(read, Update)
    assert read.inbound.event == chosen(PlainTap("verder"))
    assert read.tapped == Tapped("4000000000000000001", 12)


@pytest.mark.parametrize("data", ["admin:export", "", "x" * 64, "q:a:b", "d:t:ja:b0:9:x:y", "\ud800" * 30])
def test_a_forged_button_is_read_as_one_that_is_not_ours(data: str) -> None:
    assert event_of(tap(QUESTION, data)) == chosen(FOREIGN)


def test_a_tap_without_data_is_read_as_one_that_is_not_ours() -> None:
    query: Object = {"id": "1", "from": person(CHAT), "message": QUESTION, "game_short_name": "x"}
    assert event_of({"update_id": NUMBER, "callback_query": query}) == chosen(FOREIGN)


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
