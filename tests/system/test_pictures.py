"""Whether the pictures of the web chat show what is said today."""

from types import ModuleType

import pytest
from playwright.async_api import Browser

from docs.pictures import photograph_visit, research_visits, team_visits
from docs.pictures.visits import MOMENTS, SCREENS, come_to, visit

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_every_moment_is_on_its_picture(browser: Browser) -> None:
    for screen in SCREENS:
        async with visit(browser, screen) as anne:
            for moment in MOMENTS:
                await come_to(anne, moment)
                found = await anne.tab.get_by_text(moment.words).last.bounding_box()
                assert found
                assert 0 <= found["y"] < screen["height"], moment.name


@pytest.mark.parametrize("visits", [team_visits, research_visits], ids=["staff", "researchers"])
async def test_every_page_of_who_was_invited_is_on_its_picture(browser: Browser, visits: ModuleType) -> None:
    for screen in SCREENS:
        async with visits.shown(browser, screen) as moments:
            seen = list[str]()
            async for somebody, moment in moments:
                found = await somebody.tab.get_by_text(moment.words).first.bounding_box()
                assert found
                assert 0 <= found["y"] < screen["height"], moment.name
                seen.append(moment.name)
        assert seen == [moment.name for moment in visits.MOMENTS]


async def test_every_moment_of_a_visit_is_on_its_picture(browser: Browser) -> None:
    for screen in photograph_visit.SCREENS:
        async for moment, noor in photograph_visit.moments(browser, screen):
            found = await noor.tab.get_by_text(moment.words).last.bounding_box()
            assert found
            assert 0 <= found["y"] < screen["height"], moment.name
