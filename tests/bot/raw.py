"""Updates as the Bot API sends them, of every kind that a private chat, a group or a channel gives; pure."""

from tests.botapi.people import inaccessible, message, person, private_chat, tapped
from tests.botapi.wire import Object

CHAT = 4_503_599_627_370_497
NUMBER = 700_000_017

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


def every_kind() -> list[Object]:
    """One of each, whole and sound."""
    return [
        sent({"text": "Mijn dak lekte."}),
        sent({"text": "/start b-noord7", "entities": [{"type": "bot_command", "offset": 0, "length": 6}]}),
        sent({"text": "Hallo", "reply_to_message": QUESTION}),
        sent({"photo": [FILE, FILE], "caption": "De brief", "media_group_id": "13"}),
        sent({"voice": {**FILE, "duration": 3}}),
        sent({"sticker": {**FILE, "emoji": "👍", "type": "regular"}}),
        sent({"pinned_message": QUESTION}),
        edited({"text": "Anders"}),
        edited({"caption": "Anders", "photo": [FILE]}),
        edited({"location": {"latitude": 1.0, "longitude": 2.0}}),
        tap(QUESTION, "q:0f3c9a:gevoel:boos"),
        tap(inaccessible(CHAT, 12), "g:verder:"),
        in_chat(GROUP_CHAT, {"text": "Hallo"}),
        in_chat(CHANNEL_CHAT, {"text": "Hallo"}, "channel_post"),
        in_chat(private_chat(77), {"from": OTHER_BOT, "text": "Hallo"}),
        member(GROUP_CHAT, "member"),
        member(private_chat(CHAT), "kicked"),
        {"update_id": NUMBER, "message_reaction": {"chat": private_chat(CHAT)}},
    ]
