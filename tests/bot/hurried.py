"""The bot as a process of its own, for whose watch a second is more than a minute: it need not be waited for."""

import asyncio
import time

from bot.commands import run_to_its_end
from bot.figures import Figures, Pulse
from bot.running import run
from bot.settings import read_settings
from console import logs

TIMES = 100


def main() -> None:
    """What `vertelbot start` does, but for the time."""
    settings = read_settings()
    logs.set_up("DEBUG")
    figures = Figures(pulse=Pulse(lambda: time.monotonic() * TIMES))
    run_to_its_end(lambda: run(settings, asyncio.Event(), figures))


if __name__ == "__main__":
    main()
