"""Whether everybody can use the pages: in every state axe finds nothing, and nothing goes off the side of a screen."""

import pytest
from playwright.async_api import Browser

from bot.browser.pages import Pages
from bot.opening import read_library
from bot.settings import Settings
from pages.bounds import OF_ONE
from tests.bot.story import FIRST, LINK, says, taps
from tests.system.faults import faults
from tests.system.visiting import YES, does, visiting, writing
from tests.system.walks import WALKS, Walk

pytestmark = pytest.mark.asyncio(loop_scope="session")

PAGES = ("/hulp", "/privacy", "/toegankelijkheid", "/wissen")


@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: walk.name)
async def test_nothing_is_wrong_in_any_state_of_the_conversation(walk: Walk, browser: Browser) -> None:
    async with visiting(browser, headers={"accept-language": walk.language}) as anne:
        await anne.get(walk.path)
        states = {walk.path: await faults(anne)}
        for at, move in enumerate(walk.moves):
            await does(anne, move)
            states[f"{at} {move.words}"] = await faults(anne)
    assert {state: found for state, found in states.items() if found} == {}


@pytest.mark.parametrize("path", PAGES)
async def test_nothing_is_wrong_with_any_other_page(path: str, browser: Browser) -> None:
    async with visiting(browser) as anne:
        await anne.get("/")
        await anne.get(path)
        assert await faults(anne) == []


async def test_nothing_is_wrong_when_all_was_erased(browser: Browser) -> None:
    async with visiting(browser) as anne:
        await anne.get("/")
        await anne.get("/wissen")
        await anne.tab.get_by_role("button").click()
        await anne.tab.get_by_text("Op dit apparaat staat niets meer van u.").wait_for()
        assert await faults(anne) == []


async def test_a_mouse_that_rests_on_an_answer_does_not_make_it_look_chosen(browser: Browser) -> None:
    async with visiting(browser) as anne:
        await anne.get(f"/v/{LINK}")
        button = anne.tab.get_by_role("button", name="Ja, ik doe mee")
        looks = "one => getComputedStyle(one).backgroundColor"
        before = await button.evaluate(looks)
        await button.hover()
        assert await button.evaluate(looks) == before
        assert await button.evaluate("one => one.matches(':hover')")


async def test_nothing_is_wrong_with_the_menu(browser: Browser) -> None:
    async with visiting(browser) as anne:
        await anne.get("/")
        await anne.tab.locator("summary").click()
        await anne.tab.get_by_role("button", name="Stoppen").wait_for()
        assert await faults(anne) == []


async def test_nothing_is_wrong_when_the_session_is_over(browser: Browser) -> None:
    async with visiting(browser) as anne:
        await anne.get(f"/v/{LINK}")
        await anne.context.clear_cookies()
        await anne.say(FIRST)
        await anne.tab.get_by_text("U was een tijdje weg.").wait_for()
        assert await faults(anne) == []
        assert await anne.tab.input_value("#words") == FIRST


async def test_nothing_is_wrong_when_it_goes_too_fast(browser: Browser) -> None:
    async with visiting(browser) as anne:
        await anne.get(f"/v/{LINK}")
        for _ in range(OF_ONE):
            await anne.context.request.post(f"http://127.0.0.1:{anne.port}/gesprek", form=dict(anne.page.hidden))
        await anne.say(FIRST)
        await anne.tab.get_by_text("Het gaat even te snel voor mij.").wait_for()
        assert await faults(anne) == []
        assert await anne.tab.input_value("#words") == FIRST


async def test_nothing_is_wrong_when_somebody_sends_too_much(browser: Browser) -> None:
    async with visiting(browser) as anne:
        await anne.get(f"/v/{LINK}")
        too_much = "form => { form.elements.words.value = 'a'.repeat(300000); form.submit(); }"
        async with anne.tab.expect_navigation() as going:
            await anne.tab.locator("form.talk").evaluate(too_much)
        assert (await (await going.value).all_headers())["cache-control"] == "no-store"
        assert (await going.value).status == 413
        assert await faults(anne) == []


async def test_nothing_is_wrong_when_another_program_is_in_turn(browser: Browser) -> None:
    async with visiting(browser, opened=False) as anne:
        await anne.get(f"/v/{LINK}")
        assert "Uw laatste bericht heb ik niet." in await anne.tab.inner_text("main")
        assert await faults(anne) == []


