"""Plays a transcript as a browser without scripts: real HTTP, pages that are read as they come, forms that are sent."""

from collections.abc import Mapping
from contextlib import AsyncExitStack
from pathlib import Path

from aiohttp import ClientSession, CookieJar

from bot import transcript
from bot.browser.bounds import Rates
from bot.browser.chat import Chat
from bot.browser.cookies import Cookies
from bot.browser.pages import Pages
from bot.browser.routes import Site
from bot.browser.session import Session
from bot.housekeeping import tidy_up
from bot.intake import Intake
from bot.settings import WebSettings
from bot.web.app import web_app
from bot.web.server import listening, serving
from dialogs.interview import Interview
from dialogs.library import Library
from storage.opening import open_database
from storage.schema import match_keys, migrate
from storage.secrets import KeyRing
from tests.bot.running import free_port
from tests.bot.web_page import Page, Spoken, page
from tests.talk.players import Kept, Player, kept_lines
from tests.talk.script import Action

NOTHING = Page()


class WebPlayer(Player):
    """One resident with one browser. To be closed with `stop`."""

    def __init__(self, folder: Path, keys: KeyRing, shelf: Library | None = None) -> None:
        super().__init__(shelf)
        self._url = f"sqlite:///{folder}/web.db"
        self._keys = keys
        self._port = free_port()
        self._serving = AsyncExitStack()
        self._browser: ClientSession | None = None
        self._intake: Intake | None = None
        self._page = NOTHING
        self._ever: list[tuple[str, str]] = []

    async def restart(self) -> list[str]:
        await self._serving.aclose()
        await self._serve()
        return []

    async def stop(self) -> None:
        """Closes the browser and the site."""
        if self._browser:
            await self._browser.close()
        await self._serving.aclose()

    async def act(self, action: Action) -> list[str]:
        if self._browser is None:
            await self._serve()
            self._browser = ClientSession(cookie_jar=CookieJar(unsafe=True))
        before, earlier = await self._draft(), self._page
        self._page = await self._do(self._browser, action)
        return await self._lines(before, earlier)

    async def waited(self) -> list[str]:
        assert self._intake
        assert self._browser
        before, earlier = await self._draft(), self._page
        await tidy_up(self._intake)
        self._page = await self._get(self._browser, "/gesprek")
        return await self._lines(before, earlier)

    async def _serve(self) -> None:
        self._serving = AsyncExitStack()
        database = await open_database(self._url)
        self._serving.push_async_callback(database.close)
        await migrate(database)
        await match_keys(database, self._keys)
        self._intake = Intake(database, self._keys, self.library, ids=self.ids, clock=self.clock)
        site = Site(Chat(self._intake), Pages(self.library), self._keys, Cookies(secure=False), Rates(), days=7)
        port = listening(WebSettings(port=self._port))
        self._running = await self._serving.enter_async_context(serving(web_app(site.routes), port))

    async def _do(self, browser: ClientSession, action: Action) -> Page:
        match action.kind:
            case "set":
                return await self._get(browser, f"/v/{action.words[0]}-")
            case "say" if action.words.startswith("/start") and not self._page.spoken:
                code = action.words.removeprefix("/start").strip()
                return await self._get(browser, f"/v/{code}" if code else "/")
            case "say":
                return await self._post(browser, {"words": action.words, "send": "1"})
            case "old":
                return await self._post(browser, {"tap": next(d for label, d in self._ever if label == action.words)})
            case _:
                return await self._post(browser, {"tap": self._page.button(action.words)})

    async def _get(self, browser: ClientSession, path: str) -> Page:
        headers = {"accept-language": self.language} if self.language else {}
        async with browser.get(f"http://127.0.0.1:{self._port}{path}", headers=headers) as answer:
            assert answer.status == 200, await answer.text()
            return page(await answer.text())

    async def _post(self, browser: ClientSession, said: Mapping[str, str]) -> Page:
        headers = {"accept-language": self.language} if self.language else {}
        fields = {**self._page.hidden, **said}
        async with browser.post(f"http://127.0.0.1:{self._port}/gesprek", data=fields, headers=headers) as answer:
            assert answer.status == 200, await answer.text()
            return page(await answer.text())

    async def _lines(self, before: Interview | None, earlier: Page) -> list[str]:
        now = {said.id: said for said in self._page.spoken}
        then = {said.id: said for said in earlier.spoken}
        self._ever += [button for said in now.values() for row in said.rows for button in row]
        gone = then.keys() - now.keys()
        cleared = [transcript.CLEARED if gone == then.keys() else transcript.WIPED] if gone else []
        notices = [transcript.noticed(words) for words in self._page.notices]
        said = [line for spoken in now.values() if not spoken.mine for line in _lines(spoken, then.get(spoken.id))]
        return [*notices, *cleared, *said, *await self._kept_lines(before)]

    async def _kept_lines(self, before: Interview | None) -> list[str]:
        return await kept_lines(self._kept(), self.ids, before, self.tellers)

    async def _draft(self) -> Interview | None:
        return await self._kept().draft() if self._browser and self._browser.cookie_jar else None

    def _kept(self) -> Kept:
        assert self._browser
        token = next(cookie.value for cookie in self._browser.cookie_jar)
        return Kept(self._url, self._keys, Session(token).address)


def _lines(said: Spoken, before: Spoken | None) -> list[str]:
    """A new bubble, or one that took the place of another."""
    if before and before.words == said.words:
        return []
    words = [line for line in said.words.split("\n") if line]
    mark = "<~" if before else "< "
    rows = [transcript.INDENT + " ".join(f"[{label}]" for label, _ in row) for row in said.rows]
    return [(mark if at == 0 else transcript.INDENT) + line for at, line in enumerate(words)] + rows
