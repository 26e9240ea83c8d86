"""A house with three stories that were reviewed but one, and its pages."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.bot.team.client import Visitor
from tests.research import kept
from tests.research.told import BEWONER, nth, tell
from tests.research.web.house import House, housed

TOLD = "Fatima hielp mij met de brieven van de bank."
"""What the tellers typed: a canary, too."""

SECOND = "[NAAM-1] hielp mij met de brieven van de bank."


@pytest.fixture
def stories(tmp_path: Path) -> kept.House:
    """The database: nobody looked at the first story yet."""
    house = kept.build(tmp_path, [tell(BEWONER, nth(number, TOLD)) for number in range(3)])
    kept.review(house, lambda words: words.replace("Fatima", "[NAAM-1]"), but=[kept.story_id(0)])
    return house


@pytest.fixture
async def house(stories: kept.House) -> AsyncIterator[House]:
    """All of it, on a port."""
    async with housed(stories) as found:
        yield found


@pytest.fixture
async def kees(house: House) -> AsyncIterator[Visitor]:
    """A researcher who is signed in."""
    async with house.signed_in() as found:
        yield found
