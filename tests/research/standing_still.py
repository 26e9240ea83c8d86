"""An export that stops half-way and waits for a signal: `python -m tests.research.standing_still HOUSE TARGET`."""

import signal
import sys
from pathlib import Path

from tests.research.kept import House, export_by
from tests.research.told import LIBRARY


def wait_after_three() -> None:
    """Writes three stories, says so, and waits; after a signal that does not end it, it goes on."""
    written: list[int] = []

    def hear(number: int) -> None:
        written.append(number)
        if len(written) == 3:
            sys.stdout.write("halverwege\n")
            sys.stdout.flush()
            signal.pause()

    house, target = map(Path, sys.argv[1:])
    export_by(House(house), target, LIBRARY, written=hear)


if __name__ == "__main__":
    wait_after_three()
