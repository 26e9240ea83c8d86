"""What the methods do that put, change and take away messages, and that answer taps.

Gets arguments that were already verified; refuses what depends on what happened before.
"""

from tests.botapi.account import Account
from tests.botapi.arguments import Arguments
from tests.botapi.formatting import Formatted
from tests.botapi.keyboards import is_inline, rows_of
from tests.botapi.people import chat_id_of
from tests.botapi.pictures import photo_size
from tests.botapi.verify import caption, message_text
from tests.botapi.wire import Json, Object, Upload, a_number, an_object, bad_request

DELETABLE_SECONDS = 48 * 60 * 60
_FETCHED = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1"
"""What stands at every address that Telegram is to fetch a file from."""
_CHANGEABLE = ("text", "entities", "reply_markup")


def send_message(account: Account, arguments: Arguments) -> Json:
    """sendMessage: the new message."""
    return _put(account, arguments, _written("text", "entities", message_text(arguments)))


def send_document(account: Account, arguments: Arguments) -> Json:
    """sendDocument: the new message with the file."""
    return _put_file(account, arguments, "document")


def send_voice(account: Account, arguments: Arguments) -> Json:
    """sendVoice: the new message with the recording."""
    return _put_file(account, arguments, "voice")


def send_photo(account: Account, arguments: Arguments) -> Json:
    """sendPhoto: the new message with the picture, in one size."""
    return _put_file(account, arguments, "photo")


def edit_message_text(account: Account, arguments: Arguments) -> Json:
    """editMessageText: the message with other words, and with no keyboard unless one is given."""
    message = _editable(account, arguments)
    if "text" not in message:
        raise bad_request("There is no text in the message to edit")
    return _change(account, message, _written("text", "entities", message_text(arguments)), arguments)


def edit_message_reply_markup(account: Account, arguments: Arguments) -> Json:
    """editMessageReplyMarkup: the message with another keyboard, or with none."""
    message = _editable(account, arguments)
    same: Object = {name: message[name] for name in ("text", "entities") if name in message}
    return _change(account, message, same, arguments)


def delete_message(account: Account, arguments: Arguments) -> Json:
    """deleteMessage: true."""
    message = account.message(arguments, "message to delete")
    _check_age(account, message)
    return account.screen.drop(chat_id_of(message), a_number(message["message_id"]))


def delete_messages(account: Account, arguments: Arguments) -> Json:
    """deleteMessages: true; those that are not there are passed over, as Telegram does."""
    chat_id = a_number(account.chat(arguments)["id"])
    numbers = [a_number(message_id) for message_id in arguments.items("message_ids")]
    for number in numbers:
        _check_age(account, account.screen.get(chat_id, number))
    for number in numbers:
        account.screen.drop(chat_id, number)
    return True


def _check_age(account: Account, message: Object) -> None:
    """A bot takes no message away that is older than two days; one such among many is refused with the others."""
    if message and account.now() - a_number(message.get("date")) > DELETABLE_SECONDS:
        raise bad_request("message can't be deleted for everyone")


def answer_callback_query(account: Account, arguments: Arguments) -> Json:
    """answerCallbackQuery: true, once for each tap and only while Telegram waits for it."""
    query_id = arguments.text("callback_query_id")
    if query_id not in account.open_taps:
        raise bad_request("Query is too old and response timeout expired or query ID is invalid")
    account.open_taps.remove(query_id)
    return True


def send_chat_action(account: Account, arguments: Arguments) -> Json:
    """sendChatAction: true."""
    account.chat(arguments)
    return True


def leave_chat(account: Account, arguments: Arguments) -> Json:
    """leaveChat: true; a private chat cannot be left."""
    chat = account.chat(arguments)
    if chat.get("type") == "private":
        raise bad_request("Chat member status can't be changed in private chats")
    account.left.add(a_number(chat["id"]))
    return True


def _put(account: Account, arguments: Arguments, content: Object) -> Object:
    chat = account.chat(arguments)
    reply = _replied(account, arguments)
    markup = arguments.object("reply_markup")
    heading: Object = {
        "message_id": account.screen.next_id(),
        "from": account.me(),
        "chat": chat,
        "date": account.now(),
    }
    message = {**heading, **reply, **content, **_keyboard(markup)}
    account.screen.put(message, editable=is_inline(markup))
    return message


def _put_file(account: Account, arguments: Arguments, kind: str) -> Object:
    words = _written("caption", "caption_entities", caption(arguments))
    account.chat(arguments)
    return _put(account, arguments, {kind: _file(account, arguments, kind), **words})


def _file(account: Account, arguments: Arguments, kind: str) -> Json:
    value = arguments.values[kind]
    if isinstance(value, Upload):
        return _kept(account, kind, value, arguments.number("duration"))
    address = arguments.text(kind)
    if address.startswith(("http://", "https://")):
        name = address.rsplit("/", 1)[-1]
        return _kept(account, kind, Upload(name, "application/octet-stream", _FETCHED), 0)
    if address not in account.files:
        raise bad_request("Wrong file identifier/HTTP URL specified")
    return account.files[address]


def _kept(account: Account, kind: str, upload: Upload, duration: int) -> Json:
    file_id = account.new_file_id()
    plain: Object = {
        "file_id": file_id,
        "file_unique_id": file_id[-8:],
        "file_size": len(upload.content),
    }
    typed: Object = {**plain, "mime_type": upload.content_type}
    kinds: dict[str, Json] = {
        "document": {**typed, "file_name": upload.filename},
        "voice": {**typed, "duration": duration},
    }
    if kind == "photo":
        width, height = photo_size(upload)
        kinds["photo"] = [{**plain, "width": width, "height": height}]
    account.files[file_id] = kinds[kind]
    return kinds[kind]


def _replied(account: Account, arguments: Arguments) -> Object:
    parameters = arguments.object("reply_parameters")
    if not parameters:
        return {}
    chat_id = arguments.number("chat_id")
    found = account.screen.get(chat_id, a_number(parameters["message_id"]))
    if not found and parameters.get("allow_sending_without_reply") is not True:
        raise bad_request("Message to be replied not found")
    return {"reply_to_message": found} if found else {}


def _written(text: str, entities: str, shown: Formatted) -> Object:
    words: Object = {text: shown.text} if shown.text else {}
    return {**words, entities: [*shown.entities]} if shown.entities else words


def _keyboard(markup: Object) -> Object:
    return {"reply_markup": markup} if rows_of(markup) else {}


def _editable(account: Account, arguments: Arguments) -> Object:
    if arguments.has("inline_message_id"):
        raise bad_request("MESSAGE_ID_INVALID")
    if not arguments.has("chat_id") or not arguments.has("message_id"):
        raise bad_request("Message identifier is not specified")
    message = account.message(arguments, "message to edit")
    fixed = account.screen.is_fixed(chat_id_of(message), a_number(message["message_id"]))
    if fixed or an_object(message["from"]).get("is_bot") is not True:
        raise bad_request("Message can't be edited")
    return message


def _change(account: Account, message: Object, words: Object, arguments: Arguments) -> Object:
    content = {**words, **_keyboard(arguments.object("reply_markup"))}
    before = {name: message[name] for name in _CHANGEABLE if name in message}
    if content == before:
        raise bad_request(
            "Message is not modified: specified new message content and reply markup are exactly "
            "the same as a current content and reply markup of the message"
        )
    kept = {name: value for name, value in message.items() if name not in _CHANGEABLE}
    changed = {**kept, "edit_date": account.now(), **content}
    account.screen.put(changed)
    return changed
