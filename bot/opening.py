"""Opens what every channel stands on: the texts, the keys and the database, with every fault in one message."""

import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

from bot.erasing import Remembering
from bot.intake import Intake
from bot.readiness import NEW, advice, database_file, first_start, lost_keys, lost_on_server, refusals
from bot.settings import Settings
from dialogs.library import Library
from dialogs.load import load_library
from storage import interviews, papers
from storage.backup.making import contents_of
from storage.backup.ring import copies
from storage.backup.workshop import clear_left
from storage.database import Database
from storage.faults import Damaged, OtherKeys, StorageFault
from storage.journal import Journal
from storage.opening import open_database, shown
from storage.schema import has_keys, match_keys, migrate, refuse_damaged, version
from storage.secrets import KeyRing, create_key_file, read_key_file

STARTING = "a start"
"""What programs on one server do one after the other. The first may have tables to change, which may take long."""

log = logging.getLogger(__name__)


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Intake]:
    """The corridor, ready for a channel; closed when the channel is done.

    A first start makes the key file and the database. Where one of them is there without the other, or neither but a
    copy, nothing is made: raises `StorageFault`. Raises `Faults` for the sets and texts.
    """
    library = read_library(settings)
    _clear_left(settings)
    if refused := refusals(settings):
        raise StorageFault("\n".join(refused))
    opening = _in_a_file if database_file(settings) else _on_a_server
    async with opening(settings) as (database, keys):
        await know_all_sets(database, library)
        yield Intake(database, keys, library, journal=Remembering(Journal(settings.backup.folder)))


def _clear_left(settings: Settings) -> None:
    """Takes away what a restore or a copy left that was killed; what cannot go now goes another time.

    It is all that was kept, a second time: what is taken back later would stay in it.
    """
    place = database_file(settings)
    for folder in ([place.parent] if place else []) + [settings.backup.folder]:
        try:
            clear_left(folder)
        except OSError as fault:
            log.warning("in %s staat nog een half werk (.bezig-…) dat niet weg kan: %s", folder, fault.strerror)


@asynccontextmanager
async def _in_a_file(settings: Settings) -> AsyncIterator[tuple[Database, KeyRing]]:
    """The database and its keys. New keys for a database that cannot be used are of no use to anyone, and go."""
    new = first_start(settings)
    if new:
        create_key_file(settings.storage.key_file)
    try:
        keys = keys_of(settings)
        with advised(settings):
            database = await open_database(settings.storage.url)
            try:
                await look_over(settings, database, keys)
                await _ready(database, keys)
            except BaseException:
                await database.close()
                raise
    except StorageFault:
        if new:
            settings.storage.key_file.unlink(missing_ok=True)
        raise
    async with _closing(database):
        yield database, keys


@asynccontextmanager
async def _on_a_server(settings: Settings) -> AsyncIterator[tuple[Database, KeyRing]]:
    """The same where several programs may start at once: they do so one after the other."""
    database = await open_database(settings.storage.url)
    async with _closing(database):
        async with database.transaction(about=STARTING, patient=True):
            with advised(settings):
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
    await look_over(settings, database, None)
    new = not key_file.exists()
    if new:
        create_key_file(key_file)
    try:
        keys = keys_of(settings)
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
    """The keys in the key file; what to do where it is gone."""
    key_file = settings.storage.key_file
    if not key_file.exists():
        raise StorageFault(f"Er is geen sleutelbestand in {key_file}. {lost_keys(settings)}")
    return read_key_file(key_file)


async def look_over(settings: Settings, database: Database, keys: KeyRing | None) -> None:
    """Refuses a database that is damaged, that is not of these keys, or that is empty beside copies of another."""
    if database_file(settings):
        await refuse_damaged(database)
    elif lost := lost_on_server(settings, await has_keys(database)):
        raise StorageFault(lost)
    if await version(database) == 0:
        if copies(settings.backup.folder):
            raise StorageFault(f"De database is leeg, maar er zijn reservekopieën. {advice(settings)}\n{NEW}")
    elif keys:
        await match_keys(database, keys)


@contextmanager
def advised(settings: Settings) -> Iterator[None]:
    """Says of a database that is damaged, or of other keys, which one it is and which copy to put back, if that can."""
    try:
        yield
    except (Damaged, OtherKeys) as fault:
        helps = isinstance(fault, Damaged) or _opens_newest(settings)
        remedy = f" {advice(settings, over=True)}" if helps else ""
        raise StorageFault(f"{shown(settings.storage.url)}: {fault}{remedy}") from fault


def _opens_newest(settings: Settings) -> bool:
    """Whether the keys are those of the newest copy: else it is the key file that is another, and no copy helps."""
    try:
        return any(contents_of(keys_of(settings), copy.path) for copy in copies(settings.backup.folder)[:1])
    except (StorageFault, OSError):
        return False


async def know_all_sets(database: Database, library: Library) -> None:
    """Refuses where the file of a version of a question set has gone that somebody told to: nobody could read it back.

    Of forms that are still out as well: nobody could type them in.
    """
    async with database.reading() as work:
        used = await interviews.pinned(work) | await papers.asked(work)
    lost = sorted(used - library.sets.keys())
    if lost:
        named = ", ".join(f"{name} versie {version}" for name, version in lost)
        raise StorageFault(
            f"Er is verteld of geprint met een vragenlijst die er niet meer is: {named}. Zet het bestand terug."
        )


async def _ready(database: Database, keys: KeyRing) -> None:
    if await migrate(database) == 0:
        raise StorageFault("Deze uitgave heeft geen migraties. Installeer Vertelbot opnieuw.")
    await match_keys(database, keys)
