"""The stories of an export one by one, as they leave, with why each other one stays; knows no file and no format."""

from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from dialogs.library import Library
from research.export.coarsening import LEAST, Coarse, Known, coarsen
from research.export.order import Order
from research.export.outgoing import (
    Reviewed,
    known_by,
    known_of,
    made_coarse,
    with_pseudonym,
    with_second_texts,
)
from research.export.rows import StoryRow, StoryRows
from research.export.selecting import LeftOut, judge
from research.export.snapshot import Snapshot
from research.export.tiers import LEAVING
from research.faults import ResearchFault
from storage.second_texts import SecondTexts

STORIES_AT_ONCE = 200
"""Stories in memory while their second texts are read."""

Heard = Callable[[int], object]
"""Hears of so many stories that are done with."""


@dataclass
class Choosing:
    """The stories of an order in a snapshot. `left_out` counts the others, anew with every time they are gone through.

    `hidden` says how often each attribute was made coarse, by question set.
    """

    order: Order
    library: Library
    snapshot: Snapshot
    left_out: Counter[LeftOut] = field(default_factory=Counter)
    hidden: dict[str, Mapping[str, int]] = field(default_factory=dict)

    async def rows(self, heard: Heard) -> AsyncIterator[StoryRow]:
        """Every story in it, in order of id. `ResearchFault` where one, or all together, cannot leave as they are."""
        known = await self._coarse() if LEAVING[self.order.tier].coarse else {}
        tellers: dict[str, set[str]] = {}
        async for row, texts in self._in_it(heard):
            some = tellers.setdefault(row.story.question_set, set())
            if len(some) < LEAST:
                some.add(row.story.teller)
            leaving = with_second_texts(row, texts) if LEAVING[self.order.tier].second_texts else row
            yield with_pseudonym(made_coarse(leaving, known.get(row.story.id, {})), self._pseudonym)
            heard(1)
        self._check(tellers.values())

    def _check(self, tellers: Iterable[set[str]]) -> None:
        """What stories are chosen by is known of everybody in them, shown or not: it has to fit enough tellers."""
        chosen = self.order.selection
        by_teller = any(value is not None for value in (chosen.area, chosen.link, chosen.language))
        if LEAVING[self.order.tier].second_texts and by_teller and any(len(some) < LEAST for some in tellers):
            raise ResearchFault(
                f"Met deze keuze zijn er van een vragenlijst minder dan {LEAST} vertellers, en dan is te weten wie zij"
                " zijn. Er is niets uitgevoerd. Kies ruimer: laat --area, --link of --language weg, of kies met --set"
                " een vragenlijst waar er meer van zijn."
            )

    def _pseudonym(self, teller: str) -> str:
        return self.snapshot.pseudonym(self.order.recipient, teller)

    async def _in_it(self, heard: Heard) -> AsyncIterator[tuple[StoryRow, SecondTexts]]:
        self.left_out.clear()
        why_not = judge(self.order.selection, self.library.sets)
        rows_of = StoryRows(self.library)
        waiting: list[StoryRow] = []
        async for story in self.snapshot.stories():
            reason = why_not(story) or self._not_to_quote(story.quote)
            if reason:
                self.left_out[reason] += 1
                heard(1)
                continue
            if not LEAVING[self.order.tier].second_texts:
                yield rows_of.of(story), {}
                continue
            waiting.append(rows_of.of(story))
            if len(waiting) == STORIES_AT_ONCE:
                for found in await self._reviewed(waiting, heard):
                    yield found
                waiting.clear()
        for found in await self._reviewed(waiting, heard):
            yield found

    def _not_to_quote(self, may_be: bool) -> LeftOut | None:
        return LeftOut.NOT_TO_QUOTE if LEAVING[self.order.tier].quotable and not may_be else None

    async def _reviewed(self, rows: Sequence[StoryRow], heard: Heard) -> list[tuple[StoryRow, SecondTexts]]:
        """These with their second texts, but for those that lack one."""
        texts = await self.snapshot.second_texts([row.story.id for row in rows])
        reviewed = Reviewed(self.snapshot.stands_for)
        found = [(row, texts.get(row.story.id, {})) for row in rows]
        covered = [(row, second) for row, second in found if reviewed.covers(row, second)]
        if short := len(found) - len(covered):
            self.left_out[LeftOut.NOT_REVIEWED] += short
            heard(short)
        return covered

    async def _coarse(self) -> Mapping[str, Mapping[str, str]]:
        """What every story is known by as it may leave, each set by itself: which it was told for is seen anyway."""
        attributes = _known_by(self.library)
        stories: dict[str, dict[str, tuple[str, Known]]] = {}
        async for row, _ in self._in_it(lambda _: None):
            story = row.story
            values = known_of(story, attributes[story.question_set])
            stories.setdefault(story.question_set, {})[story.id] = (story.teller, values)
        coarse = {name: coarsen(found, attributes[name]) for name, found in stories.items()}
        self.hidden = {name: result.hidden for name, result in coarse.items()}
        return {key: shown for name, result in coarse.items() for key, shown in _named(result, attributes[name])}


def _known_by(library: Library) -> Mapping[str, tuple[str, ...]]:
    """By set; of all its versions together."""
    found: dict[str, dict[str, None]] = {}
    for questions in library.sets.values():
        found.setdefault(questions.id, {}).update(dict.fromkeys(known_by(questions)))
    return {name: tuple(attributes) for name, attributes in found.items()}


def _named(coarse: Coarse, attributes: Sequence[str]) -> list[tuple[str, Mapping[str, str]]]:
    return [(key, dict(zip(attributes, values, strict=True))) for key, values in coarse.known.items()]
