"""The command with which somebody reviews second texts; holds no rule of its own."""

import asyncio
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import click

from console.dutch import DutchCommand
from dialogs.library import Library
from research.deidentify import reviewing
from research.deidentify.batch import texts_of
from research.deidentify.reviewing import Review
from research.export_commands import config_option
from research.faults import ResearchFault, UsageFault
from research.opening import opened, question_sets
from research.review_screen import Screen, Verdict
from research.settings import read_settings
from storage import second_texts, stories
from storage.database import Database, Work
from storage.second_texts import Overtaken, SecondTexts
from storage.secrets import KeyRing
from storage.settings import StorageSettings

_OVERTAKEN = "Iemand anders was u bij het vorige verhaal voor. Wat u daarvan maakte, is niet bewaard."

_NO_STORY = "Dit verhaal is er niet, of het is ingetrokken. Het kenmerk staat in de uitvoer, bij verhaal_id."
_NO_TEXT = "Van dit verhaal is er nog geen tweede tekst. Doe eerst: verhalen deidentify"


@click.command("review", cls=DutchCommand, options_metavar="[opties]", short_help="Kijk na wat er weg moet.")
@click.option("--name", "reviewer", metavar="NAAM", default="", help="Wie nakijkt. Zonder: het wordt gevraagd.")
@click.option("--story", metavar="KENMERK", default="", help="Alleen dit verhaal, ook als het al is nagekeken.")
@config_option
def review_command(reviewer: str, story: str, config: Path | None) -> None:
    """Toont elk verhaal naast zijn tweede tekst, met wat er weg moet.

    Enter bewaart het verhaal zoals het er dan staat. De andere toetsen staan onderaan het scherm. U kunt altijd
    stoppen: wat is nagekeken, is bewaard, en de volgende keer gaat u verder met de rest.
    """
    if not sys.stdin.isatty() or not sys.stdout.isatty():
        raise UsageFault("Nakijken gaat met een toetsenbord en een scherm. Doe het in een terminal.")
    storage = read_settings(config).storage
    library = question_sets()
    name = reviewer.strip() or click.prompt("Uw naam").strip()
    click.echo(asyncio.run(_review(storage, library, name, story)))


@dataclass(frozen=True)
class Desk:
    """Where somebody reviews."""

    database: Database
    keys: KeyRing
    library: Library
    reviewer: str


async def _review(storage: StorageSettings, library: Library, reviewer: str, story: str) -> str:
    async with opened(storage, read_only=False) as (database, keys):
        return await review_all(Desk(database, keys, library, reviewer), story)


async def review_all(desk: Desk, story: str = "") -> str:
    """Shows one story after the other; what was done, in a sentence. What was accepted is kept at once."""
    ids = [story] if story else await _waiting(desk)
    done, notice = 0, ""
    for place, story_id in enumerate(ids, 1):
        begun = await _begun(desk, story_id, again=bool(story))
        if begun is None:
            continue
        review, seen = begun
        verdict, review = await Screen(review, f"Verhaal {place} van {len(ids)}", notice).show()
        notice = ""
        if verdict is Verdict.STOPPED:
            break
        kept = verdict is Verdict.ACCEPTED and await _kept(desk, review, seen)
        if verdict is Verdict.ACCEPTED and not kept:
            notice = _OVERTAKEN
        done += kept
    return _told(done, len(await _waiting(desk)), notice)


async def _waiting(desk: Desk) -> list[str]:
    async with desk.database.reading() as work:
        return await second_texts.waiting(work)


async def _begun(desk: Desk, story_id: str, *, again: bool) -> tuple[Review, SecondTexts] | None:
    """The review of a story; None where there is nothing to review: it was taken back, or somebody else was first.

    With `again` it is shown whoever reviewed it, and where it cannot be, that is a fault.
    """
    async with desk.database.reading() as work:
        told = await stories.one(work, desk.keys, story_id)
        seen = (await second_texts.of(work, desk.keys, [story_id])).get(story_id, {})
    texts = texts_of(told, desk.library) if told else {}
    there = {question: seen[question] for question in texts if question in seen}
    fits = len(there) == len(texts) and all(there[name].stands_for(desk.keys, typed) for name, typed in texts.items())
    if texts and fits and (again or not all(second.is_reviewed for second in there.values())):
        return reviewing.begin(story_id, texts, there), there
    if again:
        raise ResearchFault(_NO_STORY if told is None else _NO_TEXT)
    return None


async def _kept(desk: Desk, review: Review, seen: SecondTexts) -> bool:
    try:
        await desk.database.run(partial(_keep, desk, review, seen))
    except Overtaken:
        return False
    return True


async def _keep(desk: Desk, review: Review, seen: SecondTexts, work: Work) -> None:
    await second_texts.review(work, desk.keys, seen, review.texts, desk.reviewer, datetime.now(UTC))


def _told(done: int, left: int, notice: str) -> str:
    stories_ = "1 verhaal" if done == 1 else f"{done} verhalen"
    rest = "Alles is nagekeken." if not left else f"Nog na te kijken: {left}."
    return "\n".join(filter(None, (notice, f"Nagekeken: {stories_}. {rest}")))
