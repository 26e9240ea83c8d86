"""Whether calls go at the pace that Telegram allows, each in its turn, and wait where it asks to."""

import asyncio
import gc
from collections.abc import Callable
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import count
from random import Random

import pytest

from bot.telegram.pace import BURST, NEAR_SECONDS, REMEMBERED, Kind, Pace

ANNE, BO, CHRIS, DAAN = range(1, 5)


@dataclass(order=True)
class Later:
    """Something that is to happen then, unless it is cancelled."""

    when: float
    number: int
    callback: Callable[[], None] = field(compare=False)
    cancelled: bool = field(default=False, compare=False)

    def cancel(self) -> None:
        self.cancelled = True


class Time:
    """A time that goes on only where a test says so, to each timer in its turn."""

    def __init__(self) -> None:
        self._now = 1_000.0
        self._timers: list[Later] = []
        self._numbers = count()

    def time(self) -> float:
        return self._now

    def call_later(self, delay: float, callback: Callable[[], None], /) -> Later:
        later = Later(self._now + delay, next(self._numbers), callback)
        heappush(self._timers, later)
        return later

    @property
    def waiting(self) -> int:
        """Timers that are still to come."""
        return len([later for later in self._timers if not later.cancelled])

    async def wait(self, seconds: float) -> None:
        """So long goes by."""
        until = self._now + seconds
        await _settled()
        while self._timers and self._timers[0].when <= until:
            later = heappop(self._timers)
            self._now = later.when
            if not later.cancelled:
                later.callback()
            await _settled()
        self._now = until


async def _settled() -> None:
    """Lets every task go as far as it can."""
    for _ in range(20):
        await asyncio.sleep(0)


class Calls:
    """Calls that wait for their turn, and what went when."""

    def __init__(self, per_second: float = 25, per_chat: float = 1) -> None:
        self.time = Time()
        self.pace = Pace(per_second, per_chat, self.time)
        self.gone: list[tuple[float, int, str]] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._start = self.time.time()

    def ask(self, chat: int, kind: Kind = Kind.MESSAGE, name: str = "") -> None:
        """Asks for a turn beside the test."""
        _ = self.asking(chat, kind, name)

    def asking(self, chat: int, kind: Kind = Kind.MESSAGE, name: str = "") -> "asyncio.Task[None]":
        """The same, for who may give up."""
        task = asyncio.create_task(self._asked(chat, kind, name))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    def times(self, chat: int | None = None) -> list[float]:
        """When calls went, in seconds since the beginning."""
        return [round(at, 2) for at, to, _ in self.gone if chat in (None, to)]

    def names(self) -> list[str]:
        """What went, in order."""
        return [name for _, _, name in self.gone]

    async def _asked(self, chat: int, kind: Kind, name: str) -> None:
        await self.pace.turn(chat, kind)
        self.gone.append((self.time.time() - self._start, chat, name))


async def test_a_chat_gets_a_few_at_once_and_then_one_a_second() -> None:
    calls = Calls()
    for _ in range(BURST + 3):
        calls.ask(ANNE)
    await calls.time.wait(10)
    assert calls.times() == [0.0] * BURST + [1.0, 2.0, 3.0]


async def test_the_burst_comes_back_with_rest() -> None:
    calls = Calls()
    for _ in range(2):
        for _ in range(BURST):
            calls.ask(ANNE)
        await calls.time.wait(BURST)
    assert calls.times() == [0.0] * BURST + [float(BURST)] * BURST


async def test_all_chats_together_get_no_more_than_the_limit() -> None:
    calls = Calls(per_second=10)
    for chat in range(200):
        calls.ask(chat)
    await calls.time.wait(100)
    times = calls.times()
    assert len(times) == 200
    assert max(len([at for at in times if start <= at < start + 1]) for start in times) == 10
    assert times[-1] == pytest.approx((200 - BURST) / 10, abs=0.2)


async def test_in_no_second_more_go_than_the_limit_however_they_come() -> None:
    calls, chance, chats = Calls(), Random(4), count(100)
    for _ in range(60):
        for _ in range(chance.choice([0, 1, 3, 10, 40])):
            calls.ask(next(chats))
        await calls.time.wait(chance.choice([0.01, 0.2, 0.5, 1.0]))
    await calls.time.wait(60)
    times = [at for at, _, _ in calls.gone]
    assert len(times) == next(chats) - 100
    assert max(len([at for at in times if start <= at < start + 0.999]) for start in times) == 25


