"""Whether whoever comes over and over, with ever new cookies, costs anybody else anything, or makes memory grow."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from multidict import CIMultiDict

from bot.browser import routes, screens
from bot.intake import Intake
from pages import bounds
from pages.bounds import HOUR, MINUTE, Rates
from tests.bot.another_program import amounts
from tests.bot.browser import Browser, browser, visited
from tests.bot.story import FIRST, LINK
from tests.bot.web_visits import THANKS, Neighbourhood, agreed, heard
from tests.postgres import BOTH_ENGINES

HERE, NEXT_DOOR, ELSEWHERE = "203.0.113.9", "203.0.113.77", "198.51.100.7"
"""Two behind one address, as far as is counted, and one who is not."""

ASKS = "hoe lang duurt het"


@asynccontextmanager
async def visitor(site: Neighbourhood, address: str) -> AsyncIterator[Browser]:
    """Somebody with a new cookie behind an address, who has come in."""
    async with browser(site.port, {"x-forwarded-for": address}) as found:
        await found.get(f"/v/{LINK}")
        yield found


async def asks_once(site: Neighbourhood, address: str) -> int:
    """The status of the answer to somebody with a new cookie."""
    async with visitor(site, address) as found:
        return (await found.say(ASKS)).status


async def test_whoever_only_looks_pushes_no_conversation_from_a_screen(
    anne: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(screens, "MOST", 3)
    await agreed(anne)
    await anne.say(FIRST)
    for _ in range(5):
        async with browser(anne.port) as other:
            await other.get(f"/v/{LINK}")
    assert FIRST in (await anne.get()).html


async def test_of_too_many_who_only_look_no_more_is_remembered(
    site: Neighbourhood, intake: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(screens, "MOST", 3)
    shown = screens.Screens()
    async with visited(intake, site.port, screens=shown):
        for _ in range(5):
            async with browser(site.port) as other:
                await other.get(f"/v/{LINK}")
    assert len(shown) == 3


async def test_of_one_address_no_more_cookies_are_counted_than_forms_are_taken(
    site: Neighbourhood, intake: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounds, "OF_NEIGHBOURS", 3)
    async with visited(intake, site.port) as opened:
        assert [await asks_once(site, HERE) for _ in range(8)] == [200] * 3 + [429] * 5
        assert len(opened.rates) == 3 + 1


async def test_who_sends_too_much_keeps_no_neighbour_out(
    site: Neighbourhood, intake: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounds, "OF_ONE", 2)
    monkeypatch.setattr(bounds, "OF_NEIGHBOURS", 3)
    async with visited(intake, site.port), visitor(site, HERE) as anne:
        assert [(await anne.say(ASKS)).status for _ in range(5)] == [200] * 2 + [429] * 3
        assert await asks_once(site, NEXT_DOOR) == 200


def test_who_was_counted_is_forgotten_in_time_and_of_too_many_the_oldest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "MOST_COUNTED", 3)
    times = [0.0]
    rates = Rates(lambda: times[0])
    for name in "abcd":
        assert rates.takes(name, 1)
    assert [rates.is_full(name, 1) for name in "abcd"] == [False, True, True, True]
    times[0] += MINUTE
    assert rates.takes("b", 1)
    assert len(rates) == 1


async def test_of_several_lines_that_say_whose_it_is_the_last_counts(
    site: Neighbourhood, intake: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounds, "OF_NEIGHBOURS", 1)
    found = list[int]()
    async with visited(intake, site.port):
        for place in (HERE, ELSEWHERE, NEXT_DOOR):
            lines = CIMultiDict([("x-forwarded-for", "192.0.2.1"), ("x-forwarded-for", place)])
            async with browser(site.port, lines) as anne:
                await anne.get(f"/v/{LINK}")
                found.append((await anne.say(ASKS)).status)
    assert found == [200, 200, 429]


@BOTH_ENGINES
async def test_behind_one_address_no_more_drafts_begin_than_a_house_needs_and_those_go_on(
    site: Neighbourhood, intake: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(routes, "DRAFTS_OF_NEIGHBOURS", 2)
    times = [0.0]
    async with visited(intake, site.port, steady=lambda: times[0]), visitor(site, HERE) as anne:
        await agreed(anne)
        for address, status in ((NEXT_DOOR, 200), (HERE, 429), (ELSEWHERE, 200)):
            async with visitor(site, address) as other:
                assert (await agreed(other)).status == status
        assert amounts(site.url)["interviews"] == 3
        assert THANKS in heard(await anne.say(FIRST))
        times[0] += HOUR
        async with visitor(site, HERE) as other:
            assert (await agreed(other)).status == 200
