"""Whether calls wait where Telegram asks to, are not made in a frenzy where it fails, and never where it said no.

All of this is between the bot and Telegram; on both engines is what leaves something in the outbox or takes it out.
"""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from math import isfinite

import pytest
from telegram import Bot as TelegramBot
from telegram.error import NetworkError, RetryAfter

from bot.figures import Figures, Pulse
from bot.telegram.bringing import CONNECTIONS, Bringing, fetch_ourselves, fetch_ourselves_again
from bot.telegram.calling import LONGEST_WAIT, Caller, pause
from bot.telegram.pace import Pace
from bot.telegram.transport import AiohttpRequest
from bot.watching import SILENCE
from console.settings import SettingsFault
from tests.bot.another_program import amounts
from tests.bot.running import House
from tests.bot.story import FIRST, OPENING, SECOND, taps
from tests.botapi.desk import Call
from tests.botapi.faults import (
    Fault,
    bad_gateway,
    blocked,
    conflict,
    half_an_answer,
    in_order,
    reset,
    server_error,
    too_many,
)
from tests.botapi.wire import Values
from tests.postgres import BOTH_ENGINES

ANNE, BO, CHRIS, DAAN = 4201, 4202, 4203, 4204
THANKS = "Dank u wel. U mag nog meer vertellen."
WELCOME = "Wat maakte u mee met het Buurtteam"
LONG = 3
"""Seconds for which Telegram asks to wait."""


@pytest.fixture(params=[False, True], ids=["fetched", "brought"])
def house(house: House, request: pytest.FixtureRequest) -> House:
    """A house that fetches its updates, and one that they are brought to."""
    return replace(house, brought=request.param)


@dataclass
class Once:
    """A plan: the first call of these methods for each of these chats is one too many."""

    chats: set[int]
    methods: tuple[str, ...] = ("sendMessage",)
    struck: dict[int, float] = field(default_factory=dict)

    def __call__(self, method: str, values: Values) -> Fault | None:
        """What goes wrong with a call."""
        chat = values.get("chat_id")
        if method not in self.methods or not isinstance(chat, int) or chat not in self.chats - self.struck.keys():
            return None
        self.struck[chat] = asyncio.get_running_loop().time()
        return too_many(LONG)


def after(house: House, since: float, chat: int) -> list[Call]:
    """The calls for a chat that came after the one that was too many."""
    return [call for call in house.telegram.calls if call.chat_id == chat and call.at > since]


async def test_a_chat_that_is_to_wait_waits_with_all_its_calls_and_others_go_on(house: House) -> None:
    plan = Once({ANNE})
    async with house.serving():
        anne, bo = house.phone(ANNE), house.phone(BO)
        await anne.tell(OPENING)
        await bo.tell(OPENING)
        house.telegram.faults = plan
        anne.say(FIRST)
        await house.telegram.wait_for(lambda: ANNE in plan.struck)
        house.telegram.tap(ANNE, "🔄 Een andere vraag")
        bo.say(FIRST)
        await house.telegram.wait_for(lambda: bo.reads(THANKS), timeout=LONG - 1)
        await house.telegram.wait_for(lambda: anne.reads(THANKS))
        await house.quiet()
        calls = after(house, plan.struck[ANNE], ANNE)
    assert {call.method for call in calls} >= {"sendMessage", "answerCallbackQuery"}
    assert min(call.at for call in calls) >= plan.struck[ANNE] + LONG


@BOTH_ENGINES
async def test_one_who_waits_for_a_chat_is_enough_however_often_is_looked_what_waits(house: House) -> None:
    looks = 30
    house = replace(house, look_seconds=0.05)
    async with house.serving():
        anne = house.phone(ANNE)
        for move in OPENING:
            anne.do(move)
            # Whoever looks this often is never quiet as a whole.
            await house.telegram.quiet(ANNE)
            await house.telegram.wait_for(lambda: amounts(house.url)["outbox"] == 0)
        before = len(house.tried(ANNE))
        house.telegram.faults = in_order("sendMessage", [too_many(3_600)])
        anne.say(FIRST)
        await house.telegram.wait_for(lambda: len(house.tried(ANNE)) > before)
        await asyncio.sleep(0.2)
        tasks = len(asyncio.all_tasks())
        await asyncio.sleep(looks * house.look_seconds)
        assert len(asyncio.all_tasks()) < tasks + looks / 3
    assert amounts(house.url)["outbox"] == 1


