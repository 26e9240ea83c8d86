"""Whether the fake Telegram is as strict as the real one, and stricter; knows nothing of our bot."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession, FormData

from tests.botapi.asking import ask, button, keyboard, post
from tests.botapi.server import FakeTelegram
from tests.botapi.wire import Json, Object, an_object

CHAT = 5


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as fake:
        fake.meet(CHAT)
        yield fake


def bold(offset: int, length: int) -> Json:
    return [{"type": "bold", "offset": offset, "length": length}]


BAD_TEXTS: dict[str, tuple[Object, str]] = {
    "a parameter that does not exist": ({"parse_mod": "HTML"}, 'knows no parameter "parse_mod"'),
    "a number that is none": ({"message_thread_id": "drie"}, "must be Integer"),
    "a boolean that is none": ({"protect_content": "ja"}, "must be Boolean"),
    "a chat that is none": ({"chat_id": "bewoner"}, "must be Chat"),
    "a chat that the bot never met": ({"chat_id": 6}, "chat not found"),
    "an empty text": ({"text": ""}, "message text is empty"),
    "a text of blanks": ({"text": " \n\u200b"}, "text must be non-empty"),
    "markup around nothing": ({"text": "<b></b>", "parse_mode": "HTML"}, "text must be non-empty"),
    "a text that is too long": ({"text": "ë" * 4097}, "message is too long"),
    "a text of too many bytes": ({"text": "😀" * 8193}, "text is too long"),
    "a parse_mode that does not exist": ({"parse_mode": "HTLM"}, "unsupported parse_mode"),
    "a tag that is not closed": ({"text": "<b>Ja", "parse_mode": "HTML"}, "can't parse entities: Can't find end tag"),
    "a tag that Telegram does not know": ({"text": "a<br>b", "parse_mode": "HTML"}, 'Unsupported start tag "br"'),
    "a bare angle bracket": ({"text": "1 < 2", "parse_mode": "HTML"}, "Unsupported start tag"),
    "a link that is dropped": ({"text": "<a href='http://x'>k</a>", "parse_mode": "HTML"}, "a link in the text"),
    "entities beside a parse_mode": ({"parse_mode": "HTML", "entities": bold(0, 1)}, "entities are ignored"),
    "an entity past the end": ({"entities": bold(3, 3)}, "ends after the end of the text"),
    "an entity before the start": ({"entities": bold(-1, 3)}, "incorrect offset -1"),
    "an entity inside a character": ({"text": "😀", "entities": bold(1, 1)}, "in a middle of a UTF-16 symbol"),
    "an entity of no type": ({"entities": [{"offset": 0, "length": 1}]}, 'misses the required "type"'),
    "a reply to nothing": ({"reply_parameters": {"message_id": 99}}, "message to be replied not found"),
}

BAD_KEYBOARDS: dict[str, tuple[Json, str]] = {
    "null": (None, "object expected as reply markup"),
    "broken JSON": ("{", "can't parse reply keyboard markup JSON object"),
    "no kind of markup": ({}, "must hold exactly one of"),
    "two kinds of markup": ({"force_reply": True, "inline_keyboard": []}, "must hold exactly one of"),
    "rows that are no rows": ({"inline_keyboard": [button()]}, "must be an Array"),
    "an empty row": ({"inline_keyboard": [[]]}, "an empty row"),
    "a field that does not exist": (keyboard({**button(), "kleur": "rood"}), 'knows no parameter "kleur"'),
    "a label that is no text": (keyboard({"text": 1, "callback_data": "x"}), "must be String"),
    "a field that is null": (keyboard({**button(), "url": None}), "must be String"),
    "an empty label": (keyboard(button(label="")), "an empty text"),
    "a label of blanks": (keyboard(button(label=" ")), "an empty text"),
    "no action": (keyboard({"text": "Ja"}), "Text buttons are unallowed"),
    "two actions": (keyboard({**button(), "url": "https://telegram.org"}), "two actions"),
    "empty data": (keyboard(button(data="")), "BUTTON_DATA_INVALID"),
    "data of 65 bytes": (keyboard(button(data="é" * 32 + "x")), "BUTTON_DATA_INVALID"),
    "an address without a domain": (keyboard({"text": "x", "url": "http://localhost"}), "Wrong HTTP URL"),
    "nine in a row": (keyboard(*[button()] * 9, columns=9), "more than 8 buttons in a row"),
    "101 in all": (keyboard(*[button()] * 101, columns=8), "more than 100 buttons in all"),
}

BAD_CALLS: dict[str, tuple[str, Object, str]] = {
    "a message for nobody": ("sendMessage", {"text": "Hallo"}, "chat_id is empty"),
    "a message without words": ("sendMessage", {"chat_id": CHAT}, "message text is empty"),
    "parameters where there are none": ("getMe", {"chat_id": CHAT}, "knows no parameter"),
    "a limit of 0": ("getUpdates", {"limit": 0}, "limit is between"),
    "a type of update that does not exist": ("getUpdates", {"allowed_updates": ["mesage"]}, "no update of the type"),
    "a webhook without TLS": ("setWebhook", {"url": "http://example.org/"}, "HTTPS URL must be provided"),
    "a webhook on another port": ("setWebhook", {"url": "https://example.org:8080/"}, "only on ports"),
    "a secret with blanks": ("setWebhook", {"url": "https://example.org", "secret_token": "a b"}, "unallowed"),
    "a keyboard of the other kind": (
        "editMessageReplyMarkup",
        {"chat_id": CHAT, "message_id": 1, "reply_markup": {"remove_keyboard": True}},
        "knows no parameter",
    ),
    "an edit of nothing": ("editMessageText", {"text": "x"}, "message identifier is not specified"),
    "an edit of what is not there": (
        "editMessageText",
        {"chat_id": CHAT, "message_id": 9, "text": "x"},
        "message to edit not found",
    ),
    "a deletion of what is not there": ("deleteMessage", {"chat_id": CHAT, "message_id": 9}, "to delete not found"),
    "no numbers to delete": ("deleteMessages", {"chat_id": CHAT, "message_ids": []}, "not specified"),
    "101 numbers to delete": ("deleteMessages", {"chat_id": CHAT, "message_ids": [*range(1, 102)]}, "too many"),
    "an answer to no tap": ("answerCallbackQuery", {"callback_query_id": "1"}, "query is too old and response"),
    "a notice that is too long": (
        "answerCallbackQuery",
        {"callback_query_id": "1", "text": "x" * 201},
        "MESSAGE_TOO_LONG",
    ),
    "an action that does not exist": ("sendChatAction", {"chat_id": CHAT, "action": "tiepen"}, "wrong parameter"),
    "a name that is too long": ("setMyName", {"name": "x" * 65}, "longer than 64"),
    "a description that is too long": ("setMyDescription", {"description": "x" * 513}, "longer than 512"),
    "a short description that is too long": ("setMyShortDescription", {"short_description": "x" * 121}, "than 120"),
    "a language that is none": ("setMyName", {"name": "x", "language_code": "nld"}, "invalid language code"),
    "a command with a capital": ("setMyCommands", {"commands": [{"command": "Stop", "description": "x"}]}, "INVALID"),
    "a command without words": ("setMyCommands", {"commands": [{"command": "stop", "description": ""}]}, "non-empty"),
    "a command with too many words": (
        "setMyCommands",
        {"commands": [{"command": "stop", "description": "x" * 257}]},
        "must not exceed 256",
    ),
    "101 commands": ("setMyCommands", {"commands": [{"command": "a", "description": "x"}] * 101}, "TOO_MUCH"),
    "a menu button that does not exist": ("setChatMenuButton", {"menu_button": {"type": "rond"}}, "invalid MenuButton"),
    "a voice message without a voice": ("sendVoice", {"chat_id": CHAT}, 'misses the required "voice"'),
    "a file that was never sent": ("sendDocument", {"chat_id": CHAT, "document": "AbC"}, "wrong file identifier"),
    "a private chat that is left": ("leaveChat", {"chat_id": CHAT}, "can't be changed in private chats"),
}


async def is_refused(telegram: FakeTelegram, method: str, params: Object, reason: str) -> None:
    answer = await ask(telegram, method, **params)
    assert (answer.status, answer.body["ok"], answer.body["error_code"]) == (400, False, 400)
    assert answer.reason.startswith("Bad Request: ")
    assert reason in answer.reason
    assert [(call.method, call.error) for call in telegram.rejected] == [(method, answer.reason)]
    assert telegram.messages(CHAT) == []


@pytest.mark.parametrize("fault", BAD_TEXTS)
async def test_a_bad_text_is_refused(telegram: FakeTelegram, fault: str) -> None:
    params, reason = BAD_TEXTS[fault]
    await is_refused(telegram, "sendMessage", {"chat_id": CHAT, "text": "Hallo", **params}, reason)


@pytest.mark.parametrize("fault", BAD_KEYBOARDS)
async def test_a_bad_keyboard_is_refused(telegram: FakeTelegram, fault: str) -> None:
    markup, reason = BAD_KEYBOARDS[fault]
    await is_refused(telegram, "sendMessage", {"chat_id": CHAT, "text": "Hallo", "reply_markup": markup}, reason)


@pytest.mark.parametrize("fault", BAD_CALLS)
async def test_a_bad_call_is_refused(telegram: FakeTelegram, fault: str) -> None:
    method, params, reason = BAD_CALLS[fault]
    await is_refused(telegram, method, params, reason)


async def test_what_fits_exactly_is_taken(telegram: FakeTelegram) -> None:
    fitting: list[Object] = [
        {"text": "😀" * 4096},
        {"text": " " + "x" * 4096 + "\n"},
        {"text": "<b>1 &lt; 2</b> &#x27;", "parse_mode": "HTML"},
        {"text": "x", "reply_markup": keyboard(*[button(data="é" * 32)] * 100, columns=8)},
    ]
    for params in fitting:
        assert (await ask(telegram, "sendMessage", chat_id=CHAT, **params)).status == 200
    assert telegram.rejected == []


@pytest.mark.parametrize(("token", "status"), [("123:ELSE", 401), ("123", 404), ("123:TEST", 200)])
async def test_a_wrong_token_gets_401_and_a_malformed_one_404(telegram: FakeTelegram, token: str, status: int) -> None:
    assert (await post(f"{telegram.url}/bot{token}/getMe")).status == status


@pytest.mark.parametrize("method", ["sendMesage", "getme", "sendPoll"])
async def test_a_method_that_is_not_known_gets_404(telegram: FakeTelegram, method: str) -> None:
    answer = await ask(telegram, method)
    assert (answer.status, answer.reason) == (404, "Not Found: method not found")
    assert len(telegram.rejected) == 1


async def test_a_json_body_is_read_too(telegram: FakeTelegram) -> None:
    params: Object = {"chat_id": CHAT, "text": "Hallo", "reply_markup": keyboard(button())}
    url = f"{telegram.url}/bot{telegram.token}/sendMessage"
    async with ClientSession() as session, session.post(url, json=params) as got:
        assert got.status == 200
    assert telegram.messages(CHAT)[0].keyboard == ((("Ja", "ja"),),)


async def test_a_file_comes_as_a_part_and_goes_again_by_its_id(telegram: FakeTelegram) -> None:
    form = FormData({"chat_id": str(CHAT), "document": "attach://bijlage"})
    form.add_field("bijlage", b"inhoud", filename="brief.txt", content_type="text/plain")
    answer = await post(f"{telegram.url}/bot{telegram.token}/sendDocument", form)
    document = an_object(an_object(answer.result)["document"])
    assert (document["file_name"], document["file_size"]) == ("brief.txt", 6)
    assert (await ask(telegram, "sendDocument", chat_id=CHAT, document=document["file_id"])).status == 200
    assert [shown.attached for shown in telegram.messages(CHAT)] == ["document", "document"]


async def test_a_file_that_nothing_names_is_refused(telegram: FakeTelegram) -> None:
    form = FormData({"chat_id": str(CHAT), "text": "Hallo"})
    form.add_field("bijlage", b"inhoud", filename="brief.txt")
    answer = await post(f"{telegram.url}/bot{telegram.token}/sendMessage", form)
    assert answer.reason.endswith('sendMessage knows no parameter "bijlage"')


async def test_an_empty_file_is_refused(telegram: FakeTelegram) -> None:
    form = FormData({"chat_id": str(CHAT)})
    form.add_field("voice", b"", filename="stem.ogg")
    answer = await post(f"{telegram.url}/bot{telegram.token}/sendVoice", form)
    assert answer.reason == "Bad Request: file must be non-empty: voice"
