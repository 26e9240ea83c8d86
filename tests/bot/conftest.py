"""A house with a fake Telegram, and a web chat with a browser, for whoever needs one."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.intake import Intake
from storage.secrets import KeyRing
from tests.bot.browser import Browser, browser, visited
from tests.bot.running import House, free_port
from tests.bot.web_visits import Neighbourhood
from tests.botapi.server import FakeTelegram
from tests.postgres import ENGINES, database_url
from tests.talk.world import Clock, library

PATIENCE = "&lock_timeout=2s"
"""On a server, so that a test need not wait for half a minute; in a file the bot waits as long by itself."""

OVER_BOTH = ("tests.bot.staff.", "tests.bot.test_intake.", "tests.bot.test_ways_in.")
"""Where all that rests on a database has to hold on either engine; elsewhere what is marked `BOTH_ENGINES`."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Each of those on a file and on a server."""
    if "url" in metafunc.fixturenames and f"{metafunc.module.__name__}.".startswith(OVER_BOTH):
        metafunc.parametrize("url", ENGINES, indirect=True)


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    """A Telegram that does not hold a poll for long when it comes again too soon."""
    async with FakeTelegram(pause=0.2) as fake:
        yield fake


@pytest.fixture
async def url(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """Where a database is to be: in a file; on a server as well where it is said so."""
    async with database_url(request, tmp_path / "vertelbot.db") as found:
        yield f"{found}{PATIENCE}" if "?" in found else found


@pytest.fixture
def house(telegram: FakeTelegram, url: str, keys: KeyRing) -> House:
    """A house whose database is still to be made."""
    return House(telegram, url, keys, library())


@pytest.fixture
def site(url: str, keys: KeyRing) -> Neighbourhood:
    """A web chat whose database is still to be made."""
    return Neighbourhood(url, keys, free_port(), Clock())


@pytest.fixture
async def intake(site: Neighbourhood) -> AsyncIterator[Intake]:
    """The corridor of that web chat."""
    found = await site.open()
    yield found
    await found.database.close()


@pytest.fixture
async def anne(site: Neighbourhood, intake: Intake) -> AsyncIterator[Browser]:
    """A browser, and the site that it may visit."""
    async with visited(intake, site.port), browser(site.port) as found:
        yield found
