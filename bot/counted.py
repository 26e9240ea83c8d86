"""Turns as they are counted for whoever watches the program; the same for every channel that serves many."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from bot.figures import Figures
from storage.faults import Unavailable


@contextmanager
def turn(figures: Figures, channel: str) -> Iterator[None]:
    """What goes on within is one turn of this channel. What goes wrong in it is counted, and comes out as it is."""
    began = time.perf_counter()
    try:
        yield
    except Unavailable:
        figures.failed["bezet"] += 1
        figures.keeping = False
        raise
    except Exception:
        figures.failed["fout"] += 1
        raise
    figures.keeping = True
    figures.handled[channel] += 1
    figures.turns.add(time.perf_counter() - began)
