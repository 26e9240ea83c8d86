"""The moments of a conversation in a browser that are photographed, and how somebody comes to each of them."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from playwright.async_api import Browser, ViewportSize

from bot.rehearsal import Ids, rehearsal
from tests.bot.browser import visited
from tests.bot.running import free_port
from tests.bot.story import Move, says, taps
from tests.system.chromium import Visitor, visitor

SCREENS: tuple[ViewportSize, ...] = (
    {"width": 320, "height": 640},
    {"width": 390, "height": 844},
    {"width": 1280, "height": 800},
)
"""A small old telephone, one of today, and a tablet on its side or a computer."""


DRAWN = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
"""The page looks as it will stay."""


@dataclass(frozen=True)
class Moment:
    """What a picture shows: the name of its file, what it is called, words that stand on it, and for who cannot see it
    what more there is. `moves`: what the teller does to come there from the one before.
    """

    name: str
    title: str
    words: str
    shows: str
    moves: Sequence[Move]


MOMENTS = (
    Moment("welkom", "Welkom", "Wie bent u?", "Waar het over gaat en hoe lang het duurt. Daaronder de knoppen.", ()),
    Moment(
        "toestemming",
        "Toestemming",
        "Mogen wij uw verhaal en antwoorden bewaren voor ons onderzoek?",
        "Zes korte punten, de vraag, en knoppen om ja of nee te zeggen. Hiervoor wordt niets bewaard.",
        (taps("Ik ben bewoner"),),
    ),
    Moment(
        "verhaal",
        "Het verhaal",
        "U mag nog meer vertellen.",
        "Een ruim veld om in te typen, en een knop voor als het verhaal af is.",
        (taps("✅ Ja, ik doe mee"), says("Ik ging naar het Buurtteam met mijn brieven van de bank.")),
    ),
    Moment(
        "schaal",
        "Een schaal",
        "Was het makkelijk of moeilijk om hulp te krijgen?",
        "Vijf stappen onder elkaar, van heel moeilijk tot heel makkelijk, en knoppen voor wie het niet weet.",
        (
            says("Een mevrouw heeft alles met mij gelezen. Nu betaal ik elke maand een klein stukje terug."),
            taps("✅ Klaar"),
            says("De brieven van de bank"),
            taps("😌 Opgelucht"),
        ),
    ),
    Moment(
        "driehoek",
        "Een driehoek",
        "Waar ging de meeste tijd naartoe?",
        "Drie kanten; ook twee daarvan, of alle drie even veel, kan gekozen worden.",
        (taps("Makkelijk"), taps("Vooral wat ik nodig had")),
    ),
    Moment(
        "nakijken",
        "Nakijken",
        "Kijk even na. Dit is uw verhaal:",
        "Titel, verhaal en elk antwoord, zoals zij bewaard worden.",
        (
            taps("Twee van deze"),
            taps("🗣 Praten + 📄 papieren"),
            taps("Eén vaste medewerker"),
            taps("Veel beter"),
            taps("Noord"),
            taps("45 tot en met 64"),
        ),
    ),
    Moment(
        "code",
        "De code",
        "K7P-M4T-X9R",
        "De code, groot en in één stuk, waarmee de verteller het verhaal later kan weghalen.",
        (taps("✅ Ja, en versturen"),),
    ),
)


@asynccontextmanager
async def visit(browser: Browser, screen: ViewportSize) -> AsyncIterator[Visitor]:
    """Somebody with a screen of this size on the first page of a rehearsal, where nothing is moving."""
    port = free_port()
    async with rehearsal(Ids()) as intake, visited(intake, port), visitor(browser, port) as anne:
        await anne.tab.set_viewport_size(screen)
        await anne.get("/")
        yield anne


async def come_to(anne: Visitor, moment: Moment) -> None:
    """Does what leads to a moment from the one before."""
    for move in moment.moves:
        await (anne.tap(move.words) if move.taps else anne.say(move.words))
    await anne.tab.mouse.move(0, 0)
    await anne.tab.evaluate(DRAWN)
