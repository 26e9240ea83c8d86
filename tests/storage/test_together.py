"""Whether units that share a commit are each whole or not at all, whatever becomes of the others."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest

from storage.database import Database, Work
from storage.faults import DatabaseGone, StorageFault, Unavailable
from storage.opening import open_database

ADD = "INSERT INTO things (thing) VALUES ($1)"
ALL = "SELECT thing FROM things ORDER BY thing"
Unit = Callable[[Work], Awaitable[str]]


@pytest.fixture
async def things(place: Path) -> AsyncIterator[Database]:
    """A database with one table."""
    opened = await open_database(f"sqlite:///{place}")
    async with opened.transaction() as work:
        await work.execute("CREATE TABLE things (thing TEXT NOT NULL PRIMARY KEY)")
    yield opened
    await opened.close()


async def _all(db: Database) -> list[object]:
    async with db.reading() as work:
        return [row["thing"] for row in await work.fetch(ALL)]


async def _add(name: str, work: Work) -> str:
    await work.execute(ADD, name)
    return name


def adding(name: str) -> Unit:
    return partial(_add, name)


async def failing(work: Work) -> str:
    await work.execute(ADD, "half")
    raise KeyError("something of our own")


async def clashing(work: Work) -> str:
    await work.execute(ADD, "half")
    await work.execute(ADD, "half")
    return "never"


async def catching(work: Work) -> str:
    """Goes on after a fault as if nothing had happened."""
    with pytest.raises(StorageFault):
        await work.execute(ADD, "a")
    await work.execute(ADD, "more")
    return "never"


async def cancelling(work: Work) -> str:
    """Ends as nothing that is no task should."""
    await work.execute(ADD, "half")
    raise asyncio.CancelledError


async def passing_over(work: Work) -> str:
    """Takes a fault for nothing, and says that all is well."""
    await work.execute(ADD, "half")
    with suppress(StorageFault):
        await work.execute(ADD, "half")
    return "well"


async def waiting(work: Work) -> str:
    await work.execute(ADD, "half")
    await asyncio.sleep(0)
    return "never"


def take_away(place: Path, replaced: bool) -> None:
    """Takes the file away; `replaced`: another one stands in its place."""
    place.unlink()
    if replaced:
        place.touch()


async def test_units_that_are_asked_for_together_each_get_their_own_answer(things: Database) -> None:
    names = [f"{number:03}" for number in range(450)]
    assert await asyncio.gather(*(things.run(adding(name)) for name in names)) == names
    assert await _all(things) == names


async def test_one_unit_sees_what_the_one_before_it_wrote(things: Database) -> None:
    async def count(work: Work) -> int:
        return len(await work.fetch(ALL))

    found = await asyncio.gather(*(unit for name in "abc" for unit in (things.run(adding(name)), things.run(count))))
    assert found == ["a", 1, "b", 2, "c", 3]


@pytest.mark.parametrize(
    ("bad", "fault"),
    [
        (failing, KeyError),
        (clashing, StorageFault),
        (catching, StorageFault),
        (passing_over, StorageFault),
        (cancelling, asyncio.CancelledError),
        (waiting, RuntimeError),
    ],
    ids=[
        "a fault of ours",
        "a fault of the database",
        "a caught fault",
        "a fault passed over",
        "an end",
        "a unit that waits",
    ],
)
async def test_a_unit_that_fails_is_undone_alone(things: Database, bad: Unit, fault: type[BaseException]) -> None:
    asked = (things.run(adding("a")), things.run(bad), things.run(adding("b")))
    first, failed, last = await asyncio.gather(*asked, return_exceptions=True)
    assert (first, last) == ("a", "b")
    assert isinstance(failed, fault)
    assert await _all(things) == ["a", "b"]


async def test_a_unit_whose_caller_went_away_is_whole_or_not_there(things: Database) -> None:
    tasks = [asyncio.create_task(things.run(adding(f"{number:02}"))) for number in range(40)]
    await asyncio.sleep(0)
    for task in tasks[::2]:
        task.cancel()
    done = await asyncio.gather(*tasks, return_exceptions=True)
    assert done[1::2] == [f"{number:02}" for number in range(1, 40, 2)]
    assert set(await _all(things)) >= set(done[1::2])
    assert await things.run(adding("later")) == "later"


async def test_a_unit_and_a_transaction_keep_out_of_each_others_way(things: Database) -> None:
    async with things.transaction() as work:
        await work.execute(ADD, "a")
        asked = asyncio.create_task(things.run(adding("b")))
        await asyncio.sleep(0.01)
        assert not asked.done()
    assert await asked == "b"
    assert await _all(things) == ["a", "b"]


async def test_a_group_that_cannot_be_kept_tells_everyone_in_it(things: Database, place: Path) -> None:
    other = await open_database(f"sqlite:///{place}")
    async with other.transaction() as work:
        await work.execute(ADD, "theirs")
        asked = (things.run(adding(name)) for name in "abc")
        found = await asyncio.gather(*asked, return_exceptions=True)
    await other.close()
    assert [type(fault) for fault in found] == [Unavailable] * 3
    assert await things.run(adding("ours")) == "ours"
    assert await _all(things) == ["ours", "theirs"]


async def test_closing_lets_what_was_asked_for_finish(place: Path, things: Database) -> None:
    asked = [asyncio.create_task(things.run(adding(name))) for name in "abc"]
    await asyncio.sleep(0)
    await things.close()
    found = await asyncio.gather(*asked, return_exceptions=True)
    again = await open_database(f"sqlite:///{place}")
    assert await _all(again) == [name for name in found if isinstance(name, str)]
    await again.close()


async def test_what_is_only_read_takes_no_unit(place: Path, things: Database) -> None:
    reading = await open_database(f"sqlite:///{place}", read_only=True)
    with pytest.raises(StorageFault, match="mag niet worden geschreven"):
        await reading.run(adding("a"))
    await reading.close()


@pytest.mark.parametrize("replaced", [False, True])
async def test_nothing_is_taken_for_kept_once_the_file_is_gone(things: Database, place: Path, replaced: bool) -> None:
    assert await things.run(adding("a")) == "a"
    take_away(place, replaced)
    with pytest.raises(DatabaseGone):
        await things.run(adding("b"))
    with pytest.raises(DatabaseGone):
        async with things.transaction() as work:
            await work.execute(ADD, "c")
    with pytest.raises(DatabaseGone):
        await _all(things)
