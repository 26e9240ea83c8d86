"""One browser for all tests of a worker: each visitor has a window of her own in it, which shares nothing.

A browser belongs to one event loop, so every module here says that its tests run in that of the session.
"""

from collections.abc import AsyncIterator

import pytest_asyncio
from playwright.async_api import Browser

from tests.system.chromium import chromium


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """The real browser."""
    async with chromium() as found:
        yield found
