"""Which messages stand on a screen, on a real database; knows nothing of what is in them."""

from datetime import timedelta

from storage.addresses import Address
from storage.database import Database
from storage.interviews import save
from storage.messages import LONG_AGO, UNKNOWN, OnScreen, forget, note, note_unknown, shown, taken
from storage.secrets import KeyRing
from tests.storage.tellings import DRAFT, NOON

NEIGHBOUR = Address("web", "other")
HOUR = timedelta(hours=1)


async def _note(db: Database, keys: KeyRing, address: Address, *ids: str, hours: int = 0) -> None:
    async with db.transaction() as work:
        await note(work, keys, address, ids, NOON + hours * HOUR)


async def _shown(db: Database, keys: KeyRing, address: Address) -> list[OnScreen]:
    async with db.reading() as work:
        return await shown(work, keys, address)


async def test_a_chat_shows_its_own_messages_the_oldest_first(db: Database, keys: KeyRing, address: Address) -> None:
    assert await _shown(db, keys, address) == []
    await _note(db, keys, address, "12", hours=2)
    await _note(db, keys, address, "7", "9")
    await _note(db, keys, NEIGHBOUR, "7")
    await _note(db, keys, address)
    assert await _shown(db, keys, address) == [
        OnScreen("7", NOON),
        OnScreen("9", NOON),
        OnScreen("12", NOON + 2 * HOUR),
    ]


async def test_a_message_that_is_noted_again_keeps_its_first_time(
    db: Database, keys: KeyRing, address: Address
) -> None:
    await _note(db, keys, address, "7", "7")
    await _note(db, keys, address, "7", hours=3)
    assert await _shown(db, keys, address) == [OnScreen("7", NOON)]


async def test_what_was_taken_away_stands_there_no_more(db: Database, keys: KeyRing, address: Address) -> None:
    await _note(db, keys, address, "7", "8", "9")
    await _note(db, keys, NEIGHBOUR, "7")
    for _ in range(2):
        async with db.transaction() as work:
            await taken(work, keys, address, ["7", "9", "1000"])
    assert [item.message for item in await _shown(db, keys, address)] == ["8"]
    assert [item.message for item in await _shown(db, keys, NEIGHBOUR)] == ["7"]


async def test_old_messages_are_forgotten_when_nothing_came_since_but_not_those_of_an_open_draft(
    db: Database, keys: KeyRing, address: Address
) -> None:
    for chat in (address, NEIGHBOUR):
        await _note(db, keys, chat, "7")
        await _note(db, keys, chat, "8", hours=1)
    async with db.transaction() as work:
        await save(work, keys, NEIGHBOUR, None, DRAFT, NOON)
        assert await forget(work, NOON + HOUR) == 0
    assert [item.message for item in await _shown(db, keys, address)] == ["7", "8"]
    async with db.transaction() as work:
        assert await forget(work, NOON + 2 * HOUR) == 2
        assert await forget(work, NOON + 2 * HOUR) == 0
    assert await _shown(db, keys, address) == []
    assert [item.message for item in await _shown(db, keys, NEIGHBOUR)] == ["7", "8"]


async def test_a_chat_in_which_something_new_stands_holds_up_no_other(
    db: Database, keys: KeyRing, address: Address
) -> None:
    await _note(db, keys, address, "7")
    await _note(db, keys, NEIGHBOUR, "7")
    await _note(db, keys, NEIGHBOUR, "8", hours=2)
    async with db.transaction() as work:
        assert await forget(work, NOON + HOUR) == 1
    assert await _shown(db, keys, address) == []
    assert [item.message for item in await _shown(db, keys, NEIGHBOUR)] == ["7", "8"]


async def test_where_nothing_is_known_it_can_be_noted_that_something_stands_there(
    db: Database, keys: KeyRing, address: Address
) -> None:
    await _note(db, keys, NEIGHBOUR, "7")
    for _ in range(2):
        async with db.transaction() as work:
            await note_unknown(work, keys, address)
            await note_unknown(work, keys, NEIGHBOUR)
    assert await _shown(db, keys, address) == [OnScreen(UNKNOWN, LONG_AGO)]
    assert await _shown(db, keys, NEIGHBOUR) == [OnScreen("7", NOON)]


async def test_very_many_messages_are_noted_at_once(db: Database, keys: KeyRing, address: Address) -> None:
    await _note(db, keys, address, *map(str, range(1_200)))
    assert len(await _shown(db, keys, address)) == 1_200


async def test_a_row_has_no_address_and_no_words(db: Database, keys: KeyRing, address: Address) -> None:
    await _note(db, keys, address, "7")
    async with db.reading() as work:
        [row] = await work.fetch("SELECT * FROM messages")
    assert set(row) == {"chat_mark", "message", "shown_at"}
    assert address.chat not in str(row)
