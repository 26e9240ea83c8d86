"""What a test hands in: ids that can be foretold, a clock that stands still between turns, and the shipped library."""

from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import count

from dialogs.events import Fresh
from dialogs.library import Library
from dialogs.load import load_library

STUDY = {
    "onderzoeker": "Bureau Voorbeeld",
    "opdrachtgever": "de gemeente",
    "contact": "020 000 0000",
    "fg_contact": "fg@voorbeeld.nl",
    "privacy_url": "voorbeeld.nl/privacy",
    "bewaartermijn": "2 jaar",
    "buurtteam_telefoon": "020 111 1111",
    "bot_link": "t.me/voorbeeld",
    "concept_dagen": "7",
}
RECEIPTS = ("K7PM4TX9R", "B3CD5FG6H", "N8QR2ST4V", "W9XY7Z2AB")


@cache
def library() -> Library:
    """The sets and texts as they are shipped, with an invented study."""
    return load_library(STUDY)


class Ids:
    """Ids in order. A new receipt comes only when a story is kept, so that transcripts can name it."""

    def __init__(self) -> None:
        self._numbers = count(1)
        self.kept = 0

    def __call__(self) -> Fresh:
        number = next(self._numbers)
        return Fresh(f"{number:06d}-interview", f"{number:06d}-teller", f"{number:06d}-story", RECEIPTS[self.kept])


class Clock:
    """A time that goes on by a second a look."""

    def __init__(self) -> None:
        self._seconds = count()

    def __call__(self) -> datetime:
        return datetime(2026, 3, 2, 10, tzinfo=UTC) + timedelta(seconds=next(self._seconds))
