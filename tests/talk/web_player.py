"""Plays a transcript as a browser without scripts: real HTTP, pages that are read as they come, forms that are sent."""

from collections.abc import Mapping
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Protocol

from bot import transcript
from bot.housekeeping import tidy_up
from bot.intake import Intake
from dialogs.interview import Interview
from dialogs.library import Library
from storage.addresses import Address
from storage.opening import open_database
from storage.schema import match_keys, migrate
from storage.secrets import KeyRing
from tests.bot.browser import TALK, Browser, visited
from tests.bot.running import free_port
from tests.bot.web_page import Page, Spoken
from tests.talk.players import Kept, Player, kept_lines
from tests.talk.script import Action

_REMINDING = "\n  [🔔 Stuur mij een bericht]"
"""What no browser is offered: a page that is closed can say nothing unasked."""


def in_browser(transcript_text: str) -> str:
    """A transcript as a browser has it, where what takes the place of another message is said below it."""
    return transcript_text.replace(_REMINDING, "").replace("\n<~", "\n< ")


class Shown(Protocol):
    """What came back."""

    @property
    def status(self) -> int:
        """As HTTP has it."""
        ...

    @property
    def html(self) -> str:
        """The page."""
        ...


class Visitor(Protocol):
    """Somebody with a browser, with scripts or without: see `Browser`."""

    headers: Mapping[str, str]
    page: Page

    @property
    def address(self) -> Address:
        """Where a draft of this browser is kept."""
        ...

    async def get(self, path: str = TALK) -> Shown:
        """Opens a page."""
        ...

    async def say(self, words: str) -> Shown:
        """Types and sends."""
        ...

    async def tap(self, label: str) -> Shown:
        """Uses the newest button with this label."""
        ...


class WebPlayer(Player):
    """One resident with one browser: without scripts, or the `visitor` that it is given. To be closed with `stop`."""

    def __init__(self, folder: Path, keys: KeyRing, shelf: Library | None = None) -> None:
        super().__init__(shelf)
        self._url = f"sqlite:///{folder}/web.db"
        self._keys = keys
        self.port = free_port()
        self.visitor: Visitor | None = None
        self._serving: AsyncExitStack | None = None
        self._intake: Intake | None = None
        self._ever: list[tuple[str, str]] = []

    async def restart(self) -> list[str]:
        await self._closed()
        await self._serve()
        return []

    async def stop(self) -> None:
        """Closes the site, and a browser of our own."""
        if isinstance(self.visitor, Browser):
            await self.visitor.http.close()
        await self._closed()

    async def _closed(self) -> None:
        if self._serving:
            await self._serving.aclose()

    async def act(self, action: Action) -> list[str]:
        visitor = await self._came()
        visitor.headers = {"accept-language": self.language} if self.language else {}
        before, earlier = await self._kept(visitor).draft(), visitor.page
        answer = await self._do(visitor, action)
        assert answer.status == 200, answer.html
        return await self._lines(visitor, before, earlier)

    async def waited(self) -> list[str]:
        visitor = await self._came()
        before, earlier = await self._kept(visitor).draft(), visitor.page
        assert self._intake
        await tidy_up(self._intake)
        await visitor.get()
        return await self._lines(visitor, before, earlier)

    async def _came(self) -> Visitor:
        if self._serving is None:
            await self._serve()
        self.visitor = self.visitor or Browser(self.port)
        return self.visitor

    async def _serve(self) -> None:
        self._serving = AsyncExitStack()
        database = await open_database(self._url)
        self._serving.push_async_callback(database.close)
        await migrate(database)
        await match_keys(database, self._keys)
        self._intake = Intake(database, self._keys, self.library, ids=self.ids, clock=self.clock)
        await self._serving.enter_async_context(visited(self._intake, self.port))

    async def _do(self, visitor: Visitor, action: Action) -> Shown:
        match action.kind:
            case "set":
                return await visitor.get(f"/v/{action.words[0]}-")
            case "say" if action.words.startswith("/start") and not visitor.page.spoken:
                code = action.words.removeprefix("/start").strip()
                return await visitor.get(f"/v/{code}" if code else "/")
            case "say":
                return await visitor.say(action.words)
            case "old" if isinstance(visitor, Browser):
                return await visitor.send({"tap": next(data for label, data in self._ever if label == action.words)})
            case _:
                return await visitor.tap(action.words)

    async def _lines(self, visitor: Visitor, before: Interview | None, earlier: Page) -> list[str]:
        now = {said.id: said for said in visitor.page.spoken}
        then = {said.id: said for said in earlier.spoken}
        self._ever += [button for said in now.values() for row in said.rows for button in row]
        gone = then.keys() - now.keys()
        cleared = [transcript.CLEARED if gone == then.keys() else transcript.WIPED] if gone else []
        notices = [transcript.noticed(words) for words in visitor.page.notices]
        new = (spoken for spoken in now.values() if not spoken.mine and spoken.id not in then)
        said = [line for spoken in new for line in _lines(spoken)]
        kept = await kept_lines(self._kept(visitor), self.ids, before, self.tellers)
        return [*notices, *cleared, *said, *kept]

    def _kept(self, visitor: Visitor) -> Kept:
        return Kept(self._url, self._keys, visitor.address)


def _lines(said: Spoken) -> list[str]:
    words = [line for line in said.words.split("\n") if line]
    rows = [transcript.INDENT + " ".join(f"[{label}]" for label, _ in row) for row in said.rows]
    return [("< " if at == 0 else transcript.INDENT) + line for at, line in enumerate(words)] + rows
