"""A Bot API that is fast: the methods that bots call in a load run, over loopback, with a distance that can be set.

It keeps of each chat the last few messages. What it takes and gives is held beside the strict fake of `tests/botapi`
by a test. A call arrives after half of `latency`, its answer after the other half; so does an update.
"""

import asyncio
import json
import time
from collections import Counter
from collections.abc import Callable
from functools import partial
from itertools import count
from typing import Any

from tests.load.lines import ServedLine
from tests.load.mail import Mailbox, Postman
from tests.load.parameters import Refused, a_number, an_object, items, read_values
from tests.load.shapes import Object, Values, bot, read_html, sent, tapped, typed

TOKEN = "123:TEST"
REMEMBERED = 4
"""Messages of a chat that can still be changed."""

CHANGEABLE = ("text", "entities", "reply_markup")
NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a "
    "current content and reply markup of the message"
)
_PROFILE = {
    "Name": ("name", "Vertelbot"),
    "Description": ("description", ""),
    "ShortDescription": ("short_description", ""),
    "Commands": ("commands", ""),
}


class Telegram:
    """The API, and the residents' phones: `asked` is called with every message that has buttons.

    `calls` counts by method, `refused` by method and description what was turned down. `waits` stays empty: a call is
    not answered by the bot.
    """

    def __init__(self, asked: Callable[[int, Object], None], latency: float = 0.0) -> None:
        self.calls: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self.ready = asyncio.Event()
        self.waits: dict[str, list[float]] = {}
        self.url = ""
        self.asked = asked
        self._half = latency / 2
        self._loop = asyncio.get_running_loop()
        self._mailbox = Mailbox()
        self._postman: Postman | None = None
        self._server: asyncio.Server | None = None
        self._numbers = count(1)
        self._updates = count(700_000_001)
        self._queries: set[str] = set()
        self._chats: dict[int, dict[int, Object]] = {}
        self._settings: dict[str, Any] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._methods: dict[str, Callable[[Values], Any]] = {
            "sendMessage": self._send,
            "editMessageText": self._edit_text,
            "editMessageReplyMarkup": self._edit_markup,
            "answerCallbackQuery": self._answer,
            "deleteMessage": self._delete,
            "deleteMessages": self._delete_all,
            "sendChatAction": lambda values: True,
            "getMe": lambda values: {**bot(), "can_join_groups": False, "can_read_all_group_messages": False},
            "setWebhook": self._set_webhook,
            "deleteWebhook": self._delete_webhook,
            "getWebhookInfo": self._webhook_info,
        }
        for name in _PROFILE:
            self._methods[f"setMy{name}"] = partial(self._set, name)
            self._methods[f"getMy{name}"] = partial(self._get, name)
        self._methods["setChatMenuButton"] = partial(self._set, "menu")
        self._methods["getChatMenuButton"] = self._menu

    async def start(self) -> None:
        """Listens on a free port of loopback."""
        self._server = await self._loop.create_server(lambda: ServedLine(self._called), "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    def close(self) -> None:
        """Brings nothing more, and lets an open poll go."""
        self._mailbox.wake()
        if self._postman:
            self._postman.close()
        for task in self._tasks:
            task.cancel()
        if self._server:
            self._server.close()

    @property
    def untaken(self) -> int:
        """How many updates were brought to the webhook and not taken there."""
        return self._postman.refused if self._postman else 0

    @property
    def unanswered(self) -> int:
        """How many taps were not answered."""
        return len(self._queries)

    def type(self, chat: int, text: str) -> None:
        """A resident types."""
        self._chats.setdefault(chat, {})
        self._put(chat, typed(chat, next(self._numbers), int(time.time()), text))

    def tap(self, chat: int, under: Object, data: str) -> None:
        """A resident taps a button under this message."""
        query = str(4_000_000_000_000_000_000 + next(self._numbers))
        self._queries.add(query)
        self._put(chat, tapped(chat, query, under, data))

    def _put(self, chat: int, content: Object) -> None:
        number = next(self._updates)
        update = {"update_id": number, **content}
        if self._postman:
            self._postman.put(chat, update)
        else:
            self._mailbox.put(number, update)

    def _called(self, line: ServedLine, path: str, kind: str, body: bytes) -> None:
        if self._half:
            self._loop.call_later(self._half, self._arrived, line, path, kind, body)
        else:
            self._arrived(line, path, kind, body)

    def _arrived(self, line: ServedLine, path: str, kind: str, body: bytes) -> None:
        name = path.partition("?")[0].rpartition("/")[2]
        self.calls[name] += 1
        try:
            if not path.startswith(f"/bot{TOKEN}/"):
                raise Refused(401, "Unauthorized")
            values = read_values(path, kind, body)
            if name == "getUpdates":
                self._poll(line, values)
                return
            method = self._methods.get(name)
            if method is None:
                raise Refused(404, "Not Found: method not found")
            self._reply(line, 200, {"ok": True, "result": method(values)})
        except Refused as refusal:
            self._refuse(line, name, refusal)

    def _replied(self, body: bytes) -> None:
        """A call that came as the answer to an update, if it is one; nobody hears how it went."""
        told = json.loads(body)
        if not isinstance(told, dict) or "method" not in told:
            return
        values, name = read_values("", "application/json", body), str(told["method"])
        self.calls[name] += 1
        try:
            self._methods[name](values)
        except Refused as refusal:
            self.refused[f"{name}: {refusal.description}"] += 1

    def _refuse(self, line: ServedLine, name: str, refusal: Refused) -> None:
        self.refused[f"{name}: {refusal.description}"] += 1
        told = {"ok": False, "error_code": refusal.status, "description": refusal.description}
        self._reply(line, refusal.status, told)

    def _reply(self, line: ServedLine, status: int, told: Object) -> None:
        body = json.dumps(told).encode()
        if self._half:
            self._loop.call_later(self._half, line.reply, status, body)
        else:
            line.reply(status, body)

    def _poll(self, line: ServedLine, values: Values) -> None:
        if self._postman:
            raise Refused(409, "Conflict: can't use getUpdates method while webhook is active")
        self.ready.set()
        task = self._loop.create_task(self._fetched(line, values))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _fetched(self, line: ServedLine, values: Values) -> None:
        seconds = float(values.get("timeout", 0))
        found = await self._mailbox.fetch(a_number(values, "offset"), a_number(values, "limit", 100), seconds)
        self._reply(line, 200, {"ok": True, "result": found})

    def _send(self, values: Values) -> Object:
        chat = self._chat(values)
        message = sent(chat, next(self._numbers), int(time.time()), _words(values))
        self._shown(chat, message)
        return message

    def _edit_text(self, values: Values) -> Object:
        return self._edited(values, lambda before: _words(values))

    def _edit_markup(self, values: Values) -> Object:
        markup = _markup(values)
        return self._edited(values, lambda before: {**_only(before, "text", "entities"), **markup})

    def _edited(self, values: Values, change: Callable[[Object], Object]) -> Object:
        chat, number = self._chat(values), a_number(values, "message_id")
        before = self._chats[chat].get(number)
        if before is None:
            raise Refused(400, "Bad Request: message to edit not found")
        words = change(before)
        if words == _only(before, *CHANGEABLE):
            raise Refused(400, NOT_MODIFIED)
        message = sent(chat, number, before["date"], {**words, "edit_date": int(time.time())})
        self._shown(chat, message)
        return message

    def _shown(self, chat: int, message: Object) -> None:
        messages = self._chats[chat]
        messages[message["message_id"]] = message
        if len(messages) > REMEMBERED:
            del messages[min(messages)]
        if message.get("reply_markup", {}).get("inline_keyboard"):
            self.asked(chat, message)

    def _delete(self, values: Values) -> bool:
        messages = self._chats[self._chat(values)]
        if messages.pop(a_number(values, "message_id"), None) is None:
            raise Refused(400, "Bad Request: message to delete not found")
        return True

    def _delete_all(self, values: Values) -> bool:
        messages = self._chats[self._chat(values)]
        for number in items(values, "message_ids"):
            messages.pop(number, None)
        return True

    def _answer(self, values: Values) -> bool:
        query = str(values.get("callback_query_id", ""))
        if query not in self._queries:
            raise Refused(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
        self._queries.discard(query)
        return True

    def _chat(self, values: Values) -> int:
        chat = a_number(values, "chat_id")
        if chat not in self._chats:
            raise Refused(400, "Bad Request: chat not found")
        return chat

    def _set_webhook(self, values: Values) -> bool:
        url, secret = str(values.get("url", "")), str(values.get("secret_token", ""))
        if not url:
            return self._delete_webhook(values)
        if self._postman:
            self._postman.close()
        self._postman = Postman(url, secret, a_number(values, "max_connections"), self._half, self._replied)
        self._settings["webhook"] = url
        self.ready.set()
        return True

    def _delete_webhook(self, _values: Values) -> bool:
        if self._postman:
            self._postman.close()
        self._postman = None
        self._settings.pop("webhook", None)
        return True

    def _webhook_info(self, _values: Values) -> Object:
        url = self._settings.get("webhook", "")
        return {"url": url, "has_custom_certificate": False, "pending_update_count": len(self._mailbox)}

    def _set(self, name: str, values: Values) -> bool:
        self._settings[name] = dict(values)
        return True

    def _menu(self, _values: Values) -> Object:
        return an_object(self._settings.get("menu", {}), "menu_button") or {"type": "commands"}

    def _get(self, name: str, _values: Values) -> Object | list[Any]:
        found = self._settings.get(name, {})
        key, without = _PROFILE[name]
        return items(found, key) if name == "Commands" else {key: found.get(key, without)}


def _words(values: Values) -> Object:
    text = str(values.get("text", ""))
    words: Object = {"text": text}
    if values.get("parse_mode") == "HTML":
        text, bold = read_html(text)
        words = {"text": text}
        if bold:
            words["entities"] = [{"type": "bold", "offset": at, "length": length} for at, length in bold]
    elif "entities" in values:
        words["entities"] = items(values, "entities")
    if not text.strip():
        raise Refused(400, "Bad Request: message text is empty")
    return {**words, **_markup(values)}


def _markup(values: Values) -> Object:
    markup = an_object(values, "reply_markup")
    return {"reply_markup": markup} if markup else {}


def _only(message: Object, *names: str) -> Object:
    return {name: message[name] for name in names if name in message}
