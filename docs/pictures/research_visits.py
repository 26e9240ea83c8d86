"""The pages for researchers that are photographed, and how somebody comes to each of them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import Browser, ViewportSize

from docs.pictures.visits import DRAWN, Moment
from tests.system.chromium import Visitor, visitor
from tests.system.researching import a_house, walk

MOMENTS = (
    Moment(
        "onderzoek-begin",
        "Begin",
        "Wat wilt u doen?",
        "Vier dingen die een onderzoeker kan doen, en hoeveel verhalen er wachten.",
        (),
    ),
    Moment(
        "onderzoek-verhaal",
        "Een verhaal nakijken",
        "Fatima",
        "Links wat iemand vertelde, rechts wat ervan overblijft; op een telefoon onder elkaar.",
        (),
    ),
    Moment(
        "onderzoek-uitvoer",
        "Verhalen ophalen",
        "Voor wie is het?",
        "Hoeveel er weg mag, voor wie het is, en waarom.",
        (),
    ),
)
"""In the order of the walk."""


@asynccontextmanager
async def shown(browser: Browser, screen: ViewportSize) -> AsyncIterator[AsyncIterator[tuple[Visitor, Moment]]]:
    """Somebody with a screen of this size, who comes to each moment in turn, and nothing moves there."""
    async with a_house() as house, visitor(browser, house.port) as kees:
        await kees.tab.set_viewport_size(screen)

        async def going() -> AsyncIterator[tuple[Visitor, Moment]]:
            named = {moment.name: moment for moment in MOMENTS}
            async for name in walk(kees, house):
                if moment := named.get(f"onderzoek-{name}"):
                    await kees.tab.mouse.move(0, 0)
                    await kees.tab.evaluate(DRAWN)
                    yield kees, moment

        yield going()
