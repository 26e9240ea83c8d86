"""A desk over a database of either engine, and the people at it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.intake import Intake
from bot.staff.addresses import Addresses
from bot.staff.desk import Desk
from bot.staff.handing_out import HandingOut
from bot.staff.numbers import Numbers
from bot.staff.papers import Papers
from bot.staff.place_links import PlaceLinks
from pages.signing_in import SigningIn
from storage.secrets import KeyRing
from tests.bot.person import corridor
from tests.postgres import database_url
from tests.talk.world import Clock


@pytest.fixture(params=["sqlite", "postgres"])
async def url(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """Where the database is, of either engine."""
    async with database_url(request, tmp_path / "vertelbot.db") as found:
        yield found


@pytest.fixture
def clock() -> Clock:
    """A time that a test may let pass."""
    return Clock()


@pytest.fixture
async def intake(url: str, keys: KeyRing, clock: Clock) -> AsyncIterator[Intake]:
    """The corridor that the desk is beside."""
    async with corridor(url, keys, clock) as opened:
        yield opened


@pytest.fixture
def desk(intake: Intake) -> Desk:
    """All that staff may do."""
    over = (intake.database, intake.keys)
    addresses = Addresses("https://vertel.example", "t.me/vertel")
    with_texts = (*over, intake.library, intake.clock)
    return Desk(
        SigningIn(*over, intake.clock, intake.journal),
        PlaceLinks(*with_texts),
        Papers(*with_texts),
        Numbers(*with_texts),
        HandingOut(intake.library.texts, addresses),
        intake.library,
        addresses,
    )
