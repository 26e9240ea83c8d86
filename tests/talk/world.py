"""What a test hands in: ids that can be foretold, a clock that stands still between turns, and the shipped library."""

from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import count

from bot.rehearsal import RECEIPTS, STUDY, Ids
from dialogs.library import Library
from dialogs.load import load_library

__all__ = ["RECEIPTS", "STUDY", "Clock", "Ids", "library"]


@cache
def library() -> Library:
    """The sets and texts as they are shipped, with an invented study."""
    return load_library(STUDY)


class Clock:
    """A time that goes on by a second a look."""

    def __init__(self) -> None:
        self._seconds = count()

    def __call__(self) -> datetime:
        return datetime(2026, 3, 2, 10, tzinfo=UTC) + timedelta(seconds=next(self._seconds))
