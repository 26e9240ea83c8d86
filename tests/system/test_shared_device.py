"""A real browser on a device that many use: the back button shows no word of whoever told before, and a kiosk minds."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Browser

from bot.browser.kiosk import QUIET, WARNED
from tests.bot.helping import HELPER_LINK, NEXT, OF_THE_TELLER, SENDING, TOLD
from tests.bot.story import FIRST, LINK, Move
from tests.system.chromium import Visitor
from tests.system.faults import found_by_axe
from tests.system.visiting import YES, does, seen_on_the_way_back, visiting

pytestmark = pytest.mark.asyncio(loop_scope="session")

HOME = f"/v/{LINK}?kiosk"
WELCOME = "Wat maakte u mee met het Buurtteam in Amsterdam?"
WARNING = "Bent u er nog?"
SOON = (QUIET - WARNED + 2) * 1_000
LONG = (QUIET + 2) * 1_000
WITH_AND_WITHOUT = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])


@WITH_AND_WITHOUT
async def test_back_to_before_the_next_teller_shows_nothing(scripts: bool, browser: Browser) -> None:
    async with visiting(browser, scripts=scripts) as anne:
        await anne.get(f"/v/{HELPER_LINK}")
        await does(anne, *TOLD, SENDING, NEXT)
        assert await seen_on_the_way_back(anne, OF_THE_TELLER) == []


@WITH_AND_WITHOUT
async def test_back_to_before_everything_was_wiped_shows_nothing(scripts: bool, browser: Browser) -> None:
    async with visiting(browser, scripts=scripts) as anne:
        await anne.get(f"/v/{LINK}")
        await does(anne, YES, Move(FIRST))
        await anne.tab.fill("#words", "en nog een kwakelbrief")
        await anne.tab.get_by_role("link", name="Dit is een gedeeld apparaat").click()
        await anne.tab.get_by_role("button", name="Ja, haal alles weg").click()
        await anne.tab.get_by_text("Op dit apparaat staat niets meer van u.").wait_for()
        assert await seen_on_the_way_back(anne, ["kwakelbrie"]) == []


@WITH_AND_WITHOUT
async def test_back_to_before_a_kiosk_began_anew_shows_nothing(scripts: bool, browser: Browser) -> None:
    async with visiting(browser, scripts=scripts) as anne:
        await anne.get(HOME)
        await does(anne, YES, Move(FIRST))
        await anne.tab.fill("#words", "en nog een kwakelbrief")
        await anne.get("/hulp")
        await anne.get(HOME)
        assert WELCOME in await anne.tab.inner_text("main")
        assert await seen_on_the_way_back(anne, ["kwakelbrie"]) == []


@asynccontextmanager
async def at_the_kiosk(browser: Browser) -> AsyncIterator[Visitor]:
    """A teller at a tablet who told something, with a clock that the test moves on."""
    async with visiting(browser) as anne:
        await anne.tab.set_viewport_size({"width": 820, "height": 1180})
        await anne.tab.clock.install()
        await anne.get(HOME)
        await does(anne, YES, Move(FIRST))
        yield anne


async def test_a_kiosk_asks_whether_anybody_is_there_and_then_begins_anew(browser: Browser) -> None:
    async with at_the_kiosk(browser) as anne:
        await anne.tab.clock.fast_forward(SOON)
        asked = anne.tab.get_by_role("alertdialog", name=WARNING)
        await asked.wait_for()
        assert await anne.tab.evaluate("document.activeElement.innerText") == "✋ Ja, ik ben er nog"
        assert "29" in await asked.inner_text() or "28" in await asked.inner_text()
        before = anne.token
        await anne.tab.clock.fast_forward(LONG)
        await anne.tab.get_by_text(WELCOME).wait_for()
        await anne.get("/gesprek")
        assert FIRST not in await anne.tab.content()
        assert anne.token != before
        assert await seen_on_the_way_back(anne, ["kwakelbrie"]) == []


async def test_who_is_still_there_goes_on_as_often_as_it_takes(browser: Browser) -> None:
    async with at_the_kiosk(browser) as anne:
        for key in ("Enter", "Escape", "Enter"):
            await anne.tab.clock.fast_forward(SOON)
            await anne.tab.get_by_role("alertdialog", name=WARNING).wait_for()
            await anne.tab.keyboard.press(key)
            await anne.tab.get_by_role("alertdialog", name=WARNING).wait_for(state="hidden")
        await anne.say("En daarna ging het beter.")
        assert FIRST in await anne.tab.inner_text("main")


async def test_who_types_is_there(browser: Browser) -> None:
    async with at_the_kiosk(browser) as anne:
        for _ in range(4):
            await anne.tab.clock.fast_forward((QUIET - WARNED - 5) * 1_000)
            await anne.tab.locator("#words").press_sequentially("en toen ")
        assert await anne.tab.get_by_role("alertdialog").count() == 0
        assert await anne.tab.input_value("#words") == "en toen " * 4


async def test_who_is_done_leaves_at_once(browser: Browser) -> None:
    async with at_the_kiosk(browser) as anne:
        await anne.tab.clock.fast_forward(SOON)
        await anne.tab.get_by_role("link", name="Nee, ik ben klaar").click()
        await anne.tab.get_by_text(WELCOME).wait_for()
        assert FIRST not in await anne.tab.content()


async def test_a_kiosk_without_a_connection_is_empty_all_the_same(browser: Browser) -> None:
    async with at_the_kiosk(browser) as anne:
        await anne.context.set_offline(True)
        await anne.tab.clock.fast_forward(LONG)
        await anne.tab.wait_for_function("() => document.getElementById('inhoud').innerText === ''")
        await anne.context.set_offline(False)
        await anne.tab.clock.fast_forward(6_000)
        await anne.tab.get_by_text(WELCOME).wait_for()


async def test_a_welcome_page_stands_all_day(browser: Browser) -> None:
    async with visiting(browser) as anne:
        await anne.tab.clock.install()
        await anne.get(HOME)
        await anne.tab.clock.fast_forward(LONG * 10)
        assert await anne.tab.get_by_role("alertdialog").count() == 0
        await anne.tap("✅ Ja, ik doe mee")
        assert "Wat gebeurde er toen?" in await anne.tab.inner_text("main")


async def test_without_scripts_a_kiosk_goes_by_itself(browser: Browser) -> None:
    async with visiting(browser, scripts=False) as anne:
        await anne.get(HOME)
        await does(anne, YES, Move(FIRST))
        await anne.get("/rust")
        await anne.tab.get_by_role("link", name="Ja, ik ben er nog").click()
        assert FIRST in await anne.tab.inner_text("main")
        await anne.get("/rust")
        await anne.tab.get_by_role("link", name="Nee, ik ben klaar").click()
        assert WELCOME in await anne.tab.inner_text("main")
        assert FIRST not in await anne.tab.content()


async def test_axe_finds_nothing_at_a_kiosk_and_where_it_asks_who_is_there(browser: Browser) -> None:
    async with at_the_kiosk(browser) as anne:
        faults = {"verhaal": await found_by_axe(anne)}
        await anne.tab.clock.fast_forward(SOON)
        await anne.tab.get_by_role("alertdialog", name=WARNING).wait_for()
        faults["waarschuwing"] = await found_by_axe(anne)
        for path in ("/rust", "/hulp", "/wissen", HOME):
            await anne.get(path)
            faults[path] = await found_by_axe(anne)
        assert {state: found for state, found in faults.items() if found} == {}
