"""A device that goes from teller to teller, and is locked where nobody moves; knows no conversation and no request.

That a device is one stands in a cookie of its own, with the code of the visit and until when somebody is there.
"""

import re
from dataclasses import dataclass, replace

from bot.browser.kiosk import MARGIN, NOBODY, Rest
from bot.browser.paths import VISIT_LOCK
from dialogs.links import is_code

QUIET = 10 * 60
"""Seconds without a sign of anybody, after which it is locked. A teller may think for long, or tell for long while
nobody types; a device that was left behind lies open no longer than a helper is away for coffee. The texts say it."""

WARNED = 60
"""So many seconds before that it is asked whether anybody is there still: who listens sees it only in passing."""

WRITING = 30 * 60
"""Without scripts nobody sees that somebody types: a question that is answered in words waits so long for a sign."""

_LOCKED = 1
"""In the place of a time: it was locked at once."""

_MARK = re.compile(r"(?:([0-9]{1,12})\.)?([a-z0-9]{1,16})", re.ASCII)


@dataclass(frozen=True, slots=True)
class OnVisit:
    """`code` is that of the visit. `until`: seconds since 1970, or `NOBODY` where nothing is to be kept from others."""

    code: str
    until: int = NOBODY

    @property
    def mark(self) -> str:
        """What stands in the cookie."""
        return f"{self.until}.{self.code}"

    def is_locked(self, now: float) -> bool:
        """Whether nobody was there for too long."""
        return self.until != NOBODY and self.until < now

    def waiting(self, now: float, seconds: int) -> "OnVisit":
        """From now on for so long, and a little longer; with `NOBODY` for as long as it takes. A lock stays shut."""
        if self.is_locked(now):
            return self
        return replace(self, until=int(now) + seconds + MARGIN if seconds else NOBODY)

    def locked(self) -> "OnVisit":
        """From now on until it is opened."""
        return replace(self, until=_LOCKED)

    def opened(self) -> "OnVisit":
        """The helper is there again."""
        return replace(self, until=NOBODY)


def on_visit(mark: str | None) -> OnVisit | None:
    """What this cookie says; None where it is none of ours. Of an earlier release it holds the code alone."""
    found = _MARK.fullmatch(mark or "")
    return OnVisit(found[2], int(found[1] or NOBODY)) if found and is_code(found[2]) else None


def rest(after: int) -> Rest:
    """What a page does where nobody moves: it is locked, without scripts after so many seconds (0: never)."""
    return Rest(VISIT_LOCK, after, quiet=QUIET, warned=WARNED, is_visit=True)
