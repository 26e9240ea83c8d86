"""Updates that come twice and replies that wait, on a real database; knows no reply."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from storage.addresses import Address
from storage.database import Database
from storage.secrets import KeyRing
from storage.turns import (
    Waiting,
    chats,
    delivered,
    forget_seen,
    known,
    places,
    queue,
    seen,
    take_later,
    take_old,
    waiting,
)
from tests.storage.tellings import NOON

NEIGHBOUR = Address("web", "other")


async def _queue(db: Database, keys: KeyRing, address: Address, *payloads: str) -> None:
    async with db.transaction() as work:
        await queue(work, keys, address, payloads, NOON)


async def _waiting(db: Database, keys: KeyRing, address: Address) -> list[Waiting]:
    async with db.reading() as work:
        return await waiting(work, keys, address)


async def _payloads(db: Database, keys: KeyRing, address: Address) -> list[str]:
    return [reply.payload for reply in await _waiting(db, keys, address)]


async def test_an_update_is_new_once_for_each_source(db: Database) -> None:
    async with db.transaction() as work:
        updates = [("bot 7", 2**62), ("bot 7", 2**62), ("bot 8", 2**62), ("bot 7", -1), ("bot 7", 2**62)]
        assert [await seen(work, *update, NOON) for update in updates] == [False, True, False, False, True]


async def test_asking_whether_an_update_is_known_records_nothing(db: Database) -> None:
    async with db.transaction() as work:
        assert not await known(work, "bot 7", 1)
        assert not await known(work, "bot 7", 1)
        await seen(work, "bot 7", 1, NOON)
        assert await known(work, "bot 7", 1)
        assert not await known(work, "bot 8", 1)


async def test_an_update_of_a_transaction_that_failed_is_new_again(db: Database) -> None:
    async def fail() -> None:
        async with db.transaction() as work:
            assert not await seen(work, "bot 7", 1, NOON)
            raise ZeroDivisionError

    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            await fail()


async def test_what_was_seen_long_ago_is_forgotten(db: Database) -> None:
    async with db.transaction() as work:
        for hours in range(4):
            await seen(work, "bot 7", hours, NOON + timedelta(hours=hours))
        assert await forget_seen(work, NOON + timedelta(hours=2)) == 2
        assert await forget_seen(work, NOON + timedelta(hours=2)) == 0
        assert [await seen(work, "bot 7", hours, NOON) for hours in range(4)] == [False, False, True, True]


async def test_replies_wait_in_the_order_they_were_put(db: Database, keys: KeyRing, address: Address) -> None:
    await _queue(db, keys, address, '{"één": 1}', "twee")
    await _queue(db, keys, NEIGHBOUR, "voor een ander")
    await _queue(db, keys, address)
    await _queue(db, keys, address, "drie")
    mine = await _waiting(db, keys, address)
    assert [(reply.address, reply.payload) for reply in mine] == [
        (address, '{"één": 1}'),
        (address, "twee"),
        (address, "drie"),
    ]
    first, second, third = (reply.position for reply in mine)
    assert second == first + 1
    assert third > second
    assert await _payloads(db, keys, NEIGHBOUR) == ["voor een ander"]


async def test_a_chat_for_which_something_waits_is_found_once(db: Database, keys: KeyRing, address: Address) -> None:
    later = NOON + timedelta(hours=9)
    await _queue(db, keys, address, "een", "twee")
    async with db.transaction() as work:
        await queue(work, keys, NEIGHBOUR, ["voor een ander"], NOON, later)
        assert await chats(work, keys) == [address]
        assert await chats(work, keys, later - timedelta(seconds=1)) == [address]
        assert set(await chats(work, keys, later)) == {address, NEIGHBOUR}


async def test_every_row_that_waits_has_a_chat_and_a_place(db: Database, keys: KeyRing, address: Address) -> None:
    later = NOON + timedelta(hours=9)
    await _queue(db, keys, address, "een", "twee")
    async with db.transaction() as work:
        [later_place] = await queue(work, keys, NEIGHBOUR, ["voor een ander"], NOON, later)
        now = [(row.address, row.position) for row in await waiting(work, keys, address)]
        assert await places(work, keys) == now
        assert set(await places(work, keys, later)) == {*now, (NEIGHBOUR, later_place)}


async def test_a_place_is_known_by_any_address_of_its_chat_that_can_be_read(
    db: Database, keys: KeyRing, address: Address
) -> None:
    await _queue(db, keys, address, "een")
    await _queue(db, keys, NEIGHBOUR, "voor een ander")
    async with db.transaction() as work:
        await work.execute("UPDATE outbox SET chat = 'kapot'")
    await _queue(db, keys, address, "twee")
    async with db.reading() as work:
        assert [found for found, _ in await places(work, keys)] == [address, address]


async def test_a_delivered_reply_goes_and_the_others_stay(db: Database, keys: KeyRing, address: Address) -> None:
    await _queue(db, keys, address, "een", "twee")
    await _queue(db, keys, NEIGHBOUR, "voor een ander")
    [first, _] = await _waiting(db, keys, address)
    async with db.transaction() as work:
        await delivered(work, keys, address, first.position)
    assert await _payloads(db, keys, address) == ["twee"]
    assert await _payloads(db, keys, NEIGHBOUR) == ["voor een ander"]


async def test_a_reply_marked_delivered_twice_takes_no_newer_one_away(
    db: Database, keys: KeyRing, address: Address
) -> None:
    await _queue(db, keys, address, "een")
    [reply] = await _waiting(db, keys, address)
    async with db.transaction() as work:
        await delivered(work, keys, address, reply.position)
    await _queue(db, keys, address, "twee")
    async with db.transaction() as work:
        await delivered(work, keys, address, reply.position)
    assert await _payloads(db, keys, address) == ["twee"]


async def test_a_reply_for_later_waits_for_its_time(db: Database, keys: KeyRing, address: Address) -> None:
    later = NOON + timedelta(hours=9)
    await _queue(db, keys, address, "nu")
    async with db.transaction() as work:
        await queue(work, keys, address, ["straks", "en dit ook"], NOON, later)
        await queue(work, keys, NEIGHBOUR, ["voor een ander"], NOON, later)
    await _queue(db, keys, address, "ook nu")
    assert await _payloads(db, keys, address) == ["nu", "ook nu"]
    async with db.reading() as work:
        for by, wanted in [(later - timedelta(seconds=1), 2), (later, 4), (later + timedelta(days=1), 4)]:
            assert len(await waiting(work, keys, address, by)) == wanted
        due = [row.payload for row in await waiting(work, keys, address, later)]
        assert [row.payload for row in await waiting(work, keys, NEIGHBOUR, later)] == ["voor een ander"]
    assert due == ["nu", "straks", "en dit ook", "ook nu"]


async def test_a_time_for_later_is_the_same_in_every_zone(db: Database, keys: KeyRing, address: Address) -> None:
    summer = datetime(2026, 7, 1, 10, tzinfo=ZoneInfo("Europe/Amsterdam"))
    async with db.transaction() as work:
        await queue(work, keys, address, ["straks"], NOON, summer)
        assert await waiting(work, keys, address, datetime(2026, 7, 1, 7, 59, tzinfo=UTC)) == []
        assert len(await waiting(work, keys, address, datetime(2026, 7, 1, 8, tzinfo=UTC))) == 1


async def test_what_was_for_later_is_taken_away_and_what_waits_now_stays(
    db: Database, keys: KeyRing, address: Address
) -> None:
    later = NOON + timedelta(hours=9)
    await _queue(db, keys, address, "nu")
    async with db.transaction() as work:
        for chat in (address, NEIGHBOUR):
            await queue(work, keys, chat, ["straks"], NOON, later)
        await take_later(work, keys, address)
        assert [row.payload for row in await waiting(work, keys, address, later)] == ["nu"]
        assert [row.payload for row in await waiting(work, keys, NEIGHBOUR, later)] == ["straks"]


async def test_what_waits_since_before_a_day_goes_and_what_was_for_later_not_before_that(
    db: Database, keys: KeyRing, address: Address
) -> None:
    late_in_the_day, day = datetime(2026, 3, 4, 22, 59, tzinfo=UTC), timedelta(days=1)
    async with db.transaction() as work:
        await queue(work, keys, address, ["oud", "ook oud"], NOON)
        await queue(work, keys, address, ["even oud"], late_in_the_day)
        await queue(work, keys, address, ["jong"], late_in_the_day + timedelta(minutes=2))
        await queue(work, keys, NEIGHBOUR, ["voor later"], NOON, NOON + day * 2)
        by = NOON + day * 9
        assert await take_old(work, late_in_the_day, by) == 0
        assert await take_old(work, late_in_the_day + timedelta(minutes=2), by) == 3
        assert [row.payload for row in await waiting(work, keys, address)] == ["jong"]
        assert len(await waiting(work, keys, NEIGHBOUR, by)) == 1
        assert await take_old(work, NOON + day * 2, by) == 1
        assert await take_old(work, NOON + day * 3, by) == 1
        assert await chats(work, keys, by) == []


async def test_of_what_waits_the_day_is_kept_and_not_the_moment(db: Database, keys: KeyRing, address: Address) -> None:
    async with db.transaction() as work:
        for hours in (-3, 7):
            await queue(work, keys, address, ["een"], NOON + timedelta(hours=hours))
        rows = await work.fetch("SELECT queued_on FROM outbox")
    assert [row["queued_on"] for row in rows] == ["2026-03-04T12:00:00.000000+00:00"] * 2


@pytest.mark.parametrize("damage", ['{"geen": "adres"}', None], ids=["no address", "no token"])
async def test_a_reply_with_a_damaged_address_holds_up_no_other(
    db: Database, keys: KeyRing, address: Address, damage: str | None
) -> None:
    other = Address("telegram", "9")
    await _queue(db, keys, address, "een")
    async with db.transaction() as work:
        await work.execute("UPDATE outbox SET chat = $1", keys.encrypt(damage) if damage else "kapot")
    await _queue(db, keys, other, "twee")
    async with db.reading() as work:
        assert await chats(work, keys) == [other]
    assert await _waiting(db, keys, address) == []
    assert await _payloads(db, keys, other) == ["twee"]


async def test_a_reply_that_cannot_be_read_is_empty(db: Database, keys: KeyRing, address: Address) -> None:
    await _queue(db, keys, address, "een", "twee")
    async with db.transaction() as work:
        first = (await work.fetch("SELECT MIN(position) AS first FROM outbox"))[0]["first"]
        await work.execute("UPDATE outbox SET payload = 'kapot' WHERE position = $1", first)
    assert [row.payload for row in await _waiting(db, keys, address)] == ["", "twee"]


@pytest.mark.parametrize("other", [Address("telegram1", "1"), Address("telegram", "11"), Address('telegram", "1', "1")])
async def test_no_two_addresses_are_the_same_chat(db: Database, keys: KeyRing, other: Address) -> None:
    await _queue(db, keys, Address("telegram", "1"), "een")
    assert await _waiting(db, keys, other) == []
