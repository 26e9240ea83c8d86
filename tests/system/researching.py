"""The pages for researchers in a real browser: a house with stories, and the way through all pages; no test."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from dialogs.interview import Answer, Interview
from dialogs.questions import Question
from storage import second_texts, stories
from storage.database import Work
from storage.second_texts import Mask, Masked
from tests.research import kept
from tests.research.told import BEWONER, NOON, Choose, nth, tell
from tests.research.web.house import House, housed
from tests.system.chromium import Visitor
from tests.system.team import used

TOLD = (
    "Ik ging met mijn brieven naar het Buurtteam. Fatima hielp mij met de bank. Nu betaal ik elke maand een klein"
    " stukje terug. Op de Kadijk is het ook rustiger."
)
TITLE = "De brieven van de bank"
NAME = "[NAAM-1]"
STORIES = 3


@asynccontextmanager
async def a_house() -> AsyncIterator[House]:
    """Stories that all wait for somebody to look at them, each with a name that was found."""
    with TemporaryDirectory(prefix="vertelbot-") as folder:
        told = [tell(BEWONER, _telling(number)) for number in range(STORIES)]
        house = await asyncio.to_thread(kept.build, Path(folder), told)
        async with housed(house) as found:
            await found.desk.database.run(lambda work: _propose(found, work))
            yield found


def _telling(number: int) -> Choose:
    """The story at every question for words, but for its title."""

    def choose(question: Question, telling: Interview) -> Answer:
        return nth(number, TITLE if question.id == "titel" else TOLD)(question, telling)

    return choose


async def _propose(house: House, work: Work) -> None:
    start = TOLD.index("Fatima")
    mask = Mask(start, start + len("Fatima"), NAME, "voornaam")
    for story in await stories.page(work, house.desk.keys, None, ""):
        typed = {answer.question: answer.text for answer in story.answers.values() if answer.text}
        masked = [Masked(question, words, (mask,) if words == TOLD else ()) for question, words in typed.items()]
        await second_texts.propose(work, house.desk.keys, story.id, masked, "1", NOON)


async def walk(kees: Visitor, house: House) -> AsyncIterator[str]:
    """Comes to every page in turn, and names it."""
    await kees.get("/bestaat-niet")
    yield "niets"
    await kees.get(f"/in/{await house.invited()}")
    yield "aanmelden"
    await used(kees, "button", "Aanmelden")
    yield "begin"
    await used(kees, "link", "Cijfers")
    yield "cijfers"
    await used(kees, "link", "Nakijken")
    yield "nakijken"
    await used(kees, "link", "Beginnen")
    yield "verhaal"
    await used(kees, "button", "Voeg toe")
    yield "verhaal-fout"
    await used(kees, "button", "Alles goed, volgende verhaal")
    await used(kees, "link", "Ophalen")
    yield "uitvoer"
    await kees.tab.get_by_label("b: nagekeken tekst").check()
    await used(kees, "button", "Bestand maken")
    yield "uitvoer-fouten"
    await kees.tab.get_by_label("Voor wie is het?").fill("Onderzoek, gemeente")
    await used(kees, "button", "Bestand maken")
    await house.desk.jobs.settled()
    await kees.tab.reload()
    yield "klaar"
    await used(kees, "link", "Lijst")
    yield "lijst"
    await used(kees, "button", "Afmelden")
    yield "afgemeld"
