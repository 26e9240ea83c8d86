"""Residents with a browser, with scripts or without: whoever gets no answer sends the very same form again."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping
from random import Random

from aiohttp import ClientConnectorError, ClientError

from storage.addresses import Address
from tests.bot.browser import TALK, Answer, Browser
from tests.bot.web_page import Page
from tests.corridor.resident import LINK
from tests.stress.residents import YES, Teller, Told
from tests.stress.tempo import Tempo

ON = "▶️ Ja, verder"

LATER = (429, 503)
"""The form was not taken: too often, or nothing can be kept now."""

AGAIN_SECONDS = 0.25
"""After so long somebody tries again."""

READS_AGAIN = 0.1
"""How often somebody reads the page anew before she goes on with it."""

CODE = re.compile(r"Uw code is: (\S+)")


def browser_of(number: int, port: int) -> Browser:
    """A browser behind an address of its own; every other one has scripts."""
    part = {"x-part": "1"} if number % 2 else {}
    return Browser(port, {"x-forwarded-for": f"10.0.{number}.1", **part}, follows=False)


class Visitor(Teller):
    """Somebody on a page. `heard` is what was said there, with the time that it was first seen, `doorway` what is said
    before consent, `receipts` the code of each story by its title, `addresses` where her drafts were kept.

    `cut_off`: how often a connection broke while an answer was waited for.
    """

    pieces = (5, 12)

    def __init__(self, browser: Browser, number: int, lot: Random, tempo: Tempo) -> None:
        super().__init__(number, lot, tempo)
        self.heard: list[tuple[float, str]] = []
        self.doorway: set[str] = set()
        self.receipts: dict[str, str] = {}
        self.addresses: list[Address] = []
        self.cut_off = 0
        self._browser = browser
        self._seen: set[str] = set()

    @property
    def address(self) -> Address:
        """Where her draft is kept."""
        return self._browser.address

    async def comes_in(self) -> None:
        """From the page, by a link and without one, to the question for a story."""
        for path in ("/", f"/v/{LINK}"):
            await self._reads(path)
        self.doorway = {words for _, words in self.heard}
        await self._taps("", YES)

    async def _says(self, words: str) -> None:
        """Types and sends."""
        await self._goes_on()
        await self._sends({"words": words, "send": "1"})

    async def _taps(self, under: str, label: str) -> None:
        """Uses a button; whoever does not see it reads the page anew, and has it then."""
        await self._goes_on()
        if not self._has(under, label):
            await self._reads()
            await self._is_welcome()
        assert self._has(under, label), f"[{label}] is not under {under!r}: {self._browser.page}"
        await self._sends({"words": "", "tap": self._browser.page.button(label)})

    async def _goes_on(self) -> None:
        await self._tempo.turn()
        if self._lot.random() < READS_AGAIN:
            await self._reads()
        await self._is_welcome()

    async def _is_welcome(self) -> None:
        """Whoever opens the page of a bot that knows of no screen is asked whether she goes on with her story.

        Is the bot killed while she answers that, then the next one asks it again.
        """
        while self._has("", ON):
            await self._sends({"words": "", "tap": self._browser.page.button(ON)})

    async def _reads(self, path: str = TALK) -> None:
        """Reads a page, however long it takes until there is one."""
        while True:
            found = await self._tried(lambda: self._browser.get(path))
            if found and found.status == 200:
                return self._hears(found.page)
            await asyncio.sleep(AGAIN_SECONDS)

    async def _sends(self, said: Mapping[str, str]) -> None:
        """Sends the form of the page until it was taken: the same one, with the same number."""
        form, token = {**self._browser.page.hidden, **said}, self._browser.token
        while True:
            found = await self._tried(lambda: self._browser.send(form))
            if found and found.status not in LATER:
                break
            if found:
                assert (found.page.hidden["number"], found.page.field) == (form["number"], form["words"])
            await asyncio.sleep(AGAIN_SECONDS)
        # A cookie may arrive of which the page did not: the form is one of before it then.
        assert found.status in (200, 303) or (found.status == 403 and self._browser.token != token), found
        self.updates += 1
        if found.status == 200:
            self._hears(found.page)
        else:
            await self._reads()

    async def _tried(self, asks: Callable[[], Awaitable[Answer]]) -> Answer | None:
        """What came back; None where the connection broke."""
        try:
            return await asks()
        except ClientConnectorError:
            return None
        except (ClientError, ConnectionError):
            self.cut_off += 1
            return None

    def _hears(self, page: Page) -> None:
        if self.address not in self.addresses:
            self.addresses.append(self.address)
        now = asyncio.get_running_loop().time()
        for said in page.spoken:
            if not said.mine and said.id not in self._seen:
                self._seen.add(said.id)
                self.heard.append((now, said.words))

    def _has(self, under: str, label: str) -> bool:
        page = self._browser.page
        return any(
            under in said.words and label in dict(button for row in said.rows for button in row) for said in page.spoken
        )

    async def _finish(self, told: Told, *, whole: bool) -> None:
        await super()._finish(told, whole=whole)
        [code] = [found[1] for said in self._browser.page.spoken if (found := CODE.search(said.words))][-1:]
        assert code not in self.receipts.values()
        self.receipts[told.title] = code
