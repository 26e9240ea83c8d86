"""The command with which somebody reviews second texts; holds no rule of its own."""

import asyncio
import sys
from pathlib import Path

import click

from console.dutch import DutchCommand
from dialogs.library import Library
from research.faults import UsageFault
from research.opening import opened, question_sets
from research.options import config_option
from research.review_screen import Screen, Verdict
from research.reviews import Desk
from research.settings import read_settings
from storage.settings import StorageSettings

_OVERTAKEN = "Iemand anders was u bij het vorige verhaal voor. Wat u daarvan maakte, is niet bewaard."


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


async def _review(storage: StorageSettings, library: Library, reviewer: str, story: str) -> str:
    async with opened(storage, read_only=False) as (database, keys):
        return await review_all(Desk(database, keys, library, reviewer), story)


async def review_all(desk: Desk, story: str = "") -> str:
    """Shows one story after the other; what was done, in a sentence. What was accepted is kept at once."""
    ids = [story] if story else await desk.waiting()
    done, notice = 0, ""
    for place, story_id in enumerate(ids, 1):
        begun = await desk.begun(story_id, again=bool(story))
        if begun is None:
            continue
        review, seen = begun
        verdict, review = await Screen(review, f"Verhaal {place} van {len(ids)}", notice).show()
        notice = ""
        if verdict is Verdict.STOPPED:
            break
        kept = verdict is Verdict.ACCEPTED and await desk.keep(review, seen)
        if verdict is Verdict.ACCEPTED and not kept:
            notice = _OVERTAKEN
        done += kept
    return _told(done, len(await desk.waiting()), notice)


def _told(done: int, left: int, notice: str) -> str:
    stories_ = "1 verhaal" if done == 1 else f"{done} verhalen"
    rest = "Alles is nagekeken." if not left else f"Nog na te kijken: {left}."
    return "\n".join(filter(None, (notice, f"Nagekeken: {stories_}. {rest}")))
