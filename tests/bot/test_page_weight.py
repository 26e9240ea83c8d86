"""Whether the web chat is light: for an old phone, and for whoever pays for each megabyte."""

from collections.abc import AsyncIterator

import pytest

from bot.intake import Intake
from tests.bot.browser import visited
from tests.bot.page_weight import Weighed, first_view
from tests.bot.web_visits import Neighbourhood

MOST = 60_000
"""Bytes of the first view in all, as they are sent."""


@pytest.fixture
async def view(intake: Intake, site: Neighbourhood) -> AsyncIterator[list[Weighed]]:
    async with visited(intake, site.port):
        yield await first_view(f"http://127.0.0.1:{site.port}")


async def test_the_first_view_is_light(view: list[Weighed]) -> None:
    names = [found.path.rpartition(".")[2] for found in view]
    assert names == ["/", "css", "svg", "png", "webmanifest", "js", "png", "png"]
    assert sum(found.sent for found in view) < MOST
    assert sum(found.whole for found in view) < MOST


async def test_what_holds_a_secret_is_sent_as_it_is(view: list[Weighed]) -> None:
    packed = [found.path.rpartition(".")[2] for found in view if found.sent < found.whole]
    assert set(packed) == {"css", "svg", "png", "js"}
