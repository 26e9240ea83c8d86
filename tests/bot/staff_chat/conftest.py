"""A house over which a test has the time in hand."""

from dataclasses import replace

import pytest

from tests.bot.running import House
from tests.talk.world import Clock


@pytest.fixture
def clock() -> Clock:
    """A time that a test may let pass."""
    return Clock()


@pytest.fixture
def house(house: House, clock: Clock, request: pytest.FixtureRequest) -> House:
    """A house that fetches its updates; for who asks `EITHER_WAY` also one that they are brought to."""
    return replace(house, clock=clock, brought=getattr(request, "param", False))
