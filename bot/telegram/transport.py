"""python-telegram-bot's calls over aiohttp, through the library's own seam; knows HTTP and nothing of what is said.

Measured beside the library's default client, this carries three to four times the calls per processor second.
"""

import json
import os
from collections.abc import Callable, Mapping
from typing import Any

import aiohttp
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.request import BaseRequest, RequestData

from bot.telegram.reaching import Reach
from bot.telegram.sifting import sifted
from console.logs import trace

CONNECTIONS = 256
USUAL_SECONDS = 10.0
_JSON = {"Content-Type": "application/json"}
_KINDS: Mapping[int, type[TelegramError]] = {
    400: BadRequest,
    401: InvalidToken,
    403: Forbidden,
    404: InvalidToken,
    409: Conflict,
}

LONGEST_HOLD = 24 * 60 * 60
"""Seconds that Telegram may ask to wait and be believed; with any other number we wait as after other faults."""

Headers = Mapping[str, str] | None


class AiohttpRequest(BaseRequest):
    """One pool of connections. `initialize` opens it, `shutdown` closes it.

    `told` hears the `Date` of every answer, `reach` what came of every exchange.
    """

    def __init__(self, told: Callable[[str], None] = lambda date: None, reach: Reach | None = None) -> None:
        self._told = told
        self._reach = reach or Reach()
        self._session: aiohttp.ClientSession | None = None
        # The library warns about its own older way of telling a wait, unless it is asked for the newer one.
        os.environ.setdefault("PTB_TIMEDELTA", "true")

    @property
    def read_timeout(self) -> float | None:
        """Seconds that a call may take where nothing else is asked."""
        return USUAL_SECONDS

    async def initialize(self) -> None:
        """Opens the pool, within the running loop."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=CONNECTIONS), cookie_jar=aiohttp.DummyCookieJar()
            )

    async def shutdown(self) -> None:
        """Closes the pool. Twice does no harm."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,
        connect_timeout: object = BaseRequest.DEFAULT_NONE,
        pool_timeout: object = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """One call of the library's: status and body."""
        seconds = read_timeout if isinstance(read_timeout, int | float) else USUAL_SECONDS
        headers = None if request_data is None or request_data.contains_files else _JSON
        with self._reach.heard():
            status, payload = await self._exchanged(method, url, _body(request_data), headers, seconds)
            if status // 100 == 2:
                self._result(payload)
            elif status // 100 == 5:
                raise self._fault(status, payload)
        return status, payload

    async def call(
        self, url: str, asked: Mapping[str, object], *, seconds: float = USUAL_SECONDS, picture: bytes = b""
    ) -> object:
        """What the Bot API gives for one call, JSON in and out; a form where a `picture` (PNG) goes with it.

        The library's way there takes half as much again.
        Raises the library's faults; `InvalidToken` for every 401 and 404.
        """
        with self._reach.heard():
            body = _form(asked, picture) if picture else json.dumps(asked).encode()
            status, payload = await self._exchanged("POST", url, body, None if picture else _JSON, seconds)
            if status // 100 == 2:
                return self._result(payload)
            raise self._fault(status, payload)

    async def _exchanged(
        self, method: str, url: str, body: aiohttp.FormData | bytes | None, headers: Headers, seconds: float
    ) -> tuple[int, bytes]:
        """Status and body. The address holds the token, so no fault repeats it."""
        if self._session is None:
            raise NetworkError("closed")
        limit = aiohttp.ClientTimeout(total=seconds)
        try:
            async with self._session.request(
                method, url, data=body, headers=headers, timeout=limit, allow_redirects=False
            ) as response:
                status, payload = response.status, await response.read()
                self._told(response.headers.get("Date", ""))
        except TimeoutError:
            raise TimedOut from None
        except (aiohttp.ClientError, OSError) as fault:
            raise NetworkError(trace(fault)) from None
        if status // 100 != 2 and not self._is_told(payload):
            # Something between us and Telegram; what it says is not Telegram's last word on a chat or on the token.
            raise NetworkError(f"{status} without an answer")
        return status, payload

    def _is_told(self, payload: bytes) -> bool:
        """Whether the Bot API itself refused (Bot API, "Making requests"): it says so in JSON, with a code."""
        try:
            answer = self.parse_json_payload(payload)
        except TelegramError:
            return False
        return answer.get("ok") is False and isinstance(answer.get("error_code"), int)

    def _result(self, payload: bytes) -> object:
        """What was asked for. An answer without it tells nothing, whatever its status: it is asked for again."""
        answer = self.parse_json_payload(payload)
        if answer.get("ok") is not True or "result" not in answer:
            raise TelegramError("the answer holds no result")
        return answer["result"]

    def _fault(self, status: int, payload: bytes) -> TelegramError:
        """What a refusal means (Bot API, "Making requests" and ResponseParameters). What it says is not repeated."""
        match self.parse_json_payload(payload).get("parameters"):
            case {"retry_after": int(seconds)} if 0 < seconds <= LONGEST_HOLD:
                return RetryAfter(seconds)
            case {"migrate_to_chat_id": int(chat)}:
                return ChatMigrated(chat)
            case _:
                return _KINDS.get(status, NetworkError)(str(status))

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The answer as JSON. The library's own logs what it cannot read, and with it what people told."""
        try:
            answer = json.loads(payload)
        except (ValueError, RecursionError):
            answer = sifted(payload)
        if not isinstance(answer, dict):
            raise TelegramError("the answer is not JSON")
        return answer


def _form(asked: Mapping[str, object], picture: bytes) -> aiohttp.FormData:
    """A call with a photo (Bot API, "Sending files"): what is no string goes as JSON."""
    words = {name: value if isinstance(value, str) else json.dumps(value) for name, value in asked.items()}
    form = aiohttp.FormData(words)
    form.add_field("photo", picture, filename="qr.png", content_type="image/png")
    return form


def _body(data: RequestData | None) -> aiohttp.FormData | bytes | None:
    """JSON, which takes a third of the time of a form; a form where files go with it."""
    if data is None:
        return None
    if not data.contains_files:
        return json.dumps(data.parameters).encode()
    form = aiohttp.FormData(data.json_parameters)
    for name, (filename, content, kind) in data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=kind)
    return form
