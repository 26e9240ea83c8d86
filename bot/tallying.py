"""What of a turn is counted: that somebody began, sent, left off or took back a story; knows no table and no word."""

from collections.abc import Iterator
from datetime import datetime

from dialogs import paper
from dialogs.daytime import date_of
from dialogs.interview import Interview, Status
from dialogs.library import Library
from dialogs.links import is_code
from dialogs.path import current
from storage.tallies import Kind, Mode, Tally

LONGEST = 24 * 60
"""Minutes; whoever takes more came back another day, and that says nothing about the questions."""


def begun_or_ended(
    library: Library, before: Interview | None, after: Interview, at: datetime, opened_at: datetime | None = None
) -> Iterator[Tally]:
    """What to count of a turn that made `before` into `after`; nothing for a link that is there to try it out.

    `opened_at`: when the teller of `before` agreed, for how long it took.
    """
    if before is not None and after.id != before.id:
        yield from begun_or_ended(library, before, before.ended(Status.DROPPED), at, opened_at)
        before = None
    if after.test:
        return
    if before is None:
        yield _tally(after, at, Kind.STARTED)
    if after.status is Status.SENT:
        yield _tally(after, at, Kind.SENT)
        if before is not None:
            yield _tally(after, at, Kind.MINUTES, str(_minutes(opened_at or at, at)))
    if after.status is Status.DROPPED:
        left_at = before or after
        yield _tally(after, at, Kind.STOPPED, current(library.of(left_at), left_at).id)


def withdrawn(story: Interview, at: datetime) -> Iterator[Tally]:
    """What to count of a story that was taken back; one that stands on paper only was never counted as sent."""
    if not story.test and story.status is Status.SENT:
        yield _tally(story, at, Kind.WITHDRAWN)


def mode_of(interview: Interview) -> Mode:
    """How it was told."""
    if interview.channel == paper.CHANNEL:
        return Mode.PAPER
    return Mode.HELPED if interview.helped else Mode.SELF


def _tally(interview: Interview, at: datetime, kind: Kind, detail: str = "") -> Tally:
    """A link that somebody may have typed by hand is counted as none: words of people stand in no table as they are."""
    link = interview.link or ""
    return Tally(date_of(at), link if is_code(link) else "", mode_of(interview), kind, detail)


def _minutes(since: datetime, until: datetime) -> int:
    return min(max(round((until - since).total_seconds() / 60), 1), LONGEST)
