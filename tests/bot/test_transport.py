"""Whether only Telegram itself is believed: a page of something in between or a redirect is no last word."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.telegram.calling import LONGEST_WAIT, pause
from bot.telegram.transport import AiohttpRequest

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]
PAGE = "<html><head><title>Geen toegang</title></head></html>"


@pytest.fixture(autouse=True)
def newer(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library tells a wait in its newer way, as the channel asks for."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


@asynccontextmanager
async def answering(answer: Answer) -> AsyncIterator[tuple[AiohttpRequest, str]]:
    """A connection to a server that answers so, and its address."""
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    line = AiohttpRequest()
    await line.initialize()
    try:
        yield line, f"http://127.0.0.1:{runner.addresses[0][1]}/bot1:A/sendMessage"
    finally:
        await line.shutdown()
        await runner.cleanup()


async def fault_of(status: int, body: object) -> TelegramError:
    """What comes of an answer with this status and body."""

    async def answer(_request: web.Request) -> web.Response:
        if isinstance(body, str):
            return web.Response(status=status, text=body, content_type="text/html")
        return web.json_response(body, status=status)

    async with answering(answer) as (line, url):
        with pytest.raises(TelegramError) as raised:
            await line.call(url, {"chat_id": 1})
    return raised.value


def told(code: int, **parameters: object) -> dict[str, object]:
    return {"ok": False, "error_code": code, "description": "no", "parameters": parameters}


@pytest.mark.parametrize(
    ("status", "kind"), [(400, BadRequest), (401, InvalidToken), (403, Forbidden), (404, InvalidToken)]
)
async def test_what_telegram_refuses_is_refused(status: int, kind: type[TelegramError]) -> None:
    assert type(await fault_of(status, told(status))) is kind


@pytest.mark.parametrize("status", [301, 400, 401, 403, 404, 409, 429, 500, 502])
@pytest.mark.parametrize("body", [PAGE, "", {"error": "denied"}, [], {"ok": False}, {"ok": True, "result": {}}])
async def test_what_something_in_between_says_is_tried_again(status: int, body: object) -> None:
    fault = await fault_of(status, body)
    assert type(fault) is NetworkError
    assert 0 < pause(fault, 1) <= LONGEST_WAIT


@pytest.mark.parametrize("body", [{}, {"ok": False}, {"ok": 1, "result": {}}, {"ok": True}, [], "", PAGE, 7, None])
async def test_a_good_status_without_an_answer_is_tried_again(body: object) -> None:
    assert 0 < pause(await fault_of(200, body), 1) <= LONGEST_WAIT


async def test_a_wait_that_telegram_asks_for_is_kept() -> None:
    fault = await fault_of(429, told(429, retry_after=7))
    assert isinstance(fault, RetryAfter)
    assert 7 <= pause(fault, 1) <= 8


@pytest.mark.parametrize("seconds", [-1, 0, 10**15, "7", 0.5, None, [7]])
async def test_a_wait_that_makes_no_sense_is_a_wait_as_after_any_fault(seconds: object) -> None:
    waits = [pause(await fault_of(429, told(429, retry_after=seconds)), 1) for _ in range(3)]
    assert all(0.2 <= wait <= LONGEST_WAIT for wait in waits)


async def test_a_redirect_is_not_followed() -> None:
    """What a teller reads goes to Telegram, and to nobody it is told to go to."""
    seen: list[tuple[str, str]] = []

    async def answer(request: web.Request) -> web.StreamResponse:
        seen.append((request.path, await request.text()))
        if request.path == "/elders":
            return web.json_response({"ok": True, "result": {}})
        raise web.HTTPTemporaryRedirect("/elders")

    async with answering(answer) as (line, url):
        with pytest.raises(NetworkError):
            await line.call(url, {"chat_id": 1})
    assert seen == [("/bot1:A/sendMessage", json.dumps({"chat_id": 1}))]
