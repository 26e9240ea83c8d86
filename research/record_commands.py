"""The commands that look after what was handed out: which, what was taken back since, and whether it is still whole."""

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from console.dutch import DutchCommand
from dialogs.daytime import date_of
from research.export.folder import new_folder, settle
from research.faults import ResearchFault, UsageFault
from research.opening import opened
from research.options import config_option
from research.recalling import Recalled, recalled, write
from research.settings import read_settings
from research.verifying import Package, damage, read, standing
from storage import export_copies, exports
from storage.export_copies import Copy
from storage.exports import Export
from storage.settings import StorageSettings


class NotAsItWas(ResearchFault):
    """An export that was looked at is not whole, or holds what was taken back."""


@click.command("exports", cls=DutchCommand, options_metavar="[opties]", short_help="Wat er is uitgegeven.")
@config_option
def handed_out(config: Path | None) -> None:
    """Laat zien wat er is uitgegeven: wanneer, voor wie, en waarom; en wat opnieuw is gemaakt."""
    found, copies = asyncio.run(_handed_out(read_settings(config).storage))
    if not found:
        click.echo("Er is nog niets uitgegeven.")
    for item in found:
        reason = f" ({item.reason})" if item.reason else ""
        click.echo(f"{item.id}  {date_of(item.at)}  soort {item.tier}  {item.recipient or '-'}{reason}")
        for copy in copies.get(item.id, []):
            click.echo(f"    opnieuw gemaakt op {date_of(copy.at)}, door: {copy.made_by}")


async def _handed_out(storage: StorageSettings) -> tuple[Sequence[Export], Mapping[str, Sequence[Copy]]]:
    async with opened(storage) as (database, keys), database.reading() as work:
        return await exports.every(work, keys), await export_copies.every(work, keys)


@click.command("withdrawn", cls=DutchCommand, options_metavar="[opties]", short_help="Wat ontvangers weg moeten halen.")
@click.option("--out", "target", type=click.Path(path_type=Path), metavar="MAP", help="Een nieuwe map. Moet erbij.")
@config_option
def withdrawn(target: Path | None, config: Path | None) -> None:
    """Schrijft voor elke ontvanger welke verhalen zijn teruggenomen sinds hij ze kreeg.

    Voor elk een map met een lijst en een brief om te sturen.
    """
    if target is None:
        raise UsageFault("Zeg in welke nieuwe map de lijsten moeten komen, zoals: --out teruggenomen")
    found = asyncio.run(_recalled(read_settings(config).storage))
    if not found:
        click.echo("Niemand heeft een verhaal dat is teruggenomen. Er is niets gemaakt.")
        return
    with new_folder(target) as folder:
        write(folder, found)
        settle(folder)
    for item in found:
        click.echo(f"{item.recipient or '-'}: {len(item.stories)}")
    click.echo(f"De lijsten en brieven staan in {target}.")


async def _recalled(storage: StorageSettings) -> Sequence[Recalled]:
    async with opened(storage) as (database, keys), database.reading() as work:
        return await recalled(work, keys)


@click.command("verify", cls=DutchCommand, options_metavar="[opties]", short_help="Of een uitvoer nog klopt.")
@click.argument("folder", type=click.Path(path_type=Path), metavar="MAP")
@config_option
def verify(folder: Path, config: Path | None) -> None:
    """Kijkt of een eerdere uitvoer nog heel is, en of er verhalen in staan die zijn teruggenomen."""
    package = read(folder)
    faults = [*damage(package), *asyncio.run(_standing(read_settings(config).storage, package))]
    if faults:
        raise NotAsItWas("\n".join(faults))
    click.echo(f"{folder} is nog zoals het is uitgegeven, en er is niets uit teruggenomen.")


async def _standing(storage: StorageSettings, package: Package) -> list[str]:
    async with opened(storage) as (database, keys), database.reading() as work:
        return await standing(work, keys, package)
