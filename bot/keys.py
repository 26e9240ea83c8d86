"""The commands `keys rotate` and `keys prune`: what an operator types, and what is said of it; knows no key."""

import asyncio
from datetime import timedelta
from pathlib import Path

import click

from bot.commands import config_option, run_to_its_end, settings_of
from bot.opening import keys_of, look_over
from bot.readiness import advice, database_file, lost_database, when
from bot.settings import Settings
from bot.typed import line
from console.dutch import DutchCommand, DutchGroup
from storage import rotation
from storage.backup.making import opened_copy
from storage.backup.ring import DAYS, Copy, copies
from storage.backup.sealing import CopyFault
from storage.database import Database
from storage.faults import OtherKeys, StorageFault
from storage.key_file import add_key, changing, keep_newest
from storage.opening import open_database
from storage.schema import has_keys, match_keys
from storage.secrets import LOOK_SECONDS, KeyRing

SEEN_SECONDS = 2 * LOOK_SECONDS
"""After so long every program that writes has seen a new key."""

SCRUBS = 5


@click.group(cls=DutchGroup, options_metavar="[opties]", subcommand_metavar="OPDRACHT")
def keys() -> None:
    """Vervang de sleutels, of gooi oude weg."""


@keys.command(cls=DutchCommand, options_metavar="[opties]")
@config_option
def rotate(config: Path | None) -> None:
    """Maak een nieuwe sleutel en versleutel alles opnieuw. Dat mag terwijl de bot loopt."""
    settings = settings_of(config)
    run_to_its_end(lambda: _rotate(settings))


@keys.command(cls=DutchCommand, options_metavar="[opties]")
@config_option
def prune(config: Path | None) -> None:
    """Gooi oude sleutels weg, als niets ze meer nodig heeft."""
    settings = settings_of(config)
    run_to_its_end(lambda: _prune(settings))


async def _rotate(settings: Settings) -> None:
    """Killed half-way it goes on where it was, with the key that it made then."""
    path, ring = settings.storage.key_file, keys_of(settings)
    if lost_database(settings):
        raise StorageFault(f"Er is geen database in {database_file(settings)}. {advice(settings)}")
    database = await open_database(settings.storage.url)
    try:
        await look_over(settings, database, ring)
        with changing(path) as found:
            new = await rotation.is_done(database, KeyRing(found))
            if new:
                add_key(path)
                click.echo(
                    f"Er staat een nieuwe sleutel vooraan in {path}. Bewaar nu een nieuwe kopie van dat bestand."
                )
            else:
                click.echo("De vorige keer is niet afgemaakt. Ik ga verder.")
            await asyncio.sleep(SEEN_SECONDS)
            done = await rotation.renew(database, keys_of(settings))
        await _scrubbed(database)
    finally:
        await database.close()
    _tell(done, new=new)


def _tell(done: rotation.Renewed, *, new: bool) -> None:
    texts = "1 tekst" if done.changed == 1 else f"{done.changed} teksten"
    click.echo(f"Klaar: {texts} opnieuw versleuteld.")
    if done.unreadable:
        click.echo(f"Niet te lezen, met geen enkele sleutel: {done.unreadable}. Dat is gelaten zoals het was.")
    click.echo(f"De oude sleutels blijven staan voor de reservekopieën. Weggooien kan later met:{_line('prune')}")
    if not new:
        click.echo(
            "Let op: er is nu geen nieuwe sleutel gemaakt; die van de vorige keer staat vooraan. Is er sindsdien iets"
            f" uitgelekt? Maak er dan nog een met:{_line('rotate')}"
        )


def _line(command: str) -> str:
    return line("vertelbot", "keys", command)


async def _scrubbed(database: Database) -> None:
    """What the old tokens stood in goes from the files too; the bot may be reading just then."""
    for _ in range(SCRUBS):
        try:
            return await database.scrub()
        except StorageFault:
            await asyncio.sleep(SEEN_SECONDS)
    click.echo("De oude versleutelde woorden staan nog in de bestanden; de bot ruimt ze op bij de volgende start.")
    return None


async def _prune(settings: Settings) -> None:
    """Nobody puts a key in front between the look at what needs which and the change: only what was looked at stays."""
    keys_of(settings)
    path = settings.storage.key_file
    with changing(path) as found:
        if len(found.encrypt) == 1:
            click.echo("Er is maar één sleutel. Er is niets weggegooid.")
            return
        await _refuse_other_than_newest(settings, KeyRing(found))
        gone = keep_newest(path, found)
    click.echo(f"Weggegooid: {gone} oude sleutel{'s' if gone > 1 else ''}. Bewaar nu een nieuwe kopie van {path}.")


async def _refuse_other_than_newest(settings: Settings, ring: KeyRing) -> None:
    """The newest key alone opens all that the ring opens, or nothing goes."""
    database = await open_database(settings.storage.url, read_only=True)
    try:
        await look_over(settings, database, ring)
        await _refuse_needed(settings, database, ring)
        if await has_keys(database):
            await match_keys(database, ring.newest_only())
    finally:
        await database.close()


async def _refuse_needed(settings: Settings, database: Database, ring: KeyRing) -> None:
    """Old keys stay while a row or a copy can be read with them only."""
    async with database.reading() as work:
        if left := await rotation.older(work, ring):
            raise StorageFault(f"Nog {left} keer is iets met een oude sleutel versleuteld. Doe eerst:{_line('rotate')}")
    folder = settings.backup.folder
    needing = [copy for copy in copies(folder) if await _needs_old_keys(copy, ring, folder)]
    if needing:
        amount = "1 reservekopie is" if len(needing) == 1 else f"{len(needing)} reservekopieën zijn"
        last = when(needing[0].taken_at + timedelta(days=DAYS))
        raise StorageFault(
            f"Nog {amount} alleen met een oude sleutel te lezen. Probeer het na {last},"
            f" of haal weg wat oud is uit {folder}. Er is niets weggegooid."
        )


async def _needs_old_keys(copy: Copy, ring: KeyRing, folder: Path) -> bool:
    """Whether the newest key alone does not open all of it. A copy that no key opens is no reason to keep one."""
    for keys_to_try in (ring.newest_only(), ring):
        try:
            async with opened_copy(keys_to_try, copy.path, folder) as database, database.reading() as work:
                return keys_to_try is ring or bool(await rotation.older(work, ring))
        except (CopyFault, OtherKeys):
            continue
    return False
