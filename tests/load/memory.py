"""How much memory an interview takes that stands open: the bot's process with none, and with many of them."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tests.load.measuring import BotProcess
from tests.load.residents import Town
from tests.load.run import Load, on_disk, serving, started
from tests.load.telegram import Telegram

TOLD = 4
"""Answers after which they leave the phone alone: the start, who they are, the consent, the story."""

WARM_SECONDS = 5.0
REST_SECONDS = 2.0
PATIENCE = 900.0


@dataclass(frozen=True)
class Opened:
    """A process in bytes: after people have come and gone, and with so many interviews open."""

    bot: str
    empty: int
    full: tuple[tuple[int, int], ...]

    def each(self) -> list[tuple[int, float]]:
        """For each number of open interviews, bytes for one of them."""
        return [(count, (used - self.empty) / count) for count, used in self.full]


async def opened(bot: str, counts: tuple[int, ...]) -> Opened:
    """Measures one bot."""
    with on_disk() as folder:
        return await _opened(Load(bot), counts, folder)


async def _opened(load: Load, counts: tuple[int, ...], folder: Path) -> Opened:
    first = Town(load.residents, 0.0)
    telegram = Telegram(first.asked)
    async with serving(telegram), started(load, telegram, folder) as bot:
        await _lived(first, telegram)
        empty = await _used(bot)
        full: list[tuple[int, int]] = []
        there = 0
        for count in counts:
            await _open(telegram, there, count)
            full.append((count, await _used(bot)))
            there = count
    return Opened(load.bot, empty, tuple(full))


async def _lived(town: Town, telegram: Telegram) -> None:
    """Some tell their whole story first: what is loaded once is then there."""
    town.come(telegram.type, telegram.tap, 1.0)
    await asyncio.sleep(WARM_SECONDS)
    town.leave()
    with suppress(TimeoutError):
        await asyncio.wait_for(town.quiet.wait(), WARM_SECONDS * 4)


async def _open(telegram: Telegram, there: int, count: int) -> None:
    """From `there` open interviews to `count` of them."""
    town = Town(count - there, 0.0, first_chat=2_000_001 + there, answers=TOLD)
    telegram.asked = town.asked
    town.come(telegram.type, telegram.tap, count / 500)
    await asyncio.wait_for(town.resting.wait(), PATIENCE)


async def _used(bot: BotProcess) -> int:
    await asyncio.sleep(REST_SECONDS)
    return bot.memory()
