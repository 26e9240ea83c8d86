"""A task that is cancelled in the middle of a transaction; knows no table of ours."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from storage.database import Database, Work
from storage.endings import to_the_end
from storage.faults import StorageFault

ADD = "INSERT INTO things (thing) VALUES ($1)"
LONG = """
WITH RECURSIVE count (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM count WHERE n < 500000)
INSERT INTO things (thing) SELECT CAST(MAX(n) AS TEXT) FROM count
"""


@pytest.fixture
async def things(db: Database) -> Database:
    """A database with one more table."""
    async with db.transaction() as work:
        await work.execute("CREATE TABLE things (thing TEXT)")
    return db


async def _count(db: Database) -> object:
    """How many things there are, counted in a transaction, so that it is known to work again."""
    async with db.transaction() as work:
        [row] = await work.fetch("SELECT COUNT(*) AS amount FROM things")
        return row["amount"]


async def _cancelled(db: Database, body: Callable[[Work], Awaitable[None]]) -> None:
    """Cancels a transaction a moment after its body began."""
    begun = asyncio.Event()

    async def write() -> None:
        async with db.transaction() as work:
            begun.set()
            await body(work)

    writing = asyncio.create_task(write())
    await begun.wait()
    await asyncio.sleep(0.005)
    writing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await writing


async def test_a_transaction_cancelled_between_statements_is_undone(things: Database) -> None:
    async def add_and_wait(work: Work) -> None:
        await work.execute(ADD, "a")
        await asyncio.Event().wait()

    await _cancelled(things, add_and_wait)
    assert await _count(things) == 0


async def test_a_transaction_cancelled_during_a_statement_is_undone(things: Database) -> None:
    async def add_long(work: Work) -> None:
        await work.execute(LONG)

    await _cancelled(things, add_long)
    assert await _count(things) == 0


async def test_a_statement_that_was_cut_off_spoils_its_transaction(things: Database) -> None:
    async def go_on() -> None:
        async with things.transaction() as work:
            await work.execute(ADD, "a")
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(work.execute(LONG), 0.001)

    with pytest.raises(StorageFault, match="ging al iets mis"):
        await go_on()
    assert await _count(things) == 0


async def test_a_commit_goes_on_when_its_task_is_cancelled(things: Database) -> None:
    async def write() -> None:
        async with things.transaction() as work:
            await work.execute(ADD, "a")
            task = asyncio.current_task()
            assert task is not None
            task.cancel()

    with pytest.raises(asyncio.CancelledError):
        await asyncio.create_task(write())
    assert await _count(things) == 1


async def test_whoever_waits_for_a_turn_can_be_cancelled_without_harm(things: Database) -> None:
    async with things.transaction() as work:
        waiting = asyncio.create_task(_count(things))
        await asyncio.sleep(0)
        waiting.cancel()
        await work.execute(ADD, "a")
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert await _count(things) == 1


async def test_a_reading_that_is_cancelled_lets_go_of_its_snapshot(things: Database) -> None:
    async def read() -> None:
        async with things.reading() as work:
            await work.fetch("SELECT thing FROM things")
            await asyncio.Event().wait()

    reading = asyncio.create_task(read())
    await asyncio.sleep(0.05)
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    async with things.transaction() as work:
        await work.execute(ADD, "a")
    async with things.reading() as work:
        assert await work.fetch("SELECT thing FROM things") == [{"thing": "a"}]


async def test_many_transactions_cancelled_at_any_moment_leave_whole_ones_only(things: Database) -> None:
    async def write(name: str) -> None:
        async with things.transaction() as work:
            await work.execute(ADD, f"{name} first")
            await work.execute(ADD, f"{name} second")

    for turns in range(30):
        writing = [asyncio.create_task(write(f"{turns} {number}")) for number in range(3)]
        for _ in range(turns):
            await asyncio.sleep(0.0001)
        for one in writing:
            one.cancel()
        await asyncio.gather(*writing, return_exceptions=True)
    kept = await _count(things)
    assert isinstance(kept, int)
    async with things.reading() as work:
        firsts = await work.fetch("SELECT thing FROM things WHERE thing LIKE '% first'")
    assert kept == 2 * len(firsts)


async def test_what_must_end_ends_and_then_says_why_it_failed() -> None:
    steps: list[str] = []

    async def act() -> None:
        await asyncio.sleep(0.01)
        steps.append("done")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await to_the_end(act())
    waiting = asyncio.create_task(to_the_end(act()))
    for _ in range(3):
        await asyncio.sleep(0)
        waiting.cancel()
    with pytest.raises(asyncio.CancelledError) as cancelled:
        await waiting
    assert steps == ["done", "done"]
    assert isinstance(cancelled.value.__cause__, ZeroDivisionError)
