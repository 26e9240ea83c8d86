"""What every command starts from: the question sets, and the database with its keys; knows no command and no story."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from importlib.metadata import PackageNotFoundError, version

from dialogs.faults import Faults
from dialogs.library import Library
from dialogs.load import load_library
from research.faults import ConfigurationFault, ServerAwayFault
from storage import schema
from storage.database import Database
from storage.faults import ServerAway, StorageFault
from storage.opening import open_database
from storage.secrets import KeyRing, read_key_file
from storage.settings import StorageSettings


@asynccontextmanager
async def opened(storage: StorageSettings, *, read_only: bool = True) -> AsyncIterator[tuple[Database, KeyRing]]:
    """The database and its keys. What is wrong with either is for the operator: `ConfigurationFault`.

    It may be written in beside a running bot; where there is no database yet, none is made.
    """
    with _configured():
        keys = read_key_file(storage.key_file)
        database = await open_database(storage.url, read_only=True)
    try:
        with _configured():
            await _check(database, keys)
            if not read_only:
                await database.close()
                database = await open_database(storage.url)
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


def question_sets() -> Library:
    """Every question set there is. What the study fills in is for tellers; no export holds it."""
    try:
        return load_library({})
    except Faults as faults:
        raise ConfigurationFault(str(faults)) from None


def software() -> str:
    """The version of this program."""
    try:
        return version("vertelbot")
    except PackageNotFoundError:
        return "onbekend"
