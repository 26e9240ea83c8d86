"""Whether the clock of this machine can be believed; knows no dialog and no database.

A clock that is ahead makes everything old. What goes for its age goes for good, so it waits until the clock is right.
"""

import logging
import time
from collections.abc import Callable
from email.utils import parsedate_to_datetime

MOST = 60 * 60.0
"""Seconds that the clock may be off, or jump."""

AGAIN = 60 * 60.0
"""Seconds after which it is said once more."""

_WRONG = (
    "de klok van deze machine loopt meer dan een uur verkeerd, of is zoveel versprongen. Zet hem gelijk (timedatectl"
    " set-ntp true). Tot dan gooi ik niets weg, herinner ik niemand en maak ik geen reservekopieën"
)

log = logging.getLogger(__name__)


class Timekeeper:
    """Compares the time of day (`wall`) with what Telegram says, and with a clock that nobody sets (`steady`)."""

    def __init__(self, wall: Callable[[], float] = time.time, steady: Callable[[], float] = time.monotonic) -> None:
        self._wall = wall
        self._steady = steady
        self._began = wall() - steady()
        self._is_off = False
        self._date = ""
        self._say_at = steady()

    def told(self, date: str) -> None:
        """What stands as `Date` above an answer of Telegram; what is no date tells nothing."""
        if date == self._date:
            return
        self._date = date
        try:
            there = parsedate_to_datetime(date).timestamp()
        except (ValueError, OverflowError):
            return
        self._is_off = abs(self._wall() - there) > MOST
        if not self._is_off:
            self._began = self._wall() - self._steady()

    def is_right(self) -> bool:
        """Whether the clock agrees with Telegram's, as far as that was heard, and has not jumped since."""
        if not self._is_off and abs(self._wall() - self._steady() - self._began) <= MOST:
            return True
        if self._steady() >= self._say_at:
            self._say_at = self._steady() + AGAIN
            log.error(_WRONG)
        return False
