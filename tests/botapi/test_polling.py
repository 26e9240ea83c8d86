"""Whether getUpdates of the fake keeps, gives and forgets updates as the official server does."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from tests.botapi.asking import ask
from tests.botapi.server import FakeTelegram
from tests.botapi.wire import Object, a_list, an_object

CHAT = 5


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram(first_update_id=1, pause=0.2) as fake:
        yield fake


async def test_an_update_comes_again_until_a_higher_offset_confirms_it(telegram: FakeTelegram) -> None:
    telegram.say(CHAT, "een")
    telegram.say(CHAT, "twee")
    assert (await ask(telegram, "getUpdates")).update_ids == [1, 2]
    assert (await ask(telegram, "getUpdates", offset=1)).update_ids == [1, 2]
    assert (await ask(telegram, "getUpdates", offset=2)).update_ids == [2]
    assert (await ask(telegram, "getUpdates", offset=0)).update_ids == [2]
    assert (await ask(telegram, "getUpdates", offset=3)).update_ids == []


async def test_a_limit_gives_the_oldest(telegram: FakeTelegram) -> None:
    for text in ("een", "twee", "drie"):
        telegram.say(CHAT, text)
    assert (await ask(telegram, "getUpdates", limit=2)).update_ids == [1, 2]


async def test_a_negative_offset_forgets_all_but_the_last(telegram: FakeTelegram) -> None:
    for text in ("een", "twee", "drie"):
        telegram.say(CHAT, text)
    assert (await ask(telegram, "getUpdates", offset=-1)).update_ids == [3]
    assert (await ask(telegram, "getUpdates")).update_ids == [3]


async def test_an_offset_far_in_the_future_confirms_nothing(telegram: FakeTelegram) -> None:
    telegram.say(CHAT, "een")
    assert (await ask(telegram, "getUpdates", offset=1_000)).update_ids == [1]


async def test_the_same_offset_at_once_gives_one_update(telegram: FakeTelegram) -> None:
    telegram.say(CHAT, "een")
    telegram.say(CHAT, "twee")
    assert (await ask(telegram, "getUpdates", offset=1)).update_ids == [1, 2]
    assert (await ask(telegram, "getUpdates", offset=1)).update_ids == [1]


async def test_a_long_poll_waits_for_what_is_said(telegram: FakeTelegram) -> None:
    poll = asyncio.create_task(ask(telegram, "getUpdates", timeout=30))
    await _waits(telegram)
    telegram.say(CHAT, "een")
    telegram.say(CHAT, "twee")
    assert (await poll).update_ids == [1, 2]


async def test_a_long_poll_ends_with_nothing(telegram: FakeTelegram) -> None:
    assert (await ask(telegram, "getUpdates", timeout=1)).update_ids == []
    assert telegram.rejected == []


async def test_a_second_poller_throws_out_the_first(telegram: FakeTelegram) -> None:
    first = asyncio.create_task(ask(telegram, "getUpdates", timeout=30))
    await _waits(telegram)
    second = asyncio.create_task(ask(telegram, "getUpdates", timeout=30))
    thrown_out = await first
    assert thrown_out.status == 409
    assert thrown_out.reason.startswith("Conflict: terminated by other getUpdates request")
    telegram.say(CHAT, "een")
    assert (await second).update_ids == [1]
    assert [call.method for call in telegram.rejected] == ["getUpdates"]


async def test_a_poller_that_died_is_no_conflict_and_loses_nothing(telegram: FakeTelegram) -> None:
    dead = asyncio.create_task(ask(telegram, "getUpdates", timeout=30))
    await _waits(telegram)
    dead.cancel()
    telegram.say(CHAT, "een")
    assert (await ask(telegram, "getUpdates", timeout=30)).update_ids == [1]
    assert telegram.rejected == []


async def test_polling_and_a_webhook_exclude_each_other(telegram: FakeTelegram) -> None:
    await ask(telegram, "setWebhook", url="https://example.org/hook")
    telegram.say(CHAT, "een")
    answer = await ask(telegram, "getUpdates")
    assert (answer.status, "while webhook is active" in answer.reason) == (409, True)
    assert an_object((await ask(telegram, "getWebhookInfo")).result)["pending_update_count"] == 1
    await ask(telegram, "deleteWebhook", drop_pending_updates=True)
    assert (await ask(telegram, "getUpdates")).update_ids == []


async def test_only_what_was_asked_for_is_queued(telegram: FakeTelegram) -> None:
    await ask(telegram, "getUpdates", allowed_updates=["message"])
    telegram.say(CHAT, "een", message_id=7)
    telegram.edit(CHAT, 7, "twee")
    assert (await ask(telegram, "getUpdates", offset=1)).update_ids == [1]
    assert [shown.text for shown in telegram.messages(CHAT)] == ["twee"]


async def test_raw_json_is_given_as_it_is(telegram: FakeTelegram) -> None:
    strange: Object = {"update_id": 40, "message": {"chat": "\ud800", "nieuw": [None]}}
    telegram.push(strange)
    telegram.push({"toekomst": {"x": 1}})
    found = a_list((await ask(telegram, "getUpdates")).result)
    assert found == [strange, {"update_id": 41, "toekomst": {"x": 1}}]


async def _waits(telegram: FakeTelegram) -> None:
    await telegram.wait_for(lambda: telegram.account.updates.is_polled)
