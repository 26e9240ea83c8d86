"""An export that stops half-way until it is broken off: `python -m tests.research.standing_still HOUSE TARGET`."""

import asyncio
import sys
import time
from pathlib import Path

from tests.research.kept import House, export_by
from tests.research.told import LIBRARY


def wait_after_three() -> None:
    """Writes three stories, says so, and holds everything up until Ctrl-C."""
    written: list[int] = []

    def hear(number: int) -> None:
        written.append(number)
        if len(written) == 3:
            sys.stdout.write("halverwege\n")
            sys.stdout.flush()
            while not _broken_off():
                time.sleep(0.01)

    house, target = map(Path, sys.argv[1:])
    export_by(House(house), target, LIBRARY, written=hear)


def _broken_off() -> bool:
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


if __name__ == "__main__":
    wait_after_three()
