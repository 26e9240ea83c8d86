"""Photographs a visit, on a telephone and on a tablet: how a helper begins it, and what she and the teller see.

`python -m docs.pictures.photograph_visit`, from the folder of the project, where there is a browser. The stories are
invented and the codes are those of every rehearsal.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import Browser, ViewportSize

from bot.rehearsal import Ids, rehearsal
from docs.pictures.visits import DRAWN
from tests.bot.helping import AGREEING, NEXT, SENDING
from tests.system.chromium import Visitor, chromium
from tests.system.relaying import OPENING, begin, helping, story_of
from tests.system.visiting import does

FOLDER = Path(__file__).parent.parent / "beelden" / "bezoek"
PAGE = FOLDER / "README.md"
SCREENS: tuple[ViewportSize, ...] = ({"width": 390, "height": 844}, {"width": 1280, "height": 800})
INTRODUCTION = """\
# Een bezoek, in beeld

Een helper gaat met één telefoon of tablet van verteller naar verteller. Elk moment op een telefoon (390) en op een
tablet of computer (1280 beeldpunten breed). De verhalen en de codes zijn verzonnen. `make pictures` maakt de foto's
opnieuw, en deze bladzijde ook.
"""
STORY = (
    "Ik ging naar het Buurtteam met mijn brieven van de bank. Een mevrouw heeft alles met mij gelezen. "
    "Nu betaal ik elke maand een klein stukje terug."
)


@dataclass(frozen=True)
class Moment:
    """What a picture shows: the name of its file, what it is called, words that stand on it, and what more there is.

    `come`: what is done to come there from the one before.
    """

    name: str
    title: str
    words: str
    shows: str
    come: Callable[[Visitor], Awaitable[object]]


async def _begun(noor: Visitor) -> None:
    await begin(noor)
    await noor.get()


async def _followed(noor: Visitor) -> None:
    await noor.tab.get_by_role("button", name="Ja, volgende verteller").click()
    await noor.tab.get_by_text("Lees dit voor aan de verteller").wait_for()
    await noor.get()
    await noor.tab.evaluate("scrollTo({ top: 0, behavior: 'instant' })")


async def _asked_for_code(noor: Visitor) -> None:
    await noor.tab.locator("button[name=tap]", has_text=NEXT.words).click()
    await noor.tab.get_by_role("heading", name="Heeft de verteller").wait_for()


async def _halfway(noor: Visitor) -> None:
    await does(noor, *AGREEING)
    await noor.get("/bezoek/volgende")


async def _beginning(noor: Visitor) -> None:
    await noor.get("/team/bezoek")
    await noor.tab.get_by_label("Kies een code van 4 cijfers").fill(OPENING)
    await noor.tab.get_by_role("button", name="Beginnen").scroll_into_view_if_needed()


async def _stopped(noor: Visitor) -> None:
    await noor.get("/bezoek/stoppen")
    await noor.tab.get_by_role("button", name="Ja, bezoek stoppen").click()
    await noor.tab.get_by_role("link", name="Terug naar de links").click()


MOMENTS = (
    Moment(
        "beginnen",
        "Een bezoek beginnen",
        "Kies een code van 4 cijfers",
        "De helper kiest de plek en een code van 4 cijfers, en zegt of de verhalen over haar eigen team gaan.",
        _beginning,
    ),
    Moment(
        "eigen",
        "Gaat het over uw eigen team?",
        "Kan iemand anders helpen?",
        "Wie zelf bij het team werkt, krijgt één keer deze vraag. Doorgaan mag.",
        lambda noor: begin(noor, "Ik werk bij het Buurtteam", own_team=True),
    ),
    Moment(
        "toestemming",
        "De balk en de toestemming",
        "Lees dit voor aan de verteller:",
        "Boven het gesprek staat waar het bezoek is en hoeveel verhalen er zijn. De helper leest de toestemming voor.",
        _begun,
    ),
    Moment(
        "kijken",
        "Zelf kijken",
        "Nu even zelf kijken.",
        "De helper geeft het apparaat aan de verteller. Die kijkt zelf na en kiest zelf.",
        lambda noor: does(noor, *story_of(STORY, "De brieven van de bank")),
    ),
    Moment(
        "code",
        "De code om op te schrijven",
        "De code is:",
        "Het verhaal is weg van het scherm. De helper schrijft de code op voor de verteller.",
        lambda noor: does(noor, SENDING),
    ),
    Moment(
        "opgeschreven",
        "Is de code opgeschreven?",
        "Heeft de verteller de code opgeschreven?",
        "Wie naar de volgende verteller wil, krijgt eerst deze vraag. De code staat hier niet meer.",
        _asked_for_code,
    ),
    Moment(
        "volgende",
        "De volgende verteller",
        "Bezoek: Huis van de Wijk, 1 verhaal",
        "Een leeg scherm, met opnieuw de toestemming. De balk telt mee.",
        _followed,
    ),
    Moment(
        "halfweg",
        "Halfweg een verhaal",
        "Komt nu de volgende verteller?",
        "Is een verhaal nog niet verstuurd, dan vraagt de chat het eerst.",
        _halfway,
    ),
    Moment(
        "scherm-op-slot",
        "Het scherm op slot",
        "Dit scherm is op slot",
        "Deed niemand iets, dan ziet wie het apparaat oppakt niets van het verhaal. De helper opent het met de code.",
        lambda noor: noor.get("/bezoek/slot"),
    ),
    Moment(
        "slot",
        "Terug naar de links",
        "Typ uw code",
        "Het bezoek is gestopt. Alleen wie de code weet, komt weer bij de bladzijden voor medewerkers.",
        _stopped,
    ),
)


def file_name(moment: Moment, width: int) -> str:
    """What a picture is called."""
    return f"{moment.name}-{width}.png"


def page() -> str:
    """The page that shows all pictures, in Markdown."""
    return "\n".join([INTRODUCTION, *map(_shown, MOMENTS)])


def _shown(moment: Moment) -> str:
    pictures = (
        f'<img src="{file_name(moment, screen["width"])}" width="{screen["width"] // 2}"'
        f' alt="{moment.title}: {moment.words}">'
        for screen in SCREENS
    )
    return f"## {moment.title}\n\n{moment.shows}\n\n" + "\n".join(pictures) + "\n"


async def moments(browser: Browser, screen: ViewportSize) -> AsyncIterator[tuple[Moment, Visitor]]:
    """Every moment, as it looks on a screen of this size."""
    async with rehearsal(Ids()) as intake, helping(browser, intake) as (_, noor):
        await noor.tab.set_viewport_size(screen)
        for moment in MOMENTS:
            await moment.come(noor)
            await noor.tab.mouse.move(0, 0)
            await noor.tab.evaluate(DRAWN)
            yield moment, noor


async def photograph(folder: Path) -> None:
    """Writes a picture of every moment on every screen."""
    async with chromium() as browser:
        for screen in SCREENS:
            async for moment, noor in moments(browser, screen):
                await noor.tab.screenshot(path=folder / file_name(moment, screen["width"]))


def main() -> None:
    """Makes all pictures anew, and their page."""
    FOLDER.mkdir(exist_ok=True)
    asyncio.run(photograph(FOLDER))
    PAGE.write_text(page(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
