"""Whether of several programs one is in turn, and another takes over when it stops, dies or loses its turn."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.figures import Pulse
from bot.standing_by import HELD, InFile, Line, OnServer
from storage.database import Database
from storage.faults import Unavailable
from storage.opening import open_database
from storage.schema import migrate
from tests.postgres import PostgresServer, database_url

SOON = 0.01


class Hands:
    """A clock that goes on when a test says so."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 4, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture(params=["sqlite", "postgres"])
async def db(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    """A database of either engine."""
    async with database_url(request, tmp_path / "a.db") as url:
        opened = await open_database(url)
        await migrate(opened)
        yield opened
        await opened.close()


class Program:
    """One that does its work whenever it is in turn: `busy` while it does, `idle` while it does not."""

    def __init__(self, line: Line) -> None:
        self.line = line
        self.stop = asyncio.Event()
        self.busy = asyncio.Event()
        self.idle = asyncio.Event()
        self.begun = 0
        self.slow = 0.0
        self.tasks = [
            asyncio.create_task(line.keep(self.stop)),
            asyncio.create_task(line.while_in_turn(self.stop, self._work)),
        ]

    async def _work(self, ending: asyncio.Event) -> None:
        self.begun += 1
        self.idle.clear()
        self.busy.set()
        await ending.wait()
        await asyncio.sleep(self.slow)
        self.busy.clear()
        self.idle.set()

    async def end(self) -> None:
        """As when it is asked to: the work ends first, then another may begin."""
        self.stop.set()
        await asyncio.gather(*self.tasks)
        await self.line.give_back()

    async def die(self) -> None:
        """As when it is killed: nothing is given back."""
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)
        self.busy.clear()


async def test_one_is_in_turn_and_the_other_when_it_stops(db: Database) -> None:
    clock = Hands()
    one = Program(Line(OnServer(db, clock), seconds=SOON))
    await one.busy.wait()
    two = Program(Line(OnServer(db, clock), seconds=SOON))
    await asyncio.sleep(10 * SOON)
    assert (one.busy.is_set(), two.busy.is_set()) == (True, False)
    one.slow = 5 * SOON
    ending = asyncio.create_task(one.end())
    await one.idle.wait()
    assert not two.busy.is_set()
    await ending
    await two.busy.wait()
    await two.end()


async def test_one_that_dies_is_succeeded_when_its_time_is_over(db: Database) -> None:
    clock = Hands()
    one = Program(Line(OnServer(db, clock), seconds=SOON))
    await one.busy.wait()
    two = Program(Line(OnServer(db, clock), seconds=SOON))
    await one.die()
    clock.now += HELD - timedelta(seconds=1)
    await asyncio.sleep(10 * SOON)
    assert not two.busy.is_set()
    clock.now += timedelta(seconds=2)
    await two.busy.wait()
    await two.end()


async def test_one_that_was_away_too_long_ends_its_work_and_stands_by(db: Database) -> None:
    """As when its machine stood still: when it wakes up another is in turn."""
    clock, late = Hands(), Hands()
    one = Program(Line(OnServer(db, clock), seconds=SOON))
    await one.busy.wait()
    late.now += 2 * HELD
    two = Program(Line(OnServer(db, late), seconds=SOON))
    await one.idle.wait()
    await two.busy.wait()
    clock.now = late.now
    await two.end()
    await one.busy.wait()
    assert one.begun == 2
    await one.end()


async def test_whoever_stands_by_knows_how_long_the_one_in_turn_was_not_heard(db: Database) -> None:
    clock = Hands()
    first, second = OnServer(db, clock), OnServer(db, clock)
    assert second.silence() is None
    assert await first.take()
    clock.now += timedelta(seconds=4)
    assert not await second.take()
    clock.now += timedelta(seconds=3)
    assert (first.silence(), second.silence()) == (None, 7.0)
    assert await first.take()
    assert not await second.take()
    assert second.silence() == 0.0
    clock.now += HELD + timedelta(seconds=1)
    assert second.silence() == 13.0
    assert await second.take()
    assert second.silence() is None


