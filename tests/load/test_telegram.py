"""The fast Bot API beside the strict one: calls are answered alike, so that what is fast here is no nonsense."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import cast

import pytest
from aiohttp import ClientSession, FormData

from tests.botapi.server import FakeTelegram
from tests.load.run import serving
from tests.load.shapes import Object
from tests.load.telegram import TOKEN, Telegram

CHAT = 1_000_001
YES, NO = {"text": "Ja", "callback_data": "q:ja"}, {"text": "Nee", "callback_data": "q:nee"}
KEYBOARD = {"inline_keyboard": [[YES], [NO]]}
BOLD = "Wilt u <b>mee</b>doen? 👋 1 &lt; 2 <b>Echt</b>"
ENTITIES = [{"type": "bold", "offset": 0, "length": 4}]
VARYING = {"message_id", "date", "edit_date", "update_id"}


@dataclass
class Side:
    """One of the two servers with a person on it, and all that it answered, but for numbers of its own and times."""

    url: str
    say: Callable[[str], object]
    tap: Callable[[Object], object]
    answers: list[tuple[str, int, object]] = field(default_factory=list)

    async def updates(self, **params: object) -> list[Object]:
        """What waits."""
        return cast(list[Object], await self.call("getUpdates", **params))

    async def send(self, **params: object) -> Object:
        """A message of the bot."""
        return cast(Object, await self.call("sendMessage", chat_id=CHAT, **params))

    async def call(self, method: str, **params: object) -> object:
        """A call as a form; its result."""
        form = FormData(
            {name: value if isinstance(value, str) else json.dumps(value) for name, value in params.items()}
        )
        async with ClientSession() as session, session.post(f"{self.url}/{method}", data=form) as response:
            answer: Object = await response.json()
        self.answers.append((method, response.status, _steady(answer)))
        return answer.get("result")


def _steady(found: object) -> object:
    if isinstance(found, dict):
        return {key: "…" if key in VARYING or _is_drawn(key, value) else _steady(value) for key, value in found.items()}
    return [_steady(item) for item in found] if isinstance(found, list) else found


def _is_drawn(key: str, value: object) -> bool:
    return key in {"id", "chat_instance"} and isinstance(value, str)


Conversation = Callable[[Side], Awaitable[None]]


async def _strict(conversation: Conversation) -> list[tuple[str, int, object]]:
    async with FakeTelegram(TOKEN, pause=0.0) as telegram:
        url = f"{telegram.url}/bot{TOKEN}"
        side = Side(url, lambda text: telegram.say(CHAT, text), lambda under: telegram.tap(CHAT, "Ja"))
        await conversation(side)
        return side.answers


async def _fast(conversation: Conversation) -> list[tuple[str, int, object]]:
    telegram = Telegram(lambda chat, message: None)
    async with serving(telegram):
        url = f"{telegram.url}/bot{TOKEN}"
        side = Side(url, lambda text: telegram.type(CHAT, text), lambda under: telegram.tap(CHAT, under, "q:ja"))
        await conversation(side)
        return side.answers


async def _asked(side: Side) -> Object:
    side.say("/start")
    return await side.send(
        text=BOLD, parse_mode="HTML", reply_markup=KEYBOARD, link_preview_options={"is_disabled": True}
    )


async def sends_and_edits(side: Side) -> None:
    """A question, a tap that is answered and marked, and the next question."""
    question = await _asked(side)
    side.tap(question)
    [_, tapped] = await side.updates(timeout=1)
    query, number = tapped["callback_query"]["id"], question["message_id"]
    await side.call("answerCallbackQuery", callback_query_id=query)
    await side.call("answerCallbackQuery", callback_query_id=query)
    marked = f"{question['text']}\n\n✅ Ja"
    await side.call("editMessageText", chat_id=CHAT, message_id=number, text=marked, entities=ENTITIES)
    await side.call("editMessageText", chat_id=CHAT, message_id=number, text=marked, entities=ENTITIES)
    await side.send(text="En nu?")


async def strips_and_deletes(side: Side) -> None:
    """The buttons go, the message goes, and then it is not there."""
    number = (await _asked(side))["message_id"]
    await side.call("editMessageReplyMarkup", chat_id=CHAT, message_id=number)
    await side.call("deleteMessage", chat_id=CHAT, message_id=number)
    await side.call("deleteMessage", chat_id=CHAT, message_id=number)
    await side.call("editMessageReplyMarkup", chat_id=CHAT, message_id=number)
    await side.call("deleteMessages", chat_id=CHAT, message_ids=[number])


async def confirms(side: Side) -> None:
    """What is confirmed does not come again; what is not does."""
    for text in ("een", "twee", "drie"):
        side.say(text)
    first = await side.updates(timeout=1)
    await side.call("getUpdates", timeout=1, offset=first[1]["update_id"])
    await side.call("getUpdates", timeout=1, offset=first[2]["update_id"], limit=1)
    await side.call("getUpdates", timeout=0, offset=first[2]["update_id"] + 1)


async def presents_itself(side: Side) -> None:
    """What is set at the start of the bot, and asked first."""
    for method in ("getMyName", "getMyShortDescription", "getMyDescription", "getMyCommands", "getChatMenuButton"):
        await side.call(method)
    await side.call("setMyName", name="Vertelbot proef")
    await side.call("setMyShortDescription", short_description="Kort")
    await side.call("setMyDescription", description="Lang")
    await side.call("setMyCommands", commands=[{"command": "start", "description": "Begin"}])
    await side.call("setChatMenuButton", menu_button={"type": "commands"})
    for method in ("getMyShortDescription", "getMyDescription", "getMyCommands", "getChatMenuButton", "getMyName"):
        await side.call(method)


async def is_wrong(side: Side) -> None:
    """Calls that Telegram turns down."""
    await _asked(side)
    await side.call("sendMessage", chat_id=CHAT + 1, text="Hallo")
    await side.send(text="")
    await side.call("editMessageText", chat_id=CHAT, message_id=999_999, text="Anders")
    await side.call("answerCallbackQuery", callback_query_id="5")
    await side.call("maakKoffie")


@pytest.mark.parametrize("conversation", [sends_and_edits, strips_and_deletes, confirms, presents_itself, is_wrong])
async def test_the_fast_api_answers_as_the_strict_one(conversation: Conversation) -> None:
    strict, fast = await _strict(conversation), await _fast(conversation)
    assert len(fast) > 3
    assert fast == strict
