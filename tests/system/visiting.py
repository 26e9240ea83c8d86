"""Somebody with a real browser on a web chat of her own, whose receipts can be foretold; knows no test."""

from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager

from playwright.async_api import Browser

from bot.rehearsal import RECEIPTS, Ids, rehearsal
from dialogs.receipts import spelled
from tests.bot.browser import visited
from tests.bot.running import free_port
from tests.bot.story import FIRST, LINK, Move, taps
from tests.system.chromium import Visitor, visitor

RECEIPT = spelled(RECEIPTS[0])
"""Of the first story that is sent."""

MOST_BACK = 40
"""Pages that a browser goes back at most."""

YES = taps("✅ Ja, ik doe mee")


@asynccontextmanager
async def visiting(
    browser: Browser, *, scripts: bool = True, headers: Mapping[str, str] | None = None, opened: bool = True
) -> AsyncIterator[Visitor]:
    """The visitor, who opened no page yet. `headers` go with all that she asks for; where it is not `opened` the chat
    is that of a program that stands by.
    """
    port = free_port()
    async with (
        rehearsal(Ids()) as intake,
        visited(intake, port, opened=opened),
        visitor(browser, port, scripts=scripts) as anne,
    ):
        anne.headers = headers or {}
        yield anne


async def does(anne: Visitor, *moves: Move) -> None:
    """Types and sends, or taps, one after another."""
    for move in moves:
        await (anne.tap(move.words) if move.taps else anne.say(move.words))


@asynccontextmanager
async def writing(browser: Browser) -> AsyncIterator[Visitor]:
    """Somebody who agreed, and whose first words stand in the field and were not sent."""
    async with visiting(browser) as anne:
        await anne.get(f"/v/{LINK}")
        await does(anne, YES)
        await anne.tab.fill("#words", FIRST)
        yield anne


async def seen_on_the_way_back(anne: Visitor, words: Iterable[str]) -> list[str]:
    """Which of these words a page holds, as text or in a field, as the back button is used to the very first."""
    found: list[str] = []
    for _ in range(MOST_BACK):
        fields = "[...document.querySelectorAll('textarea, input:not([type=hidden])')].map(f => f.value).join()"
        text = str(await anne.tab.evaluate(f"document.body.innerText + {fields}")).lower()
        found += [word for word in words if word.lower() in text]
        if await anne.tab.go_back(wait_until="load") is None and anne.tab.url == "about:blank":
            return found
    return found
