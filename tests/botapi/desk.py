"""The HTTP side: takes a bot's calls, lets faults strike, answers, and keeps a record.

Knows the wire and who asks; what a method does stands elsewhere.
"""

import asyncio
import json
import re
import socket
import struct
from dataclasses import dataclass

from aiohttp import web

from tests import canaries
from tests.botapi.account import Account
from tests.botapi.arguments import Arguments
from tests.botapi.faults import Fault, Plan, nothing_wrong
from tests.botapi.methods import done
from tests.botapi.verify import verified
from tests.botapi.wire import Json, Object, Refused, Values, a_list, a_text, read_request

BODY_LIMIT = 64 * 1024 * 1024
LOOK_AGAIN = 0.005
_SAID: Json = [{"update_id": 1, "message_id": 1, "text": "Een antwoord waarvan de helft nooit aankomt."}]
"""What half an answer is the half of."""


@dataclass(frozen=True)
class Call:
    """One call by the bot, after it was answered.

    `params`: typed when the call was well-formed, else as they came. `error`: the description that
    the bot got, "" when all went well. `fault`: what was made to go wrong. `at`: when it arrived,
    in seconds of the event loop's clock.
    """

    method: str
    params: Values
    error: str
    chat_id: int
    fault: Fault | None
    at: float

    @property
    def ok(self) -> bool:
        """Whether the bot was told that all went well."""
        return not self.error and self.fault is None


@dataclass(frozen=True)
class _Visit:
    """A call while it is being answered."""

    request: web.Request
    method: str
    values: Values
    chat_id: int
    at: float


class Desk:
    """Where a bot's calls come in.

    `faults`: asked before each well-formed call what goes wrong with it. `latency`: seconds that
    every call takes. `calls`: all calls answered, in that order. `rejected`: those among them that
    Telegram (or this stricter fake) turned down; a fault that was planned is none.
    """

    def __init__(self, token: str, account: Account) -> None:
        self.token = token
        canaries.plant(token)
        self.account = account
        self.faults: Plan = nothing_wrong
        self.latency = 0.0
        self.calls: list[Call] = []
        self.rejected: list[Call] = []
        self.tap_chats: dict[str, int] = {}
        self.in_flight: list[int] = []
        self.last_active: dict[int, float] = {}
        self._closing = False

    def app(self) -> web.Application:
        """The web application that listens for `/bot<token>/<method>`."""
        app = web.Application(client_max_size=BODY_LIMIT)
        app.router.add_route("*", "/bot{token}/{method}", self._serve)
        return app

    def close(self) -> None:
        """Let go of every call that is still waiting."""
        self._closing = True
        self.account.updates.close()

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        method, at = request.match_info["method"], asyncio.get_running_loop().time()
        values: Values = {}
        try:
            self._admit(request.match_info["token"])
            values = await read_request(request)
            arguments = verified(method, values)
        except Refused as refusal:
            return self._refuse(_Visit(request, method, values, 0, at), refusal)
        chat_id = self._chat_of(arguments)
        visit = _Visit(request, method, arguments.values, chat_id, at)
        if method == "getUpdates":
            return await self._answer(visit, arguments)
        self.in_flight.append(chat_id)
        self._active(chat_id)
        try:
            return await self._answer(visit, arguments)
        finally:
            self.in_flight.remove(chat_id)
            self._active(chat_id)

    async def replied(self, told: Object) -> None:
        """A call that came as the answer to an update: it is made, and nobody hears how it went."""
        values = {name: value for name, value in told.items() if name != "method"}
        method, at = a_text(told.get("method")), asyncio.get_running_loop().time()
        try:
            arguments = verified(method, values)
            await done(self.account, method, arguments)
        except Refused as refusal:
            self.calls.append(Call(method, values, refusal.description, 0, None, at))
            self.rejected.append(self.calls[-1])
        else:
            self.calls.append(Call(method, arguments.values, "", self._chat_of(arguments), None, at))

    def _admit(self, token: str) -> None:
        if token == self.token:
            return
        if re.fullmatch(r"[1-9][0-9]*:[A-Za-z0-9_-]+", token):
            raise Refused(401, "Unauthorized")
        raise Refused(404, "Not Found")

    def _chat_of(self, arguments: Arguments) -> int:
        tapped = self.tap_chats.get(arguments.text("callback_query_id"), 0)
        return arguments.number("chat_id", tapped)

    def _active(self, chat_id: int) -> None:
        self.last_active[chat_id] = asyncio.get_running_loop().time()

    async def _answer(self, visit: _Visit, arguments: Arguments) -> web.StreamResponse:
        await asyncio.sleep(self.latency)
        fault = self.faults(visit.method, visit.values)
        if fault is not None and not fault.effect:
            return await self._strike(visit, fault)
        try:
            result = await done(self.account, visit.method, arguments)
        except Refused as refusal:
            return self._refuse(visit, refusal)
        if fault is not None:
            return await self._strike(visit, fault)
        self._keep(visit)
        return web.Response(body=self._written(visit.method, result), content_type="application/json")

    def _written(self, method: str, result: Json) -> bytes:
        """An answer as it crosses the wire; updates as they are, also where they are no JSON."""
        if method != "getUpdates":
            return json.dumps({"ok": True, "result": result}).encode()
        updates = [self.account.updates.written(update) for update in a_list(result)]
        return b'{"ok":true,"result":[' + b",".join(updates) + b"]}"

    def _keep(self, visit: _Visit, error: str = "", fault: Fault | None = None) -> Call:
        call = Call(visit.method, visit.values, error, visit.chat_id, fault, visit.at)
        self.calls.append(call)
        return call

    def _refuse(self, visit: _Visit, refusal: Refused) -> web.Response:
        call = self._keep(visit, refusal.description)
        if not _is_gone(visit.request):
            self.rejected.append(call)
        return _error(refusal.code, refusal.description)

    async def _strike(self, visit: _Visit, fault: Fault) -> web.StreamResponse:
        until = asyncio.get_running_loop().time() + fault.seconds
        while asyncio.get_running_loop().time() < until:
            if self._closing or _is_gone(visit.request):
                break
            await asyncio.sleep(LOOK_AGAIN)
        self._keep(visit, fault.description, fault)
        if not fault.code:
            _break_off(visit.request)
        if fault.half:
            return await _half(visit.request, self._written(visit.method, _SAID), told=fault.told)
        if fault.page:
            return web.Response(status=fault.code, text=fault.page, content_type="text/html")
        return _error(fault.code or 500, fault.description, fault.retry_after)


def _error(code: int, description: str, retry_after: int = 0) -> web.Response:
    body: Object = {"ok": False, "error_code": code, "description": description}
    if not retry_after:
        return web.json_response(body, status=code)
    body["parameters"] = {"retry_after": retry_after}
    return web.json_response(body, status=code, headers={"Retry-After": str(retry_after)})


async def _half(request: web.Request, answer: bytes, *, told: bool) -> web.StreamResponse:
    half = answer[: len(answer) // 2]
    if not told:
        return web.Response(body=half, content_type="application/json")
    response = web.StreamResponse(headers={"Content-Type": "application/json", "Content-Length": str(len(answer))})
    await response.prepare(request)
    await response.write(half)
    if request.transport:
        request.transport.close()
    return response


def _is_gone(request: web.Request) -> bool:
    return request.transport is None or request.transport.is_closing()


def _break_off(request: web.Request) -> None:
    """Reset the connection: with a linger time of 0 the kernel sends RST, not FIN."""
    if request.transport is None:
        return
    line: socket.socket = request.transport.get_extra_info("socket")
    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    request.transport.abort()
