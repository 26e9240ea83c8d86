"""Whether a program that no longer does its work is noticed, and one that only has nothing to do is left alone."""

import asyncio
import os
import socket
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from bot.figures import Figures, Pulse
from bot.telegram.polling import SPARE_SECONDS
from bot.watching import SILENCE, Stuck, keep_watch, one_ends
from tests.bot.disk import amounts
from tests.bot.running import House, free_port
from tests.botapi.faults import Fault, conflict, server_error, silence, too_many
from tests.botapi.server import FakeTelegram
from tests.corridor.process import Bot

HURRY = 100
"""How much faster time goes for the watch than for the world."""


class Clock:
    """A time that a test sets."""

    def __init__(self) -> None:
        self.now = 500.0

    def __call__(self) -> float:
        return self.now


def test_a_pulse_tells_when_telegram_was_heard() -> None:
    clock = Clock()
    pulse = Pulse(clock)
    assert (pulse.age, pulse.silence) == (None, 0.0)
    pulse.listen()
    clock.now += 10
    assert (pulse.age, pulse.silence) == (None, 10.0)
    pulse.beat()
    clock.now += 7
    assert (pulse.age, pulse.silence) == (7.0, 7.0)


def test_where_nothing_is_listened_for_there_is_no_silence() -> None:
    clock = Clock()
    pulse = Pulse(clock)
    pulse.listen()
    pulse.rest()
    pulse.beat()
    clock.now += 3_600
    assert (pulse.age, pulse.silence) == (3_600.0, 0.0)


def test_work_and_a_wait_that_was_asked_for_are_no_silence_and_no_word() -> None:
    clock = Clock()
    pulse = Pulse(clock)
    pulse.listen()
    pulse.beat()
    clock.now += 50
    pulse.busy()
    assert (pulse.age, pulse.silence) == (50.0, 0.0)
    pulse.busy(300)
    clock.now += 310
    assert (pulse.age, pulse.silence) == (360.0, 10.0)


async def test_a_minute_of_silence_ends_the_watch() -> None:
    clock = Clock()
    pulse = Pulse(clock)
    pulse.listen()
    watch = asyncio.create_task(keep_watch(pulse, asyncio.Event(), 0.01))
    clock.now += SILENCE - 1
    await asyncio.sleep(0.1)
    assert not watch.done()
    clock.now += 2
    with pytest.raises(Stuck, match="61 seconden niet gehoord"):
        await watch


async def test_a_stop_ends_the_watch() -> None:
    stop = asyncio.Event()
    watch = asyncio.create_task(keep_watch(Pulse(), stop))
    stop.set()
    await asyncio.wait_for(watch, 5)


async def test_work_that_ends_by_itself_is_noticed() -> None:
    with pytest.raises(Stuck, match="is opgehouden: versturen"):
        await one_ends(asyncio.Event(), {"luisteren": _work(60), "versturen": _work(0)})


async def test_work_that_is_broken_off_is_noticed() -> None:
    work = _work(60)
    work.cancel()
    with pytest.raises(Stuck, match="is opgehouden: luisteren"):
        await one_ends(asyncio.Event(), {"luisteren": work})


async def test_what_ended_work_comes_out() -> None:
    failed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    failed.set_exception(ZeroDivisionError())
    with pytest.raises(ZeroDivisionError):
        await one_ends(asyncio.Event(), {"luisteren": failed})


async def test_after_a_stop_work_may_end() -> None:
    stop = asyncio.Event()
    stop.set()
    await one_ends(stop, {"versturen": _work(0)})


def _work(seconds: float) -> "asyncio.Task[None]":
    return asyncio.create_task(_worked(seconds))


async def _worked(seconds: float) -> None:
    await asyncio.sleep(seconds)


def test_one_answer_that_is_lost_is_no_minute_of_silence() -> None:
    longest_poll, slowest_second_try = 50, 1.0
    assert longest_poll + SPARE_SECONDS + slowest_second_try < SILENCE