async def test_where_nobody_was_written_to_a_message_goes_at_once_and_a_few_with_it() -> None:
    calls = Calls()
    for _ in range(3):
        for chat in range(BURST):
            calls.ask(chat)
        await calls.time.wait(10)
    assert calls.times() == [0.0] * BURST + [10.0] * BURST + [20.0] * BURST


async def test_edits_count_as_messages_do_and_the_rest_does_not() -> None:
    calls = Calls()
    for kind in (Kind.MESSAGE, Kind.EDIT) * BURST:
        calls.ask(ANNE, kind)
    for _ in range(50):
        calls.ask(ANNE, Kind.FREE)
    await calls.time.wait(0)
    assert len(calls.gone) == BURST + 50
    await calls.time.wait(2)
    assert len(calls.gone) == BURST + 50 + 2


@pytest.mark.parametrize(("per_second", "per_chat"), [(10.0, 1_000.0), (1_000.0, 10.0)], ids=["all", "one chat"])
async def test_messages_go_before_edits_and_else_in_order(per_second: float, per_chat: float) -> None:
    calls = Calls(per_second, per_chat)
    for number in range(BURST):
        calls.ask(ANNE, name=f"eerst {number}")
    for number in range(3):
        calls.ask(ANNE, Kind.EDIT, f"knoppen {number}")
    await calls.time.wait(0)
    for number in range(3):
        calls.ask(ANNE, name=f"bericht {number}")
    await calls.time.wait(10)
    assert calls.names()[BURST:] == [f"{what} {number}" for what in ("bericht", "knoppen") for number in range(3)]


async def test_an_edit_does_not_wait_for_ever() -> None:
    calls = Calls(per_second=10)
    calls.ask(ANNE, Kind.EDIT, "knoppen")
    chats = count(100)
    for _ in range(200):
        for _ in range(2):
            calls.ask(next(chats))
        await calls.time.wait(0.1)
    assert "knoppen" in calls.names()


async def test_a_chat_that_waits_holds_up_no_other() -> None:
    calls = Calls()
    for _ in range(100):
        calls.ask(ANNE)
    await calls.time.wait(1)
    asked = calls.times()
    for chat in (BO, CHRIS, DAAN):
        calls.ask(chat)
    await calls.time.wait(1)
    assert [calls.times(chat) for chat in (BO, CHRIS, DAAN)] == [[1.0]] * 3
    assert len(asked) == BURST + 1


async def test_where_all_wait_each_chat_comes_in_its_turn() -> None:
    calls = Calls(per_second=BURST)
    for _ in range(10):
        calls.ask(ANNE)
    await calls.time.wait(0)
    for chat in (BO, CHRIS):
        calls.ask(chat)
    await calls.time.wait(3)
    assert calls.times(BO)
    assert calls.times(CHRIS)


# Where Telegram asks to wait.


async def test_a_chat_that_is_to_wait_waits_with_all_its_calls_and_others_go_on() -> None:
    calls = Calls()
    calls.pace.hold(ANNE, 7)
    for kind in Kind:
        calls.ask(ANNE, kind)
    calls.ask(BO)
    await calls.time.wait(6.9)
    assert (calls.times(ANNE), calls.times(BO)) == ([], [0.0])
    assert [calls.pace.is_held(chat) for chat in (ANNE, BO, CHRIS)] == [True, False, False]
    await calls.time.wait(0.2)
    assert calls.times(ANNE) == [7.0] * 3
    assert not calls.pace.is_held(ANNE)


async def test_who_waits_already_waits_until_then_too() -> None:
    calls = Calls()
    for _ in range(BURST + 1):
        calls.ask(ANNE)
    await calls.time.wait(0.5)
    calls.pace.hold(ANNE, 30)
    await calls.time.wait(40)
    assert calls.times() == [0.0] * BURST + [30.5]


