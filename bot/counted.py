"""Turns as they are counted for whoever watches the program; the same for every channel that serves many."""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager

from bot.figures import Figures
from storage.faults import Unavailable

log = logging.getLogger(__name__)


@contextmanager
def turn(figures: Figures, channel: str) -> Iterator[None]:
    """What goes on within is one turn of this channel. What goes wrong in it is counted, and comes out as it is.

    That nothing can be kept is logged when it begins and when it is over: every retry would say the same.
    """
    began = time.perf_counter()
    try:
        yield
    except Unavailable:
        figures.failed["bezet"] += 1
        if figures.keeping:
            log.exception(
                "een bericht kon niet worden bewaard en wordt opnieuw aangeboden, zoals alles tot het weer kan"
            )
        figures.keeping = False
        raise
    except Exception:
        figures.failed["fout"] += 1
        raise
    if not figures.keeping:
        log.info("er wordt weer bewaard")
    figures.keeping = True
    figures.handled[channel] += 1
    figures.turns.add(time.perf_counter() - began)
