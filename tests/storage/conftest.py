"""A database, keys and addresses for every test of this room; knows no channel."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.addresses import Address
from storage.database import Database
from storage.opening import open_database
from storage.schema import migrate
from storage.secrets import KeyRing, create_key_file, read_key_file


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Where the database is."""
    return tmp_path / "data" / "vertelbot.db"


@pytest.fixture
async def db(place: Path) -> AsyncIterator[Database]:
    """An empty database."""
    opened = await open_database(f"sqlite:///{place}")
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
