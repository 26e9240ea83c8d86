"""What was taken away for good, by id and day only, so that no older copy brings it back; knows no word and no chat."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from storage.database import Work
from storage.rows import day as day_of
from storage.rows import moment, text, write_rows

_NOTE_DRAFT = "INSERT INTO dropped (interview_id, day) VALUES ($1, $2) ON CONFLICT (interview_id) DO NOTHING"
_NOTE_STORY = "INSERT INTO withdrawals (story_id, day) VALUES ($1, $2) ON CONFLICT (story_id) DO NOTHING"
_TAKE_DRAFT = "DELETE FROM interviews WHERE interview_id = $1"
_TAKE_PAPER = "DELETE FROM papers WHERE story_id = $1"
_TAKE_STORY = "DELETE FROM stories WHERE story_id = $1"
_STORIES = "SELECT story_id AS id, day FROM withdrawals WHERE day >= $1"
_DRAFTS = "SELECT interview_id AS id, day FROM dropped WHERE day >= $1"
_FREE_STORIES = "DELETE FROM withdrawals WHERE story_id IN (VALUES ($1))"
_FREE_DRAFTS = "DELETE FROM dropped WHERE interview_id IN (VALUES ($1))"
_FORGET = "DELETE FROM dropped WHERE day < $1"

LONG_AGO = date(1, 1, 1)

REMEMBERED = timedelta(days=32)
"""No copy that the house makes by itself is as old, and no draft is open for so long."""


class Kind(StrEnum):
    """What it was."""

    STORY = "verhaal"
    DRAFT = "concept"


@dataclass(frozen=True)
class Erased:
    """A story that was withdrawn, or a draft that was thrown away; `day` as in 2026-03-04, in Amsterdam."""

    kind: Kind
    id: str
    day: str


def day(at: datetime) -> str:
    """The day of a moment as it is kept here."""
    return moment(day_of(at))[: len("2000-01-01")]


async def note_draft(work: Work, interview_id: str, at: datetime) -> Erased:
    """Remembers that this draft was thrown away; its rows are another matter."""
    gone = Erased(Kind.DRAFT, interview_id, day(at))
    await work.execute(_NOTE_DRAFT, gone.id, gone.day)
    return gone


async def every(work: Work, since: date = LONG_AGO) -> list[Erased]:
    """All that was taken away since this day, as far as it is remembered."""
    return [item for kind in Kind for item in await every_of(work, kind, since)]


async def every_of(work: Work, kind: Kind, since: date = LONG_AGO) -> list[Erased]:
    """As `every`, of one kind. `TableMissing` where the database is of before that kind was remembered."""
    rows = await work.fetch(_STORIES if kind is Kind.STORY else _DRAFTS, since.isoformat())
    return [Erased(kind, text(row, "id"), text(row, "day")) for row in rows]


async def erase(work: Work, gone: Sequence[Erased]) -> int:
    """Takes all of it away (again), and remembers it; how many of them were there.

    A form on paper goes with the story that it would become, and first: it may be typed in at this moment.
    """
    found = 0
    for item in gone:
        is_story = item.kind is Kind.STORY
        found += await work.execute(_TAKE_PAPER, item.id) if is_story else 0
        found += await work.execute(_TAKE_STORY if is_story else _TAKE_DRAFT, item.id)
        await work.execute(_NOTE_STORY if is_story else _NOTE_DRAFT, item.id, item.day)
    return found


async def forget_drafts(work: Work, before: date) -> int:
    """Forgets the drafts that were thrown away before this day, when no copy can hold them any more; how many."""
    return await work.execute(_FORGET, before.isoformat())


async def forget_order(work: Work) -> None:
    """Writes what is remembered anew, in the order of ids, which are random.

    An engine lays a new row behind the others: whoever has its files would see which draft went with which story.
    """
    for kind in Kind:
        rows = [(item.id, item.day) for item in await every_of(work, kind)]
        if rows == sorted(rows):
            continue
        # By id: what another program remembers meanwhile is not among these, and stays.
        await write_rows(work, _FREE_STORIES if kind is Kind.STORY else _FREE_DRAFTS, [(id_,) for id_, _ in rows])
        await write_rows(work, _NOTE_STORY if kind is Kind.STORY else _NOTE_DRAFT, sorted(rows))
