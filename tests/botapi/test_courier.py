"""Whether the fake brings updates to a webhook as the official server does."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from itertools import pairwise

import pytest
from aiohttp import web

from tests.botapi.asking import ask
from tests.botapi.courier import SECRET
from tests.botapi.server import FakeTelegram
from tests.botapi.wire import an_object, as_json

ANNE, BO = 5, 6


@dataclass
class Receiver:
    """Who is brought updates: says 200, or so many times 503 to these words."""

    failing: dict[str, int] = field(default_factory=dict)
    brought: list[tuple[str, str]] = field(default_factory=list)
    slow: float = 0.0
    at_once: int = 0
    most_at_once: int = 0
    retry_after: str = ""

    async def take(self, request: web.Request) -> web.Response:
        """One update."""
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        update = an_object(as_json(await request.text()))
        words = str(an_object(update["message"])["text"])
        self.brought.append((words, request.headers.get(SECRET, "")))
        await asyncio.sleep(self.slow)
        self.at_once -= 1
        if not self.failing.get(words):
            return web.Response()
        self.failing[words] -= 1
        return web.Response(status=503, headers={"Retry-After": self.retry_after} if self.retry_after else None)


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram(first_update_id=1, pause=0.2) as fake:
        yield fake


@pytest.fixture
async def receiver(telegram: FakeTelegram) -> AsyncIterator[Receiver]:
    """Somebody who is brought what comes."""
    found = Receiver()
    app = web.Application()
    app.router.add_post("/hier", found.take)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/hier"
    assert (await ask(telegram, "setWebhook", url=url, secret_token="geheim")).status == 200
    yield found
    await runner.cleanup()


async def gone(telegram: FakeTelegram) -> None:
    await telegram.wait_for(lambda: telegram.account.updates.waiting == ())


async def test_each_is_brought_once_with_the_secret(telegram: FakeTelegram, receiver: Receiver) -> None:
    for words in ("een", "twee", "drie"):
        telegram.say(ANNE, words)
    await gone(telegram)
    assert receiver.brought == [(words, "geheim") for words in ("een", "twee", "drie")]
    assert [(delivery.update_id, delivery.status) for delivery in telegram.deliveries] == [(1, 200), (2, 200), (3, 200)]


async def test_of_one_chat_one_is_brought_at_a_time_and_chats_beside_each_other(
    telegram: FakeTelegram, receiver: Receiver
) -> None:
    receiver.slow = 0.1
    for words in ("een", "twee"):
        telegram.say(ANNE, words)
    await gone(telegram)
    assert receiver.most_at_once == 1
    for chat in (ANNE, BO):
        telegram.say(chat, "drie")
    await gone(telegram)
    assert receiver.most_at_once == 2


async def test_what_is_not_taken_comes_again_before_the_next_of_that_chat_and_holds_up_no_other(
    telegram: FakeTelegram, receiver: Receiver
) -> None:
    receiver.failing, receiver.retry_after = {"een": 2}, "1"
    for words in ("een", "twee"):
        telegram.say(ANNE, words)
    await telegram.wait_for(lambda: bool(telegram.deliveries))
    told = an_object((await ask(telegram, "getWebhookInfo")).result)
    assert (told["pending_update_count"], told["last_error_message"]) == (2, "Wrong response from the webhook: 503")
    telegram.say(BO, "drie")
    await gone(telegram)
    assert [words for words, _ in receiver.brought] == ["een", "drie", "een", "een", "twee"]
    times = [delivery.at for delivery in telegram.deliveries if delivery.update_id == 1]
    assert all(later - earlier >= 1 for earlier, later in pairwise(times))


async def test_what_waits_is_fetched_again_when_the_webhook_is_taken_away(
    telegram: FakeTelegram, receiver: Receiver
) -> None:
    receiver.failing = {"een": 100}
    telegram.say(ANNE, "een")
    await telegram.wait_for(lambda: bool(telegram.deliveries))
    await ask(telegram, "deleteWebhook")
    assert (await ask(telegram, "getUpdates")).update_ids == [1]


async def test_setting_a_webhook_ends_a_poll_that_waits(telegram: FakeTelegram) -> None:
    poll = asyncio.create_task(ask(telegram, "getUpdates", timeout=30))
    await telegram.wait_for(lambda: telegram.account.updates.is_polled)
    await ask(telegram, "setWebhook", url="https://example.org/hier")
    ended = await poll
    assert (ended.status, "terminated by setWebhook" in ended.reason) == (409, True)


async def test_only_what_was_asked_for_is_brought(telegram: FakeTelegram, receiver: Receiver) -> None:
    url = str(telegram.account.webhook["url"])
    await ask(telegram, "setWebhook", url=url, secret_token="geheim", allowed_updates=["message"])
    telegram.say(ANNE, "een", message_id=7)
    telegram.edit(ANNE, 7, "twee")
    await gone(telegram)
    assert [words for words, _ in receiver.brought] == ["een"]


async def test_nothing_leaves_this_machine(telegram: FakeTelegram) -> None:
    await ask(telegram, "setWebhook", url="https://example.org/hier")
    telegram.say(ANNE, "een")
    await asyncio.sleep(0.2)
    assert (telegram.deliveries, len(telegram.account.updates.waiting)) == ([], 1)


async def test_bytes_that_are_no_json_are_brought_as_they_are(telegram: FakeTelegram) -> None:
    heard: list[bytes] = []

    async def take(request: web.Request) -> web.Response:
        heard.append(await request.read())
        return web.Response()

    app = web.Application()
    app.router.add_post("/hier", take)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    await ask(telegram, "setWebhook", url=f"http://127.0.0.1:{runner.addresses[0][1]}/hier")
    telegram.push_written(b'{"update_id": 1, geen JSON', 1)
    await gone(telegram)
    await runner.cleanup()
    assert heard == [b'{"update_id": 1, geen JSON']
