"""Whether whoever guesses codes with ever new cookies keeps nobody else from taking a story away."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.browser.bounds import CODES_OF_NEIGHBOURS
from bot.intake import Intake
from bot.receipts import WRONG_CODES, WRONG_CODES_OF_CHANNEL
from bot.turn import Inbound
from dialogs.events import Said
from pages.bounds import HOUR
from storage.addresses import Address
from storage.postgres import CONNECTIONS
from tests.bot.another_program import amounts
from tests.bot.browser import Browser, browser, visited
from tests.bot.web_visits import CODE, Neighbourhood, heard, told
from tests.postgres import BOTH_ENGINES

HERE, NEXT_DOOR, ELSEWHERE = "203.0.113.9", "203.0.113.77", "198.51.100.7"
"""Two behind one address, as far as is counted, and one who is not."""

WAIT = "U kunt nu even geen code sturen."
WRONG = "Ik vind geen verhaal met deze code."
FOUND = "Ik heb uw verhaal gevonden."


@asynccontextmanager
async def visitor(site: Neighbourhood, address: str) -> AsyncIterator[Browser]:
    """Somebody with a new cookie behind an address."""
    async with browser(site.port, {"x-forwarded-for": address}) as found:
        await found.get("/gesprek")
        yield found


async def answer(somebody: Browser, code: str) -> str:
    """The first line of the last answer to a code."""
    await somebody.say(f"/verwijderen {code}")
    return [said.words for said in somebody.page.spoken if not said.mine][-1].split("\n")[0]


async def guessed(site: Neighbourhood, number: int) -> str:
    """What a script reads that takes a new cookie for each code."""
    async with visitor(site, HERE) as script:
        return await answer(script, f"K7P-M4T-{number}")


async def receipt(site: Neighbourhood) -> str:
    """That of a story that was told here."""
    async with visitor(site, HERE) as anne:
        found = CODE.search(heard(await told(anne)))
    assert found
    return found[1]


@BOTH_ENGINES
async def test_a_script_with_ever_new_cookies_holds_up_its_own_address_only(
    site: Neighbourhood, intake: Intake
) -> None:
    steady = [0.0]
    async with visited(intake, site.port, steady=lambda: steady[0]):
        code = await receipt(site)
        found = [await guessed(site, number) for number in range(222, 222 + CODES_OF_NEIGHBOURS + 3)]
        assert found == [WRONG] * CODES_OF_NEIGHBOURS + [WAIT] * 3
        assert amounts(site.url)["wrong_codes"] == CODES_OF_NEIGHBOURS < WRONG_CODES_OF_CHANNEL
        async with visitor(site, NEXT_DOOR) as near, visitor(site, ELSEWHERE) as far:
            assert await answer(near, code) == WAIT
            assert await answer(far, code) == FOUND
            steady[0] += HOUR
            assert await answer(near, code) == FOUND


@BOTH_ENGINES
async def test_guessing_all_at_once_is_no_way_around_it(site: Neighbourhood, intake: Intake) -> None:
    async with visited(intake, site.port):
        found = await asyncio.gather(*(guessed(site, number) for number in range(222, 222 + 120)))
        assert {WRONG, WAIT} == set(found)
        # On a server so many may be looked up in the same moment.
        assert found.count(WRONG) == amounts(site.url)["wrong_codes"] < CODES_OF_NEIGHBOURS + CONNECTIONS


async def test_right_codes_and_other_words_count_as_none(site: Neighbourhood, intake: Intake) -> None:
    async with visited(intake, site.port):
        code = await receipt(site)
        async with visitor(site, HERE) as anne:
            for _ in range(CODES_OF_NEIGHBOURS + 1):
                assert await answer(anne, code) == FOUND
                await anne.say("hoe gaat het verder")
    assert amounts(site.url)["wrong_codes"] == 0


async def test_who_shares_an_address_tells_on_while_codes_are_on_hold(site: Neighbourhood, intake: Intake) -> None:
    async with visited(intake, site.port):
        for number in range(222, 222 + CODES_OF_NEIGHBOURS):
            await guessed(site, number)
        assert await receipt(site)


@BOTH_ENGINES
async def test_codes_on_hold_in_a_browser_are_looked_up_in_telegram(site: Neighbourhood, intake: Intake) -> None:
    async with visited(intake, site.port):
        code = await receipt(site)
        for number in range(222, 222 + CODES_OF_NEIGHBOURS):
            await guessed(site, number)
    said = Said(at=intake.clock(), channel="telegram", fresh=intake.ids(), text=f"/verwijderen {code}")
    outcome = await intake.receive(Inbound("telegram", 1, Address("telegram", "42"), said))
    assert FOUND in outcome.direct[0].plain({})


async def test_a_browser_with_one_cookie_is_held_after_as_many_as_any_chat(site: Neighbourhood, intake: Intake) -> None:
    async with visited(intake, site.port):
        async with visitor(site, HERE) as anne:
            found = [await answer(anne, f"K7P-M4T-{number}") for number in range(222, 222 + WRONG_CODES + 1)]
        assert found == [WRONG] * WRONG_CODES + [WAIT]
        async with visitor(site, NEXT_DOOR) as near:
            assert await answer(near, "K7P-M4T-999") == WRONG