async def test_three_chats_that_are_to_wait_are_a_wait_for_all(house: House) -> None:
    plan = Once({ANNE, BO, CHRIS})
    async with house.serving():
        everyone = [house.phone(chat) for chat in (ANNE, BO, CHRIS, DAAN)]
        for phone in everyone:
            await phone.tell(OPENING)
        house.telegram.faults = plan
        for phone in everyone[:3]:
            phone.say(FIRST)
        await house.telegram.wait_for(lambda: len(plan.struck) == 3)
        daan = everyone[3]
        daan.say(FIRST)
        await house.telegram.wait_for(lambda: daan.reads(THANKS))
        last = max(plan.struck.values())
        assert min(call.at for call in after(house, last, DAAN)) >= last + LONG
        await house.quiet()
    for phone in everyone:
        assert await phone.pieces() == [FIRST]


async def test_a_wait_that_is_asked_of_no_chat_is_a_wait_for_all(house: House) -> None:
    house = replace(house, look_seconds=0.5)
    asking = "getWebhookInfo" if house.brought else "getUpdates"
    async with house.serving():
        phone = house.phone(ANNE)
        await phone.tell(OPENING)
        house.telegram.faults = in_order(asking, [too_many(LONG)])
        await house.telegram.wait_for(lambda: any(call.fault for call in house.telegram.calls_of(asking)))
        [struck] = [call.at for call in house.telegram.calls_of(asking) if call.fault]
        phone.say(FIRST)
        await house.telegram.wait_for(lambda: phone.reads(THANKS), timeout=20)
        await house.quiet()
        said = [call.at for call in house.telegram.calls_of("sendMessage") if call.at > struck]
    assert min(said) >= struck + LONG


FRENZY = {
    "500": server_error(),
    "a connection that is reset": reset(),
    "a page of a proxy": bad_gateway(),
    "half an answer": half_an_answer(),
}
WATCHED = 3.0


@pytest.mark.parametrize("kind", FRENZY)
async def test_a_fault_that_stays_is_met_ever_less_often(house: House, kind: str) -> None:
    def plan(method: str, _values: Values) -> Fault | None:
        return FRENZY[kind] if method in ("sendMessage", "getUpdates") else None

    async with house.serving():
        phone = house.phone(ANNE)
        await phone.tell(OPENING)
        phone.say(FIRST)
        house.telegram.faults = plan
        tried = [len(house.telegram.calls_of(method)) for method in ("sendMessage", "getUpdates")]
        await asyncio.sleep(WATCHED)
        now = [len(house.telegram.calls_of(method)) for method in ("sendMessage", "getUpdates")]
        house.telegram.faults = lambda method, values: None
        await house.telegram.wait_for(lambda: phone.reads(THANKS), timeout=30)
    assert all(0 <= after - before <= 6 for before, after in zip(tried, now, strict=True))
    assert await phone.pieces() == [FIRST]


@BOTH_ENGINES
async def test_what_waits_for_a_chat_that_cannot_be_reached_goes_and_nothing_more_is_tried(house: House) -> None:
    async with house.serving():
        anne = house.phone(ANNE)
        await anne.tell(OPENING)
        house.telegram.faults = lambda method, values: blocked() if method == "sendMessage" else None
        before = len(house.tried(ANNE))
        for piece in (FIRST, SECOND):
            anne.say(piece)
        anne.do(taps("🔄 Een andere vraag"))
        await house.telegram.wait_for(lambda: house.telegram.account.updates.waiting == ())
        await house.telegram.wait_for(lambda: amounts(house.url)["outbox"] == 0)
        await house.telegram.quiet()
        tried = len(house.tried(ANNE)) - before
    assert 1 <= tried <= 3
    assert await anne.pieces() == [FIRST, SECOND]


