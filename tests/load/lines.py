"""HTTP/1.1 as bytes over kept connections, both ways, as lightly as can be; knows no Bot API."""

import asyncio
from collections.abc import Callable
from typing import cast

from httptools import HttpParserError, HttpRequestParser, HttpResponseParser

Handler = Callable[["ServedLine", str, str, bytes], None]
"""What is done with a request: the line to answer on, the path, the content type and the body."""

_REASONS = {200: "OK", 400: "Bad Request", 401: "Unauthorized", 404: "Not Found", 409: "Conflict"}


class ServedLine(asyncio.Protocol):
    """One connection of a bot, with one request at a time; `handler` answers it by `reply`, now or later."""

    def __init__(self, handler: Handler) -> None:
        self._handler = handler
        self._parser = HttpRequestParser(self)
        self._transport: asyncio.Transport | None = None
        self._path, self._kind, self._body = "", "", b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Called by the loop."""
        self._transport = cast(asyncio.Transport, transport)

    def connection_lost(self, exc: Exception | None) -> None:
        """Called by the loop. What is answered later goes nowhere."""
        self._transport = None

    def data_received(self, data: bytes) -> None:
        """Called by the loop."""
        try:
            self._parser.feed_data(data)
        except HttpParserError:
            self.close()

    def on_message_begin(self) -> None:
        """Called by the parser."""
        self._path, self._kind, self._body = "", "", b""

    def on_url(self, url: bytes) -> None:
        """Called by the parser."""
        self._path += url.decode()

    def on_header(self, name: bytes, value: bytes) -> None:
        """Called by the parser."""
        if name.lower() == b"content-type":
            self._kind = value.decode()

    def on_body(self, body: bytes) -> None:
        """Called by the parser."""
        self._body += body

    def on_message_complete(self) -> None:
        """Called by the parser."""
        self._handler(self, self._path, self._kind, self._body)

    @property
    def is_open(self) -> bool:
        """Whether somebody is still there to be answered."""
        return self._transport is not None

    def reply(self, status: int, body: bytes) -> None:
        """Answers the request that was handled."""
        if self._transport is not None:
            head = f"HTTP/1.1 {status} {_REASONS.get(status, 'Error')}\r\nContent-Type: application/json\r\n"
            self._transport.write(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)

    def close(self) -> None:
        """Hangs up."""
        if self._transport is not None:
            self._transport.close()


class CallingLine(asyncio.Protocol):
    """One connection to a bot's web port. `done` gets status and body of each answer, 0 where the line broke."""

    def __init__(self, host: str) -> None:
        self._host = host
        self._parser = HttpResponseParser(self)
        self._transport: asyncio.Transport | None = None
        self._body = b""
        self._done: Callable[[int, bytes], None] | None = None

    @property
    def is_open(self) -> bool:
        """Whether a request can be made on it."""
        return self._transport is not None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Called by the loop."""
        self._transport = cast(asyncio.Transport, transport)

    def connection_lost(self, exc: Exception | None) -> None:
        """Called by the loop."""
        self._transport = None
        self._end(0)

    def data_received(self, data: bytes) -> None:
        """Called by the loop."""
        try:
            self._parser.feed_data(data)
        except HttpParserError:
            self.close()

    def on_body(self, body: bytes) -> None:
        """Called by the parser."""
        self._body += body

    def on_message_complete(self) -> None:
        """Called by the parser."""
        status = self._parser.get_status_code()
        if not self._parser.should_keep_alive():
            self.close()
        self._parser = HttpResponseParser(self)
        self._end(status)

    def post(self, path: str, headers: str, body: bytes, done: Callable[[int, bytes], None]) -> None:
        """Brings JSON; `headers` are whole lines."""
        self.ask(f"POST {path}", f"Content-Type: application/json\r\n{headers}", body, done)

    def ask(self, what: str, headers: str, body: bytes, done: Callable[[int, bytes], None]) -> None:
        """Makes a request: its method and path, whole lines of headers, and a body if there is one."""
        self._done, self._body = done, b""
        if self._transport is None:
            self._end(0)
            return
        length = f"Content-Length: {len(body)}\r\n" if body else ""
        head = f"{what} HTTP/1.1\r\nHost: {self._host}\r\n{headers}{length}\r\n"
        self._transport.write(head.encode() + body)

    def close(self) -> None:
        """Hangs up."""
        if self._transport is not None:
            self._transport.close()
            self._transport = None

    def _end(self, status: int) -> None:
        done, self._done = self._done, None
        if done is not None:
            done(status, self._body)
