"""One browser for all tests of a worker would hold one event loop; each test has its own, which costs half a second."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser

from tests.system.chromium import chromium


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """The real browser."""
    async with chromium() as found:
        yield found
