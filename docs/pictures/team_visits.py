"""The pages for staff that are photographed, and how somebody comes to each of them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import Browser, ViewportSize

from docs.pictures.visits import DRAWN, Moment
from tests.system.chromium import Visitor, visitor
from tests.system.team import furnished, walk

MOMENTS = (
    Moment(
        "team-aanmelden",
        "Aanmelden",
        "Met deze link meldt u zich aan.",
        "Wat een medewerker ziet na de link van de beheerder: één knop, en een weg naar Telegram.",
        (),
    ),
    Moment(
        "team-begin",
        "De links",
        "Buurtkamer De Kade",
        "Alle links, een alarm bovenaan met een knop om de link weer aan te zetten.",
        (),
    ),
    Moment(
        "team-fouten",
        "Een nieuwe link",
        "Dit moet nog anders:",
        "Het formulier met alles wat nog niet klopt bij elkaar. Wat getypt was, staat er nog.",
        (),
    ),
    Moment(
        "team-link",
        "Eén link",
        "De adressen",
        "Beide adressen, en daaronder de QR-code, de poster, kaartjes, een bericht en formulieren.",
        (),
    ),
    Moment(
        "team-papier",
        "Papier overtypen",
        "Welk nummer staat op het formulier?",
        "Eén veld, en waar het nummer op het papier staat. De code van de verteller wordt niet gevraagd.",
        (),
    ),
    Moment(
        "team-overtypen",
        "Wat er op het formulier staat",
        "Typ alles over zoals het er staat, ook met fouten.",
        "Het vakje van de toestemming, de dag, en alle vragen met dezelfde nummers als op het papier.",
        (),
    ),
    Moment(
        "team-cijfers",
        "De cijfers",
        "Hoeveel mensen begonnen en hoeveel verhalen er zijn.",
        "Aantallen in het kort, een balk per week, en tabellen. Kleine aantallen zijn een streepje.",
        (),
    ),
)
"""In the order of the walk."""


@asynccontextmanager
async def shown(browser: Browser, screen: ViewportSize) -> AsyncIterator[AsyncIterator[tuple[Visitor, Moment]]]:
    """Somebody with a screen of this size, who comes to each moment in turn, and nothing moves there."""
    async with furnished() as house, visitor(browser, house.port) as noor:
        await noor.tab.set_viewport_size(screen)

        async def going() -> AsyncIterator[tuple[Visitor, Moment]]:
            named = {moment.name: moment for moment in MOMENTS}
            async for name in walk(noor, house):
                if moment := named.get(f"team-{name}"):
                    await noor.tab.mouse.move(0, 0)
                    await noor.tab.evaluate(DRAWN)
                    yield noor, moment

        yield going()
