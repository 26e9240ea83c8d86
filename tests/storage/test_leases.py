"""Whether a lease is of one holder at a time, until its time or until it is given back."""

import asyncio
from datetime import timedelta
from functools import partial

from storage import leases
from storage.database import Database
from storage.opening import open_database
from tests.storage.tellings import NOON

HELD = timedelta(seconds=12)


async def _take(db: Database, holder: str, after: float = 0, name: str = "beurt") -> bool:
    now = NOON + timedelta(seconds=after)
    return await db.run(partial(leases.take, name=name, holder=holder, now=now, until=now + HELD))


async def test_a_lease_is_of_whoever_was_first(db: Database) -> None:
    assert await _take(db, "een")
    assert not await _take(db, "twee")
    assert await _take(db, "twee", name="iets anders")


async def test_a_holder_that_gives_a_sign_of_life_keeps_it(db: Database) -> None:
    for after in range(0, 60, 5):
        assert await _take(db, "een", after)
        assert not await _take(db, "twee", after + 4.9)


async def test_a_holder_that_is_silent_is_succeeded_and_learns_so(db: Database) -> None:
    assert await _take(db, "een")
    assert not await _take(db, "twee", 12)
    assert await _take(db, "twee", 12.1)
    assert not await _take(db, "een", 13)


async def test_what_is_given_back_is_free_at_once(db: Database) -> None:
    assert await _take(db, "een")
    await db.run(partial(leases.give_back, name="beurt", holder="twee"))
    assert not await _take(db, "twee")
    await db.run(partial(leases.give_back, name="beurt", holder="een"))
    assert await _take(db, "twee")


async def test_a_lease_of_a_clock_that_was_ahead_holds_nothing(db: Database) -> None:
    assert await _take(db, "vooruit", after=60 * 60 * 24 * 365)
    assert await _take(db, "twee")
    # Clocks that are nearly right differ a little.
    assert not await _take(db, "drie", after=-30)


async def test_of_many_that_ask_at_once_one_gets_it(db: Database, url: str) -> None:
    other = await open_database(url)
    asked = [_take(where, f"{number}") for number in range(20) for where in (db, other)]
    taken = await asyncio.gather(*asked)
    # Each holder asked twice: the one that has it was told so both times.
    assert sum(taken) == 2
    await other.close()
