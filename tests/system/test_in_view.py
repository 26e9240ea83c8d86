"""Whether somebody who answers sees what is said next, with scripts and without, on a small telephone."""

import pytest
from playwright.async_api import Browser

from tests.bot.story import LINK, STORY
from tests.system.visiting import does, visiting

pytestmark = pytest.mark.asyncio(loop_scope="session")

HIGH = 640
LAST = "Math.max(...[...document.querySelectorAll('.said')].map(one => +one.id.slice(1)))"
NEXT_TOP = """last => [...document.querySelectorAll('.said')]
    .find(one => +one.id.slice(1) > last)?.getBoundingClientRect().top ?? 0"""


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
async def test_what_is_said_next_is_in_view(scripts: bool, browser: Browser) -> None:
    tops = {}
    async with visiting(browser, scripts=scripts) as anne:
        await anne.tab.set_viewport_size({"width": 320, "height": HIGH})
        await anne.get(f"/v/{LINK}")
        for move in STORY[1:]:
            last = await anne.tab.evaluate(LAST)
            await does(anne, move)
            tops[move.words] = await anne.tab.evaluate(NEXT_TOP, last)
    assert {words: top for words, top in tops.items() if not 0 <= top < HIGH / 2} == {}


async def test_who_is_told_that_something_went_wrong_sees_it_without_scripts(browser: Browser) -> None:
    async with visiting(browser, scripts=False) as anne:
        await anne.tab.set_viewport_size({"width": 320, "height": HIGH})
        await anne.get(f"/v/{LINK}")
        await anne.context.clear_cookies()
        await anne.say("Ik ben er nog.")
        note = await anne.tab.get_by_text("U was een tijdje weg.").bounding_box()
        assert note
        assert 0 <= note["y"] < HIGH
