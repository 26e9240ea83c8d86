"""One load run: a bot, so many residents, so many seconds, and what came of it."""

import asyncio
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from tests.load import script
from tests.load.audit import Audit, audit
from tests.load.bots import OURS, Command, peer, vertelbot
from tests.load.measuring import BotProcess, free_port
from tests.load.residents import Telling, Town
from tests.load.telegram import Telegram

PATIENCE = 60.0


@dataclass(frozen=True)
class Load:
    """What is asked of a bot: `latency` and `think` in seconds; `warm` seconds go before the `seconds` that count."""

    bot: str = OURS
    mode: str = "polling"
    residents: int = 50
    latency: float = 0.0
    think: float = 0.0
    warm: float = 3.0
    seconds: float = 10.0


@dataclass(frozen=True)
class Measured:
    """What came of a load run, of the measured seconds unless it says otherwise. Times in seconds, memory in bytes.

    `cpu`: processor seconds of the bot; `own`: of this process, which is the API and the residents.
    `idle`, `open` and `peak`: memory before the first resident, at the end of the window, and at most.
    `stuck`: residents who were never answered, though it was waited for when all the others had left.
    `tellings`: all interviews of the whole run; `audit`: what of it stands in our database.
    """

    load: Load
    answers: int
    elapsed: float
    cpu: float
    own: float
    latencies: tuple[float, ...]
    interviews: int
    calls: Counter[str]
    idle: int
    open: int
    peak: int
    stuck: int
    refused: Counter[str]
    tellings: tuple[Telling, ...]
    audit: Audit | None = None

    @property
    def per_second(self) -> float:
        """Answers a second."""
        return self.answers / self.elapsed

    @property
    def per_cpu(self) -> float:
        """Answers a processor second of the bot."""
        return self.answers / self.cpu if self.cpu else 0.0

    def quantile(self, share: float) -> float:
        """The time from answer to next question that this share of the answers stayed under."""
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


class BotFailed(Exception):
    """The bot did not start, or ended by itself; with what it said last."""


async def run(load: Load, folder: Path | None = None) -> Measured:
    """Runs it in a folder on disk (default: a new one below this one, that goes again)."""
    if folder is not None:
        return await _run(load, folder)
    with on_disk() as place:
        return await _run(load, place)


@contextmanager
def on_disk() -> Iterator[Path]:
    """A folder on a real disk for as long as it is needed: below the working folder, as others may be in memory."""
    place = Path(tempfile.mkdtemp(prefix=".load-", dir=Path.cwd()))
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


async def _run(load: Load, folder: Path) -> Measured:
    town = Town(load.residents, load.think)
    telegram = Telegram(town.asked, load.latency)
    async with serving(telegram), started(load, telegram, folder) as bot:
        idle = bot.memory()
        town.come(telegram.type, telegram.tap, load.warm * 0.8)
        await _pass(bot, load.warm)
        measured = await _measure(load, town, telegram, bot, idle)
        town.leave()
        with suppress(TimeoutError):
            await asyncio.wait_for(town.quiet.wait(), PATIENCE / 2)
    found = await audit(folder, town.tellings.values()) if load.bot == OURS else None
    return replace(measured, audit=found, stuck=town.waiting)


async def _measure(load: Load, town: Town, telegram: Telegram, bot: BotProcess, idle: int) -> Measured:
    begin, cpu, own, calls = time.perf_counter(), bot.cpu(), time.process_time(), Counter(telegram.calls)
    first, finished = len(town.latencies), town.finished
    await _pass(bot, load.seconds)
    elapsed, spent, used = time.perf_counter() - begin, bot.cpu() - cpu, bot.memory()
    latencies = tuple(town.latencies[first:])
    return Measured(
        load=load,
        answers=len(latencies),
        elapsed=elapsed,
        cpu=spent,
        own=time.process_time() - own,
        latencies=latencies,
        interviews=town.finished - finished,
        calls=telegram.calls - calls,
        idle=idle,
        open=used,
        peak=bot.peak,
        stuck=0,
        refused=telegram.refused,
        tellings=tuple(town.tellings.values()),
    )


async def _pass(bot: BotProcess, seconds: float) -> None:
    """Lets time go by, and fails where the bot does."""
    watching = asyncio.ensure_future(bot.watch())
    try:
        await asyncio.wait((watching,), timeout=seconds)
    finally:
        watching.cancel()
    if not bot.is_running:
        raise BotFailed(bot.said())


@asynccontextmanager
async def serving(telegram: Telegram) -> AsyncIterator[None]:
    """The API while it listens."""
    server = await telegram.start()
    try:
        yield
    finally:
        telegram.close()
        server.close()


@asynccontextmanager
async def started(load: Load, telegram: Telegram, folder: Path) -> AsyncIterator[BotProcess]:
    """The bot while it runs, from when it can be spoken to. Raises `BotFailed`."""
    bot = await BotProcess.start(_command(load, telegram.url, folder), folder)
    try:
        with suppress(TimeoutError):
            await asyncio.wait_for(telegram.ready.wait(), PATIENCE)
        if not (telegram.ready.is_set() and bot.is_running):
            raise BotFailed(bot.said())
        await asyncio.sleep(0.5)
        yield bot
    finally:
        await bot.stop()


def _command(load: Load, api: str, folder: Path) -> Command:
    if load.bot == OURS:
        return vertelbot(api, load.mode, free_port())
    return peer(load.bot, api, load.mode, free_port(), script.write(folder))
