"""A house with a fake Telegram, for whoever needs one."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.secrets import KeyRing
from tests.bot.running import House
from tests.botapi.server import FakeTelegram
from tests.postgres import database_url
from tests.talk.world import library

PATIENCE = "&lock_timeout=2s"
"""On a server, so that a test need not wait for half a minute; in a file the bot waits as long by itself."""


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    """A Telegram that does not hold a poll for long when it comes again too soon."""
    async with FakeTelegram(pause=0.2) as fake:
        yield fake


@pytest.fixture
async def url(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """Where a database is to be: in a file; on a server as well for who is marked `BOTH_ENGINES`."""
    async with database_url(request, tmp_path / "vertelbot.db") as found:
        yield f"{found}{PATIENCE}" if "?" in found else found


@pytest.fixture
def house(telegram: FakeTelegram, url: str, keys: KeyRing) -> House:
    """A house whose database is still to be made."""
    return House(telegram, url, keys, library())
