"""What one connection to the web port may cost before anybody is known by it; knows no route.

Whoever can reach the port may say anything, at any length, and say it slowly. What is read of a request before it is
handed on is bounded here, and so is the time for it and how many connections there are: of too many, the one goes that
said nothing for the longest, so that Telegram always finds room.
"""

import asyncio
from typing import cast

import httptools
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

BIGGEST_HEAD = 32 * 1024
"""Bytes of the first line and the headers, or of whatever else comes between a request and the next; Telegram's own
are some hundreds."""

MOST_HEADERS = 100
MOST_WAITING = 100
"""Requests on one connection that wait for the answer to an earlier one."""

HEAD_SECONDS = 10.0
"""In which the head of a request is whole, from its first byte or from the opening of the connection."""

BODY_SECONDS = 60.0
"""In which the rest of it has come: a form of the biggest kind, over the slowest telephone line."""

MOST_CONNECTIONS = 800
"""Telegram opens a hundred; most systems give a program 1024 files, and others are needed."""


class Bounded(HttpToolsProtocol):
    """One connection. It is closed when it asks too much."""

    _unread = 0
    """Bytes that came since the last that was of use."""
    _in_body = False
    _between = False
    """Whether the last that came was the end of a request: then the time between two requests runs."""
    _limit: asyncio.TimerHandle | None = None
    _heard = 0.0
    broken_off = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Lets it in; another goes for it where there are too many."""
        super().connection_made(cast(asyncio.Transport, transport))
        self._heard = self.loop.time()
        self._within_time(HEAD_SECONDS)
        if len(self.connections) > MOST_CONNECTIONS:
            self._make_room()

    def connection_lost(self, exc: Exception | None) -> None:
        """Lets it go."""
        self._in_time()
        self._unset_keepalive_if_required()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Reads on, unless this is too much."""
        self._unread += len(data)
        self._between = False
        super().data_received(data)
        if self.transport.is_closing():
            return
        if self._unread > BIGGEST_HEAD:
            self.send_400_response("Too large.")
        elif self._in_body and self.cycle.response_complete:
            # It has its answer; what it goes on to say, nobody reads.
            self.transport.close()
        elif not self._in_body and not self._between:
            self._within_time(HEAD_SECONDS)

    def on_header(self, name: bytes, value: bytes) -> None:
        """Keeps a header. What comes after a body is none that anybody asks for."""
        if self._in_body:
            return
        if len(self.headers) == MOST_HEADERS:
            raise httptools.HttpParserError("too many headers")
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """Hands the request on."""
        if len(self.pipeline) == MOST_WAITING:
            raise httptools.HttpParserError("too many requests")
        self._unread, self._in_body, self._heard = 0, True, self.loop.time()
        self._in_time()
        self._within_time(BODY_SECONDS)
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """Hands on what came of the body."""
        self._unread = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        """From here on it may be silent for a while."""
        self._unread, self._in_body, self._between = 0, False, True
        self._in_time()
        super().on_message_complete()

    def on_message_begin(self) -> None:
        """Another request follows in the same breath, or later."""
        self._between = False
        super().on_message_begin()

    def _within_time(self, seconds: float) -> None:
        if self._limit is None:
            self._limit = self.loop.call_later(seconds, self.break_off)

    def _in_time(self) -> None:
        if self._limit is not None:
            self._limit.cancel()
            self._limit = None

    def _make_room(self) -> None:
        others = [
            other
            for other in self.connections
            if isinstance(other, Bounded) and other is not self and not other.broken_off
        ]
        if len(others) >= MOST_CONNECTIONS:
            min(others, key=Bounded.worth).break_off()

    def worth(self) -> tuple[bool, float]:
        """What is being answered is worth most; of the rest what was heard last."""
        is_answered = bool(self.cycle) and not self.cycle.response_complete
        return is_answered, self._heard

    def break_off(self) -> None:
        """Closes it at once, whatever is still to be sent."""
        self.broken_off = True
        self.transport.abort()
