"""A browser without scripts, and the web chat that it visits: real HTTP over a real database."""

import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from ipaddress import ip_network

from aiohttp import ClientSession, CookieJar
from multidict import CIMultiDictProxy
from yarl import URL

from bot.browser.answers import Answers
from bot.browser.chat import Chat
from bot.browser.cookies import Cookies
from bot.browser.pages import Pages
from bot.browser.routes import Site
from bot.browser.screens import Screens
from bot.browser.session import Session
from bot.figures import Figures
from bot.intake import Intake
from bot.settings import WebSettings
from bot.team.leaving import leaving
from bot.visits import Visits
from pages.app import web_app
from pages.bounds import HOUR, Rates
from pages.serving import listening, serving
from storage.addresses import Address
from tests import canaries
from tests.bot.web_page import Page, page

TALK = "/gesprek"

PROXIES = (ip_network("127.0.0.0/8"),)
"""A browser here may say from which address it comes, with the header `x-forwarded-for`."""


@asynccontextmanager
async def visited(
    intake: Intake,
    port: int,
    *,
    secure: bool = False,
    opened: bool = True,
    screens: Screens | None = None,
    clock: Callable[[], float] = time.time,
    figures: Figures | None = None,
    steady: Callable[[], float] = time.monotonic,
) -> AsyncIterator[Site]:
    """The web chat on a port; as a program that stands by where it is not `opened`. `clock`: see `Site`."""
    chat = Chat(intake, screens, figures, steady)
    answers = Answers(Pages(intake.library), intake.keys, Cookies(secure), 7, Visits(intake))
    leaves, wrong_codes, drafts = leaving(WebSettings(), intake), Rates(steady, HOUR), Rates(steady, HOUR)
    site = Site(chat, answers, leaves, proxies=PROXIES, clock=clock, wrong_codes=wrong_codes, drafts=drafts)
    if opened:
        site.opened.set()
    async with serving(web_app(site.routes, site.elsewhere), listening(WebSettings(port=port))) as running:
        yield site
        assert not running.done()


@dataclass(frozen=True)
class Answer:
    """What came back: its status, its headers and the page."""

    status: int
    headers: CIMultiDictProxy[str]
    html: str
    page: Page


@dataclass
class Browser:
    """Somebody with a browser on a page. `headers` go with every request; `follows`: it goes where it is sent to."""

    port: int
    headers: Mapping[str, str] = field(default_factory=dict)
    page: Page = field(default_factory=Page)
    follows: bool = True
    http: ClientSession = field(default_factory=lambda: ClientSession(cookie_jar=CookieJar(unsafe=True)))

    @property
    def token(self) -> str:
        """What the cookie holds; "" where there is none."""
        return next((cookie.value for cookie in self.http.cookie_jar if cookie.key.endswith("vertelbot")), "")

    @property
    def address(self) -> Address:
        """Where a draft of this browser is kept."""
        return Session(self.token).address

    def with_cookie(self, token: str) -> None:
        """Has this cookie from now on."""
        self.http.cookie_jar.clear()
        self.http.cookie_jar.update_cookies({"vertelbot": token}, URL(f"http://127.0.0.1:{self.port}/"))

    async def get(self, path: str = TALK) -> Answer:
        """Opens a page, and reads it."""
        return await self._asked("GET", path, None)

    async def say(self, words: str) -> Answer:
        """Types and sends."""
        return await self.send({"words": words, "send": "1"})

    async def tap(self, label: str, words: str = "") -> Answer:
        """Uses the newest button with this label, with these words in the field."""
        return await self.send({"words": words, "tap": self.page.button(label)})

    async def send(self, said: Mapping[str, str], path: str = TALK) -> Answer:
        """Sends the form of the page that is open, filled in with this."""
        return await self._asked("POST", path, {**self.page.hidden, **said})

    async def _asked(self, method: str, path: str, fields: Mapping[str, str] | None) -> Answer:
        url = f"http://127.0.0.1:{self.port}{path}"
        # What is typed, who typed it, from where, and where it is kept may stand in no log.
        canaries.plant_of({"text": (fields or {}).get("words", "")})
        who = (self.token, self.page.hidden.get("token"), self.headers.get("x-forwarded-for"), self.address.chat)
        canaries.plant(*filter(None, who))
        asking = self.http.request(method, url, data=fields, headers=self.headers, allow_redirects=self.follows)
        async with asking as answer:
            html = await answer.text()
            found = Answer(answer.status, answer.headers, html, page(html))
        if found.page.hidden:
            self.page = found.page
        return found

    def twin(self) -> "Browser":
        """The same page with the same cookie, in a second window that shares nothing more."""
        other = replace(self, http=ClientSession(cookie_jar=CookieJar(unsafe=True)))
        other.with_cookie(self.token)
        return other


@asynccontextmanager
async def browser(port: int, headers: Mapping[str, str] | None = None) -> AsyncIterator[Browser]:
    """A browser that was nowhere before; closed at the end."""
    found = Browser(port, headers or {})
    try:
        yield found
    finally:
        await found.http.close()
