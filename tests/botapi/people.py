"""What people do, as the updates that Telegram makes of it; pure, keeps nothing."""

from tests.botapi.wire import Json, Object, a_number, an_object

LANGUAGE = "nl"


def person(chat_id: int, language: str = LANGUAGE) -> Object:
    """The sender of a private chat; on Telegram it has the same id as the chat.

    In: the id, and the phone's language as Telegram tells it ("" for none).
    """
    told: Object = {"language_code": language} if language else {}
    named: Object = {"id": chat_id, "is_bot": False, "first_name": "Bewoner", **_names(chat_id)}
    return {**named, **told}


def private_chat(chat_id: int) -> Object:
    """The chat as it stands in every message."""
    return {"id": chat_id, "first_name": "Bewoner", **_names(chat_id), "type": "private"}


def _names(chat_id: int) -> Object:
    return {"last_name": str(chat_id), "username": f"bewoner_{chat_id}"}


def message(sender: Object, message_id: int, date: int, content: Object) -> Object:
    """A message in the sender's private chat; `content` holds text, voice, photo or another."""
    chat = private_chat(a_number(sender["id"]))
    return {"message_id": message_id, "from": sender, "chat": chat, "date": date, **content}


def tapped(query_id: str, sender: Object, under: Object, data: str) -> Object:
    """A tap on a button; `under` is the message, or what Telegram tells of one that is gone."""
    query: Object = {"id": query_id, "from": sender, "message": under}
    return {"callback_query": {**query, "chat_instance": f"-{query_id}", "data": data}}


def inaccessible(chat_id: int, message_id: int) -> Object:
    """A message that is deleted or too old: its date is 0."""
    return {"chat": private_chat(chat_id), "message_id": message_id, "date": 0}


def chat_of(update: Object) -> Object:
    """The chat that an update came from, of whatever type it is; empty when it names none."""
    for content in update.values():
        chat = _chat_in(content) or _chat_in(an_object(content).get("message"))
        if chat:
            return chat
    return {}


def _chat_in(content: Json) -> Object:
    return an_object(an_object(content).get("chat"))


def chat_id_of(content: Json) -> int:
    """The id of the chat that a message or another content stands in; 0 when it has none."""
    return a_number(_chat_in(content).get("id"))
