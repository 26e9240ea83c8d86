"""The command `vertelbot`, for operators. Errors are sentences; 78 is a fault in the settings."""

import asyncio
import gc
import os
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import click

from bot.backups import backup, restore
from bot.commands import EX_CONFIG, config_option, refuse, run_to_its_end, settings_of
from bot.intake import Intake
from bot.keys import keys
from bot.opening import opened
from bot.settings import Settings
from bot.staff.link_commands import link
from bot.staff.numbers_command import numbers
from bot.staff.printing_commands import paper
from bot.staff.staff_commands import staff
from bot.typed import line
from console.dutch import DutchCommand, DutchGroup, usage
from dialogs.daytime import AMSTERDAM
from storage.opening import shown
from storage.private_files import create_file

PROGRAM = "vertelbot"

EX_USAGE = 2
"""The exit code for a command that was typed wrong, as shells have it."""

YOUNG = 10_000
"""New objects before it is looked for some that only hold each other: at each 700, the usual, hardly any are found."""

HOW_TO_CONNECT = """\
Telegram staat uit: er is geen token. Wilt u het aanzetten?
  1. Open Telegram, zoek @BotFather en stuur /newbot. U krijgt een token.
  2. Zet het in de omgeving (VERTELBOT_TELEGRAM__TOKEN) en start opnieuw."""

TYPE = "Typ een antwoord of het nummer van een knop. Ctrl-D stopt."
AFTER = """
Wat u vertelde, staat versleuteld in {place}.
Verstuurde verhalen haalt u eruit met:{verhalen}"""


@click.group(cls=DutchGroup, options_metavar="[opties]", subcommand_metavar="OPDRACHT")
@click.version_option(package_name="vertelbot", message="vertelbot %(version)s", help="Toon de versie.")
def cli() -> None:
    """Vertelbot: een gesprek waarin bewoners vertellen wat zij meemaakten."""


cli.add_command(backup)
cli.add_command(restore)
cli.add_command(keys)
cli.add_command(staff)
cli.add_command(link)
cli.add_command(paper)
cli.add_command(numbers)


@cli.command(cls=DutchCommand, options_metavar="[opties]")
@config_option
def start(config: Path | None) -> None:
    """Start de bot: het gesprek in een browser, en met een token ook in Telegram."""
    settings = settings_of(config)
    if settings.telegram.token is None:
        click.echo(HOW_TO_CONNECT)
        if not settings.web.shows_chat:
            sys.exit(EX_CONFIG)
    run_to_its_end(lambda: _serve(settings), _fast_loop())


@cli.command(cls=DutchCommand, options_metavar="[opties]")
@config_option
@click.option("--set", "question_set", metavar="ID", default="bewoner", help="De vragenlijst. Zonder: bewoner.")
@click.option(
    "--record", metavar="BESTAND", type=click.Path(path_type=Path), help="Schrijf het gesprek in dit bestand."
)
def chat(config: Path | None, question_set: str, record: Path | None) -> None:
    """Voer het gesprek in de terminal."""
    settings = settings_of(config)
    _refuse_unwritable(record)
    click.echo(TYPE)
    run_to_its_end(lambda: _record(question_set, record) if record else _chat(settings, question_set))


@cli.command(cls=DutchCommand, options_metavar="[opties]")
@config_option
def check(config: Path | None) -> None:
    """Kijk alles na wat nodig is om te starten, en noem alle fouten."""
    sys.exit(checked(config, datetime.now(AMSTERDAM).date()))


def checked(config: Path | None, today: date) -> int:
    """Tells what `check` finds on this day; the exit code. Something to look after is no fault."""
    from bot.check import faults, warnings

    found, noted = asyncio.run(faults(config)), warnings(today, config)
    for sentence in (*noted, *found):
        click.echo(sentence, err=True)
    if found:
        click.echo(f"\n{len(found)} fout{'en' if len(found) > 1 else ''}.", err=True)
        return EX_CONFIG
    click.echo("Verder is alles in orde." if noted else "Alles is in orde.")
    return 0


def main() -> None:
    """The entry point of the command."""
    try:
        cli.main(prog_name=PROGRAM, standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as shown:
        click.echo(shown.format_message())
    except click.UsageError as error:
        click.echo(usage(error, PROGRAM), err=True)
        sys.exit(EX_USAGE)
    except click.Abort:
        sys.exit(0)
    except BrokenPipeError:
        # Whoever read along went away; what is left to say goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as fault:
        refuse(f"Dit lukt niet: {fault.strerror} ({fault.filename or 'uitvoer'}).")


def _fast_loop() -> Callable[[], asyncio.AbstractEventLoop]:
    """What makes the loop of a program that talks to many at once."""
    if sys.platform == "win32":
        return asyncio.new_event_loop
    import uvloop

    return uvloop.new_event_loop


async def _serve(settings: Settings) -> None:
    from bot.ending import until_told
    from bot.running import run

    # What was imported stays to the end: to look through it again and again was a tenth of all work.
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG)
    await until_told(lambda stop: run(settings, stop))


async def _record(question_set: str, record: Path) -> None:
    """A rehearsal: what is told is written down and kept nowhere else."""
    from bot.rehearsal import Ids, rehearsal
    from bot.terminal import TerminalChat, line_reader

    ids = Ids()
    async with rehearsal(ids) as intake:
        _known_set(intake, question_set)
        chat = TerminalChat(intake, line_reader(), click.echo, record=record, story_kept=ids.story_kept)
        await chat.talk(question_set)
    click.echo(f"\nHet gesprek staat in {record}. Verder is er niets van bewaard.")


async def _chat(settings: Settings, question_set: str) -> None:
    from bot.housekeeping import tidy_up
    from bot.terminal import TerminalChat, line_reader

    async with opened(settings) as intake:
        _known_set(intake, question_set)
        await TerminalChat(intake, line_reader(), click.echo).talk(question_set)
        await tidy_up(intake)
    verhalen = line("verhalen", "export", "--out", "uitvoer")
    click.echo(AFTER.format(place=shown(settings.storage.url), verhalen=verhalen))


def _known_set(intake: Intake, question_set: str) -> None:
    if question_set and intake.library.newest(question_set) is None:
        known = ", ".join(sorted({name for name, _ in intake.library.sets}))
        refuse(f"Deze vragenlijst is er niet: {question_set}. Wel: {known}.")


def _refuse_unwritable(record: Path | None) -> None:
    """Before the talk, or what was said would be lost with it. What is told is for nobody else to read."""
    try:
        if record:
            create_file(record, b"")
    except FileExistsError:
        refuse(f"{record}: dit bestand is er al. Kies een andere naam.")
    except OSError as fault:
        refuse(f"{record}: hierin kan niet worden geschreven ({fault.strerror}).")


if __name__ == "__main__":
    main()
