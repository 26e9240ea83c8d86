"""A Telegram for whoever fetches from it, and a server to be killed."""

from collections.abc import AsyncIterator, Iterator

import pytest

from tests.botapi.server import FakeTelegram
from tests.postgres import PostgresServer


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    """A Telegram that does not hold a poll for long when it comes again too soon."""
    async with FakeTelegram(pause=0.2) as fake:
        yield fake


@pytest.fixture
def server() -> Iterator[PostgresServer]:
    """A server of one's own, to be killed."""
    made = PostgresServer()
    yield made
    made.remove()
