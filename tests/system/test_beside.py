"""Whether whoever reads help, privacy or the like in the midst of a story has lost nothing when she goes on."""

import pytest
from playwright.async_api import Browser

from tests.bot.story import FIRST, LINK
from tests.system.faults import faults
from tests.system.visiting import YES, does, visiting, writing

pytestmark = pytest.mark.asyncio(loop_scope="session")

LINKS = {
    "Hulp": "Praat met een mens",
    "Privacy": "Wie zijn wij?",
    "Kan iedereen meedoen?": "toetsenbord",
    "Dit is een gedeeld apparaat: haal alles weg": "op dit apparaat",
}
"""Words of each."""


@pytest.mark.parametrize("link", LINKS)
async def test_what_is_read_beside_the_story_comes_over_it_and_the_words_stay(link: str, browser: Browser) -> None:
    async with writing(browser) as anne:
        await anne.tab.get_by_role("link", name=link).click()
        over = anne.tab.get_by_role("dialog")
        await over.get_by_role("heading").wait_for()
        assert LINKS[link] in await over.inner_text()
        assert await faults(anne) == []
        await over.get_by_role("link", name="gesprek").or_(over.get_by_role("link", name="Nee")).click()
        await over.wait_for(state="detached")
        assert await anne.tab.input_value("#words") == FIRST


async def test_the_name_above_the_story_leads_to_where_it_is_answered(browser: Browser) -> None:
    async with writing(browser) as anne:
        await anne.tab.locator("header .name").click()
        assert await anne.tab.input_value("#words") == FIRST


async def test_who_erases_there_finds_nothing_any_more(browser: Browser) -> None:
    async with visiting(browser) as anne:
        await anne.get(f"/v/{LINK}")
        await does(anne, YES)
        await anne.say(FIRST)
        await anne.tab.get_by_role("link", name="Dit is een gedeeld apparaat").click()
        await anne.tab.get_by_role("dialog").get_by_role("button").click()
        await anne.tab.get_by_text("Op dit apparaat staat niets meer van u.").wait_for()
        await anne.get()
        assert FIRST not in await anne.tab.inner_text("body")


async def test_two_quick_taps_open_one_page_and_no_connection_hides_no_number_of_help(browser: Browser) -> None:
    async with writing(browser) as anne:
        await anne.context.set_offline(True)
        await anne.tab.evaluate("() => { for (const _ of [1, 2]) document.querySelector('[href=\"/hulp\"]').click() }")
        over = anne.tab.get_by_role("dialog")
        assert await over.count() == 1
        assert await over.get_by_role("link", name="112").is_visible()
        assert await over.get_by_role("link", name="0800-0113").is_visible()
        assert await faults(anne) == []
        await over.get_by_role("link", name="gesprek").click()
        await over.wait_for(state="detached")
        await anne.tab.get_by_role("link", name="Privacy").click()
        await anne.tab.get_by_text("U heeft nu geen internet.").wait_for()
        assert await anne.tab.input_value("#words") == FIRST


async def test_two_quick_taps_on_what_is_fetched_open_one_page(browser: Browser) -> None:
    async with writing(browser) as anne:
        await anne.tab.evaluate(
            "() => { for (const _ of [1, 2]) document.querySelector('[href=\"/privacy\"]').click() }"
        )
        await anne.tab.get_by_role("dialog").first.wait_for()
        await anne.tab.wait_for_load_state("networkidle")
        assert await anne.tab.get_by_role("dialog").count() == 1


async def test_who_would_erase_without_a_cookie_is_asked_and_keeps_the_words_until_then(browser: Browser) -> None:
    async with writing(browser) as anne:
        await anne.context.clear_cookies()
        await anne.tab.get_by_role("link", name="Dit is een gedeeld apparaat").click()
        over = anne.tab.get_by_role("dialog")
        await over.get_by_role("link", name="Nee, ga verder").click()
        await over.wait_for(state="detached")
        assert await anne.tab.input_value("#words") == FIRST
        await anne.tab.get_by_role("link", name="Dit is een gedeeld apparaat").click()
        await over.get_by_role("button").click()
        await anne.tab.get_by_text("Op dit apparaat staat niets meer van u.").wait_for()


async def test_a_program_in_between_that_answers_takes_no_words_away(browser: Browser) -> None:
    async with writing(browser) as anne:
        await anne.tab.route("**/privacy", lambda route: route.fulfill(status=502, body="<h1>Bad Gateway</h1>"))
        await anne.tab.get_by_role("link", name="Privacy").click()
        await anne.tab.get_by_text("Dit lukt nu niet.").wait_for()
        assert await anne.tab.input_value("#words") == FIRST
