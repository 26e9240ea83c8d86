"""Whether no answer is lost and none is forced when Telegram, or what lies between, does not do what it should.

A fault of Telegram is the same fault whatever keeps the answer: on both engines is one test of each way in which a row
of the outbox stays or goes.
"""

import asyncio
from dataclasses import dataclass, replace

import pytest

from bot.telegram.channel import TokenRefused
from tests.bot.another_program import amounts
from tests.bot.running import House
from tests.bot.story import FIRST, OPENING, SECOND
from tests.botapi.faults import (
    Fault,
    bad_gateway,
    blocked,
    conflict,
    half_an_answer,
    in_order,
    nothing_in_it,
    reset,
    server_error,
    silence,
    too_many,
    unauthorized,
)
from tests.botapi.wire import Object, Values
from tests.postgres import BOTH_ENGINES

ANNE, BO = 4201, 4202
THANKS = "Dank u wel. U mag nog meer vertellen."
WELCOME = "Wat maakte u mee met het Buurtteam"
REFUSED = Fault(400, "Bad Request: something that will never do")

PASSING: dict[str, Fault] = {
    "429": too_many(),
    "500": server_error(),
    "a connection that is reset": reset(),
    "a page of a proxy": bad_gateway(),
    "half an answer": half_an_answer(),
    "half an answer that looks whole": half_an_answer(told=False),
    "an answer that says no with 200": nothing_in_it(ok=False),
    "an answer that says yes and nothing more": nothing_in_it(ok=True),
}
AFTER_ALL: dict[str, Fault] = {
    "500, but it was done": server_error(effect=True),
    "a reset, but it was done": reset(effect=True),
    "half an answer, but it was done": half_an_answer(effect=True),
}


@pytest.fixture(params=[False, True], ids=["fetched", "brought"])
def either(house: House, request: pytest.FixtureRequest) -> House:
    """A house that fetches its updates, and one that they are brought to."""
    return replace(house, brought=request.param, look_seconds=1.0)


@dataclass
class Strike:
    """A plan: every call of a method for a chat meets this fault, for as long as it is on."""

    method: str
    fault: Fault
    chat: int = ANNE
    on: bool = True

    def __call__(self, method: str, values: Values) -> Fault | None:
        """What goes wrong with a call."""
        meant = self.on and method == self.method and values.get("chat_id", self.chat) == self.chat
        return self.fault if meant else None


@pytest.mark.parametrize("kind", PASSING)
async def test_an_answer_that_could_not_be_sent_is_sent_again(either: House, kind: str) -> None:
    async with either.serving():
        phone = either.phone(ANNE)
        await phone.tell(OPENING)
        either.telegram.faults = in_order("sendMessage", [PASSING[kind]])
        phone.say(FIRST)
        await either.telegram.wait_for(lambda: phone.reads(THANKS))
        phone.say(SECOND)
        await either.quiet()
    assert await phone.pieces() == [FIRST, SECOND]
    assert len([text for text in phone.texts() if THANKS in text]) == 1
    assert amounts(either.url)["outbox"] == 0


@pytest.mark.parametrize("effect", [False, True])
async def test_an_answer_on_which_telegram_is_silent_is_sent_again_and_holds_up_nobody(
    either: House, effect: bool
) -> None:
    async with either.serving():
        anne, bo = either.phone(ANNE), either.phone(BO)
        await anne.tell(OPENING)
        either.telegram.faults = in_order("sendMessage", [silence(effect=effect)])
        before = len(either.tried(ANNE))
        anne.say(FIRST)
        await either.telegram.wait_for(lambda: ANNE in either.telegram.in_flight)
        bo.say("/start")
        await either.telegram.wait_for(lambda: bo.reads(WELCOME), timeout=5)
        assert len(either.sent(ANNE)) == before
        await either.telegram.wait_for(lambda: len(either.sent(ANNE)) == before + 1)
        await either.quiet()
    assert await anne.pieces() == [FIRST]
    assert len([text for text in anne.texts() if THANKS in text]) == 1 + effect
    assert amounts(either.url)["outbox"] == 0


@BOTH_ENGINES
@pytest.mark.parametrize("kind", AFTER_ALL)
async def test_an_answer_of_which_nobody_knows_is_sent_twice_at_most(either: House, kind: str) -> None:
    async with either.serving():
        phone = either.phone(ANNE)
        await phone.tell(OPENING)
        either.telegram.faults = in_order("sendMessage", [AFTER_ALL[kind]])
        phone.say(FIRST)
        await either.telegram.wait_for(lambda: amounts(either.url)["outbox"] == 0 and len(either.sent(ANNE)) > 3)
    assert await phone.pieces() == [FIRST]
    assert len([text for text in phone.texts() if THANKS in text]) == 2


