"""The commands `backup` and `restore`: what an operator types, and what is said of it; knows no row."""

import os
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import click

from bot.commands import config_option, refuse, run_to_its_end, settings_of
from bot.opening import advised, keys_of
from bot.readiness import database_file, lost_database, when
from bot.settings import Settings
from bot.typed import line
from console.dutch import DutchCommand
from storage.backup.making import Contents, contents_of, make
from storage.backup.restoring import Restored, into_file, into_server, known_gone
from storage.backup.ring import Copy, copies, hour_of
from storage.erased import REMEMBERED, Erased, day
from storage.faults import StorageFault
from storage.journal import Journal
from storage.secrets import KeyRing

NICE = 10
"""A copy is made after everything else that the machine has to do."""


@click.command(cls=DutchCommand, options_metavar="[opties]")
@config_option
def backup(config: Path | None) -> None:
    """Maak nu een reservekopie, kijk haar na en ruim oude op."""
    settings = settings_of(config)
    with suppress(OSError):
        # Where the machine does not allow it, a copy is as important as the rest.
        os.nice(NICE)
    run_to_its_end(lambda: _backup(settings))


@click.command(cls=DutchCommand, options_metavar="[opties]")
@config_option
@click.argument("file", metavar="[BESTAND]", required=False, type=click.Path(path_type=Path))
@click.option("--over", is_flag=True, help="Ook als er al verhalen zijn: die database wordt weggezet.")
@click.option("--old", is_flag=True, help="Ook als niet meer bekend is wat sinds deze kopie is weggehaald.")
def restore(config: Path | None, file: Path | None, over: bool, old: bool) -> None:
    """Zet een reservekopie terug. Zonder BESTAND: noem welke er zijn."""
    settings = settings_of(config)
    if file is None:
        _list(settings)
        return
    if not file.is_file():
        refuse(f"{file}: dit bestand is er niet. Zie welke er zijn met:{line('vertelbot', 'restore')}")
    run_to_its_end(lambda: _restore(settings, file, over=over, old=old))


async def _backup(settings: Settings) -> None:
    folder = settings.backup.folder
    before = copies(folder)
    keys = keys_of(settings)
    if lost := lost_database(settings):
        raise StorageFault(lost)
    with advised(settings):
        copy, contents = await make(settings.storage.url, keys, folder, datetime.now(UTC))
    click.echo(f"Reservekopie gemaakt en nagekeken: {copy.path} ({_size(copy.path)}).")
    click.echo(f"Er staan in: {_told(contents)}.")
    found = copies(folder)
    click.echo(
        f"{_gone_for(copy, [one for one in before if one not in found])}"
        f" In {folder} staan er nu {len(found)}; de oudste is van {when(found[-1].taken_at)}."
    )


def _gone_for(copy: Copy, gone: Sequence[Copy]) -> str:
    """What to say of the copies that made way for a new one: that of the same hour, and those over their time."""
    replaced = [one for one in gone if hour_of(one.taken_at) == hour_of(copy.taken_at)]
    over = [one for one in gone if one not in replaced]
    said = [
        f"Van elk uur blijft de nieuwste: zij komt in de plaats van {_named(replaced)}." if replaced else "",
        f"Opgeruimd, want over de tijd: {_named(over)}." if over else "",
    ]
    return " ".join(filter(None, said)) or "Er is geen andere opgeruimd."


def _named(found: Sequence[Copy]) -> str:
    return ", ".join(one.path.name for one in found)


def _list(settings: Settings) -> None:
    """Names every copy, with what is in it where the keys are there to tell."""
    found = copies(settings.backup.folder)
    if not found:
        refuse(f"In {settings.backup.folder} staat geen reservekopie.")
    keys = None
    with suppress(StorageFault):
        keys = keys_of(settings)
    click.echo(f"De nieuwste staat bovenaan. Zet er een terug met:{line('vertelbot', 'restore')} BESTAND")
    for copy in found:
        told = f", {_of(keys, copy.path)}" if keys else ""
        click.echo(f"{copy.path}  {when(copy.taken_at)}, {_size(copy.path)}{told}")


def _of(keys: KeyRing, file: Path) -> str:
    try:
        return _told(contents_of(keys, file))
    except StorageFault as fault:
        return str(fault)


