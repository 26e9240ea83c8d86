"""The command `verhalen`, for researchers: reads what is asked and says what came of it; holds no rule of its own."""

import asyncio
import errno
import signal
import sys
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import click

from console.dutch import DutchCommand, DutchGroup, usage
from dialogs.faults import Faults
from dialogs.library import Library
from dialogs.load import load_library
from research.export.content import Format
from research.export.formats.every import available
from research.export.manifest import Order
from research.export.package import Snapshot, chosen, write_export
from research.faults import ConfigurationFault, ResearchFault, ServerAwayFault, UsageFault
from research.settings import read_settings
from storage import schema, stories
from storage.database import Database
from storage.faults import ServerAway, StorageFault
from storage.opening import open_database
from storage.secrets import KeyRing, read_key_file
from storage.settings import StorageSettings

PROGRAM = "verhalen"

BROKEN_OFF = 130
"""What a shell makes of Ctrl-C."""


@click.group(cls=DutchGroup, options_metavar="[opties]", subcommand_metavar="OPDRACHT")
def commands() -> None:
    """Verhalen voor onderzoekers."""


@commands.command("export", cls=DutchCommand, options_metavar="[opties]", short_help="Verhalen naar bestanden.")
@click.option("--out", "target", type=click.Path(path_type=Path), metavar="MAP", help="Een nieuwe map. Moet erbij.")
@click.option("--set", "question_set", metavar="ID", help="Alleen deze vragenlijst, zoals bewoner.")
@click.option("--formats", default="", metavar="SOORTEN", help="Alleen deze soorten bestanden, zoals: csv,jsonl")
@click.option("--with-test", is_flag=True, help="Ook wat verteld is met een link om te proberen.")
@click.option(
    "--config",
    type=click.Path(path_type=Path),
    metavar="BESTAND",
    help="Instellingen. Zonder: config.toml, als dat er is.",
)
def export(target: Path | None, question_set: str | None, formats: str, with_test: bool, config: Path | None) -> None:
    """Schrijft alle verstuurde verhalen naar een nieuwe map.

    Een regel per verhaal (verhalen.csv), een regel per antwoord (antwoorden.csv), alles genest (verhalen.jsonl),
    wat alles betekent (codeboek.csv) en wat erin zit (manifest.json). Concepten, ingetrokken verhalen en verhalen
    om te proberen zitten er niet in. Wat is ingetrokken, staat met kenmerk en dag in ingetrokken.csv: haal dat ook
    uit eerdere uitvoer.
    """
    if target is None:
        raise UsageFault("Zeg in welke nieuwe map de bestanden moeten komen, zoals: --out uitvoer")
    wanted = available(formats)
    storage = read_settings(config).storage
    library = _library()
    chosen(library, question_set)
    order = Order(question_set, datetime.now(UTC), _software(), with_test)
    number = asyncio.run(_export(storage, target, order, library, wanted))
    click.echo(f"{number} verhaal staat in {target}." if number == 1 else f"{number} verhalen staan in {target}.")


async def _export(
    storage: StorageSettings, target: Path, order: Order, library: Library, formats: Sequence[Format]
) -> int:
    async with _opened(storage) as (database, keys), database.reading() as work:
        counts = await stories.counts(work)
        length = counts["stories"] if order.question_set is None else counts.get(f"stories/{order.question_set}", 0)
        every = stories.every(work, keys, order.question_set)
        snapshot = Snapshot(every, counts, await stories.withdrawals(work))
        quiet = not sys.stderr.isatty()
        with click.progressbar(length=length, label="Verhalen", file=sys.stderr, hidden=quiet) as bar:
            return await write_export(target, order, library, snapshot, bar.update, formats)


@asynccontextmanager
async def _opened(storage: StorageSettings) -> AsyncIterator[tuple[Database, KeyRing]]:
    """The database to read in and its keys. What is wrong with either is for the operator: `ConfigurationFault`."""
    with _configured():
        keys = read_key_file(storage.key_file)
        database = await open_database(storage.url, read_only=True)
    try:
        with _configured():
            await _check(database, keys)
        yield database, keys
    finally:
        await database.close()


@contextmanager
def _configured() -> Iterator[None]:
    try:
        yield
    except ServerAway as fault:
        raise ServerAwayFault(str(fault)) from fault
    except StorageFault as fault:
        raise ConfigurationFault(str(fault)) from fault


async def _check(database: Database, keys: KeyRing) -> None:
    if await schema.version(database) != schema.newest():
        raise StorageFault("De database is nog niet bijgewerkt voor dit programma. Start eerst Vertelbot: make run.")
    await schema.match_keys(database, keys)


def _library() -> Library:
    """Every question set there is. What the study fills in is for tellers; no export holds it."""
    try:
        return load_library({})
    except Faults as faults:
        raise ConfigurationFault(str(faults)) from None


def _software() -> str:
    try:
        return version("vertelbot")
    except PackageNotFoundError:
        return "onbekend"


def run(arguments: Sequence[str]) -> int:
    """Does what was typed; the exit code. Whatever goes wrong is told in a sentence on stderr."""
    try:
        commands.main(list(arguments), prog_name=PROGRAM, standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as shown:
        click.echo(shown.format_message())
    except click.UsageError as error:
        return _refuse(UsageFault(usage(error, PROGRAM)))
    except (click.Abort, KeyboardInterrupt):
        click.echo("Afgebroken. Er is niets uitgevoerd.", err=True)
        return BROKEN_OFF
    except (ResearchFault, StorageFault) as fault:
        return _refuse(fault)
    except OSError as error:
        return _refuse(ResearchFault(_disk_sentence(error)))
    return 0


def _refuse(fault: ResearchFault | StorageFault) -> int:
    click.echo(str(fault), err=True)
    return fault.exit_code if isinstance(fault, ResearchFault) else ResearchFault.exit_code


def _disk_sentence(error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return "De schijf is vol, of het bestand wordt te groot. Er is niets uitgevoerd."
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"In {error.filename} mag dit programma niet schrijven. Er is niets uitgevoerd."
    return f"Schrijven lukt niet: {error.strerror} ({error.filename}). Er is niets uitgevoerd."


def main() -> None:
    """Where the command begins."""
    # A service that is stopped clears up as after Ctrl-C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
