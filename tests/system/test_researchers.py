"""The whole way of a researcher in a real browser: from an invitation to a zip that holds what was reviewed."""

import asyncio
import zipfile
from pathlib import Path

import pytest
from playwright.async_api import Browser, Route, expect

from storage import second_texts
from tests.research.web.house import House
from tests.system.chromium import Visitor, visitor
from tests.system.faults import faults
from tests.system.researching import NAME, STORIES, TOLD, a_house, walk
from tests.system.team import used

pytestmark = pytest.mark.asyncio(loop_scope="session")

REFUSED = ("404", "410", "422")

MOMENT = 1000
"""Milliseconds in which a story that has just come is taken for unseen."""


async def test_nothing_is_wrong_with_any_page(browser: Browser) -> None:
    async with a_house() as house, visitor(browser, house.port) as kees:
        found = {name: await faults(kees) async for name in walk(kees, house)}
        assert len(found) == 12
        assert {name: wrong for name, wrong in found.items() if wrong} == {}
        assert [said for said in kees.complaints if not any(code in said for code in REFUSED)] == []


async def test_no_page_needs_scripts(browser: Browser) -> None:
    async with a_house() as house, visitor(browser, house.port, scripts=False) as kees:
        assert [name async for name in walk(kees, house)][-1] == "afgemeld"


async def test_from_an_invitation_to_a_zip_with_what_was_reviewed_by_keys(browser: Browser, tmp_path: Path) -> None:
    async with a_house() as house, visitor(browser, house.port) as kees:
        await kees.get(f"/in/{await house.invited()}")
        await used(kees, "button", "Aanmelden")
        await used(kees, "link", "Cijfers")
        await used(kees, "link", "Nakijken")
        await used(kees, "link", "Beginnen")
        await reviewed_by_keys(kees)
        file = await downloaded(kees, tmp_path)
        assert house.files() == []
        assert kees.complaints == []
    with zipfile.ZipFile(file) as archive:
        [name] = [name for name in archive.namelist() if name.count("/") == 1 and name.endswith("/verhalen.csv")]
        table = archive.read(name).decode()
    assert TOLD.replace("Fatima", NAME).replace("de Kadijk", "[STRAAT]") in table
    assert "Fatima" not in table


async def comes_to_review(kees: Visitor, house: House) -> None:
    """From an invitation to the page that says how many stories wait."""
    await kees.get(f"/in/{await house.invited()}")
    await used(kees, "button", "Aanmelden")
    await used(kees, "link", "Nakijken")


async def test_who_holds_enter_down_keeps_no_story_unseen(browser: Browser) -> None:
    async with a_house() as house, visitor(browser, house.port) as kees:
        await comes_to_review(kees, house)
        tab, keys = kees.tab, kees.tab.keyboard
        await tab.clock.install()
        await tab.get_by_role("link", name="Beginnen").focus()
        async with tab.expect_navigation():
            await keys.down("Enter")
        first = tab.url
        await looked(kees)
        await holding(kees)
        await keys.up("Enter")
        assert (await after_a_step(kees), await waiting(house)) == (first, STORIES)
        await looked(kees)
        await holding(kees)
        async with tab.expect_navigation():
            await keys.up("Enter")
        assert await after_a_step(kees) != first
        assert await waiting(house) == STORIES - 1
        assert kees.complaints == []


async def test_enter_keeps_no_story_that_has_only_just_come(browser: Browser) -> None:
    async with a_house() as house, visitor(browser, house.port) as kees:
        await comes_to_review(kees, house)
        tab, keys = kees.tab, kees.tab.keyboard
        # The time of a page stands still but where the test lets it pass, however slow the machine is.
        await tab.clock.install(time=0)
        await tab.clock.pause_at(MOMENT)
        await used(kees, "link", "Beginnen")
        first = tab.url
        await keys.press("Enter")
        await tab.clock.fast_forward(MOMENT - 1)
        await keys.press("Enter")
        assert (await after_a_step(kees), await waiting(house)) == (first, STORIES)
        await looked(kees)
        async with tab.expect_navigation():
            await keys.press("Enter")
        second = tab.url
        for _ in range(2):
            await keys.press("Enter")
        assert (await after_a_step(kees), await waiting(house)) == (second, STORIES - 1)
        await used(kees, "button", "Alles goed, volgende verhaal")
        assert await waiting(house) == STORIES - 2
        assert kees.complaints == []


