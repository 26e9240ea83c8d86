"""The bot as a process of its own, of which one long-lived task dies a while after the start: an argument names it."""

import asyncio
import sys

from bot.commands import run_to_its_end
from bot.running import run
from bot.settings import Settings, read_settings
from console import logs

ALIVE_SECONDS = 4.0


async def struck(settings: Settings, name: str) -> None:
    """Runs the bot, and breaks off the task of this name."""
    running = asyncio.create_task(run(settings, asyncio.Event()))
    await asyncio.sleep(ALIVE_SECONDS)
    [found] = [task for task in asyncio.all_tasks() if task.get_name() == name]
    found.cancel()
    await running


def main() -> None:
    """What `vertelbot start` does, but for that."""
    settings = read_settings()
    logs.set_up("DEBUG")
    run_to_its_end(lambda: struck(settings, sys.argv[1]))


if __name__ == "__main__":
    main()
