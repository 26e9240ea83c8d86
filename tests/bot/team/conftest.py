"""The pages for staff of a house, for whoever needs them."""

from collections.abc import AsyncIterator

import pytest

from bot.intake import Intake
from tests.bot.team.client import Visitor
from tests.bot.team.house import House, housed
from tests.bot.web_visits import Neighbourhood


@pytest.fixture
async def house(site: Neighbourhood, intake: Intake) -> AsyncIterator[House]:
    """All of it, on a port."""
    async with housed(intake, site.port) as found:
        yield found


@pytest.fixture
async def noor(house: House) -> AsyncIterator[Visitor]:
    """Somebody of the staff, who is signed in."""
    async with house.signed_in() as found:
        yield found
