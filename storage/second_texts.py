"""Second texts: what stands beside the words of a story, with nothing in it that leads to a person; knows no rule.

The words that were told are never changed. A second text is first proposed, then reviewed by somebody, and it counts
only for the very words that it was made of.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from types import MappingProxyType

from dialogs.personal.seeing import replaced
from storage import erased
from storage.database import Row, Work
from storage.faults import StorageFault
from storage.records import opened
from storage.rows import number, text
from storage.secrets import KeyRing

STORIES_AT_ONCE = 500
"""Ids in one statement."""

_OF = """
SELECT story_id, question, original, words, masks, rules, made_on, reviewed_on, reviewer, edition
FROM second_texts WHERE story_id IN ({ids}) ORDER BY story_id, question
"""

_PROPOSE = """
INSERT INTO second_texts (story_id, question, original, words, masks, rules, made_on, reviewed_on, reviewer, edition)
SELECT story_id, $2, $3, $4, $5, $6, $7, '', '', 1 FROM stories WHERE story_id = $1
ON CONFLICT (story_id, question) DO UPDATE SET original = excluded.original, words = excluded.words,
    masks = excluded.masks, rules = excluded.rules, made_on = excluded.made_on, reviewed_on = '', reviewer = '',
    edition = second_texts.edition + 1
WHERE second_texts.reviewed_on = '' OR second_texts.original <> excluded.original
"""

_REVIEW = """
UPDATE second_texts SET words = $5, masks = $6, reviewed_on = $7, reviewer = $8, edition = edition + 1
WHERE story_id = $1 AND question = $2 AND edition = $3 AND original = $4
"""

_REVIEWED = "SELECT story_id, reviewed_on, reviewer FROM second_texts WHERE reviewed_on <> ''"
_WAITING = "SELECT DISTINCT story_id FROM second_texts WHERE reviewed_on = '' ORDER BY story_id"


class Overtaken(StorageFault):
    """Somebody else changed the same second text first, or the story was taken away."""


@dataclass(frozen=True)
class Mask:
    """What stands for a piece of the words, from `start` up to `end` in code points, and which rule put it there."""

    start: int
    end: int
    words: str
    rule: str


@dataclass(frozen=True)
class Masked:
    """What somebody typed at a question, and the masks in it: in order, and none over another."""

    question: str
    typed: str = field(repr=False)
    masks: tuple[Mask, ...] = ()

    @property
    def words(self) -> str:
        """The second text."""
        return replaced(self.typed, [((mask.start, mask.end), mask.words) for mask in self.masks])


@dataclass(frozen=True)
class SecondText:
    """A second text as it is kept. `reviewed_on` is a day (in Amsterdam), "" while nobody has looked at it.

    `original` marks the words that it was made of: `stands_for` says whether they are still the same.
    """

    story: str
    question: str
    original: str
    words: str = field(repr=False)
    masks: tuple[Mask, ...]
    rules: str
    made_on: str
    reviewed_on: str
    reviewer: str = field(repr=False)
    edition: int

    @property
    def is_reviewed(self) -> bool:
        """Whether somebody has looked at it."""
        return bool(self.reviewed_on)

    def stands_for(self, keys: KeyRing, typed: str) -> bool:
        """Whether it was made of these words. Of others it says nothing, reviewed or not."""
        return self.original == _mark(keys, self.story, self.question, typed)


SecondTexts = Mapping[str, SecondText]
"""Those of a story, by question."""


async def of(work: Work, keys: KeyRing, story_ids: Sequence[str]) -> Mapping[str, SecondTexts]:
    """The second texts of these stories, by story and question; a story that has none is not among them.

    Whoever uses one asks first whether it is reviewed and whether it `stands_for` what was typed.
    """
    found: dict[str, SecondTexts] = {}
    for start in range(0, len(story_ids), STORIES_AT_ONCE):
        ids = story_ids[start : start + STORIES_AT_ONCE]
        places = ", ".join(f"${place}" for place in range(1, len(ids) + 1))
        rows = await work.fetch(_OF.replace("{ids}", places), *ids)
        for story_id, lines in groupby(rows, key=lambda row: text(row, "story_id")):
            found[story_id] = MappingProxyType({text(row, "question"): _second_text(keys, row) for row in lines})
    return MappingProxyType(found)


async def propose(
    work: Work, keys: KeyRing, story_id: str, proposed: Sequence[Masked], rules: str, at: datetime
) -> int:
    """Puts these beside the words of a story, in place of what was proposed before; how many were put there.

    What was reviewed stays, unless the words are others by now; of a story that is gone nothing is kept.
    """
    made_on, kept = erased.day(at), 0
    for item in proposed:
        kept += await work.execute(_PROPOSE, story_id, *_sealed(keys, story_id, item), rules, made_on)
    return kept


async def review(
    work: Work, keys: KeyRing, seen: SecondTexts, reviewed: Sequence[Masked], reviewer: str, at: datetime
) -> None:
    """Keeps what somebody made of second texts as they saw them: all of one story, or nothing.

    Raises `Overtaken` where one of them was changed meanwhile: the first who keeps a story wins.
    """
    on, by = erased.day(at), keys.encrypt(reviewer)
    for item in sorted(reviewed, key=lambda item: item.question):
        before = seen[item.question]
        question, original, words, masks = _sealed(keys, before.story, item)
        changed = await work.execute(_REVIEW, before.story, question, before.edition, original, words, masks, on, by)
        if not changed:
            raise Overtaken("Iemand anders heeft dit verhaal net nagekeken, of het is ingetrokken.")


async def waiting(work: Work) -> list[str]:
    """The stories with a second text that nobody has looked at, in order of id."""
    return [text(row, "story_id") for row in await work.fetch(_WAITING)]


async def reviews(work: Work, keys: KeyRing) -> set[tuple[str, str, str]]:
    """Which story was reviewed on which day, and by whom; of a story that is gone nothing is known any more."""
    rows = await work.fetch(_REVIEWED)
    return {(text(row, "story_id"), text(row, "reviewed_on"), opened(keys, row, "reviewer")) for row in rows}


def _sealed(keys: KeyRing, story_id: str, item: Masked) -> tuple[str, str, str, str]:
    """As in the table: question up to and including masks."""
    masks = json.dumps([[mask.start, mask.end, mask.words, mask.rule] for mask in item.masks], ensure_ascii=False)
    original = _mark(keys, story_id, item.question, item.typed)
    return item.question, original, keys.encrypt(item.words), keys.encrypt(masks)


def _second_text(keys: KeyRing, row: Row) -> SecondText:
    return SecondText(
        story=text(row, "story_id"),
        question=text(row, "question"),
        original=text(row, "original"),
        words=opened(keys, row, "words"),
        masks=tuple(Mask(*cells) for cells in json.loads(opened(keys, row, "masks"))),
        rules=text(row, "rules"),
        made_on=text(row, "made_on"),
        reviewed_on=text(row, "reviewed_on"),
        reviewer=opened(keys, row, "reviewer"),
        edition=number(row, "edition"),
    )


def _mark(keys: KeyRing, story_id: str, question: str, typed: str) -> str:
    return keys.mark("second text", f"{story_id}\0{question}\0{typed}")
