"""How many sent and stopped, by place and by week, as it may be seen; reads counts and links, and never a story."""

import asyncio
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.staff.place_links import NAMELESS, district_named
from dialogs.daytime import date_of
from dialogs.library import Library
from disclosure.board import Board, Counted, Kind, tabulate
from pages.permissions import Action, insist
from storage import links, tallies
from storage.database import Database
from storage.links import Made, Pause
from storage.secrets import KeyRing
from storage.staff import Person
from storage.tallies import Mode, Tally

NO_DISTRICT = "zonder stadsdeel"
"""The area of a place that names none: that is another matter than coming without a link."""

Where = tuple[str, str]
"""An area and a place, by name; both empty for who came without a link of ours."""


@dataclass(frozen=True)
class Numbers:
    """Over one database; `clock` gives the time in UTC."""

    database: Database
    keys: KeyRing
    library: Library
    clock: Callable[[], datetime]

    async def board(self, by: Person) -> Board:
        """All that may be seen, as of the last midnight in Amsterdam, in names that people read. Raises `Refused`."""
        insist(by, Action.NUMBERS)
        async with self.database.reading() as work:
            made, counted = await links.every(work, self.keys), await tallies.every(work)
        until = date_of(self.clock()) - timedelta(days=1)
        return await asyncio.to_thread(
            lambda: tabulate([*self._places(made, until), *self._counted(made, counted)], until)
        )

    async def alarms(self, by: Person) -> list[str]:
        """The places whose link stands still since too many came at once, as of now. Raises `Refused`."""
        insist(by, Action.NUMBERS)
        async with self.database.reading() as work:
            made = await links.every(work, self.keys)
        return [_name(link) for link in made if link.paused is Pause.BURST]

    def _places(self, made: Iterable[Made], day: date) -> Iterator[Counted]:
        """A zero for each place that has a link, and for none: see `Counted`."""
        for area, place in [("", ""), *(self._where(link) for link in made if not link.test)]:
            yield Counted(area, place, day, Mode.SELF, Kind.SENT, amount=0)

    def _counted(self, made: Iterable[Made], counted: Iterable[tuple[Tally, int]]) -> Iterator[Counted]:
        """What was counted, where it was. Who began is left out: less who is done it would tell who is still busy."""
        where = {link.code: self._where(link) for link in made}
        kinds = {kind.value: kind for kind in Kind}
        for tally, amount in counted:
            if tally.kind in kinds:
                kind = kinds[tally.kind]
                detail = self._question(tally.detail) if kind is Kind.STOPPED else tally.detail
                yield Counted(*where.get(tally.link, ("", "")), tally.day, tally.mode, kind, detail, amount)

    def _where(self, link: Made) -> Where:
        questions = self.library.newest(link.question_set)
        return district_named(questions, link.district) or NO_DISTRICT, _name(link)

    def _question(self, question_id: str) -> str:
        """What a question is called, in the first set that has it."""
        questions = (item for found in self.library.sets.values() for item in found.questions)
        return next((item.name for item in questions if item.id == question_id), question_id)


def _name(link: Made) -> str:
    return link.place or f"{NAMELESS} ({link.code})"
