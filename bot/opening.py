"""Opens what every channel stands on: the texts, the keys and the database, with every fault in one message."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.erasing import Remembering
from bot.intake import Intake
from bot.settings import Settings
from dialogs.library import Library
from dialogs.load import load_library
from storage import interviews
from storage.database import Database
from storage.faults import StorageFault
from storage.journal import Journal
from storage.opening import SQLITE, open_database
from storage.schema import has_keys, match_keys, migrate
from storage.secrets import KeyRing, create_key_file, read_key_file


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Intake]:
    """The corridor, ready for a channel; closed when the channel is done.

    A first start makes the key file and the database. Where one of them is there without the other, nothing is made:
    raises `StorageFault`. Raises `Faults` for the sets and texts.
    """
    library = read_library(settings)
    opening = _in_a_file if database_file(settings) else _on_a_server
    async with opening(settings) as (database, keys):
        await know_all_sets(database, library)
        yield Intake(database, keys, library, journal=Remembering(Journal(settings.backup.folder)))


@asynccontextmanager
async def _in_a_file(settings: Settings) -> AsyncIterator[tuple[Database, KeyRing]]:
    """The database and its keys. New keys for a database that cannot be made are of no use to anyone, and go."""
    new = first_start(settings)
    keys = keys_of(settings)
    try:
        database = await open_database(settings.storage.url)
    except StorageFault:
        if new:
            settings.storage.key_file.unlink(missing_ok=True)
        raise
    async with _closing(database):
        await _ready(database, keys)
        yield database, keys


@asynccontextmanager
async def _on_a_server(settings: Settings) -> AsyncIterator[tuple[Database, KeyRing]]:
    """The same where several programs may start at once: they do so one after the other."""
    database = await open_database(settings.storage.url)
    async with _closing(database):
        async with database.transaction(about="a start"):
            keys = await _keys_for(settings, database)
        yield database, keys


@asynccontextmanager
async def _closing(database: Database) -> AsyncIterator[None]:
    try:
        yield
    finally:
        await database.close()


async def _keys_for(settings: Settings, database: Database) -> KeyRing:
    """The keys of a database on a server, with which it is ready; made for it where it is new."""
    key_file = settings.storage.key_file
    if unlike := lost_on_server(settings, await has_keys(database)):
        raise StorageFault(unlike)
    new = not key_file.exists()
    if new:
        create_key_file(key_file)
    try:
        keys = read_key_file(key_file)
        await _ready(database, keys)
    except BaseException:
        if new:
            key_file.unlink(missing_ok=True)
        raise
    return keys


def read_library(settings: Settings) -> Library:
    """The question sets and texts, with what the study filled in."""
    return load_library(settings.study.values(), terms=settings.study.terms())


def keys_of(settings: Settings) -> KeyRing:
    """The keys in the key file, which is made where this is a first start."""
    if first_start(settings):
        create_key_file(settings.storage.key_file)
    elif lost := lost_database(settings):
        raise StorageFault(lost)
    return read_key_file(settings.storage.key_file)


def first_start(settings: Settings) -> bool:
    """Whether there is neither a key file nor a database yet."""
    place = database_file(settings)
    return not settings.storage.key_file.exists() and (place is None or not place.exists())


def lost_database(settings: Settings) -> str:
    """What to say where there are keys but not the database that they are for; empty where it is there."""
    place, key_file = database_file(settings), settings.storage.key_file
    if place is None or not key_file.exists() or (place.exists() and place.stat().st_size):
        return ""
    return (
        f"{place}: de database is er niet of is leeg, maar het sleutelbestand wel. Zet een reservekopie terug."
        f" Is er nog nooit iets bewaard? Haal beide dan weg en start opnieuw."
    )


def lost_on_server(settings: Settings, used: bool) -> str:
    """What to say where of a database on a server (`used`: it was made with keys) and its keys only one is there."""
    key_file = settings.storage.key_file
    if used and not key_file.exists():
        return f"Er is geen sleutelbestand in {key_file}, maar de database op de server is in gebruik. Zet het terug."
    if not used and key_file.exists():
        return (
            f"De database op de server is leeg, maar {key_file} is er wel. Zet een reservekopie terug."
            f" Is er nog nooit iets bewaard? Haal het sleutelbestand dan weg en start opnieuw."
        )
    return ""


def database_file(settings: Settings) -> Path | None:
    """The file of an embedded database; None where the database is a server."""
    url = settings.storage.url
    return Path(url.removeprefix(SQLITE)) if url.startswith(SQLITE) else None


async def know_all_sets(database: Database, library: Library) -> None:
    """Refuses where somebody told to a version of a question set whose file has gone: nobody could read it back."""
    async with database.reading() as work:
        lost = sorted(await interviews.pinned(work) - library.sets.keys())
    if lost:
        named = ", ".join(f"{name} versie {version}" for name, version in lost)
        raise StorageFault(f"Er is verteld met een vragenlijst die er niet meer is: {named}. Zet het bestand terug.")


async def _ready(database: Database, keys: KeyRing) -> None:
    if await migrate(database) == 0:
        raise StorageFault("Deze uitgave heeft geen migraties. Installeer Vertelbot opnieuw.")
    await match_keys(database, keys)
