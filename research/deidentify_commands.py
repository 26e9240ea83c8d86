"""The command that proposes second texts; holds no rule of its own."""

import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from console.dutch import DutchCommand
from dialogs.library import Library
from research.deidentify import finding
from research.deidentify.batch import Proposed, deidentify
from research.deidentify.finding import Finder
from research.deidentify.kinds import Kind
from research.faults import UsageFault
from research.opening import opened, question_sets
from research.options import config_option
from research.settings import read_settings
from storage import stories
from storage.settings import StorageSettings


@click.command(
    "deidentify", cls=DutchCommand, options_metavar="[opties]", short_help="Stelt voor wat weg moet uit verhalen."
)
@click.option("--set", "question_set", metavar="ID", help="Alleen deze vragenlijst, zoals bewoner.")
@config_option
def deidentify_command(question_set: str | None, config: Path | None) -> None:
    """Zet naast elk verhaal een tweede tekst, zonder wat naar een mens kan leiden.

    Het verhaal zelf verandert nooit. Wat gevonden is, is een voorstel: kijk het na met verhalen review. Het mag
    naast de bot, en zo vaak als u wilt: wat klaar is, blijft staan.
    """
    library = question_sets()
    if question_set is not None and all(known != question_set for known, _ in library.sets):
        known = ", ".join(sorted({name for name, _ in library.sets}))
        raise UsageFault(f"De vragenlijst {question_set} is er niet. Kies uit: {known}.")
    storage = read_settings(config).storage
    click.echo("Namen en straten laden…", err=True)
    done = asyncio.run(_deidentify(storage, library, finding.load(), question_set))
    click.echo("\n".join(_figures(done)))


async def _deidentify(storage: StorageSettings, library: Library, finder: Finder, question_set: str | None) -> Proposed:
    async with opened(storage, read_only=False) as (database, keys):
        async with database.reading() as work:
            counts = await stories.counts(work)
        length = counts["stories"] if question_set is None else counts.get(f"stories/{question_set}", 0)
        quiet = not sys.stderr.isatty()
        with click.progressbar(length=length, label="Verhalen", file=sys.stderr, hidden=quiet) as bar:
            return await deidentify(
                database,
                keys,
                library,
                finder,
                question_set=question_set,
                clock=lambda: datetime.now(UTC),
                heard=bar.update,
            )


def _figures(done: Proposed) -> list[str]:
    lines = [f"Nieuw voorstel: {_stories(done.stories)}, {_texts(done.texts)}. Al klaar: {_stories(done.ready)}."]
    lines += [f"  {kind.value.lower():<14} {done.kinds[kind]:>6}" for kind in Kind if done.kinds[kind]]
    if done.stories:
        lines.append("Kijk nu na wat weg moet: verhalen review")
    return lines


def _stories(amount: int) -> str:
    return "1 verhaal" if amount == 1 else f"{amount} verhalen"


def _texts(amount: int) -> str:
    return "1 tekst" if amount == 1 else f"{amount} teksten"
