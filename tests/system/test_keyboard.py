"""Whether a keyboard alone is enough for a whole story, and nothing moves for who wants that nothing does."""

import pytest
from playwright.async_api import Browser

from tests.bot.story import LINK, STORY
from tests.system.chromium import Visitor
from tests.system.visiting import RECEIPT, visiting

pytestmark = pytest.mark.asyncio(loop_scope="session")

MOST_TABS = 40
FOCUSED = "document.activeElement.innerText || ''"
MOVING = """[...document.querySelectorAll('*')].map(one => getComputedStyle(one))
    .filter(style => style.scrollBehavior === 'smooth' || parseFloat(style.transitionDuration) > 0 ||
        style.animationName !== 'none').length"""


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
async def test_a_whole_story_is_told_with_a_keyboard_alone(scripts: bool, browser: Browser) -> None:
    async with visiting(browser, scripts=scripts) as anne:
        await anne.get(f"/v/{LINK}")
        for at, move in enumerate(STORY[1:]):
            number = await anne.tab.input_value("[name=number]")
            await to(anne, move.words if move.taps else "")
            if not move.taps:
                await anne.tab.keyboard.type(move.words)
                await to(anne, "Versturen")
            await pressed(anne, "Space" if at % 2 else "Enter", number)
        assert RECEIPT in await (focused(anne) if scripts else anne.tab.inner_text("main"))


async def pressed(anne: Visitor, key: str, number: str) -> None:
    """Uses the button that has the focus, and waits for the answer to the form of this number."""
    if anne.scripts:
        await anne.tab.keyboard.press(key)
        await anne.answered(number)
        return
    async with anne.tab.expect_navigation():
        await anne.tab.keyboard.press(key)


async def to(anne: Visitor, label: str) -> None:
    """Presses Tab until the button with this label has the focus; the field where there is none."""
    for _ in range(MOST_TABS):
        await anne.tab.keyboard.press("Tab")
        is_field = await anne.tab.evaluate("document.activeElement.id === 'words'")
        if is_field if not label else label == await focused(anne):
            return
    raise AssertionError(f"nobody comes to [{label}] with Tab")


async def focused(anne: Visitor) -> str:
    """The words of what has the focus."""
    return str(await anne.tab.evaluate(FOCUSED))


async def test_what_was_said_has_the_focus_and_is_shown_to_have_it(browser: Browser) -> None:
    async with visiting(browser) as anne:
        await anne.get(f"/v/{LINK}")
        await anne.tap("✅ Ja, ik doe mee")
        assert "Wat gebeurde er toen?" in await focused(anne)
        await anne.tab.keyboard.press("Tab")
        outline = await anne.tab.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline == "solid"


async def test_nothing_moves_for_who_asked_for_that(browser: Browser) -> None:
    async with visiting(browser) as anne:
        await anne.get(f"/v/{LINK}")
        assert await anne.tab.evaluate(MOVING) == 0


async def test_no_page_slides_by_itself(browser: Browser) -> None:
    async with visiting(browser, scripts=False) as anne:
        await anne.tab.emulate_media(reduced_motion="no-preference")
        await anne.get(f"/v/{LINK}")
        await anne.tap("✅ Ja, ik doe mee")
        assert await anne.tab.evaluate(MOVING) == 0