@pytest.mark.parametrize("kind", PASSING)
async def test_a_welcome_that_could_not_be_sent_is_sent_again(either: House, kind: str) -> None:
    either.telegram.faults = in_order("sendMessage", [PASSING[kind]])
    async with either.serving():
        phone = either.phone(ANNE)
        phone.say("/start b-noord7")
        await either.telegram.wait_for(lambda: bool(phone.keyboards()))
    assert phone.reads(WELCOME)


@pytest.mark.parametrize("kind", [*PASSING, "409"])
async def test_a_poll_that_fails_is_tried_again_and_loses_nothing(house: House, kind: str) -> None:
    phone = house.phone(ANNE)
    async with house.serving():
        await phone.tell(OPENING)
    house.telegram.faults = in_order("getUpdates", [{**PASSING, "409": conflict()}[kind]])
    phone.say(FIRST)
    async with house.serving():
        await house.telegram.wait_for(lambda: phone.reads(THANKS))
        await house.quiet()
    assert await phone.pieces() == [FIRST]
    assert len([text for text in phone.texts() if THANKS in text]) == 1


@pytest.mark.parametrize("kind", PASSING)
async def test_a_start_that_fails_is_tried_again(either: House, kind: str) -> None:
    either.telegram.faults = in_order("getMe", [PASSING[kind], PASSING[kind]])
    async with either.serving():
        phone = either.phone(ANNE)
        phone.say("/start")
        await either.telegram.wait_for(lambda: phone.reads(WELCOME))


async def test_a_tap_that_could_not_be_answered_counts_all_the_same(either: House) -> None:
    async with either.serving():
        phone = either.phone(ANNE)
        await phone.tell(OPENING[:1])
        either.telegram.faults = in_order("answerCallbackQuery", [server_error(), reset()])
        phone.do(OPENING[1])
        await either.telegram.wait_for(lambda: any(call.ok for call in either.telegram.calls_of("answerCallbackQuery")))
        await either.quiet()
    assert phone.reads("Denk aan één keer dat u contact had")
    assert phone.reads("✅ Ja, ik doe mee")


async def test_a_profile_that_cannot_be_set_keeps_nobody_from_telling(house: House) -> None:
    house.telegram.faults = Strike("setMyName", Fault(429, "Too Many Requests", retry_after=86_000))
    async with house.serving():
        phone = house.phone(ANNE)
        await phone.tell(OPENING)
        assert await phone.draft()
    assert ("name", "") not in house.telegram.account.settings
    assert house.telegram.account.settings["short_description", ""]


# What will never succeed is not tried again.


@BOTH_ENGINES
async def test_somebody_who_blocked_the_bot_is_not_written_to_any_more(either: House) -> None:
    strike = Strike("sendMessage", blocked())
    async with either.serving():
        anne, bo = either.phone(ANNE), either.phone(BO)
        await anne.tell(OPENING)
        either.telegram.faults = strike
        before = len(either.tried(ANNE))
        anne.say(FIRST)
        bo.say("/start")
        await either.telegram.wait_for(lambda: bo.reads(WELCOME) and amounts(either.url)["outbox"] == 0)
        await either.quiet()
        assert len(either.tried(ANNE)) == before + 1
        strike.on = False
        anne.say("verder")
        await either.quiet()
        assert anne.reads(THANKS)
    assert await anne.pieces() == [FIRST]


async def test_a_message_that_is_refused_is_said_in_plain_words(either: House) -> None:
    async with either.serving():
        phone = either.phone(ANNE)
        await phone.tell(OPENING)
        either.telegram.faults = in_order("sendMessage", [REFUSED])
        phone.say(FIRST)
        await either.telegram.wait_for(lambda: phone.reads(THANKS))
        await either.quiet()
        assert "parse_mode" not in either.tried(ANNE)[-1].params
    assert amounts(either.url)["outbox"] == 0