# Only where it fetches, or only where it is brought.


async def test_a_second_poller_waits(house: House) -> None:
    polling = replace(house, brought=False)
    polling.telegram.faults = lambda method, values: conflict() if method == "getUpdates" else None
    figures = Figures()
    async with polling.serving(figures):
        await house.telegram.wait_for(lambda: bool(house.telegram.calls_of("getUpdates")))
        await asyncio.sleep(WATCHED)
        assert len(house.telegram.calls_of("getUpdates")) <= 2
        assert isfinite(figures.pulse.since_another())
        house.telegram.faults = lambda method, values: None
        phone = house.phone(ANNE)
        phone.say("/start")
        await house.telegram.wait_for(lambda: phone.reads(WELCOME), timeout=30)


@pytest.mark.parametrize("kind", [*FRENZY, "429"])
async def test_a_webhook_that_cannot_be_set_now_is_set_later(house: House, kind: str) -> None:
    house.telegram.faults = in_order("setWebhook", [{**FRENZY, "429": too_many()}[kind]])
    async with replace(house, brought=True).serving():
        phone = house.phone(ANNE)
        phone.say("/start")
        await house.telegram.wait_for(lambda: phone.reads(WELCOME))
    [*_, told] = house.telegram.calls_of("setWebhook")
    assert told.params["max_connections"] == CONNECTIONS
    assert told.params["drop_pending_updates"] is False


@asynccontextmanager
async def line_to(house: House, pace: Pace) -> AsyncIterator[tuple[TelegramBot, Caller]]:
    """A line to Telegram on which calls go at this pace."""
    line = AiohttpRequest()
    bot = TelegramBot(
        house.telegram.token, base_url=f"{house.telegram.url}/bot", request=line, get_updates_request=line
    )
    async with bot:
        yield bot, Caller(pace, Counter())


@asynccontextmanager
async def brought_to(house: House, patience: float = 0.0, pace: Pace | None = None) -> AsyncIterator[Bringing]:
    """What has updates brought to an address where nobody is."""
    async with house.intake() as intake, line_to(house, pace or Pace(1, 1)) as (bot, caller):
        yield Bringing(bot, caller, "http://127.0.0.1:9/", "geheim", intake, Pulse(), patience=patience)


async def test_a_wait_for_everything_is_kept_and_heard_where_the_webhook_is_set(house: House) -> None:
    pace = Pace(1, 1)
    house.telegram.faults = in_order("setWebhook", [too_many(LONG)])
    async with brought_to(house, pace=pace) as bringing:
        pace.hold(None, 1)
        began = asyncio.get_running_loop().time()
        setting = asyncio.create_task(bringing.begin())
        await house.telegram.wait_for(lambda: bool(house.telegram.calls_of("setWebhook")))
        [struck] = house.telegram.calls_of("setWebhook")
        assert struck.at >= began + 1
        await asyncio.sleep(0.5)
        assert pace.is_held(ANNE)
        await setting


async def test_a_wait_for_everything_is_kept_and_heard_where_the_webhook_goes(house: House) -> None:
    pace = Pace(1, 1)
    house.telegram.faults = in_order("deleteWebhook", [too_many(LONG)])
    async with line_to(house, pace) as (bot, caller):
        pace.hold(None, 1)
        began = asyncio.get_running_loop().time()
        going = asyncio.create_task(fetch_ourselves(bot, caller))
        await house.telegram.wait_for(lambda: bool(house.telegram.calls_of("deleteWebhook")))
        [struck] = house.telegram.calls_of("deleteWebhook")
        assert struck.at >= began + 1
        await asyncio.sleep(0.5)
        assert pace.is_held(ANNE)
        await going