async def _restore(settings: Settings, file: Path, *, over: bool, old: bool) -> None:
    keys, now = keys_of(settings), datetime.now(UTC)
    gone = await _gone(settings, keys, file, now, old=old)
    place, folder = database_file(settings), settings.backup.folder
    if place:
        restored = await into_file(place, keys, file, gone, now, over=over)
    else:
        restored = await into_server(settings.storage.url, keys, file, gone, now, folder)
    _tell(restored)


async def _gone(settings: Settings, keys: KeyRing, file: Path, now: datetime, *, old: bool) -> set[Erased]:
    """All that was taken away since the copy; refuses where nobody can know, unless it is wanted all the same."""
    folder = settings.backup.folder
    taken_at = contents_of(keys, file).taken_at
    newer = [copy.path for copy in copies(folder) if copy.taken_at > taken_at]
    lists = [Journal(place) for place in dict.fromkeys((folder, file.parent))]
    found = await known_gone(settings.storage.url, keys, newer, folder)
    known = found.gone
    if known is None and now - taken_at > REMEMBERED and not old:
        raise StorageFault(
            f"Deze reservekopie is ouder dan {REMEMBERED.days} dagen. Wat daarna is weggehaald, is niet meer bekend,"
            " en zou terugkomen. Toch doen? Dan met --old."
        )
    if known is None and not old and not any(one.reaches(day(taken_at)) for one in lists):
        raise StorageFault(
            f"Bij deze reservekopie ontbreekt de lijst van wat is weggehaald (weggehaald-….txt). Zij hoort in {folder}"
            " te staan, of naast de reservekopie. Er is ook geen database of jongere reservekopie die het weet: wat"
            " mensen sindsdien lieten weghalen, zou terugkomen. Er is niets veranderd. Zet de lijst terug."
            " Is zij er nergens meer? Doe het dan met --old."
        )
    _warn(found.unread)
    listed = set[Erased]().union(*(one.every() for one in lists))
    if known is not None:
        _keep_known(lists[0], {item for item in known - listed if item.day >= day(taken_at)}, now)
    return listed | (known or set())


def _keep_known(journal: Journal, missing: set[Erased], now: datetime) -> None:
    """Whoever is killed half-way has put aside what knew of it, and does it again: then the list knows. Raises
    OSError."""
    journal.note(sorted(missing, key=lambda item: item.id))
    journal.begin(day(now))


def _warn(unread: Sequence[Path]) -> None:
    """A copy that should have told what was taken away is never passed over without a word."""
    if unread:
        click.echo(
            f"Let op: niet te lezen is {', '.join(str(file) for file in unread)}. Daar stond in wat sindsdien is"
            " weggehaald. Nu weet alleen de lijst weggehaald-….txt dat. Kon die een tijd niet worden geschreven,"
            " dan kan er iets terugkomen: kijk dat na."
        )


def _tell(restored: Restored) -> None:
    click.echo(f"Teruggezet: de reservekopie van {when(restored.contents.taken_at)}.")
    click.echo(f"Er staan nu in: {_amount(restored.stories, 'verhaal', 'verhalen')}, {_drafts(restored.drafts)}.")
    if restored.gone:
        click.echo(f"Weggelaten, want intussen weggehaald: {restored.gone}.")
    if restored.aside:
        click.echo(f"Wat er stond, is weggezet als {restored.aside}. Gooi dat weg als u het niet meer nodig hebt.")
    click.echo("Start de bot nu weer.")


def _told(contents: Contents) -> str:
    rows = contents.rows
    stories, drafts = rows.get("stories", 0), rows.get("interviews", 0)
    withdrawn = rows.get("withdrawals", 0)
    return f"{_amount(stories, 'verhaal', 'verhalen')}, {_drafts(drafts)}, {withdrawn} keer iets teruggetrokken"


def _drafts(amount: int) -> str:
    return _amount(amount, "gesprek dat nog loopt", "gesprekken die nog lopen")


def _amount(amount: int, one: str, more: str) -> str:
    return f"{amount} {one if amount == 1 else more}"


def _size(file: Path) -> str:
    return f"{file.stat().st_size / 1_000_000:.1f} MB".replace(".", ",")
