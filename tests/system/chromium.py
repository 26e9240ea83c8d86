"""A real browser, as somebody uses it: taps, types and reads; knows no corridor."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from playwright.async_api import Browser as Chromium
from playwright.async_api import BrowserContext, Locator, Page, ViewportSize, async_playwright

from bot.browser.session import Session
from storage.addresses import Address
from tests.bot import web_page
from tests.system.machine import BROWSERS, program

PHONE: ViewportSize = {"width": 390, "height": 844}


@asynccontextmanager
async def chromium() -> AsyncIterator[Chromium]:
    """The browser, without a window."""
    async with async_playwright() as play:
        browser = await play.chromium.launch(executable_path=program(*BROWSERS), args=["--no-sandbox"])
        try:
            yield browser
        finally:
            await browser.close()


@dataclass(frozen=True)
class Answer:
    """What came of it. A page that is shown is always a whole answer."""

    html: str
    status: int = 200


@dataclass
class Visitor:
    """Somebody with a real browser on the web chat at `port`; see `tests.bot.browser.Browser`, which has no scripts."""

    port: int
    context: BrowserContext
    tab: Page
    scripts: bool
    token: str = ""
    page: web_page.Page = field(default_factory=web_page.Page)
    headers: Mapping[str, str] = field(default_factory=dict)
    complaints: list[str] = field(default_factory=list)

    @property
    def address(self) -> Address:
        """Where a draft of this browser is kept."""
        return Session(self.token).address

    async def get(self, path: str = "/gesprek") -> Answer:
        """Opens a page."""
        await self.context.set_extra_http_headers(dict(self.headers))
        await self.tab.goto(f"http://127.0.0.1:{self.port}{path}")
        return await self._read()

    async def say(self, words: str) -> Answer:
        """Types and sends."""
        await self.tab.fill("#words", words)
        return await self._used(self.tab.locator("button.send"))

    async def tap(self, label: str) -> Answer:
        """Uses the newest button with this label."""
        buttons = self.tab.locator("button[name=tap]").filter(has_text=label)
        exact = [at for at, text in enumerate(await buttons.all_inner_texts()) if text == label]
        assert exact, f"there is no button [{label}]"
        return await self._used(buttons.nth(exact[-1]))

    async def _used(self, button: Locator) -> Answer:
        """Waits for the answer: with scripts the form changes, without them there is another page."""
        await self.context.set_extra_http_headers(dict(self.headers))
        if not self.scripts:
            async with self.tab.expect_navigation():
                await button.click()
            return await self._read()
        await button.click()
        await self.answered()
        return await self._read()

    async def answered(self, number: str = "") -> None:
        """Waits until the form that was sent is done, as the scripts of the page say it; then it has another number
        than this one, unless it was refused."""
        await self.tab.wait_for_function(
            "before => document.querySelector('form.talk')?.dataset.busy !== '1'"
            " && document.querySelector('[name=number]')?.value !== before",
            arg=number,
        )

    async def _read(self) -> Answer:
        html = await self.tab.content()
        found = web_page.page(html)
        if found.hidden:
            self.page = found
        cookies = await self.context.cookies()
        self.token = next((cookie["value"] for cookie in cookies if cookie["name"].endswith("vertelbot")), "")
        return Answer(html)


@asynccontextmanager
async def visitor(browser: Chromium, port: int, *, scripts: bool = True) -> AsyncIterator[Visitor]:
    """A browser that was nowhere before. Whatever it complains of is in `complaints`."""
    context = await browser.new_context(
        locale="nl-NL", viewport=PHONE, java_script_enabled=scripts, reduced_motion="reduce"
    )
    tab = await context.new_page()
    found = Visitor(port, context, tab, scripts)
    tab.on("console", lambda said: found.complaints.append(said.text) if said.type == "error" else None)
    tab.on("pageerror", lambda fault: found.complaints.append(str(fault)))
    try:
        yield found
    finally:
        await context.close()