async def looked(kees: Visitor) -> None:
    """Lets so much time of the page pass that somebody may have looked at it."""
    await kees.tab.clock.fast_forward(MOMENT)


async def holding(kees: Visitor) -> None:
    """Presses Enter, if it is not down yet, and holds it until it has come again and again."""
    for _ in range(3):
        await kees.tab.keyboard.down("Enter")


async def after_a_step(kees: Visitor) -> str:
    """The story that is shown, once all that was pressed has been answered: what is sent first is answered first."""
    async with kees.tab.expect_navigation():
        await kees.tab.keyboard.press("n")
    return kees.tab.url.partition("#")[0]


async def waiting(house: House) -> int:
    """How many stories nobody has looked at."""
    async with house.desk.database.reading() as work:
        return len(await second_texts.waiting(work))


async def test_a_key_that_is_pressed_twice_is_sent_once(browser: Browser) -> None:
    async with a_house() as house, visitor(browser, house.port) as kees:
        await comes_to_review(kees, house)
        await used(kees, "link", "Beginnen")
        sent: list[str] = []
        pressed = asyncio.Event()

        async def answered_late(route: Route) -> None:
            sent.append(route.request.method)
            await pressed.wait()
            await route.continue_()

        await kees.tab.route("**/nakijken/*", answered_late)
        async with kees.tab.expect_request("**/nakijken/*"):
            await kees.tab.keyboard.press("n")
        async with kees.tab.expect_navigation():
            await kees.tab.keyboard.press("n")
            pressed.set()
        assert sent == ["POST"]
        assert await kees.tab.get_by_role("alert").count() == 0


@pytest.mark.parametrize("scripts", [True, False])
async def test_words_that_are_not_there_are_mended_where_they_were_typed(browser: Browser, scripts: bool) -> None:
    async with a_house() as house, visitor(browser, house.port, scripts=scripts) as kees:
        await comes_to_review(kees, house)
        await used(kees, "link", "Beginnen")
        field = kees.tab.get_by_label("Welke woorden moeten weg?")
        await field.fill("de giro")
        await used(kees, "button", "Voeg toe")
        await expect(field).to_be_focused()
        await expect(field).to_have_value("de giro")
        await expect(kees.tab.get_by_role("alert")).to_be_in_viewport(ratio=1)
        await expect(field).to_be_in_viewport(ratio=1)


async def reviewed_by_keys(kees: Visitor) -> None:
    """One story, in which a street is masked as well; the next one comes."""
    tab, keys = kees.tab, kees.tab.keyboard
    assert await tab.evaluate("document.activeElement.hasAttribute('data-keys')")
    await tab.clock.install()
    await keys.press("t")
    await keys.type("de Kadijk")
    await tab.get_by_label("Wat komt er te staan?").select_option("[STRAAT]")
    async with tab.expect_navigation():
        await tab.get_by_role("button", name="Voeg toe").press("Enter")
    assert await tab.locator("#hier").inner_text() == "de Kadijk"
    async with tab.expect_navigation():
        await keys.press("p")
    assert await tab.locator("#hier").inner_text() == "Fatima"
    first = tab.url.partition("#")[0]
    await looked(kees)
    async with tab.expect_navigation():
        await keys.press("Enter")
    assert tab.url.partition("#")[0] != first


async def downloaded(kees: Visitor, folder: Path) -> Path:
    """An export of what was reviewed."""
    await used(kees, "link", "Ophalen")
    await kees.tab.get_by_label("b: nagekeken tekst").check()
    await kees.tab.get_by_label("Voor wie is het?").fill("Onderzoek, gemeente")
    await used(kees, "button", "Bestand maken")
    await kees.tab.get_by_role("heading", name="Uw bestand staat klaar").wait_for()
    async with kees.tab.expect_download() as coming:
        await kees.tab.get_by_role("button", name="Ophalen").click()
    file = folder / (await coming.value).suggested_filename
    await (await coming.value).save_as(file)
    # The page says so by itself.
    await kees.tab.get_by_role("heading", name="Dit bestand is hier weg").wait_for()
    return file