async def test_a_wait_for_everything_is_kept_and_heard_where_a_webhook_is_looked_for(house: House) -> None:
    pace = Pace(1, 1)
    house.telegram.faults = in_order("getWebhookInfo", [too_many(LONG)])
    async with line_to(house, pace) as (bot, caller):
        pace.hold(None, 1)
        began = asyncio.get_running_loop().time()
        with pytest.raises(RetryAfter):
            await fetch_ourselves_again(bot, caller)
        [struck] = house.telegram.calls_of("getWebhookInfo")
        assert struck.at >= began + 1
        assert pace.is_held(ANNE)


async def test_a_wait_for_everything_while_another_polls_is_no_silence(house: House) -> None:
    """To this clock a second is more than a minute, and Telegram asks for many."""

    def plan(method: str, _values: Values) -> Fault | None:
        return {"getUpdates": conflict(), "getWebhookInfo": too_many(60)}.get(method)

    figures = Figures(pulse=Pulse(lambda: time.monotonic() * 100))
    polling = replace(house, brought=False)
    polling.telegram.faults = plan
    async with polling.serving(figures):
        await house.telegram.wait_for(lambda: len(house.telegram.calls_of("getUpdates")) > 1, timeout=20)
        await asyncio.sleep(1)
        assert figures.pulse.silence < SILENCE
    assert len(house.telegram.calls_of("getWebhookInfo")) == 1


def test_two_waits_after_the_same_fault_differ_and_grow_within_bounds() -> None:
    for attempt, most in ((1, 0.5), (2, 1.0), (5, 8.0), (50, LONGEST_WAIT)):
        waits = [pause(NetworkError("weg"), attempt) for _ in range(200)]
        assert len(set(waits)) > 100
        assert most / 2 <= min(waits) < most * 0.6
        assert most * 0.9 < max(waits) <= most


def test_a_wait_that_telegram_asks_for_is_never_shorter_than_that_and_not_the_same_for_all() -> None:
    waits = [pause(RetryAfter(7), 1) for _ in range(200)]
    assert len(set(waits)) > 100
    assert all(7 <= wait <= 8 for wait in waits)


UNRESOLVED = Fault(400, "Bad Request: bad webhook: Failed to resolve host: Name or service not known")


async def test_an_address_that_telegram_keeps_refusing_at_the_start_is_refused_with_a_sentence(house: House) -> None:
    house.telegram.faults = lambda method, values: UNRESOLVED if method == "setWebhook" else None
    async with brought_to(house, 2.0) as bringing:
        with pytest.raises(SettingsFault, match=r"web\.public_url: Telegram neemt dit adres niet aan"):
            await asyncio.wait_for(bringing.begin(), 30)
    assert 2 <= len(house.telegram.calls_of("setWebhook")) <= 6


async def test_an_address_that_telegram_cannot_find_for_a_moment_at_the_start_is_taken_after_all(house: House) -> None:
    house.telegram.faults = in_order("setWebhook", [UNRESOLVED, UNRESOLVED])
    async with replace(house, brought=True).serving():
        phone = house.phone(ANNE)
        phone.say("/start")
        await house.telegram.wait_for(lambda: phone.reads(WELCOME))


@pytest.mark.parametrize("kind", ["400", "403"])
async def test_a_webhook_that_is_refused_while_it_runs_is_set_again_later(house: House, kind: str) -> None:
    house = replace(house, brought=True, look_seconds=0.2)
    async with house.serving():
        phone = house.phone(ANNE)
        phone.say("/start")
        await house.telegram.wait_for(lambda: phone.reads(WELCOME))
        house.telegram.faults = in_order("setWebhook", [UNRESOLVED if kind == "400" else blocked()])
        house.telegram.account.webhook["url"] = ""
        await house.telegram.wait_for(lambda: bool(house.telegram.account.webhook["url"]))
        await phone.tell(OPENING)
        assert await phone.draft()
