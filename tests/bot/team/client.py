"""Somebody on the pages for staff with a browser without scripts; checks nothing."""

import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from html import unescape

from aiohttp import ClientSession, CookieJar
from multidict import CIMultiDictProxy
from yarl import URL

_WHOLE = re.compile(r'<span class="whole">([^<]*)</span>')
_TOKEN = re.compile(r'name="token" value="([^"]*)"')


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: CIMultiDictProxy[str]
    html: str
    content: bytes
    path: str

    @property
    def words(self) -> str:
        """What can be read on it."""
        in_one_piece = _WHOLE.sub(r"\1", self.html)
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", in_one_piece)).split())


@dataclass
class Visitor:
    """`token` is what the last page put in its forms; it goes along with all that is sent, unless told otherwise."""

    port: int
    token: str = ""
    follows: bool = True
    headers: Mapping[str, str] = field(default_factory=dict)
    http: ClientSession = field(default_factory=lambda: ClientSession(cookie_jar=CookieJar(unsafe=True)))

    async def get(self, path: str) -> Answer:
        """Opens a page."""
        return await self.ask("GET", path)

    async def post(self, path: str, **fields: str) -> Answer:
        """Sends a form."""
        return await self.ask("POST", path, {"token": self.token, **fields})

    async def ask(self, method: str, path: str, fields: Mapping[str, str] | None = None) -> Answer:
        """Asks in some way."""
        url = f"http://127.0.0.1:{self.port}{path}"
        asking = self.http.request(method, url, data=fields, headers=self.headers, allow_redirects=self.follows)
        async with asking as answer:
            content = await answer.read()
            html = content.decode("utf-8", "replace")
            found = Answer(answer.status, answer.headers, html, content, answer.url.path)
        self.token = next(iter(_TOKEN.findall(html)), self.token)
        return found

    def cookies(self) -> dict[str, str]:
        """Name and value of each."""
        return {cookie.key: cookie.value for cookie in self.http.cookie_jar}

    def with_cookies(self, cookies: Mapping[str, str]) -> None:
        """Has these from now on, and no others."""
        self.http.cookie_jar.clear()
        self.http.cookie_jar.update_cookies(cookies, URL(f"http://127.0.0.1:{self.port}/"))


@asynccontextmanager
async def visitor(port: int) -> AsyncIterator[Visitor]:
    """Somebody who was nowhere before."""
    found = Visitor(port)
    try:
        yield found
    finally:
        await found.http.close()
