"""One load run: a bot, so many residents, so many seconds, and what came of it."""

import asyncio
import shutil
import signal
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from storage.addresses import Address
from tests.load import script
from tests.load.audit import Audit, audit, on_telegram
from tests.load.bots import BROWSER, OURS, WEB_MODES, Command, in_browsers, peer, vertelbot
from tests.load.browsers import Browsers
from tests.load.measuring import BotProcess, free_port
from tests.load.residents import Telling, Town
from tests.load.shapes import Object
from tests.load.telegram import Telegram

PATIENCE = 60.0
REST_SECONDS = 0.3
"""After a start, so that what it does then is over."""


@dataclass(frozen=True)
class Load:
    """What is asked of a bot: `latency` and `think` in seconds; `warm` seconds go before the `seconds` that count.

    In a mode of the web the residents are browsers, and there is no Bot API that could be far away.
    """

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
    `waits`: of each kind of request to our web port, the times to the first byte. All times are in ascending order.
    `stuck`: residents who were never answered, though it was waited for when all the others had left (ours alone).
    `tellings`: all interviews until then; `audit`: what of the whole run stands in our database.
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
    waits: Mapping[str, tuple[float, ...]] = field(default_factory=dict)

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
        return quantile(self.latencies, share)


def quantile(ordered: Sequence[float], share: float) -> float:
    """What this share of the times stayed under; 0 of none."""
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


class Channel(Protocol):
    """How the residents of a load run speak to a bot: on Telegram, or with browsers. `ready`: it can be spoken to.

    `url`: where the bot finds Telegram, or the browsers the bot.
    """

    url: str
    calls: Counter[str]
    refused: Counter[str]
    waits: dict[str, list[float]]
    ready: asyncio.Event

    def type(self, chat: int, text: str) -> None:
        """A resident types."""

    def tap(self, chat: int, under: Object, data: str) -> None:
        """A resident uses a button."""

    async def start(self) -> None:
        """Begins, before the bot does."""

    def close(self) -> None:
        """Ends."""


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
    channel, address = channel_of(load, town)
    async with serving(channel), started(load, channel, folder) as bot:
        idle = bot.memory()
        town.come(channel.type, channel.tap, load.warm * 0.8)
        await _pass(bot, load.warm)
        measured = await _measure(load, town, channel, bot, idle)
        town.leave()
        if load.bot != OURS:
            # What becomes of the last answers is told of our own bot alone.
            return measured
        with suppress(TimeoutError):
            await asyncio.wait_for(town.quiet.wait(), PATIENCE / 2)
    return replace(measured, audit=await audit(folder, town.tellings.values(), address), stuck=town.waiting)


def channel_of(load: Load, town: Town) -> tuple[Channel, Callable[[int], Address]]:
    """How they speak to the bot, and where a draft of each is kept."""
    if load.mode in WEB_MODES:
        browsers = Browsers(town.asked, scripts=load.mode == BROWSER)
        return browsers, browsers.address
    return Telegram(town.asked, load.latency), on_telegram


async def _measure(load: Load, town: Town, channel: Channel, bot: BotProcess, idle: int) -> Measured:
    begin, cpu, own, calls = time.perf_counter(), bot.cpu(), time.process_time(), Counter(channel.calls)
    before = {kind: len(times) for kind, times in channel.waits.items()}
    first, finished = len(town.latencies), town.finished
    await _pass(bot, load.seconds)
    elapsed, spent, used = time.perf_counter() - begin, bot.cpu() - cpu, bot.memory()
    latencies = tuple(sorted(town.latencies[first:]))
    return Measured(
        load=load,
        answers=len(latencies),
        elapsed=elapsed,
        cpu=spent,
        own=time.process_time() - own,
        latencies=latencies,
        interviews=town.finished - finished,
        calls=channel.calls - calls,
        idle=idle,
        open=used,
        peak=bot.peak,
        stuck=0,
        refused=channel.refused,
        tellings=tuple(town.tellings.values()),
        waits={kind: tuple(sorted(times[before.get(kind, 0) :])) for kind, times in channel.waits.items()},
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
async def serving(channel: Channel) -> AsyncIterator[None]:
    """The Bot API while it listens, or the browsers while they are open."""
    await channel.start()
    try:
        yield
    finally:
        channel.close()


@asynccontextmanager
async def started(load: Load, channel: Channel, folder: Path) -> AsyncIterator[BotProcess]:
    """The bot while it runs, from when it can be spoken to. Raises `BotFailed`."""
    bot = await BotProcess.start(_command(load, channel, folder), folder)
    try:
        with suppress(TimeoutError):
            await asyncio.wait_for(channel.ready.wait(), PATIENCE)
        if not (channel.ready.is_set() and bot.is_running):
            raise BotFailed(bot.said())
        await asyncio.sleep(REST_SECONDS)
        yield bot
    finally:
        # Of a peer nothing is looked at afterwards, and some take seconds to say goodbye.
        await bot.stop(signal.SIGTERM if load.bot == OURS else signal.SIGKILL)


def _command(load: Load, channel: Channel, folder: Path) -> Command:
    if isinstance(channel, Browsers):
        return in_browsers(channel.port)
    if load.bot == OURS:
        return vertelbot(channel.url, load.mode, free_port())
    return peer(load.bot, channel.url, load.mode, free_port(), script.write(folder))
