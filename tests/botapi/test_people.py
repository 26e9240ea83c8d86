"""Whether the fake shows what people see, gives what they do, and waits until the bot has spoken."""

import asyncio
from collections.abc import AsyncIterator
from io import BytesIO

import pytest
import telegram as ptb
from aiohttp import ClientError
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter

from bot.handouts.qr import png
from tests.botapi import faults
from tests.botapi.asking import Answer, ask, button, keyboard
from tests.botapi.faults import Fault
from tests.botapi.rules import METHODS
from tests.botapi.screen import Entity, Shown
from tests.botapi.server import FakeTelegram
from tests.botapi.wire import Json, an_object

CHAT = 5


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram(first_update_id=1, clock=lambda: 1_800_000_000.0) as fake:
        fake.meet(CHAT)
        yield fake


@pytest.fixture
async def bot(telegram: FakeTelegram, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[ptb.Bot]:
    # Without it the library warns when it meets a 429, and here a warning is an error.
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    async with ptb.Bot(telegram.token, base_url=f"{telegram.url}/bot") as bot:
        yield bot


async def send(telegram: FakeTelegram, text: str = "Doet u mee?", **params: Json) -> Answer:
    return await ask(telegram, "sendMessage", chat_id=CHAT, text=text, **params)


def texts(telegram: FakeTelegram) -> list[str]:
    return [shown.text for shown in telegram.messages(CHAT)]


async def test_the_screen_shows_texts_marks_and_buttons(telegram: FakeTelegram) -> None:
    telegram.say(CHAT, "/start")
    await send(telegram, "Doet u <b>mee</b>?", parse_mode="HTML", reply_markup=keyboard(button()))
    assert telegram.messages(CHAT) == [
        Shown(1, False, "/start", (Entity("bot_command", 0, 6),)),
        Shown(2, True, "Doet u mee?", (Entity("bold", 7, 3),), ((("Ja", "ja"),),)),
    ]


async def test_an_edit_takes_the_buttons_away_unless_they_come_along(telegram: FakeTelegram) -> None:
    number = (await send(telegram, reply_markup=keyboard(button()))).message_id
    await ask(telegram, "editMessageText", chat_id=CHAT, message_id=number, text="U koos: ja")
    assert telegram.messages(CHAT) == [Shown(number, True, "U koos: ja")]


async def test_an_edit_that_changes_nothing_is_refused(telegram: FakeTelegram) -> None:
    number = (await send(telegram)).message_id
    same = await ask(telegram, "editMessageText", chat_id=CHAT, message_id=number, text="Doet u mee?")
    bare = await ask(telegram, "editMessageReplyMarkup", chat_id=CHAT, message_id=number)
    assert "message is not modified" in same.reason
    assert "message is not modified" in bare.reason


async def test_a_message_is_edited_in_its_own_chat_only(telegram: FakeTelegram) -> None:
    telegram.meet(6)
    number = (await send(telegram)).message_id
    answer = await ask(telegram, "editMessageText", chat_id=6, message_id=number, text="x")
    assert answer.reason == "Bad Request: message to edit not found"


async def test_what_a_person_wrote_cannot_be_edited_by_the_bot(telegram: FakeTelegram) -> None:
    telegram.say(CHAT, "Hallo", message_id=7)
    answer = await ask(telegram, "editMessageText", chat_id=CHAT, message_id=7, text="x")
    assert answer.reason == "Bad Request: message can't be edited"


async def test_a_message_sent_with_another_keyboard_cannot_be_edited(telegram: FakeTelegram) -> None:
    number = (await send(telegram, reply_markup={"remove_keyboard": True})).message_id
    answer = await ask(telegram, "editMessageText", chat_id=CHAT, message_id=number, text="x")
    assert answer.reason == "Bad Request: message can't be edited"


async def test_deleted_messages_are_gone(telegram: FakeTelegram) -> None:
    numbers = [(await send(telegram, text)).message_id for text in ("een", "twee", "drie")]
    await ask(telegram, "deleteMessage", chat_id=CHAT, message_id=numbers[0])
    await ask(telegram, "deleteMessages", chat_id=CHAT, message_ids=[numbers[2], 999])
    assert texts(telegram) == ["twee"]


async def test_a_message_of_more_than_two_days_ago_stays_and_one_such_among_many_keeps_all() -> None:
    at = 1_772_625_600.0
    async with FakeTelegram(clock=lambda: at) as telegram:
        telegram.meet(CHAT)
        old = (await send(telegram, "oud")).message_id
        at += 48 * 60 * 60
        new = (await send(telegram, "nieuw")).message_id
        at += 1
        refused = "Bad Request: message can't be deleted for everyone"
        assert (await ask(telegram, "deleteMessage", chat_id=CHAT, message_id=old)).reason == refused
        assert (await ask(telegram, "deleteMessages", chat_id=CHAT, message_ids=[new, old])).reason == refused
        assert texts(telegram) == ["oud", "nieuw"]
        await ask(telegram, "deleteMessages", chat_id=CHAT, message_ids=[new])
        assert texts(telegram) == ["oud"]


async def test_a_tap_finds_the_newest_button_of_that_name(telegram: FakeTelegram) -> None:
    await send(telegram, reply_markup=keyboard(button(data="oud")))
    newest = (await send(telegram, reply_markup=keyboard(button(data="nieuw")))).message_id
    query = an_object(telegram.tap(CHAT, "Ja")["callback_query"])
    assert (query["data"], an_object(query["message"])["message_id"]) == ("nieuw", newest)


async def test_a_tap_on_what_is_not_there_names_what_is(telegram: FakeTelegram) -> None:
    await send(telegram, reply_markup=keyboard(button("Ja"), button("Nee")))
    with pytest.raises(AssertionError, match=r"no button 'ja' in chat 5; .*\['Ja', 'Nee'\]"):
        telegram.tap(CHAT, "ja")


async def test_a_tap_is_answered_once_and_in_time(telegram: FakeTelegram) -> None:
    first, second = (an_object(telegram.tap_data(CHAT, 99, "oud")["callback_query"])["id"] for _ in range(2))
    assert (await ask(telegram, "answerCallbackQuery", callback_query_id=first)).result is True
    telegram.forget_taps()
    for query_id in (first, second):
        late = await ask(telegram, "answerCallbackQuery", callback_query_id=query_id)
        assert "query is too old and response timeout expired or query ID is invalid" in late.reason


async def test_a_group_can_be_left_and_then_not_written_to(telegram: FakeTelegram) -> None:
    telegram.push({"message": {"message_id": 1, "date": 1, "chat": {"id": -9, "type": "group", "title": "x"}}})
    assert (await ask(telegram, "leaveChat", chat_id=-9)).result is True
    answer = await ask(telegram, "sendMessage", chat_id=-9, text="x")
    assert (answer.status, answer.reason) == (403, "Forbidden: bot is not a member of the group chat")


async def test_quiet_waits_for_the_confirmation_and_for_the_call_under_way(telegram: FakeTelegram) -> None:
    telegram.say(CHAT, "Hallo")
    with pytest.raises(AssertionError, match="update 1 is not confirmed"):
        await telegram.quiet(timeout=0.2)
    telegram.latency = 0.15
    answering = asyncio.create_task(send(telegram, "Dag"))
    await ask(telegram, "getUpdates", offset=2)
    await telegram.quiet(CHAT)
    assert texts(telegram) == ["Hallo", "Dag"]
    await answering


async def test_waiting_in_vain_says_what_was_called_last(telegram: FakeTelegram) -> None:
    await ask(telegram, "getMe")
    with pytest.raises(AssertionError, match="getMe"):
        await telegram.wait_for(lambda: False, timeout=0.05)


STRIKES: dict[str, tuple[Fault, type[Exception]]] = {
    "too many calls": (faults.too_many(7), RetryAfter),
    "a server error": (faults.server_error(), NetworkError),
    "a bad gateway": (faults.bad_gateway(), NetworkError),
    "a reset": (faults.reset(), NetworkError),
    "silence": (faults.silence(0.05), NetworkError),
    "a revoked token": (faults.unauthorized(), InvalidToken),
    "a bot that is blocked": (faults.blocked(), Forbidden),
    "another bot": (faults.conflict(), Conflict),
}


@pytest.mark.parametrize("name", STRIKES)
async def test_a_planned_fault_strikes_once_and_is_no_rejection(
    telegram: FakeTelegram, bot: ptb.Bot, name: str
) -> None:
    fault, error = STRIKES[name]
    telegram.faults = faults.in_order("sendMessage", [None, fault])
    await bot.send_message(CHAT, "een")
    with pytest.raises(error):
        await bot.send_message(CHAT, "twee")
    await bot.send_message(CHAT, "drie")
    assert texts(telegram) == ["een", "drie"]
    assert [call.fault for call in telegram.calls_of("sendMessage")] == [None, fault, None]
    assert telegram.rejected == []


async def test_a_call_may_take_effect_though_its_answer_is_lost(telegram: FakeTelegram) -> None:
    telegram.faults = faults.in_order("sendMessage", [faults.reset(effect=True)])
    with pytest.raises(ClientError):
        await send(telegram, "een")
    assert texts(telegram) == ["een"]


async def test_too_many_says_how_long_to_wait_twice(telegram: FakeTelegram) -> None:
    telegram.faults = faults.in_order("sendMessage", [faults.too_many(7)])
    answer = await send(telegram)
    assert (answer.status, answer.headers["Retry-After"]) == (429, "7")
    assert answer.body["parameters"] == {"retry_after": 7}


async def test_the_real_library_understands_every_method(telegram: FakeTelegram, bot: ptb.Bot) -> None:
    await _talk(telegram, bot)
    await _present(bot)
    telegram.push({"message": {"message_id": 1, "date": 1, "chat": {"id": -9, "type": "group", "title": "x"}}})
    assert await bot.leave_chat(-9)
    assert await bot.set_webhook("https://example.org/hook", secret_token="geheim")
    assert (await bot.get_webhook_info()).url == "https://example.org/hook"
    assert await bot.delete_webhook(drop_pending_updates=True)
    assert telegram.rejected == []
    assert {call.method for call in telegram.calls} == set(METHODS)


async def _talk(telegram: FakeTelegram, bot: ptb.Bot) -> None:
    telegram.say(CHAT, "/start abc", language="tr")
    (update,) = await bot.get_updates(timeout=5, allowed_updates=["message", "callback_query"])
    assert update.message is not None
    assert update.message.from_user is not None
    assert (update.message.text, update.message.from_user.language_code) == ("/start abc", "tr")
    buttons = ptb.InlineKeyboardMarkup([[ptb.InlineKeyboardButton("Ja", callback_data="ja")]])
    question = await bot.send_message(CHAT, "<b>Doet u mee?</b>", parse_mode="HTML", reply_markup=buttons)
    assert (question.chat.type, question.text_html) == ("private", "<b>Doet u mee?</b>")
    telegram.tap(CHAT, "Ja")
    (update,) = await bot.get_updates(offset=update.update_id + 1, timeout=5)
    assert update.callback_query is not None
    assert (update.callback_query.data, update.callback_query.message) == ("ja", question)
    assert await bot.answer_callback_query(update.callback_query.id, "Dank u")
    await bot.edit_message_reply_markup(CHAT, question.message_id)
    await bot.edit_message_text("U doet mee", CHAT, question.message_id)
    await bot.send_chat_action(CHAT, "typing")
    sent = [
        await bot.send_document(CHAT, BytesIO(b"a"), filename="brief.txt", caption="Uw brief"),
        await bot.send_voice(CHAT, BytesIO(b"a"), duration=3),
        await bot.send_photo(CHAT, BytesIO(png("https://vertel.example"))),
    ]
    assert [message.effective_attachment is not None for message in sent] == [True] * 3
    assert await bot.delete_message(CHAT, sent[0].message_id)
    assert await bot.delete_messages(CHAT, [message.message_id for message in sent[1:]])
    assert texts(telegram) == ["/start abc", "U doet mee"]


async def _present(bot: ptb.Bot) -> None:
    commands = (ptb.BotCommand("stop", "Stoppen"),)
    await bot.set_my_commands(commands, ptb.BotCommandScopeAllPrivateChats(), language_code="nl")
    assert await bot.get_my_commands(ptb.BotCommandScopeAllPrivateChats(), "nl") == commands
    assert await bot.get_my_commands() == ()
    await bot.set_my_name("Verhalen")
    assert (await bot.get_my_name("tr")).name == (await bot.get_me()).first_name == "Verhalen"
    await bot.set_my_description("Vertel het ons")
    assert (await bot.get_my_description()).description == "Vertel het ons"
    await bot.set_my_short_description("Vertel")
    assert (await bot.get_my_short_description()).short_description == "Vertel"
    await bot.set_chat_menu_button(CHAT, ptb.MenuButtonDefault())
    assert isinstance(await bot.get_chat_menu_button(CHAT), ptb.MenuButtonDefault)


async def test_a_refusal_reaches_the_real_library_as_a_bad_request(bot: ptb.Bot) -> None:
    with pytest.raises(BadRequest, match="Can't parse entities: can't find end tag"):
        await bot.send_message(CHAT, "<b>Hallo", parse_mode="HTML")
