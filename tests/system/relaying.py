"""A helper with a real browser, who signs in, begins a visit and helps one teller after another; checks nothing."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from playwright.async_api import Browser

from bot.intake import Intake
from bot.staff.place_links import Wish
from tests.bot.helping import AGREEING, TELLING
from tests.bot.running import free_port
from tests.bot.story import Move, says
from tests.bot.team.house import PLACE, House, housed
from tests.system.chromium import Visitor, visitor

OPENING = "2580"
"""The code that she chooses."""

NEXT = "form.visit button"
"""The button above the conversation."""


@asynccontextmanager
async def helping(browser: Browser, intake: Intake, *, scripts: bool = True) -> AsyncIterator[tuple[House, Visitor]]:
    """A helper of the staff who is signed in, and the house of which there is a link."""
    port = free_port()
    async with housed(intake, port) as house, visitor(browser, port, scripts=scripts) as noor:
        await house.link(Wish(place=PLACE, district="noord"))
        await noor.get(f"/team/in/{await house.invited()}")
        await noor.tab.get_by_role("button", name="Aanmelden", exact=True).click()
        await noor.tab.get_by_role("heading", name="Links").wait_for()
        yield house, noor


async def begin(noor: Visitor, role: str = "Ik ben vrijwilliger", *, own_team: bool = False) -> None:
    """She fills in the form for a visit, and sends it."""
    await noor.get("/team/bezoek")
    await noor.tab.get_by_label(role).check()
    await noor.tab.get_by_label("Ja" if own_team else "Nee", exact=True).check()
    await noor.tab.get_by_label("Kies een code van 4 cijfers").fill(OPENING)
    await noor.tab.get_by_role("button", name="Beginnen").click()
    await noor.tab.wait_for_load_state()


def story_of(words: str, title: str) -> Sequence[Move]:
    """All that a teller does from her "ja" to the review, with words of her own."""
    first, done, _, *answers = TELLING
    assert not first.taps
    return (*AGREEING, says(words), done, says(title), *answers)


async def count(noor: Visitor) -> str:
    """What stands above the conversation."""
    return await noor.tab.inner_text("form.visit .told")
