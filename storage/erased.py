"""What was taken away for good, by id and day only, so that no older copy brings it back; knows no word and no chat."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from storage.database import Work
from storage.rows import day as day_of
from storage.rows import moment, text, write_rows

_TAKE_PAPER = "DELETE FROM papers WHERE story_id = $1"
_FORGET = "DELETE FROM dropped WHERE day < $1"

LONG_AGO = date(1, 1, 1)

REMEMBERED = timedelta(days=32)
"""No copy that the house makes by itself is as old, and no draft is open for so long."""


class Kind(StrEnum):
    """What it was."""

    STORY = "verhaal"
    DRAFT = "concept"
    STAFF = "medewerker"


@dataclass(frozen=True)
class _Statements:
    """What is asked for one kind: to remember it, to take it away, to tell all since a day, and to forget one again."""

    note: str
    take: str
    every: str
    free: str


_SQL: Mapping[Kind, _Statements] = {
    Kind.STORY: _Statements(
        "INSERT INTO withdrawals (story_id, day) VALUES ($1, $2) ON CONFLICT (story_id) DO NOTHING",
        "DELETE FROM stories WHERE story_id = $1",
        "SELECT story_id AS id, day FROM withdrawals WHERE day >= $1",
        "DELETE FROM withdrawals WHERE story_id IN (VALUES ($1))",
    ),
    Kind.DRAFT: _Statements(
        "INSERT INTO dropped (interview_id, day) VALUES ($1, $2) ON CONFLICT (interview_id) DO NOTHING",
        "DELETE FROM interviews WHERE interview_id = $1",
        "SELECT interview_id AS id, day FROM dropped WHERE day >= $1",
        "DELETE FROM dropped WHERE interview_id IN (VALUES ($1))",
    ),
    Kind.STAFF: _Statements(
        "INSERT INTO removed (staff_id, day) VALUES ($1, $2) ON CONFLICT (staff_id) DO NOTHING",
        "DELETE FROM staff WHERE staff_id = $1",
        "SELECT staff_id AS id, day FROM removed WHERE day >= $1",
        "DELETE FROM removed WHERE staff_id IN (VALUES ($1))",
    ),
}


@dataclass(frozen=True)
class Erased:
    """A story that was withdrawn, a draft that was thrown away, or somebody of the staff who was removed.

    `day` as in 2026-03-04, in Amsterdam.
    """

    kind: Kind
    id: str
    day: str


def day(at: datetime) -> str:
    """The day of a moment as it is kept here."""
    return moment(day_of(at))[: len("2000-01-01")]


async def note_draft(work: Work, interview_id: str, at: datetime) -> Erased:
    """Remembers that this draft was thrown away; its rows are another matter."""
    gone = Erased(Kind.DRAFT, interview_id, day(at))
    await work.execute(_SQL[gone.kind].note, gone.id, gone.day)
    return gone


async def every(work: Work, since: date = LONG_AGO) -> list[Erased]:
    """All that was taken away since this day, as far as it is remembered."""
    return [item for kind in Kind for item in await every_of(work, kind, since)]


async def every_of(work: Work, kind: Kind, since: date = LONG_AGO) -> list[Erased]:
    """As `every`, of one kind. `TableMissing` where the database is of before that kind was remembered."""
    rows = await work.fetch(_SQL[kind].every, since.isoformat())
    return [Erased(kind, text(row, "id"), text(row, "day")) for row in rows]


async def erase(work: Work, gone: Sequence[Erased]) -> int:
    """Takes all of it away (again), and remembers it; how many of them were there.

    A form on paper goes with the story that it would become, and first: it may be typed in at this moment.
    """
    found = 0
    for item in gone:
        found += await work.execute(_TAKE_PAPER, item.id) if item.kind is Kind.STORY else 0
        found += await work.execute(_SQL[item.kind].take, item.id)
        await work.execute(_SQL[item.kind].note, item.id, item.day)
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
        await write_rows(work, _SQL[kind].free, [(id_,) for id_, _ in rows])
        await write_rows(work, _SQL[kind].note, sorted(rows))
