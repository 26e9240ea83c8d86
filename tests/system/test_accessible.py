"""Whether everybody can use the pages: axe finds nothing in any state, and a keyboard alone is enough."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser

from bot.intake import Intake
from storage.opening import open_database
from storage.schema import match_keys, migrate
from storage.secrets import KeyRing
from tests.bot.browser import visited
from tests.bot.running import free_port
from tests.bot.story import FIRST, LINK, STORY, Move
from tests.system.chromium import Visitor, visitor
from tests.talk.world import library

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
PAGES = ("/", "/hulp", "/privacy", "/toegankelijkheid", "/wissen")
WIDTHS = (320, 390, 1280)
MOST_TABS = 40


@asynccontextmanager
async def visiting(tmp_path: Path, keys: KeyRing, browser: Browser) -> AsyncIterator[Visitor]:
    """Somebody with a real browser on a site of their own."""
    database = await open_database(f"sqlite:///{tmp_path}/verhalen.db")
    await migrate(database)
    await match_keys(database, keys)
    port = free_port()
    async with visited(Intake(database, keys, library()), port), visitor(browser, port) as found:
        yield found
    await database.close()


async def found_by_axe(anne: Visitor) -> list[str]:
    """What is wrong with the page that is open, as rule and place."""
    results = await Axe().run(anne.tab, options=RULES)
    return [
        f"{fault['id']}: {node['html'][:120]}" for fault in results.response["violations"] for node in fault["nodes"]
    ]


async def does(anne: Visitor, move: Move) -> None:
    await (anne.tap(move.words) if move.taps else anne.say(move.words))


async def test_axe_finds_nothing_in_any_state_of_the_conversation(
    tmp_path: Path, keys: KeyRing, browser: Browser
) -> None:
    async with visiting(tmp_path, keys, browser) as anne:
        await anne.get(f"/v/{LINK}")
        faults = {"welkom": await found_by_axe(anne)}
        for move in STORY[1:]:
            await does(anne, move)
            faults[move.words] = await found_by_axe(anne)
    assert {state: found for state, found in faults.items() if found} == {}


@pytest.mark.parametrize("path", PAGES)
async def test_axe_finds_nothing_on_any_page(path: str, tmp_path: Path, keys: KeyRing, browser: Browser) -> None:
    async with visiting(tmp_path, keys, browser) as anne:
        await anne.get("/")
        await anne.get(path)
        assert await found_by_axe(anne) == []


@pytest.mark.parametrize("width", WIDTHS)
async def test_nothing_goes_off_the_side_also_with_letters_twice_as_large(
    width: int, tmp_path: Path, keys: KeyRing, browser: Browser
) -> None:
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    async with visiting(tmp_path, keys, browser) as anne:
        await anne.tab.set_viewport_size({"width": width, "height": 800})
        await anne.get(f"/v/{LINK}")
        for move in STORY[1:]:
            await does(anne, move)
            assert await anne.tab.evaluate(wide) <= 0
        await anne.tab.evaluate("document.documentElement.style.fontSize = '225%'")
        assert await anne.tab.evaluate(wide) <= 0


async def test_a_story_is_begun_with_a_keyboard_alone(tmp_path: Path, keys: KeyRing, browser: Browser) -> None:
    async with visiting(tmp_path, keys, browser) as anne:
        await anne.get(f"/v/{LINK}")
        await to(anne, "✅ Ja, ik doe mee")
        await anne.tab.keyboard.press("Enter")
        await anne.tab.get_by_text("Wat gebeurde er toen?").wait_for()
        assert "Denk aan één keer" in await focused(anne)
        await to(anne, "")
        await anne.tab.keyboard.type(FIRST)
        await to(anne, "Versturen")
        await anne.tab.keyboard.press("Space")
        await anne.tab.get_by_text("U mag nog meer vertellen.").wait_for()
        assert "U mag nog meer vertellen." in await focused(anne)


async def to(anne: Visitor, label: str) -> None:
    """Presses Tab until this button has the focus; the field where there is no label."""
    for _ in range(MOST_TABS):
        await anne.tab.keyboard.press("Tab")
        is_field = await anne.tab.evaluate("document.activeElement.id === 'words'")
        if (label and label in await focused(anne)) or (not label and is_field):
            return
    raise AssertionError(f"nobody comes to [{label}] with Tab")


async def focused(anne: Visitor) -> str:
    """The words of what has the focus."""
    return str(await anne.tab.evaluate("document.activeElement.innerText || ''"))


async def test_words_stay_when_the_connection_is_gone_and_are_sent_once(
    tmp_path: Path, keys: KeyRing, browser: Browser
) -> None:
    async with visiting(tmp_path, keys, browser) as anne:
        await anne.get(f"/v/{LINK}")
        await anne.tap("✅ Ja, ik doe mee")
        await anne.tab.fill("#words", FIRST)
        await anne.context.set_offline(True)
        await anne.tab.locator("button.send").click()
        await anne.tab.get_by_text("U heeft nu geen internet.").wait_for()
        assert await anne.tab.input_value("#words") == FIRST
        await anne.context.set_offline(False)
        await anne.say(FIRST)
        shown = await anne.tab.locator(".mine").all_inner_texts()
        assert [FIRST in words for words in shown].count(True) == 1


async def test_words_stay_when_a_program_in_between_answers_that_the_chat_is_away(
    tmp_path: Path, keys: KeyRing, browser: Browser
) -> None:
    async with visiting(tmp_path, keys, browser) as anne:
        await anne.get(f"/v/{LINK}")
        await anne.tap("✅ Ja, ik doe mee")
        await anne.tab.fill("#words", FIRST)
        await anne.tab.route("**/gesprek", lambda route: route.fulfill(status=502, body="<h1>Bad Gateway</h1>"))
        await anne.tab.locator("button.send").click()
        await anne.tab.get_by_text("Dit lukt nu niet.").wait_for()
        assert await anne.tab.input_value("#words") == FIRST
        await anne.tab.unroute("**/gesprek")
        await anne.say(FIRST)
        shown = await anne.tab.locator(".mine").all_inner_texts()
        assert [FIRST in words for words in shown].count(True) == 1
