"""Tells the list beside the copies what was taken away for good; what the list cannot take now, it is told later.

A disk with copies that is full or away may not keep anyone from taking a story back: the database knows of it too.
"""

import logging
from collections.abc import Sequence
from datetime import date

from storage import erased
from storage.database import Database
from storage.erased import REMEMBERED, Erased
from storage.journal import Journal

log = logging.getLogger(__name__)


class Remembering:
    """The list, as the corridor calls it."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def __call__(self, gone: Sequence[Erased]) -> None:
        """Writes it down, if that can be done now."""
        try:
            self._journal.note(gone)
        except OSError as fault:
            log.warning("de lijst van wat is weggehaald kan niet worden geschreven (%s)", fault.strerror)

    async def catch_up(self, database: Database, today: date) -> None:
        """Writes down what the list does not have yet, and forgets what no copy can hold any more. Raises OSError."""
        since = today - REMEMBERED
        async with database.transaction() as work:
            await erased.forget_drafts(work, since)
            known = await erased.every(work, since)
        missing = sorted(set(known) - self._journal.every(), key=lambda item: (item.day, item.id))
        if missing:
            self._journal.note(missing)
        self._journal.begin(today.isoformat())
        self._journal.forget(since)
