"""The stories of an export one by one, as they leave, with why each other one stays; knows no file and no format."""

from collections import Counter
from collections.abc import AsyncIterator, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from dialogs.library import Library
from research.export import plans
from research.export.coarsening import LEAST
from research.export.order import Order
from research.export.outgoing import Reviewed, made_coarse, with_second_texts
from research.export.plans import Plan
from research.export.rows import StoryRow, StoryRows
from research.export.selecting import Judges, LeftOut, Selection, judge
from research.export.snapshot import Snapshot
from research.export.tiers import LEAVING, Leaving
from research.faults import TooFewTellers
from storage.second_texts import SecondTexts
from storage.stories import Story

STORIES_AT_ONCE = 200
"""Stories in memory while their second texts are read."""

Heard = Callable[[int], object]
"""Hears of so many stories that are done with."""


@dataclass
class Choosing:
    """The stories of an order in a snapshot. `left_out` counts the others, anew with every time they are gone through.

    `plan` is what everybody who may leave may show, `chosen` the same of those in the export; None where nothing that
    a teller is known by matters.
    """

    order: Order
    library: Library
    snapshot: Snapshot
    left_out: Counter[LeftOut] = field(default_factory=Counter)
    plan: Plan | None = None
    chosen: Plan | None = None

    async def rows(self, heard: Heard) -> AsyncIterator[StoryRow]:
        """Every story in it, in order of id. `ResearchFault` where one, or all together, cannot leave as they are."""
        selection = self.order.selection
        if self._leaving.coarse or (self._leaving.second_texts and selection.of_teller):
            await self._make_plan()
            selection = selection.of_anybody
        tellers: dict[str, set[str]] = {}
        async for row, texts in self._in_it(self._quotable(judge(selection, self.library.sets)), heard):
            some = tellers.setdefault(row.story.question_set, set())
            if len(some) < LEAST:
                some.add(row.story.teller)
            leaving = with_second_texts(row, texts) if self._leaving.second_texts else row
            yield self._made_coarse(leaving)
            heard(1)
        self._check(tellers.values())

    @property
    def hidden(self) -> Mapping[str, Mapping[str, int]]:
        """How often each attribute was made coarse, by question set."""
        return self.chosen.hidden if self.chosen and self._leaving.coarse else {}

    @property
    def _leaving(self) -> Leaving:
        return LEAVING[self.order.tier]

    def _check(self, tellers: Collection[set[str]]) -> None:
        """What stories are chosen by is known of everybody in them, shown or not: it has to fit enough tellers."""
        by_teller = self._leaving.second_texts and self.order.selection.of_teller
        few = any(len(some) < LEAST for some in tellers) or (not tellers and self.left_out[LeftOut.NOT_SHOWN])
        if by_teller and few:
            raise TooFewTellers(
                f"Met deze keuze zijn er van een vragenlijst minder dan {LEAST} vertellers, en dan is te weten wie zij"
                " zijn. Er is niets uitgevoerd. Kies ruimer: laat --area, --link of --language weg, of kies met --set"
                " een vragenlijst waar er meer van zijn."
            )

    def _pseudonymous(self, story: Story) -> Story:
        """With the teller as the recipient knows them: what is coarse is so set by set, so there another in each."""
        who = f"{story.teller}\0{story.question_set}" if self._leaving.coarse else story.teller
        return replace(story, teller=self.snapshot.pseudonym(self.order.recipient, who))

    def _made_coarse(self, row: StoryRow) -> StoryRow:
        return made_coarse(row, self.chosen.shown(row.story.id)) if self.chosen and self._leaving.coarse else row

    def _quotable(self, judges: Judges) -> Judges:
        if not self._leaving.quotable:
            return judges
        return lambda story: judges(story) or (None if story.quote else LeftOut.NOT_TO_QUOTE)

    async def _make_plan(self) -> None:
        """Of all that could leave, and then of what was chosen by anything else than its teller."""
        selection, sets = self.order.selection, self.library.sets
        attributes, stories, fitting = plans.attributes_of(self.library), {}, set()
        why_not = judge(selection.of_anybody, sets)
        async for row, _ in self._in_it(judge(Selection(with_test=selection.with_test), sets), lambda _: None):
            stories[row.story.id] = plans.told(row.story, attributes)
            if why_not(row.story) is None:
                fitting.add(row.story.id)
        self.plan = Plan(attributes, stories).after(await self.snapshot.hidden(self.order.recipient))
        self.chosen = self.plan.of({story for story in fitting if self._by_teller(story) is None})

    def _by_teller(self, story: str) -> LeftOut | None:
        """Why a story is not in it for what it shows of its teller. An earlier export is made of those that were."""
        again = self.snapshot.again is not None
        return None if self.plan is None or again else self.plan.why_not(story, self.order.selection)

    async def _in_it(self, why_not: Judges, heard: Heard) -> AsyncIterator[tuple[StoryRow, SecondTexts]]:
        self.left_out.clear()
        rows_of = StoryRows(self.library)
        waiting: list[StoryRow] = []
        async for story in self.snapshot.stories():
            if reason := why_not(story):
                self._leave_out(reason, heard)
                continue
            row = rows_of.of(self._pseudonymous(story))
            if not self._leaving.second_texts:
                yield row, {}
                continue
            waiting.append(row)
            if len(waiting) == STORIES_AT_ONCE:
                for found in await self._reviewed(waiting, heard):
                    yield found
                waiting.clear()
        for found in await self._reviewed(waiting, heard):
            yield found

    def _leave_out(self, reason: LeftOut, heard: Heard) -> None:
        self.left_out[reason] += 1
        heard(1)

    async def _reviewed(self, rows: Sequence[StoryRow], heard: Heard) -> list[tuple[StoryRow, SecondTexts]]:
        """These with their second texts, but for those that lack one, or that show another teller than is asked for."""
        texts = await self.snapshot.second_texts([row.story.id for row in rows])
        reviewed, found = Reviewed(self.snapshot.stands_for), []
        for row in rows:
            second = texts.get(row.story.id, {})
            covered = reviewed.covers(row, second)
            if reason := self._by_teller(row.story.id) if covered else LeftOut.NOT_REVIEWED:
                self._leave_out(reason, heard)
            else:
                found.append((row, second))
        return found
