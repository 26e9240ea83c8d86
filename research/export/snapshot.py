"""All that was told at one moment, as an export reads it; knows no file and no format."""

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from dialogs.daytime import date_of
from research.export.asked import Asked
from storage import exports, second_texts, stories
from storage.database import Work
from storage.second_texts import SecondText, SecondTexts
from storage.secrets import KeyRing
from storage.stories import Story

PSEUDONYM_DIGITS = 16
"""Of the hash of a teller: as many as the teller has in the house."""


@dataclass(frozen=True)
class Again:
    """An export that is made once more: its id, the ids of its stories, and how many were left out then, by reason."""

    id: str
    stories: frozenset[str]
    left_out: Mapping[str, int]


@dataclass(frozen=True)
class Snapshot:
    """One look at the database, for as long as `work` is open.

    `counts` as `storage.stories.counts` gives them, `withdrawn` the id and the day of every story that was taken back,
    of whichever set: that is not kept. `again`: an earlier one, which is made once more; then `asked` is that of then.
    """

    work: Work
    keys: KeyRing = field(repr=False)
    counts: Mapping[str, int]
    withdrawn: Sequence[tuple[str, str]]
    asked: Asked
    again: Again | None = None

    async def stories(self) -> AsyncIterator[Story]:
        """Every story in order of id, from the start each time."""
        async for story in stories.every(self.work, self.keys, None):
            if self.again is None or story.id in self.again.stories:
                yield story

    async def second_texts(self, ids: Sequence[str]) -> Mapping[str, SecondTexts]:
        """The second texts of these stories, by their ids."""
        return await second_texts.of(self.work, self.keys, ids)

    async def hidden(self, recipient: str) -> Mapping[str, Collection[str]]:
        """Up to which attributes stories were hidden from this recipient, or in the export that is made once more."""
        if self.again:
            return await exports.hidden_in(self.work, self.again.id)
        return await exports.hidden_from(self.work, self.keys, recipient)

    def stands_for(self, second: SecondText, typed: str) -> bool:
        """Whether a second text was made of these words."""
        return second.stands_for(self.keys, typed)

    def pseudonym(self, recipient: str, teller: str) -> str:
        """What a teller is called for this recipient.

        So nobody who has a story of a teller learns from what another recipient has which other stories are of the
        same teller, but of tellers of whom both have a story: the id of a story is the same for all, because a
        recipient is asked by it to delete one, and the words alone would tell.
        """
        return self.keys.mark("exported teller", f"{exports.as_one(recipient)}\0{teller}")[:PSEUDONYM_DIGITS]


async def taken(work: Work, keys: KeyRing) -> Snapshot:
    """A snapshot of now."""
    times = await stories.asked(work)
    asked = {version: (date_of(first), date_of(last)) for version, (first, last) in times.items()}
    return Snapshot(work, keys, await stories.counts(work), await stories.withdrawals(work), asked)
