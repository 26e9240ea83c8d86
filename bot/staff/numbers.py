"""How many began and sent, by place and by week, as it may be seen; reads counts and links, and never a story."""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.staff.permissions import Action, insist
from bot.staff.place_links import NAMELESS, district_named
from dialogs.library import Library
from disclosure.board import Board, Counted, Kind, tabulate
from storage import links, tallies
from storage.database import Database
from storage.links import Made
from storage.secrets import KeyRing
from storage.staff import Person
from storage.tallies import Mode, Tally, week_of

Where = tuple[str, str]
"""An area and a place, by name; both empty for who came without a link of ours."""

Cell = tuple[str, str, str, str]
"""An area and a place, a week and a mode."""


@dataclass(frozen=True)
class Numbers:
    """Over one database; `clock` gives the time in UTC."""

    database: Database
    keys: KeyRing
    library: Library
    clock: Callable[[], datetime]

    async def board(self, by: Person) -> Board:
        """All that may be seen, in names that people read. Of many places and weeks it takes seconds: beside the loop.

        Raises `Refused`.
        """
        insist(by, Action.NUMBERS)
        async with self.database.reading() as work:
            made, counted = await links.every(work, self.keys), await tallies.every(work)
        return await asyncio.to_thread(lambda: tabulate(whole([*self._places(made), *self._counted(made, counted)])))

    def _places(self, made: Iterable[Made]) -> Iterator[Counted]:
        """A zero for each place that has a link, and this week: see `Counted`."""
        week = week_of(self.clock())
        for link in made:
            if not link.test:
                area, place = self._where(link)
                yield Counted(area, place, week, Mode.SELF, Kind.STARTED, amount=0)

    def _counted(self, made: Iterable[Made], counted: Iterable[tuple[Tally, int]]) -> Iterator[Counted]:
        """What was counted, where it was; that somebody came by, and strange codes, say nothing of stories."""
        where = {link.code: self._where(link) for link in made}
        kinds = {kind.value: kind for kind in Kind}
        for tally, amount in counted:
            if tally.kind in kinds:
                kind = kinds[tally.kind]
                detail = self._question(tally.detail) if kind is Kind.STOPPED else tally.detail
                yield Counted(*where.get(tally.link, ("", "")), tally.week, tally.mode, kind, detail, amount)

    def _where(self, link: Made) -> Where:
        questions = self.library.newest(link.question_set)
        return district_named(questions, link.district), link.place or f"{NAMELESS} ({link.code})"

    def _question(self, question_id: str) -> str:
        """What a question is called, in the first set that has it."""
        questions = (item for found in self.library.sets.values() for item in found.questions)
        return next((item.name for item in questions if item.id == question_id), question_id)


def whole(counted: Sequence[Counted]) -> list[Counted]:
    """The same, with a beginning for all that ended, and no more withdrawn than was sent.

    What began before there were counts has none. Without this the parts would be more than the whole.
    """
    began, ended = Counter[Cell](), Counter[Cell]()
    for item in counted:
        cell = (item.area, item.place, item.week, item.mode)
        if item.kind is Kind.STARTED:
            began[cell] += item.amount
        elif item.kind in (Kind.SENT, Kind.STOPPED):
            ended[cell] += item.amount
    missing = [Counted(*cell, Kind.STARTED, amount=amount) for cell, amount in (ended - began).items()]
    return [*_withdrawn_of_sent(counted), *missing]


def _withdrawn_of_sent(counted: Sequence[Counted]) -> Iterator[Counted]:
    sent = sum(item.amount for item in counted if item.kind is Kind.SENT)
    for item in counted:
        if item.kind is Kind.WITHDRAWN:
            amount = min(item.amount, sent)
            sent -= amount
            yield replace(item, amount=amount)
        else:
            yield item