async def test_nothing_is_wrong_where_nothing_is(browser: Browser) -> None:
    async with visiting(browser) as anne:
        await anne.get("/niets")
        assert await anne.tab.locator(".page .go").is_visible()
        assert await faults(anne) == []


async def test_nothing_is_wrong_with_the_words_that_say_that_it_is_a_trial(browser: Browser) -> None:
    page = Pages(read_library(Settings.model_construct())).plain("melding", said="WEB.gewist")
    async with visiting(browser) as anne:
        await anne.tab.route("**/trial", lambda route: route.fulfill(body=page, content_type="text/html"))
        await anne.get("/trial")
        assert await anne.tab.get_by_text("Dit is een proef.").is_visible()
        assert await faults(anne) == []


async def test_nothing_is_wrong_on_the_way_from_another_site(browser: Browser) -> None:
    async with visiting(browser) as anne:
        away = {"sec-fetch-site": "cross-site"}
        asked = await anne.context.request.get(f"http://127.0.0.1:{anne.port}/v/{LINK}", headers=away)
        # It goes on at once: what stands still is looked at.
        still = (await asked.text()).replace('content="0;', 'content="600;')
        await anne.tab.route("**/still", lambda route: route.fulfill(body=still, content_type="text/html"))
        await anne.get("/still")
        assert await anne.tab.get_by_role("link", name="Verder met het gesprek").is_visible()
        found = await faults(anne)
        assert [fault for fault in found if not fault.startswith("meta-refresh")] == []


async def test_nothing_is_wrong_when_a_page_of_before_it_was_cleared_is_sent(browser: Browser) -> None:
    async with visiting(browser) as anne:
        await anne.get(f"/v/{LINK}")
        await does(anne, YES)
        seen = await anne.tab.input_value("[name=seen]")
        await does(anne, says("/leegmaken"), taps("🧹 Ja, maak leeg"))
        await anne.tab.locator("[name=seen]").evaluate("(field, before) => { field.value = before; }", seen)
        await anne.say(FIRST)
        await anne.tab.get_by_text("Dat was een pagina van eerder.").wait_for()
        assert await faults(anne) == []


async def test_words_stay_when_the_connection_is_gone_and_are_sent_once(browser: Browser) -> None:
    async with writing(browser) as anne:
        await anne.context.set_offline(True)
        await anne.tab.locator("button.send").click()
        await anne.tab.get_by_text("U heeft nu geen internet.").wait_for()
        assert await anne.tab.input_value("#words") == FIRST
        assert await faults(anne) == []
        await anne.context.set_offline(False)
        await anne.say(FIRST)
        shown = await anne.tab.locator(".mine").all_inner_texts()
        assert [FIRST in words for words in shown].count(True) == 1


async def test_without_scripts_words_arrive_by_loading_anew_what_a_program_in_between_answered(
    browser: Browser,
) -> None:
    async with visiting(browser, scripts=False) as anne:
        await anne.get(f"/v/{LINK}")
        await does(anne, YES)
        await anne.tab.route("**/gesprek", lambda route: route.fulfill(status=502, body="<h1>Bad Gateway</h1>"))
        await anne.say(FIRST)
        await anne.tab.unroute("**/gesprek")
        await anne.tab.reload()
        shown = await anne.tab.locator(".mine").all_inner_texts()
        assert [FIRST in words for words in shown].count(True) == 1


async def test_words_stay_when_a_program_in_between_answers_that_the_chat_is_away(browser: Browser) -> None:
    async with writing(browser) as anne:
        await anne.tab.route("**/gesprek", lambda route: route.fulfill(status=502, body="<h1>Bad Gateway</h1>"))
        await anne.tab.locator("button.send").click()
        await anne.tab.get_by_text("Dit lukt nu niet.").wait_for()
        assert await anne.tab.input_value("#words") == FIRST
        assert await faults(anne) == []
        await anne.tab.unroute("**/gesprek")
        await anne.say(FIRST)
        shown = await anne.tab.locator(".mine").all_inner_texts()
        assert [FIRST in words for words in shown].count(True) == 1
