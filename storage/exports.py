"""Exports as they were handed out: to whom, of which stories and how; knows no file, and of a story only its id."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from storage.database import Row, Work
from storage.rows import flag, instant, moment, number, text, write_rows
from storage.secrets import KeyRing

_KEEP = """
INSERT INTO exports (export_id, at, tier, recipient, recipient_mark, reason, made_by, wish, digest)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
"""
_KEEP_STORY = "INSERT INTO export_stories (export_id, story_id, taken_back) VALUES ($1, $2, $3)"
_FIND = "SELECT export_id, at, tier, recipient, reason, made_by, wish, digest FROM exports WHERE export_id = $1"
_EVERY = "SELECT export_id, at, tier, recipient, reason, made_by, wish, digest FROM exports ORDER BY at, export_id"
_STORIES = "SELECT story_id, taken_back FROM export_stories WHERE export_id = $1 ORDER BY story_id"
_AMOUNTS = "SELECT export_id, COUNT(*) AS stories FROM export_stories WHERE taken_back = 0 GROUP BY export_id"
_THERE = "SELECT story_id FROM stories"
_HIDE = "INSERT INTO export_hidden (export_id, story_id, hidden_to) VALUES ($1, $2, $3)"
_HIDDEN_IN = "SELECT story_id, hidden_to FROM export_hidden WHERE export_id = $1"
_HIDDEN_FROM = """
SELECT DISTINCT h.story_id, h.hidden_to FROM export_hidden h JOIN exports e ON e.export_id = h.export_id
WHERE e.recipient_mark = $1
"""
_HANDED_OUT = """
SELECT s.export_id, s.story_id, w.day
FROM export_stories s JOIN withdrawals w ON w.story_id = s.story_id
WHERE s.taken_back = 0
ORDER BY s.export_id, s.story_id
"""


@dataclass(frozen=True)
class Export:
    """One export. `wish` is JSON of what was asked for; `digest` is that of its manifest, in hexadecimals."""

    id: str
    at: datetime
    tier: str
    recipient: str
    reason: str
    made_by: str
    wish: str
    digest: str


@dataclass(frozen=True)
class Stories:
    """The ids of the stories in an export, and of those that it named as taken back."""

    handed_out: frozenset[str]
    taken_back: frozenset[str]


@dataclass(frozen=True)
class Recall:
    """A story that was handed out and taken back since; `day` is that of taking back, in Amsterdam."""

    export: str
    story: str
    day: str


async def keep(work: Work, keys: KeyRing, export: Export, stories: Iterable[str], taken_back: Iterable[str]) -> None:
    """Writes down what is about to be handed out."""
    words = (export.recipient, export.reason, export.made_by, export.wish)
    recipient, reason, made_by, wish = (keys.encrypt(word) for word in words)
    mark = recipient_mark(keys, export.recipient)
    row = (export.id, moment(export.at), export.tier, recipient, mark, reason, made_by, wish, export.digest)
    await work.execute(_KEEP, *row)
    ids = chain(((story, 0) for story in stories), ((story, 1) for story in taken_back))
    await write_rows(work, _KEEP_STORY, ((export.id, story, back) for story, back in ids))


async def keep_hidden(work: Work, export_id: str, hidden_to: Mapping[str, str]) -> None:
    """Writes down up to which attribute stories, by their ids, were hidden. Whatever is gone stays gone."""
    there = {text(row, "story_id") for row in await work.fetch(_THERE)} if hidden_to else set()
    await write_rows(work, _HIDE, ((export_id, story, to) for story, to in hidden_to.items() if story in there))


async def hidden_in(work: Work, export_id: str) -> Mapping[str, Collection[str]]:
    """Up to which attribute each story was hidden when an export was made, by the id of the story."""
    return _hidden(await work.fetch(_HIDDEN_IN, export_id))


async def hidden_from(work: Work, keys: KeyRing, recipient: str) -> Mapping[str, Collection[str]]:
    """Of each story the attributes up to which it was hidden from a recipient, in one export or another."""
    return _hidden(await work.fetch(_HIDDEN_FROM, recipient_mark(keys, recipient)))


def _hidden(rows: Iterable[Row]) -> Mapping[str, Collection[str]]:
    found: dict[str, set[str]] = {}
    for row in rows:
        found.setdefault(text(row, "story_id"), set()).add(text(row, "hidden_to"))
    return found


def recipient_mark(keys: KeyRing, recipient: str) -> str:
    """By what the exports of one recipient are known as such, however they typed their name."""
    return keys.mark("recipient", as_one(recipient))


def as_one(recipient: str) -> str:
    """The same for every way to type the name of one recipient."""
    return " ".join(recipient.casefold().split())


async def find(work: Work, keys: KeyRing, export_id: str) -> Export | None:
    """The export with this id."""
    rows = await work.fetch(_FIND, export_id)
    return _export(keys, rows[0]) if rows else None


async def every(work: Work, keys: KeyRing) -> Sequence[Export]:
    """All of them, oldest first."""
    return [_export(keys, row) for row in await work.fetch(_EVERY)]


async def stories_of(work: Work, export_id: str) -> Stories:
    """Which stories it was of, also those that are gone since."""
    rows = await work.fetch(_STORIES, export_id)
    back = [(text(row, "story_id"), flag(row, "taken_back")) for row in rows]
    return Stories(frozenset(key for key, gone in back if not gone), frozenset(key for key, gone in back if gone))


async def amounts(work: Work) -> Mapping[str, int]:
    """How many stories were in each export that had any, also those that are gone since; by its id."""
    return {text(row, "export_id"): number(row, "stories") for row in await work.fetch(_AMOUNTS)}


async def recalls(work: Work) -> Sequence[Recall]:
    """Every story in an export that its teller took back since."""
    rows = await work.fetch(_HANDED_OUT)
    return [Recall(text(row, "export_id"), text(row, "story_id"), text(row, "day")) for row in rows]


def _export(keys: KeyRing, row: Row) -> Export:
    opened = {name: keys.decrypt(text(row, name)) for name in ("recipient", "reason", "made_by", "wish")}
    return Export(
        text(row, "export_id"),
        instant(row, "at"),
        text(row, "tier"),
        opened["recipient"],
        opened["reason"],
        opened["made_by"],
        opened["wish"],
        text(row, "digest"),
    )