@BOTH_ENGINES
async def test_a_message_that_telegram_will_never_take_is_given_up_and_holds_up_nothing(either: House) -> None:
    async with either.serving():
        phone = either.phone(ANNE)
        await phone.tell(OPENING)
        either.telegram.faults = in_order("sendMessage", [REFUSED, REFUSED])
        before = len(either.tried(ANNE))
        phone.say(FIRST)
        await either.telegram.wait_for(lambda: len(either.tried(ANNE)) > before + 1)
        await either.quiet()
        assert len(either.tried(ANNE)) == before + 2
        phone.say("hulp")
        await either.quiet()
        assert len(either.tried(ANNE)) == before + 3
        assert phone.reads("Zo werkt het")
    assert amounts(either.url)["outbox"] == 0


async def test_a_group_that_cannot_be_written_to_is_left_all_the_same(either: House) -> None:
    group = -1_001_234_567_890
    joined: Object = {
        "chat": {"id": group, "title": "Buurtgroep", "type": "supergroup"},
        "new_chat_member": {"status": "restricted"},
    }
    either.telegram.faults = Strike("sendMessage", Fault(403, "Forbidden: not enough rights"), group)
    async with either.serving():
        either.telegram.push({"my_chat_member": joined})
        await either.telegram.wait_for(lambda: group in either.telegram.account.left)


async def test_buttons_that_cannot_be_changed_do_not_stop_the_conversation(either: House) -> None:
    def plan(method: str, values: Values) -> Fault | None:
        return REFUSED if method.startswith("edit") else None

    async with either.serving():
        phone = either.phone(ANNE)
        await phone.tell(OPENING[:1])
        either.telegram.faults = plan
        phone.do(OPENING[1])
        await either.quiet()
        phone.say(FIRST)
        await either.quiet()
    assert await phone.pieces() == [FIRST]
    edits = [call for call in either.telegram.calls if call.method.startswith("edit")]
    assert len({str(sorted(call.params)) + str(call.params.get("message_id")) for call in edits}) == len(edits)


# A token that is refused ends the channel, so that somebody sees it.


@pytest.mark.parametrize("token", ["123:ELSE", "123", "geen token", "123:\u2026"])
async def test_a_token_that_telegram_does_not_know_is_refused(house: House, token: str) -> None:
    with pytest.raises(TokenRefused) as refused:
        await asyncio.wait_for(house.serve(asyncio.Event(), token), 30)
    assert str(refused.value) == ""
    assert refused.value.__suppress_context__


@BOTH_ENGINES
@pytest.mark.parametrize("words", ["", FIRST], ids=["while it waits", "while it answers"])
async def test_a_token_that_is_revoked_later_ends_the_channel(either: House, words: str) -> None:
    phone = either.phone(ANNE)
    async with either.serving():
        await phone.tell(OPENING)
    running = asyncio.create_task(either.serve(asyncio.Event()))
    await either.telegram.wait_for(lambda: len(either.telegram.calls_of("getMe")) > 1)
    if words:
        phone.say(words)
        await either.telegram.wait_for(lambda: amounts(either.url)["parts"] > 0)
    known, either.telegram.token = either.telegram.token, "123:NIEUW"
    either.telegram.account.updates.close()
    with pytest.raises(TokenRefused):
        await asyncio.wait_for(running, 30)
    either.telegram.token = known
    async with either.serving():
        await either.quiet()
    assert await phone.pieces() == [words] * bool(words)
    assert phone.reads(THANKS) == bool(words)


async def test_an_address_that_is_not_there_for_a_while_is_no_refusal_of_the_token(house: House) -> None:
    house.telegram.faults = in_order("getUpdates", [Fault(404, "Not Found"), unauthorized()])
    async with house.serving():
        phone = house.phone(ANNE)
        phone.say("/start")
        await house.telegram.wait_for(lambda: phone.reads(WELCOME))


# A stop is heeded, whatever Telegram does.


@pytest.mark.parametrize("method", ["getMe", "getMyName"])
async def test_a_stop_is_heeded_while_telegram_is_silent(house: House, method: str) -> None:
    house.telegram.faults = Strike(method, silence())
    stop = asyncio.Event()
    running = asyncio.create_task(house.serve(stop))
    await house.telegram.wait_for(lambda: bool(house.telegram.in_flight))
    stop.set()
    await asyncio.wait_for(running, 10)


async def test_a_stop_is_heeded_while_telegram_cannot_be_reached(house: House) -> None:
    house.telegram.faults = Strike("getMe", reset())
    stop = asyncio.Event()
    running = asyncio.create_task(house.serve(stop))
    await house.telegram.wait_for(lambda: len(house.telegram.calls_of("getMe")) > 1)
    stop.set()
    await asyncio.wait_for(running, 10)
