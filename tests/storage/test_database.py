"""Transactions and readings on a real database; knows no table of ours."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from storage.database import Database, Work
from storage.faults import StorageFault, TableMissing
from storage.opening import open_database

ADD = "INSERT INTO things (thing) VALUES ($1)"
ALL = "SELECT thing FROM things ORDER BY thing"


@pytest.fixture
async def things(url: str) -> AsyncIterator[Database]:
    """A database with one table."""
    opened = await open_database(url)
    async with opened.transaction() as work:
        await work.execute("CREATE TABLE things (thing TEXT NOT NULL PRIMARY KEY, amount BIGINT)")
    yield opened
    await opened.close()


async def _all(db: Database) -> list[object]:
    async with db.reading() as work:
        return [row["thing"] for row in await work.fetch(ALL)]


async def test_a_transaction_is_kept_whole(things: Database) -> None:
    async with things.transaction() as work:
        assert await work.execute(ADD, "a") == 1
        assert await work.execute(ADD, "b") == 1
    assert await _all(things) == ["a", "b"]


async def test_an_error_undoes_the_whole_transaction(things: Database) -> None:
    async def fail() -> None:
        async with things.transaction() as work:
            await work.execute(ADD, "a")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    assert await _all(things) == []


async def test_after_a_fault_nothing_of_a_transaction_is_kept_even_if_the_fault_is_caught(things: Database) -> None:
    async def go_on() -> None:
        async with things.transaction() as work:
            await work.execute(ADD, "a")
            with pytest.raises(StorageFault, match="past niet bij wat er al"):
                await work.execute(ADD, "a")
            with pytest.raises(StorageFault, match="ging al iets mis"):
                await work.execute(ADD, "b")

    with pytest.raises(StorageFault, match="ging al iets mis"):
        await go_on()
    assert await _all(things) == []


async def test_a_transaction_that_a_statement_ended_is_a_fault(things: Database) -> None:
    with pytest.raises(StorageFault, match="al voorbij"):
        async with things.transaction() as work:
            await work.execute("ROLLBACK")


async def test_work_does_nothing_after_its_transaction(things: Database) -> None:
    async with things.transaction() as work:
        pass
    with pytest.raises(StorageFault, match="al voorbij"):
        await work.execute(ADD, "late")
    assert await _all(things) == []


async def test_values_come_back_as_they_went_in(things: Database) -> None:
    async with things.transaction() as work:
        await work.execute("INSERT INTO things (thing, amount) VALUES ($1, $2)", "é\n☕", -(2**63))
        await work.execute("INSERT INTO things (thing, amount) VALUES ($2, $1)", None, "z")
        rows = await work.fetch("SELECT thing, amount FROM things ORDER BY thing DESC")
    assert rows == [{"thing": "é\n☕", "amount": -(2**63)}, {"thing": "z", "amount": None}]


@pytest.mark.parametrize("value", ["stuk \ud800 surrogaat", 2**63])
async def test_a_value_that_no_database_takes_is_refused_without_repeating_it(
    things: Database, value: str | int
) -> None:
    with pytest.raises(StorageFault, match="kan zo niet in de database") as refused:
        async with things.transaction() as work:
            await work.execute(ADD, value)
    assert refused.value.__suppress_context__
    assert "surrogaat" not in str(refused.value)


async def test_transactions_about_the_same_go_one_after_the_other(things: Database) -> None:
    steps: list[str] = []

    async def write(name: str) -> None:
        async with things.transaction(about="een chat") as work:
            steps.append(f"{name} begins")
            await work.execute(ADD, name)
            await asyncio.sleep(0.01)
            steps.append(f"{name} ends")

    await asyncio.gather(write("a"), write("b"), write("c"))
    assert steps == ["a begins", "a ends", "b begins", "b ends", "c begins", "c ends"]


async def test_two_programs_at_once_lose_nothing(things: Database, url: str) -> None:
    other = await open_database(url)
    add_one = "UPDATE things SET amount = $1 WHERE thing = $2"

    async def count(db: Database) -> None:
        for _ in range(20):
            async with db.transaction(about="de teller") as work:
                [row] = await work.fetch("SELECT amount FROM things")
                await asyncio.sleep(0)
                await work.execute(add_one, int(str(row["amount"])) + 1, "a")

    async with things.transaction() as work:
        await work.execute("INSERT INTO things (thing, amount) VALUES ($1, $2)", "a", 0)
    await asyncio.gather(count(things), count(other))
    async with things.reading() as work:
        assert await work.fetch("SELECT amount FROM things") == [{"amount": 40}]
    await other.close()


async def test_a_reading_sees_one_moment_and_holds_up_no_transaction(things: Database) -> None:
    async with things.reading() as reading:
        assert await reading.fetch(ALL) == []
        async with things.transaction() as work:
            await work.execute(ADD, "a")
        assert await reading.fetch(ALL) == []
    assert await _all(things) == ["a"]


async def test_a_reading_writes_nothing(things: Database) -> None:
    with pytest.raises(StorageFault, match="mag niet worden geschreven"):
        async with things.reading() as work:
            await work.execute(ADD, "a")
    assert await _all(things) == []


async def test_a_database_that_is_only_read_is_not_written(things: Database, url: str) -> None:
    async with things.transaction() as work:
        await work.execute(ADD, "a")
    readable = await open_database(url, read_only=True)
    assert await _all(readable) == ["a"]
    with pytest.raises(StorageFault, match="mag niet worden geschreven"):
        async with readable.transaction():
            pass
    with pytest.raises(StorageFault, match="mag niet worden geschreven"):
        await readable.scrub()
    await readable.close()


async def test_a_database_that_was_closed_can_be_read_by_another_program(url: str, things: Database) -> None:
    async with things.transaction() as work:
        await work.execute(ADD, "a")
    await things.close()
    readable = await open_database(url, read_only=True)
    assert await _all(readable) == ["a"]
    await readable.close()


async def test_a_table_that_is_missing_is_a_fault_of_its_own(things: Database) -> None:
    with pytest.raises(TableMissing):
        async with things.reading() as work:
            await work.fetch("SELECT a FROM nowhere")


async def test_closing_waits_for_a_transaction_and_closing_twice_does_no_harm(things: Database) -> None:
    inside = asyncio.Event()

    async def slow(work: Work) -> None:
        await asyncio.sleep(0.01)
        await work.execute(ADD, "a")

    async def write() -> None:
        async with things.transaction() as work:
            inside.set()
            await slow(work)

    writing = asyncio.create_task(write())
    await inside.wait()
    await things.close()
    await things.close()
    await writing
    for entering in (things.transaction, things.reading):
        with pytest.raises(StorageFault, match="gesloten"):
            async with entering():
                pass
    with pytest.raises(StorageFault, match="gesloten"):
        await things.scrub()
