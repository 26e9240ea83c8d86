"""Stories that wait for a review, one at a time, and what came of it; knows no terminal and no page."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from dialogs.library import Library
from research.deidentify import reviewing
from research.deidentify.batch import texts_of
from research.deidentify.reviewing import Review
from research.faults import ResearchFault
from storage import second_texts, stories
from storage.database import Database, Work
from storage.second_texts import Overtaken, SecondTexts
from storage.secrets import KeyRing

_NO_STORY = "Dit verhaal is er niet, of het is ingetrokken. Het kenmerk staat in de uitvoer, bij verhaal_id."
_NO_TEXT = "Van dit verhaal is er nog geen tweede tekst. Doe eerst: verhalen deidentify"


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Desk:
    """Where somebody reviews. `clock` gives the time in UTC."""

    database: Database
    keys: KeyRing
    library: Library
    reviewer: str
    clock: Callable[[], datetime] = _now

    async def waiting(self) -> list[str]:
        """The ids of the stories that nobody has looked at."""
        async with self.database.reading() as work:
            return await second_texts.waiting(work)

    async def begun(self, story_id: str, *, again: bool = False) -> tuple[Review, SecondTexts] | None:
        """The review of a story; None where there is nothing to review: it was taken back, or somebody else was first.

        With `again` it is shown whoever reviewed it, and where it cannot be, that is a fault.
        """
        async with self.database.reading() as work:
            told = await stories.one(work, self.keys, story_id)
            seen = (await second_texts.of(work, self.keys, [story_id])).get(story_id, {})
        texts = texts_of(told, self.library) if told else {}
        there = {question: seen[question] for question in texts if question in seen}
        fits = len(there) == len(texts) and all(
            there[name].stands_for(self.keys, typed) for name, typed in texts.items()
        )
        if texts and fits and (again or not all(second.is_reviewed for second in there.values())):
            return reviewing.begin(story_id, texts, there), there
        if again:
            raise ResearchFault(_NO_STORY if told is None else _NO_TEXT)
        return None

    async def keep(self, review: Review, seen: SecondTexts) -> bool:
        """Keeps what was made of a story; False where somebody else was first, or it was taken back meanwhile."""
        try:
            await self.database.run(partial(self._put, review, seen))
        except Overtaken:
            return False
        return True

    async def _put(self, review: Review, seen: SecondTexts, work: Work) -> None:
        await second_texts.review(work, self.keys, seen, review.texts, self.reviewer, self.clock())
