"""A house for every row, and somebody in it; whatever a row does, no file is ever fetched."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.secrets import KeyRing
from tests.botapi.server import FakeTelegram
from tests.catalogue.resident import ANNE, Home, Resident
from tests.talk.world import Clock, library


@pytest.fixture
async def home(tmp_path: Path, keys: KeyRing) -> AsyncIterator[Home]:
    """A house in which the channel does not run yet; Telegram and the bot look at the same clock."""
    clock = Clock()
    async with FakeTelegram(pause=0.2, clock=lambda: clock().timestamp()) as telegram:
        yield Home(telegram, f"sqlite:///{tmp_path}/vertelbot.db", keys, library(), clock)
    assert telegram.calls_of("getFile") == []


@pytest.fixture
async def anne(home: Home) -> AsyncIterator[Resident]:
    """Somebody who has not written yet, while the channel runs."""
    async with home.serving():
        yield home.resident(ANNE)


@pytest.fixture
async def teller(anne: Resident) -> Resident:
    """Somebody who agreed and is asked for a story."""
    assert await anne.begins() == ["verhaal"]
    return anne