async def test_a_file_is_of_one_program_and_free_when_it_ends(tmp_path: Path) -> None:
    one = Program(Line(InFile(tmp_path / "a.db"), seconds=SOON))
    await one.busy.wait()
    two = Program(Line(InFile(tmp_path / "a.db"), seconds=SOON))
    await asyncio.sleep(10 * SOON)
    assert not two.busy.is_set()
    await one.end()
    await two.busy.wait()
    await two.end()


async def test_whoever_is_in_turn_stays_so_while_the_database_is_away_for_a_moment() -> None:
    claim = Faltering()
    told: list[bool] = []
    one = Program(Line(claim, told.append, seconds=SOON, sure=60))
    await one.busy.wait()
    claim.is_away = True
    await asyncio.sleep(10 * SOON)
    assert one.busy.is_set()
    claim.is_away, claim.is_ours = False, False
    await one.idle.wait()
    assert told == [True, False]
    claim.is_away = True
    await one.end()


async def test_whoever_can_give_no_sign_of_life_makes_way_by_its_own_clock() -> None:
    claim = Faltering()
    one = Program(Line(claim, seconds=SOON, sure=50 * SOON))
    await one.busy.wait()
    claim.is_away = True
    await one.idle.wait()
    claim.is_away = False
    await one.busy.wait()
    assert one.begun == 2
    await one.end()


async def test_whoever_stands_before_a_server_that_stands_still_makes_way_and_comes_back() -> None:
    """No statement fails there: it only does not end."""
    server = PostgresServer()
    try:
        db = await open_database(server.url("postgres"))
        await migrate(db)
        one = Program(Line(OnServer(db, Hands()), seconds=0.2, sure=1))
        await one.busy.wait()
        with server.standing_still():
            await asyncio.wait_for(one.idle.wait(), 20)
        await one.busy.wait()
        await one.end()
        await db.close()
    finally:
        server.remove()


async def test_whoever_would_have_met_another_makes_way_only_where_it_did() -> None:
    """Telegram says so: with the database away there is still help to be given."""
    pulse, claim = Pulse(), Faltering()
    one = Program(Line(claim, met=pulse.since_another, seconds=SOON, sure=10 * SOON))
    await one.busy.wait()
    pulse.another()
    await asyncio.sleep(5 * SOON)
    claim.is_away = True
    await asyncio.sleep(30 * SOON)
    assert one.busy.is_set()
    pulse.another()
    await one.idle.wait()
    claim.is_away = False
    await one.end()


async def test_work_that_ends_by_itself_is_not_begun_again() -> None:
    """Whoever watches over the program is to notice."""
    line, stop = Line(Faltering(), seconds=SOON), asyncio.Event()

    async def work(ending: asyncio.Event) -> None:
        assert not ending.is_set()

    keeping = asyncio.create_task(line.keep(stop))
    await line.while_in_turn(stop, work)
    stop.set()
    await keeping


async def test_a_fault_in_the_work_comes_out() -> None:
    line, stop = Line(Faltering(), seconds=SOON), asyncio.Event()

    async def work(_: asyncio.Event) -> None:
        raise ZeroDivisionError

    keeping = asyncio.create_task(line.keep(stop))
    with pytest.raises(ZeroDivisionError):
        await line.while_in_turn(stop, work)
    stop.set()
    await keeping


class Faltering:
    """A claim on a database that may be away."""

    def __init__(self) -> None:
        self.is_away = False
        self.is_ours = True

    async def take(self) -> bool:
        """See `Claim.take`."""
        if self.is_away:
            raise Unavailable("weg")
        return self.is_ours

    async def give_back(self) -> None:
        """See `Claim.give_back`."""
        await self.take()

    def silence(self) -> float | None:
        """See `Claim.silence`."""
        return None
