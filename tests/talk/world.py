"""What a test hands in: ids that can be foretold, a clock that stands still between turns, and the shipped library."""

from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import count

from bot.rehearsal import RECEIPTS, STUDY, Ids
from dialogs.library import Library, Terms
from dialogs.load import load_library

__all__ = ["RECEIPTS", "STUDY", "Clock", "Ids", "library"]


@cache
def library(*, is_open: bool = True) -> Library:
    """The sets and texts as they are shipped, with an invented study that is going on or over."""
    return load_library(STUDY, terms=Terms(open=is_open))


class Clock:
    """A time that goes on by a thousandth of a second a look, and by more when a test says so."""

    def __init__(self) -> None:
        self._looks = count()
        self._waited = timedelta()

    def __call__(self) -> datetime:
        return datetime(2026, 3, 2, 10, tzinfo=UTC) + self._waited + timedelta(milliseconds=next(self._looks))

    def wait(self, time: timedelta) -> None:
        """So long nothing happens."""
        self._waited += time
