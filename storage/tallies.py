"""How often something happened, by day and by link; knows nobody, and never a word.

Each counts for the day on which it happened: what was counted of a day that is over never changes, and what was to be
seen at the end of it can be worked out again.

What of it may be shown to whom is another matter: `disclosure`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from storage.database import Work
from storage.rows import number, text

_ADD = """
INSERT INTO tallies (day, link, mode, kind, detail, amount) VALUES ($1, $2, $3, $4, $5, 1)
ON CONFLICT (day, link, mode, kind, detail) DO UPDATE SET amount = tallies.amount + 1
"""
_EVERY = "SELECT day, link, mode, kind, detail, amount FROM tallies ORDER BY day, link, mode, kind, detail"


class Kind(StrEnum):
    """What happened: somebody came by a link, agreed and began, sent a story, left off at a question (`detail`), took a
    story back.

    MINUTES goes with a story that was sent: how long it took, in whole minutes. STALE: somebody came by a link
    that does not work now. STRANGE: by a code that leads nowhere. TEST: by a link to try it out. What nobody reads is
    counted all the same, so that no code costs less than another.
    """

    OPENED = "opened"
    STARTED = "started"
    SENT = "sent"
    STOPPED = "stopped"
    MINUTES = "minutes"
    WITHDRAWN = "withdrawn"
    STALE = "stale"
    STRANGE = "strange"
    TEST = "test"


class Mode(StrEnum):
    """How it was told; `NONE` where nobody tells."""

    SELF = "self"
    HELPED = "helped"
    PAPER = "paper"
    NONE = ""


@dataclass(frozen=True, order=True)
class Tally:
    """One kind of thing that happened. `day` is in Amsterdam; `link` is a code, "" for none of ours."""

    day: date
    link: str
    mode: Mode
    kind: Kind
    detail: str = ""


async def add(work: Work, happened: Iterable[Tally]) -> None:
    """Each of these happened once more. In order, so that two that count at once wait for each other only in turn."""
    for tally in sorted(happened):
        await work.execute(_ADD, tally.day.isoformat(), tally.link, tally.mode.value, tally.kind.value, tally.detail)


async def every(work: Work) -> list[tuple[Tally, int]]:
    """All that was counted, with how often."""
    return [
        (
            Tally(
                date.fromisoformat(text(row, "day")),
                text(row, "link"),
                Mode(text(row, "mode")),
                Kind(text(row, "kind")),
                text(row, "detail"),
            ),
            number(row, "amount"),
        )
        for row in await work.fetch(_EVERY)
    ]
