"""Whether what was taken away is remembered whole, and in an order that tells nothing."""

from datetime import timedelta
from random import Random

from storage import erased
from storage.database import Database
from storage.erased import Erased, Kind
from storage.rows import ROWS_AT_ONCE
from tests.storage.tellings import NOON

TIMES = ROWS_AT_ONCE + 2


async def _remembered(db: Database) -> list[Erased]:
    """As it lies in the tables: nothing sorts it on the way."""
    async with db.reading() as work:
        return await erased.every(work)


async def test_in_the_order_of_what_is_remembered_nothing_tells_which_draft_went_with_which_story(db: Database) -> None:
    lot, gone = Random(7), []
    for number in range(TIMES):
        day = erased.day(NOON + timedelta(days=number // 100))
        gone += [Erased(kind, f"{lot.randrange(2**64):016x}", day) for kind in Kind]
    async with db.transaction() as work:
        assert await erased.erase(work, gone) == 0
    assert await _remembered(db) == [item for kind in Kind for item in gone if item.kind is kind]
    await db.run(erased.forget_order)
    after = await _remembered(db)
    assert set(after) == set(gone)
    assert after == sorted(gone, key=lambda item: (list(Kind).index(item.kind), item.id))
    await db.run(erased.forget_order)
    assert await _remembered(db) == after


async def test_where_nothing_is_remembered_or_one_thing_that_stays_so(db: Database) -> None:
    await db.run(erased.forget_order)
    assert await _remembered(db) == []
    async with db.transaction() as work:
        await erased.note_draft(work, "een", NOON)
    await db.run(erased.forget_order)
    assert await _remembered(db) == [Erased(Kind.DRAFT, "een", erased.day(NOON))]
