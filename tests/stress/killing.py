"""SIGKILL for one of several bots, again and again, also while it is still starting; knows no channel."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from random import Random

from tests.corridor.process import Bot

EARLY = 0.15
"""The share of lives that end while the bot is still starting."""

Progress = Callable[[int], None]
"""Hears how often there was a kill so far."""


async def killed(
    bots: Sequence[Bot], lot: Random, times: int, lives: Callable[[], Awaitable[None]], settled: float, hear: Progress
) -> list[float]:
    """Kills bots when `lives` is over, so many times in all; when that was. At the end all run again.

    So many seconds after a kill the world has `settled`: it did what it was asked before.
    """
    loop, kills = asyncio.get_running_loop(), list[float]()
    while len(kills) < times:
        bot = lot.choice(bots)
        await lives()
        while True:
            await bot.kill()
            await asyncio.sleep(settled)
            kills.append(loop.time())
            hear(len(kills))
            if len(kills) == times or lot.random() > EARLY:
                break
            await bot.launch()
            await asyncio.sleep(lot.uniform(0, 1))
        await bot.start()
    return kills
