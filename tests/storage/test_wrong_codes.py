"""Codes that led to no story, counted on a real database; knows no code."""

from datetime import timedelta

from storage.addresses import Address, chat_mark, tries_mark
from storage.database import Database
from storage.rows import moment
from storage.secrets import KeyRing
from storage.wrong_codes import forget, note, tried
from tests.storage.tellings import NOON

NEIGHBOUR = Address("telegram", "other")
ELSEWHERE = Address("web", "other")
MINUTE = timedelta(minutes=1)


async def _note(db: Database, keys: KeyRing, address: Address, *minutes: int) -> None:
    async with db.transaction() as work:
        for minute in minutes:
            await note(work, keys, address, NOON + minute * MINUTE)


async def _tried(db: Database, keys: KeyRing, address: Address, since: int = -1) -> tuple[int, int]:
    async with db.reading() as work:
        return await tried(work, keys, address, NOON + since * MINUTE)


async def test_where_nothing_was_tried_nothing_is_counted(db: Database, keys: KeyRing, address: Address) -> None:
    assert await _tried(db, keys, address) == (0, 0)


async def test_a_chat_is_counted_by_itself_and_all_of_a_channel_are_counted_together(
    db: Database, keys: KeyRing, address: Address
) -> None:
    await _note(db, keys, address, 0, 0, 5)
    await _note(db, keys, NEIGHBOUR, 1)
    assert await _tried(db, keys, address) == (3, 4)
    assert await _tried(db, keys, NEIGHBOUR) == (1, 4)
    assert await _tried(db, keys, Address(address.channel, "nobody")) == (0, 4)


async def test_what_is_tried_in_one_channel_counts_in_no_other(db: Database, keys: KeyRing, address: Address) -> None:
    await _note(db, keys, address, 0)
    await _note(db, keys, ELSEWHERE, 0, 1, 2)
    assert await _tried(db, keys, address) == (1, 1)
    assert await _tried(db, keys, ELSEWHERE) == (3, 3)


async def test_what_a_program_of_before_wrote_counts_in_every_channel(
    db: Database, keys: KeyRing, address: Address
) -> None:
    """It does not say in which; a new program is no way to five more tries."""
    async with db.transaction() as work:
        row = ("a try", tries_mark(keys, address), moment(NOON))
        await work.execute("INSERT INTO wrong_codes (try_id, tries_mark, tried_at) VALUES ($1, $2, $3)", *row)
    assert await _tried(db, keys, address) == (1, 1)
    assert await _tried(db, keys, ELSEWHERE) == (0, 1)


async def test_only_what_was_tried_later_counts(db: Database, keys: KeyRing, address: Address) -> None:
    await _note(db, keys, address, 0, 5, 10)
    assert [await _tried(db, keys, address, since) for since in (-1, 0, 5, 10)] == [(3, 3), (2, 2), (1, 1), (0, 0)]


async def test_what_was_tried_before_a_time_is_forgotten(db: Database, keys: KeyRing, address: Address) -> None:
    await _note(db, keys, address, 0, 5, 10)
    async with db.transaction() as work:
        assert await forget(work, NOON + 5 * MINUTE) == 2
        assert await forget(work, NOON + 5 * MINUTE) == 0
    assert await _tried(db, keys, address) == (1, 1)


async def test_a_row_leads_to_no_chat_and_to_no_code(db: Database, keys: KeyRing, address: Address) -> None:
    await _note(db, keys, address, 0)
    async with db.reading() as work:
        [row] = await work.fetch("SELECT * FROM wrong_codes")
    assert set(row) == {"try_id", "tries_mark", "channel", "tried_at"}
    assert row["tries_mark"] == tries_mark(keys, address) != chat_mark(keys, address)


async def test_another_key_counts_another_chat(db: Database, keys: KeyRing, address: Address) -> None:
    marks = {tries_mark(keys, address), tries_mark(keys, NEIGHBOUR), tries_mark(keys, Address("telegram1", "1"))}
    assert len(marks) == 3
