"""A database, keys and addresses for every test of this room, on both engines; knows no channel."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.addresses import Address
from storage.database import Database
from storage.opening import open_database
from storage.schema import migrate
from storage.secrets import KeyRing, create_key_file, read_key_file
from tests.postgres import database_url


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Where the database is."""
    return tmp_path / "data" / "vertelbot.db"


@pytest.fixture(params=["sqlite", "postgres"])
async def url(request: pytest.FixtureRequest, place: Path) -> AsyncIterator[str]:
    """Where a database is, of either engine; nothing is in it yet."""
    async with database_url(request, place) as found:
        yield found


@pytest.fixture
async def db(url: str) -> AsyncIterator[Database]:
    """An empty database."""
    opened = await open_database(url)
    await migrate(opened)
    yield opened
    await opened.close()


@pytest.fixture
def keys(tmp_path: Path) -> KeyRing:
    """New keys."""
    path = tmp_path / "keys" / "sleutels.toml"
    create_key_file(path)
    return read_key_file(path)


@pytest.fixture
def address() -> Address:
    """A chat."""
    return Address("telegram", "5511223344")
