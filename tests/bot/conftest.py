"""A house with a fake Telegram, for whoever needs one."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.secrets import KeyRing
from tests.bot.running import House
from tests.botapi.server import FakeTelegram
from tests.talk.world import library


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    """A Telegram that does not hold a poll for long when it comes again too soon."""
    async with FakeTelegram(pause=0.2) as fake:
        yield fake


@pytest.fixture
def house(telegram: FakeTelegram, tmp_path: Path, keys: KeyRing) -> House:
    """A house whose database is still to be made."""
    return House(telegram, tmp_path / "vertelbot.db", keys, library())