async def test_a_wait_for_everything_is_kept_by_all() -> None:
    calls = Calls()
    calls.pace.hold(None, 5)
    for chat, kind in ((ANNE, Kind.MESSAGE), (BO, Kind.EDIT), (CHRIS, Kind.FREE)):
        calls.ask(chat, kind)
    await calls.time.wait(4.9)
    assert calls.gone == []
    assert calls.pace.is_held(DAAN)
    await calls.time.wait(0.2)
    assert calls.times() == [5.0] * 3


async def test_three_chats_that_are_to_wait_at_once_are_a_wait_for_all() -> None:
    calls = Calls()
    calls.pace.hold(ANNE, 5)
    calls.pace.hold(ANNE, 6)
    calls.pace.hold(BO, 5)
    calls.ask(DAAN)
    await calls.time.wait(0)
    assert calls.times(DAAN) == [0.0]
    calls.pace.hold(CHRIS, 5)
    calls.ask(DAAN)
    await calls.time.wait(6)
    assert calls.times(DAAN) == [0.0, 5.0]


async def test_long_waits_that_began_apart_are_no_wait_for_all() -> None:
    calls = Calls()
    for chat in (ANNE, BO):
        calls.pace.hold(chat, 3_600)
        await calls.time.wait(NEAR_SECONDS + 1)
    calls.pace.hold(CHRIS, 5)
    calls.ask(DAAN)
    await calls.time.wait(0)
    assert len(calls.gone) == 1
    assert [calls.pace.is_held(chat) for chat in (ANNE, BO, CHRIS, DAAN)] == [True, True, True, False]


async def test_what_is_asked_of_no_chat_waits_only_where_everything_waits() -> None:
    calls = Calls()
    calls.pace.hold(ANNE, 5)
    await calls.pace.nothing_held()
    calls.pace.hold(None, 5)
    waiting = asyncio.create_task(calls.pace.nothing_held())
    await calls.time.wait(4.9)
    assert not waiting.done()
    await calls.time.wait(0.2)
    assert waiting.done()


async def test_a_shorter_wait_does_not_end_a_longer_one() -> None:
    calls = Calls()
    calls.pace.hold(ANNE, 10)
    calls.pace.hold(ANNE, 1)
    calls.ask(ANNE)
    await calls.time.wait(20)
    assert calls.times() == [10.0]


# What it costs.


async def test_who_gives_up_waiting_takes_nobodys_turn() -> None:
    calls = Calls()
    for _ in range(BURST):
        calls.ask(ANNE)
    given_up = [calls.asking(ANNE) for _ in range(20)]
    last = calls.asking(ANNE)
    await calls.time.wait(0)
    for task in given_up:
        task.cancel()
    await calls.time.wait(1)
    assert last.done()
    assert calls.times() == [0.0] * BURST + [1.0]


async def test_where_nobody_waits_there_is_no_timer() -> None:
    calls = Calls(per_second=10_000, per_chat=10_000)
    for chat in range(1_000):
        await calls.pace.turn(chat, Kind.MESSAGE)
        await calls.time.wait(0.001)
    assert calls.time.waiting == 0


async def test_a_timer_that_is_over_is_not_set_again() -> None:
    calls = Calls()
    for _ in range(BURST + 1):
        calls.ask(ANNE)
    await calls.time.wait(0)
    assert calls.time.waiting == 1
    await calls.time.wait(1)
    assert calls.time.waiting == 0


async def test_where_very_many_are_allowed_nobody_waits() -> None:
    calls = Calls(per_second=10_000, per_chat=10_000)
    for _ in range(1_000):
        calls.ask(ANNE)
    await calls.time.wait(0)
    assert calls.times() == [0.0] * 1_000


async def test_chats_of_long_ago_are_forgotten_and_those_that_wait_are_not() -> None:
    calls = Calls(per_second=10_000)
    calls.pace.hold(ANNE, 3_600)
    calls.ask(ANNE)
    before = len(gc.get_objects())
    for chat in range(3 * REMEMBERED):
        await calls.pace.turn(1_000 + chat, Kind.MESSAGE)
        await calls.time.wait(0.001)
    assert len(gc.get_objects()) - before < 2 * REMEMBERED
    assert calls.times(ANNE) == []
    await calls.time.wait(3_600)
    assert calls.times(ANNE) == [3_600.0]