@pytest.mark.parametrize("kind", ["a file", "a name without a file"])
async def test_a_supervisor_hears_that_the_program_began_and_still_runs(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = str(tmp_path / "notify") if kind == "a file" else f"\0vertelbot-{os.getpid()}"
    stop = asyncio.Event()
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        line.bind(place)
        line.setblocking(False)
        monkeypatch.setenv("NOTIFY_SOCKET", place.replace("\0", "@"))
        watch = asyncio.create_task(keep_watch(Pulse(), stop, 0.01))
        loop = asyncio.get_running_loop()
        heard = [await asyncio.wait_for(loop.sock_recv(line, 64), 10) for _ in range(4)]
        stop.set()
        await watch
    assert heard == [b"READY=1", *[b"WATCHDOG=1"] * 3]


@pytest.mark.parametrize("place", ["", "vsock:1", "/er/is/hier/niets"])
async def test_where_no_supervisor_listens_nothing_is_said(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NOTIFY_SOCKET", place)
    stop = asyncio.Event()
    watch = asyncio.create_task(keep_watch(Pulse(), stop, 0.01))
    await asyncio.sleep(0.05)
    stop.set()
    await asyncio.wait_for(watch, 5)


# The channel under watch.


async def _watched(house: House, seconds: float) -> None:
    """Runs the channel for so long with a watch that is in a hurry; raises what the watch raises."""
    pulse, stop = Pulse(lambda: time.monotonic() * HURRY), asyncio.Event()
    works = {
        "Telegram": asyncio.create_task(house.serve(stop, figures=Figures(pulse=pulse))),
        "waken": asyncio.create_task(keep_watch(pulse, stop, 0.01)),
    }
    asyncio.get_running_loop().call_later(seconds, stop.set)
    try:
        await one_ends(stop, works)
    finally:
        stop.set()
        await asyncio.gather(*works.values(), return_exceptions=True)


async def test_polls_that_are_not_answered_are_noticed(house: House) -> None:
    house.telegram.faults = lambda method, values: silence() if method == "getUpdates" else None
    with pytest.raises(Stuck, match="niet gehoord"):
        await _watched(house, 20)


@pytest.mark.parametrize(
    ("fault", "is_silence"),
    [(too_many(4), False), (conflict(), False), (server_error(), True)],
    ids=["429", "409", "500"],
)
async def test_a_wait_that_telegram_asks_for_is_not_taken_for_silence(
    house: House, fault: Fault, is_silence: bool
) -> None:
    """The other poller may be there for hours."""
    house.telegram.faults = lambda method, values: fault if method == "getUpdates" else None
    pulse, stop = Pulse(), asyncio.Event()
    running = asyncio.create_task(house.serve(stop, figures=Figures(pulse=pulse)))
    await house.telegram.wait_for(lambda: bool(house.telegram.calls_of("getUpdates")))
    await asyncio.sleep(1)
    assert (pulse.silence > 0) == is_silence
    assert pulse.age is None
    stop.set()
    await running


async def test_whoever_is_brought_to_may_hear_nothing_for_hours(house: House) -> None:
    await _watched(replace(house, brought=True), 2)
    assert house.telegram.deliveries == []


@pytest.mark.parametrize("name", ["Telegram", "opruimen", "reservekopieën", "de beurt", "waken", "web"])
async def test_a_program_of_which_a_part_dies_ends_with_the_code_on_which_it_is_started_again(
    telegram: FakeTelegram, tmp_path: Path, name: str
) -> None:
    bot = Bot(telegram, tmp_path, {"VERTELBOT_WEB__PORT": str(free_port())})
    process = await _started(bot, "tests.bot.struck", name)
    assert await asyncio.wait_for(process.wait(), 60) == 70
    said = bot.log.read_text(encoding="utf-8")
    assert f"dit deel van het programma is opgehouden: {'de webpoort' if name == 'web' else name}" in said
    assert "Traceback" not in said


async def _started(bot: Bot, *words: str) -> asyncio.subprocess.Process:
    """A program of the tests, which is the bot but for one thing."""
    with bot.log.open("ab") as log:
        return await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            *words,
            cwd=bot.folder,
            env={**bot.environment, "PYTHONPATH": str(Path(__file__).parent.parent.parent)},
            stdout=log,
            stderr=log,
        )


async def test_a_program_that_hears_nothing_ends_with_the_code_on_which_it_is_started_again(
    telegram: FakeTelegram, tmp_path: Path
) -> None:
    telegram.faults = lambda method, values: silence() if method == "getUpdates" else None
    bot = Bot(telegram, tmp_path)
    process = await _started(bot, "tests.bot.hurried")
    assert await asyncio.wait_for(process.wait(), 60) == 70
    said = bot.log.read_text(encoding="utf-8")
    assert "Vertelbot stopt: Telegram is al " in said
    assert "Traceback" not in said
    assert amounts(tmp_path / "data" / "vertelbot.db")["outbox"] == 0
