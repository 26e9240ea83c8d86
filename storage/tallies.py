"""How often something happened, by week and by link; knows nobody, and never a word.

What became of a story counts for the week in which it began, so that parts and wholes are of the same people.

What of it may be shown to whom is another matter: `disclosure`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from dialogs.daytime import AMSTERDAM
from storage.database import Work
from storage.rows import number, text

_ADD = """
INSERT INTO tallies (week, link, mode, kind, detail, amount) VALUES ($1, $2, $3, $4, $5, 1)
ON CONFLICT (week, link, mode, kind, detail) DO UPDATE SET amount = tallies.amount + 1
"""
_EVERY = "SELECT week, link, mode, kind, detail, amount FROM tallies ORDER BY week, link, mode, kind, detail"


class Kind(StrEnum):
    """What happened: somebody came by a link, agreed and began, sent a story, left off at a question (`detail`), took a
    story back.

    MINUTES goes with a story that was sent: how long it took, in whole minutes. STRANGE: a code that leads nowhere.
    """

    OPENED = "opened"
    STARTED = "started"
    SENT = "sent"
    STOPPED = "stopped"
    MINUTES = "minutes"
    WITHDRAWN = "withdrawn"
    STRANGE = "strange"


class Mode(StrEnum):
    """How it was told; `NONE` where nobody tells."""

    SELF = "self"
    HELPED = "helped"
    PAPER = "paper"
    NONE = ""


@dataclass(frozen=True, order=True)
class Tally:
    """One kind of thing that happened. `week` as in 2026-W48, in Amsterdam; `link` is a code, "" for none of ours."""

    week: str
    link: str
    mode: Mode
    kind: Kind
    detail: str = ""


def week_of(at: datetime) -> str:
    """The week of a moment, as ISO 8601 counts them, in Amsterdam."""
    year, week, _ = at.astimezone(AMSTERDAM).isocalendar()
    return f"{year:04}-W{week:02}"


async def add(work: Work, happened: Iterable[Tally]) -> None:
    """Each of these happened once more. In order, so that two that count at once wait for each other only in turn."""
    for tally in sorted(happened):
        await work.execute(_ADD, tally.week, tally.link, tally.mode.value, tally.kind.value, tally.detail)


async def every(work: Work) -> list[tuple[Tally, int]]:
    """All that was counted, with how often."""
    return [
        (
            Tally(
                text(row, "week"),
                text(row, "link"),
                Mode(text(row, "mode")),
                Kind(text(row, "kind")),
                text(row, "detail"),
            ),
            number(row, "amount"),
        )
        for row in await work.fetch(_EVERY)
    ]
