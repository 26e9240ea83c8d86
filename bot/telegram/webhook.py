"""Takes updates that Telegram brings: each is answered only when it is kept; knows no dialog and no text.

Who does not know the secret is turned away before a word is read. What could not be kept is answered with 503, so that
Telegram brings it again; whatever can never be read is counted and thanked for, or it would come for a day.
"""

import asyncio
import hmac
import json
import logging

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.telegram.handling import Handler
from bot.telegram.reading import Aside, Group, Update

PATH = "/telegram"
SHOWN_IN = "x-telegram-bot-api-secret-token"
BIGGEST = 1024 * 1024
"""Bytes of an update; Telegram's own are far smaller."""

SOON = {"retry-after": "1"}
"""Telegram waits so many seconds before it brings the update again, instead of longer every time."""

log = logging.getLogger(__name__)


class Webhook:
    """The way in for Telegram. `secret` is what it shows of itself; until `open` it is asked to come again."""

    def __init__(self, secret: str) -> None:
        self.route = Route(PATH, self._take, methods=["POST"])
        self.secret = secret
        self._handler: Handler | None = None
        self._under_way = 0
        self._idle = asyncio.Event()
        self._idle.set()

    def open(self, handler: Handler) -> None:
        """From now on updates are taken."""
        self._handler = handler

    def is_open(self) -> bool:
        """Whether updates are taken."""
        return self._handler is not None

    async def close(self, seconds: float) -> None:
        """From now on none is; waits for what is under way, so long at most. Telegram keeps the rest."""
        self._handler = None
        try:
            await asyncio.wait_for(self._idle.wait(), seconds)
        except TimeoutError:
            log.warning("niet alles wat Telegram bracht, was op tijd klaar; het komt opnieuw")

    async def _take(self, request: Request) -> Response:
        if not hmac.compare_digest(request.headers.get(SHOWN_IN, "").encode(), self.secret.encode()):
            return Response(status_code=403)
        if self._handler is None:
            return Response(status_code=503, headers=SOON)
        self._under_way += 1
        self._idle.clear()
        try:
            return await self._taken(request, self._handler)
        finally:
            self._under_way -= 1
            if not self._under_way:
                self._idle.set()

    async def _taken(self, request: Request, handler: Handler) -> Response:
        try:
            body = await _whole(request)
        except ClientDisconnect:
            return Response(status_code=400)
        item = Aside(None, "te groot") if body is None else _read(handler, body)
        if isinstance(item, Update):
            handler.hasten([item])
            settled = await handler.settle_whole(item)
            if not settled.done:
                return Response(status_code=503, headers=SOON)
            if settled.tap:
                # Telegram makes the call that it finds in our answer: a tap costs us one call less.
                return JSONResponse(settled.tap.as_reply())
        handler.pass_by(item)
        return Response()


async def _whole(request: Request) -> bytes | None:
    """The body; None where it is too big. Then the rest is read and let go, so that the answer can arrive."""
    found = bytearray()
    size = 0
    async for piece in request.stream():
        size += len(piece)
        if size <= BIGGEST:
            found += piece
    return bytes(found) if size <= BIGGEST else None


def _read(handler: Handler, body: bytes) -> Update | Group | Aside:
    try:
        return handler.read(json.loads(body))
    except (ValueError, RecursionError):
        return Aside(None, "onleesbaar")
