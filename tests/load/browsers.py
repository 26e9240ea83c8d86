"""Browsers that visit the web chat, in the place of phones and a Bot API: a page that came is what the bot asked.

Each conversation has a browser of its own: a connection, a cookie, and an address in a part of the network where
nobody else is, as a proxy would say it. It begins with a whole first view: the page and all that the page names.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Coroutine
from contextlib import suppress
from functools import partial
from time import perf_counter
from typing import Any
from urllib.parse import urlencode

from bot.browser.session import Session
from storage.addresses import Address
from tests.load.lines import CallingLine
from tests.load.measuring import free_port
from tests.load.pages import files, is_last, message
from tests.load.residents import START
from tests.load.shapes import Object

HOST, HOME, TALK = "127.0.0.1", "/", "/gesprek"
FORM = "application/x-www-form-urlencoded"

VISIT = "eerste bezoek (GET)"
FILES = "bestanden van de pagina (GET)"
ANSWER = "antwoord, met script (POST)"
SENT = "antwoord, zonder script (POST)"
PAGE = "gesprek na een antwoord (GET)"
"""The kinds of requests."""

LOOK_SECONDS = 0.05

Read = Callable[[str], None]


class BrowsingLine(CallingLine):
    """A connection of a browser. `cookie` is the last that was given on it, `wait` the time to the first byte."""

    def __init__(self, host: str) -> None:
        super().__init__(host)
        self.cookie = ""
        self.wait = 0.0
        self._since = 0.0

    def ask(self, what: str, headers: str, body: bytes, done: Callable[[int, bytes], None]) -> None:
        """Makes a request."""
        self._since = perf_counter()
        super().ask(what, headers, body, done)

    def data_received(self, data: bytes) -> None:
        """Called by the loop."""
        if self._since:
            self.wait, self._since = perf_counter() - self._since, 0.0
        super().data_received(data)

    def on_header(self, name: bytes, value: bytes) -> None:
        """Called by the parser."""
        if name.lower() == b"set-cookie":
            self.cookie = value.decode().partition(";")[0]


class Browsers:
    """All of them. `asked` is called with every page that asks something. Without `scripts` each answer is a new page.

    `calls` counts requests by kind, `refused` by kind and status what was turned down; `waits` are the times to the
    first byte.
    """

    def __init__(self, asked: Callable[[int, Object], None], *, scripts: bool) -> None:
        self.scripts = scripts
        self.port = free_port()
        self.url = f"http://{HOST}:{self.port}"
        self.calls: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self.waits: dict[str, list[float]] = {}
        self.ready = asyncio.Event()
        self._asked = asked
        self._visitors: dict[int, Visitor] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Looks from now on whether the bot can be visited."""
        self.begin(self._look())

    def close(self) -> None:
        """Closes them all."""
        for task in self._tasks:
            task.cancel()
        for visitor in self._visitors.values():
            visitor.close()

    def address(self, chat: int) -> Address:
        """Where the draft of this conversation is kept."""
        visitor = self._visitors.get(chat)
        return Session(visitor.cookie.partition("=")[2] if visitor else "").address

    def type(self, chat: int, text: str) -> None:
        """A resident comes in, or types."""
        if text == START:
            self._visitors[chat] = Visitor(self, chat, partial(self._asked, chat))
            self._visitors[chat].visit()
        else:
            self._visitors[chat].send({"words": text, "send": "1"})

    def tap(self, chat: int, under: Object, data: str) -> None:
        """A resident uses a button of this page."""
        self._visitors[chat].send({"words": "", "tap": f"{under['bubble']} {data}"})

    def begin(self, work: Coroutine[Any, Any, None]) -> None:
        """Goes on with it beside everything else, until all browsers close."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _look(self) -> None:
        loop = asyncio.get_running_loop()
        while not self.ready.is_set():
            with suppress(OSError):
                _, line = await loop.create_connection(lambda: BrowsingLine(HOST), HOST, self.port)
                line.ask(f"GET {HOME}", "", b"", self._looked)
            await asyncio.sleep(LOOK_SECONDS)

    def _looked(self, status: int, _body: bytes) -> None:
        if status == 200:
            self.ready.set()


class Visitor:
    """One browser on its way through a conversation. `show` gets every page that asks something."""

    def __init__(self, browsers: Browsers, chat: int, show: Callable[[Object], None]) -> None:
        self.cookie = ""
        self._browsers = browsers
        self._show = show
        self._address = f"{10 + (chat >> 16 & 127)}.{chat >> 8 & 255}.{chat & 255}.7"
        self._fields: dict[str, str] = {}
        self._line: BrowsingLine | None = None

    def visit(self) -> None:
        """Opens the first page, and fetches all that it names."""
        self._ask(VISIT, f"GET {HOME}", lambda page: self._fetch([*files(page)], page))

    def send(self, fields: Object) -> None:
        """Sends the form of the page, filled in with this."""
        body = urlencode({**self._fields, **fields}).encode()
        if self._browsers.scripts:
            self._ask(ANSWER, f"POST {TALK}", self._read, body)
        else:
            self._ask(SENT, f"POST {TALK}", lambda _: self._ask(PAGE, f"GET {TALK}", self._read), body)

    def close(self) -> None:
        """Nobody looks at it any more."""
        if self._line:
            self._line.close()

    def _fetch(self, left: list[str], page: str) -> None:
        """One file after the other; then the first view is whole."""
        if left:
            self._ask(FILES, f"GET {left.pop()}", lambda _: self._fetch(left, page))
        else:
            self._read(page)

    def _read(self, page: str) -> None:
        asked = message(page)
        self._fields = asked["fields"]
        if is_last(asked):
            self.close()
        if asked["reply_markup"]["inline_keyboard"]:
            self._show(asked)

    def _ask(self, kind: str, what: str, done: Read, body: bytes = b"") -> None:
        if self._line and self._line.is_open:
            self._asked(self._line, kind, what, done, body)
        else:
            self._browsers.begin(self._connected(kind, what, done, body))

    async def _connected(self, kind: str, what: str, done: Read, body: bytes) -> None:
        """Asks it on a connection that is new: the first, or where it was quiet for so long that the bot hung up."""
        loop = asyncio.get_running_loop()
        try:
            _, self._line = await loop.create_connection(lambda: BrowsingLine(HOST), HOST, self._browsers.port)
        except OSError as fault:
            self._browsers.refused[f"{kind}: {fault.strerror}"] += 1
            return
        self._asked(self._line, kind, what, done, body)

    def _asked(self, line: BrowsingLine, kind: str, what: str, done: Read, body: bytes) -> None:
        self._browsers.calls[kind] += 1
        line.ask(what, self._headers(bool(body)), body, partial(self._answered, line, kind, done))

    def _headers(self, is_form: bool) -> str:
        said = {"X-Forwarded-For": self._address, "Accept-Language": "nl", "Accept-Encoding": "gzip"}
        if self.cookie:
            said["Cookie"] = self.cookie
        if is_form:
            said |= {"Content-Type": FORM, "Sec-Fetch-Site": "same-origin"}
            said |= {"X-Part": "1"} if self._browsers.scripts else {}
        return "".join(f"{name}: {value}\r\n" for name, value in said.items())

    def _answered(self, line: BrowsingLine, kind: str, done: Read, status: int, body: bytes) -> None:
        if status != (303 if kind == SENT else 200):
            self._browsers.refused[f"{kind}: {status or 'verbroken'}"] += 1
            return
        self._browsers.waits.setdefault(kind, []).append(line.wait)
        self.cookie = line.cookie or self.cookie
        done(body.decode() if kind != FILES else "")
