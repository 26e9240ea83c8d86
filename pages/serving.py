"""Opens the port and serves an app on it, in the loop that runs already; knows HTTP and no route.

No address is logged and none is believed from a header, nothing is to be kept by whoever reads it, and a signal is for
whoever runs the process.
"""

import asyncio
import errno
import socket
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from typing import Protocol

import uvicorn
from starlette.datastructures import MutableHeaders
from starlette.responses import Response
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from console.settings import DELIMITER, PREFIX, SettingsFault
from pages.app import Elsewhere, web_app
from pages.connections import Bounded
from pages.headers import HEADERS

CLOSE_SECONDS = 2
"""How long answers under way may take when the port closes."""

KEEP_SECONDS = 75
"""How long a connection stays open between two requests: Telegram and a proxy use theirs again."""


class Port(Protocol):
    """Where a port is, as the settings of an application have it; 0 is off."""

    @property
    def host(self) -> str:
        """The address of this machine on which it is open."""

    @property
    def port(self) -> int:
        """Its number."""


class _Server(uvicorn.Server):
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """The process has handlers of its own; without this, the library puts its own in their place."""
        yield


@asynccontextmanager
async def web(
    settings: Port, routes: Iterable[BaseRoute], elsewhere: Elsewhere | None = None
) -> AsyncIterator["asyncio.Task[None] | None"]:
    """Serves these routes on the port of the settings, beside whoever waits within; None where it is off."""
    if not settings.port:
        yield None
        return
    async with serving(web_app(routes, elsewhere), listening(settings)) as running:
        yield running


def listening(settings: Port, group: str = "web") -> socket.socket:
    """The open port. `group`: the settings in which it stands. Raises `SettingsFault` where it cannot be had."""
    where = f"{group}.port: poort {settings.port} op {settings.host}"
    try:
        family = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((settings.host, settings.port), family=family, backlog=2048)
    except OSError as fault:
        raise SettingsFault(f"{where} kan niet open: {_reason(fault)} {_advice(group)}") from None


def _advice(group: str) -> str:
    return f"Kies een andere met {PREFIX}{group.upper()}{DELIMITER}PORT, of zet haar uit met 0."


def _reason(fault: OSError) -> str:
    if isinstance(fault, socket.gaierror):
        return "dit adres is niet bekend."
    if isinstance(fault, PermissionError):
        return "voor deze poort zijn er geen rechten."
    return "er luistert al iets." if fault.errno == errno.EADDRINUSE else f"{fault.strerror}."


@asynccontextmanager
async def serving(app: ASGIApp, port: socket.socket) -> AsyncIterator["asyncio.Task[None]"]:
    """Serves `app` on an open port, beside whoever waits within, and closes it; the task ends when the server does."""
    server = _Server(
        uvicorn.Config(
            _kept_by_nobody(_broken_off_well(app)),
            loop="none",
            http=Bounded,
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            proxy_headers=False,
            server_header=False,
            headers=list(HEADERS),
            timeout_keep_alive=KEEP_SECONDS,
            timeout_graceful_shutdown=CLOSE_SECONDS,
        )
    )
    running = asyncio.create_task(server.serve(sockets=[port]), name="web")
    try:
        yield running
    finally:
        try:
            await _answered(server.server_state.tasks)
        finally:
            server.should_exit = True
            await asyncio.wait((running,))
            port.close()


async def _answered(answers: "Iterable[asyncio.Task[None]]") -> None:
    """Waits for answers under way; breaks off what takes long, as that of who does not finish what he asks."""
    if under_way := set(answers):
        _, late = await asyncio.wait(under_way, timeout=CLOSE_SECONDS)
        for answer in late:
            answer.cancel()


def _kept_by_nobody(app: ASGIApp) -> ASGIApp:
    """No answer is to be kept, unless it says itself that it may be: two such headers would say that it may not."""

    async def answering(scope: Scope, receive: Receive, send: Send) -> None:
        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).setdefault("cache-control", "no-store")
            await send(message)

        await app(scope, receive, sending)

    return answering


def _broken_off_well(app: ASGIApp) -> ASGIApp:
    """An answer that is broken off is one as well: only a port that closes does so, and it is no fault of the app."""

    async def answering(scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await app(scope, receive, send)
        except asyncio.CancelledError:
            # Where the answer had begun, it can only be cut short.
            with suppress(RuntimeError):
                await Response(status_code=503, headers={"connection": "close"})(scope, receive, send)

    return answering
