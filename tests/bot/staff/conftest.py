"""A desk over a database of either engine, and the people at it."""

from collections.abc import AsyncIterator

import pytest

from bot.intake import Intake
from bot.staff.addresses import Addresses
from bot.staff.desk import Desk
from bot.staff.handing_out import HandingOut
from bot.staff.papers import Papers
from bot.staff.place_links import PlaceLinks
from counting.numbers import Numbers
from pages.signing_in import SigningIn
from storage.secrets import KeyRing
from tests.bot.person import corridor
from tests.talk.world import Clock


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
        Numbers(*with_texts, lambda words: False),
        HandingOut(intake.library.texts, addresses),
        intake.library,
        addresses,
    )
