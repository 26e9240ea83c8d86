"""Whether one program at a time sends what waits for a chat, and another takes over from one that is gone."""

from datetime import UTC, datetime, timedelta

from storage import deliveries
from storage.addresses import Address
from storage.database import Database
from storage.secrets import KeyRing

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
LATER = NOW + timedelta(seconds=15)
OTHER = Address("telegram", "77")


async def taken(db: Database, keys: KeyRing, address: Address, holder: str, at: datetime = NOW) -> bool:
    async with db.transaction() as work:
        return await deliveries.take(work, keys, address, holder, at, at + (LATER - NOW))


async def test_a_chat_is_one_holders_at_a_time(db: Database, keys: KeyRing, address: Address) -> None:
    assert await taken(db, keys, address, "a")
    assert not await taken(db, keys, address, "b")
    assert await taken(db, keys, address, "a")
    assert await taken(db, keys, OTHER, "b")


async def test_a_chat_that_was_let_go_is_free_at_once(db: Database, keys: KeyRing, address: Address) -> None:
    assert await taken(db, keys, address, "a")
    async with db.transaction() as work:
        await deliveries.release(work, keys, address, "b")
    assert not await taken(db, keys, address, "b")
    async with db.transaction() as work:
        await deliveries.release(work, keys, address, "a")
    assert await taken(db, keys, address, "b")


async def test_what_a_holder_does_not_keep_up_is_free_after_a_while(db: Database, keys: KeyRing) -> None:
    for chat in ("1", "2"):
        assert await taken(db, keys, Address("telegram", chat), "a")
    async with db.transaction() as work:
        await deliveries.stay(work, holder="a", until=LATER + timedelta(seconds=10))
    late = LATER + timedelta(seconds=1)
    assert not await taken(db, keys, Address("telegram", "1"), "b", late)
    assert await taken(db, keys, Address("telegram", "1"), "b", late + timedelta(seconds=20))
    async with db.transaction() as work:
        assert await deliveries.forget(work, late + timedelta(seconds=20)) == 1


async def test_a_claim_of_a_clock_that_was_ahead_holds_no_chat(db: Database, keys: KeyRing, address: Address) -> None:
    assert await taken(db, keys, address, "vooruit", NOW + timedelta(days=365))
    assert await taken(db, keys, address, "b")
    assert not await taken(db, keys, address, "c", NOW - timedelta(seconds=30))
