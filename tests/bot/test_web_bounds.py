"""Whether anybody who can reach the web port can make the program grow, or keep Telegram out."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from itertools import count, repeat

import psutil
import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.settings import WebSettings
from pages import connections
from pages.app import web_app
from pages.serving import listening, serving
from tests.bot.running import House, free_port
from tests.bot.story import FIRST, OPENING

ANNE = 4_201_978
PIECE = 100_000
MEGABYTE = 1024 * 1024
GROWTH = 24 * MEGABYTE
"""What memory may differ by itself; what is sent is ten times as much."""


async def _hello(_request: Request) -> Response:
    return PlainTextResponse("goed")


async def _whole(request: Request) -> Response:
    return PlainTextResponse(str(len(await request.body())))


@asynccontextmanager
async def port() -> AsyncIterator[int]:
    """A web port with something on it; which one."""
    found = listening(WebSettings(port=free_port()))
    routes = [Route("/", _hello, methods=["GET", "POST"]), Route("/heel", _whole, methods=["POST"])]
    async with serving(web_app(routes), found):
        yield found.getsockname()[1]


def headers() -> Iterator[bytes]:
    """Headers without an end."""
    yield b"GET / HTTP/1.1\r\nHost: x\r\n"
    for number in count():
        yield b"x-%d: " % number + b"a" * PIECE + b"\r\n"


def small_headers() -> Iterator[bytes]:
    """Ever so many small ones."""
    yield b"GET / HTTP/1.1\r\nHost: x\r\n"
    yield from repeat(b"a:b\r\n" * (PIECE // 5))


def line() -> Iterator[bytes]:
    """One header without an end."""
    yield b"GET / HTTP/1.1\r\nHost: x\r\nx: "
    yield from repeat(b"a" * PIECE)


def address() -> Iterator[bytes]:
    """An address without an end."""
    yield b"GET /"
    yield from repeat(b"a" * PIECE)


def trailers() -> Iterator[bytes]:
    """A body that ends, and headers after it that do not."""
    yield b"POST /heel HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n"
    yield from repeat(b"a: b\r\n" * (PIECE // 6))


def requests() -> Iterator[bytes]:
    """Requests without an end, of which no answer is read."""
    yield from repeat(b"GET / HTTP/1.1\r\n\r\n" * (PIECE // 18))


def unread() -> Iterator[bytes]:
    """A body that nobody asked for."""
    yield b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
    yield from repeat(b"%x\r\n" % PIECE + b"a" * PIECE + b"\r\n")


async def poured(where: int, pieces: Iterator[bytes]) -> bool:
    """Sends it until the connection is closed; False where it still was not after 240 MB."""
    _, writer = await asyncio.open_connection("127.0.0.1", where)
    try:
        for _, piece in zip(range(10 * GROWTH // PIECE), pieces, strict=False):
            writer.write(piece)
            await writer.drain()
    except OSError:
        return True
    finally:
        writer.transport.abort()
    return False


@pytest.mark.parametrize("pieces", [headers, small_headers, line, address, trailers, requests, unread])
async def test_whoever_goes_on_and_on_is_cut_off_and_nothing_grows(pieces: Callable[[], Iterator[bytes]]) -> None:
    async with port() as where:
        before = psutil.Process().memory_info().rss
        assert await asyncio.wait_for(poured(where, pieces()), 60)
        assert psutil.Process().memory_info().rss - before < GROWTH
        assert await said(where, b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n") == 200


async def test_a_head_of_a_usual_size_a_big_body_and_several_requests_at_once_are_taken() -> None:
    usual = b"".join(b"x-%d: " % number + b"a" * 300 + b"\r\n" for number in range(60))
    body = b"a" * MEGABYTE
    async with port() as where:
        assert await said(where, b"GET / HTTP/1.1\r\n" + usual + b"Connection: close\r\n\r\n") == 200
        head = b"POST /heel HTTP/1.1\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % len(body)
        assert await said(where, head + body) == 200
        reader, writer = await asyncio.open_connection("127.0.0.1", where)
        writer.write(b"GET / HTTP/1.1\r\n\r\n" * 19 + b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n")
        assert (await reader.read()).count(b"200 OK") == 20
        writer.close()


@pytest.mark.parametrize("begun", [b"", b"GET / HT", b"\r\n", b"GET / HTTP/1.1\r\n\r\nGET"])
async def test_a_head_that_does_not_end_is_waited_for_no_longer(begun: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "HEAD_SECONDS", 0.2)
    async with port() as where:
        reader, writer = await asyncio.open_connection("127.0.0.1", where)
        writer.write(begun)
        with suppress(ConnectionResetError):
            await asyncio.wait_for(reader.read(), 30)
        writer.close()


@pytest.mark.parametrize("path", [b"/", b"/heel"])
async def test_a_body_that_does_not_end_is_waited_for_no_longer(path: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "BODY_SECONDS", 0.2)
    async with port() as where:
        reader, writer = await asyncio.open_connection("127.0.0.1", where)
        writer.write(b"POST " + path + b" HTTP/1.1\r\nContent-Length: 9\r\n\r\nhalf")
        with suppress(ConnectionResetError):
            await asyncio.wait_for(reader.read(), 30)
        writer.close()


async def test_a_body_that_was_whole_in_time_leaves_the_connection_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "BODY_SECONDS", 0.2)
    async with port() as where:
        reader, writer = await asyncio.open_connection("127.0.0.1", where)
        for _ in range(2):
            writer.write(b"POST /heel HTTP/1.1\r\nContent-Length: 4\r\n\r\nheel")
            assert b" 200 " in await reader.readuntil(b"\r\n\r\n4")
            await asyncio.sleep(0.3)
        writer.close()


async def test_of_too_many_connections_the_one_that_was_silent_longest_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "MOST_CONNECTIONS", 5)
    async with port() as where:
        several = [await asyncio.open_connection("127.0.0.1", where) for _ in range(5)]
        for reader, writer in several[:1]:
            writer.write(b"GET / HTTP/1.1\r\n\r\n")
            await reader.readuntil(b"goed")
        assert [await said(where, b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n") for _ in range(20)] == [200] * 20
        reader, writer = several[0]
        writer.write(b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n")
        assert (await reader.read()).endswith(b"goed")
        for _, writer in several:
            writer.transport.abort()


async def test_telegram_goes_on_while_others_pour(house: House) -> None:
    house = replace(house, brought=True)
    async with house.serving():
        phone = house.phone(ANNE)
        await phone.tell(OPENING)
        url = str(house.telegram.account.webhook["url"])
        where = int(url.split(":")[2].partition("/")[0])
        pouring = [asyncio.create_task(poured(where, pieces())) for pieces in (headers, line, trailers, requests)]
        phone.say(FIRST)
        await house.quiet()
        assert await asyncio.gather(*pouring) == [True] * 4
    assert await phone.pieces() == [FIRST]


async def test_a_body_that_is_not_finished_when_the_port_closes_is_answered_and_logged_as_no_fault(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.WARNING)
    async with port() as where:
        several = [await asyncio.open_connection("127.0.0.1", where) for _ in range(3)]
        for _, writer in several:
            writer.write(b"POST /heel HTTP/1.1\r\nContent-Length: 9\r\n\r\nhalf")
        assert await said(where, b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n") == 200
    for reader, writer in several:
        assert b" 503 " in await reader.readline()
        writer.close()
    assert caplog.messages == []


async def said(where: int, words: bytes) -> int:
    """The status of the answer to this."""
    reader, writer = await asyncio.open_connection("127.0.0.1", where)
    try:
        writer.write(words)
        return int((await reader.readline()).split()[1])
    finally:
        writer.close()
