"""How many sent and stopped, by place and by week, as it may be seen; reads counts and links, and never a story."""

import asyncio
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from counting.places import district_named, place_named
from dialogs.daytime import date_of
from dialogs.library import Library
from dialogs.questions import comes_after_story
from disclosure.board import Board, Counted, Kind, Part
from disclosure.tabulating import tabulate
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
class Seen:
    """The board as of the last midnight in Amsterdam, in names that people read.

    `alarms`: the places whose link stands still since too many came at once, as of now.
    """

    board: Board
    alarms: tuple[str, ...]


@dataclass(frozen=True)
class Numbers:
    """Over one database; `clock` gives the time in UTC. `passes_over`: see `tabulate`, and `by_chance`."""

    database: Database
    keys: KeyRing
    library: Library
    clock: Callable[[], datetime]
    passes_over: Callable[[str], bool]

    async def seen(self, by: Person | None) -> Seen:
        """All that may be seen. Raises `Refused`."""
        insist(by, Action.NUMBERS)
        async with self.database.reading() as work:
            made, counted = await links.every(work, self.keys), await tallies.every(work)
        alarms = tuple(place_named(link) for link in made if link.paused is Pause.BURST)
        return Seen(await asyncio.to_thread(self._board, made, counted), alarms)

    def _board(self, made: Sequence[Made], counted: Iterable[tuple[Tally, int]]) -> Board:
        until = date_of(self.clock()) - timedelta(days=1)
        over = ((tally, amount) for tally, amount in counted if tally.day <= until)
        return _tabulated((*self._places(made, until), *self._counted(made, over)), until, self.passes_over)

    def _places(self, made: Iterable[Made], day: date) -> Iterator[Counted]:
        """A zero for each place that has a link, and for none: see `Counted`."""
        for area, place in [("", ""), *(self._where(link) for link in made if not link.test)]:
            yield Counted(area, place, day, Mode.SELF, Kind.SENT, amount=0)

    def _counted(self, made: Iterable[Made], counted: Iterable[tuple[Tally, int]]) -> Iterator[Counted]:
        """What was counted, where it was. Who began is left out: less who is done it would tell who is still busy."""
        places = {link.code: self._where(link) for link in made}
        kinds = {kind.value: kind for kind in Kind}
        questions = _questions(self.library)
        for tally, amount in counted:
            if tally.kind in kinds:
                where, kind = places.get(tally.link, ("", "")), kinds[tally.kind]
                is_stop = kind is Kind.STOPPED
                detail, part = (
                    questions.get(tally.detail, (tally.detail, Part.AFTER)) if is_stop else (tally.detail, "")
                )
                yield Counted(*where, tally.day, tally.mode, kind, detail, amount, part)

    def _where(self, link: Made) -> Where:
        questions = self.library.newest(link.question_set)
        return district_named(questions, link.district) or NO_DISTRICT, place_named(link)


def _questions(library: Library) -> Mapping[str, tuple[str, Part]]:
    """What each question is called in the first set that has it, and whether it comes after the story."""
    found: dict[str, tuple[str, Part]] = {}
    for questions in library.sets.values():
        for item in questions.questions:
            part = Part.AFTER if comes_after_story(questions, item.id) else Part.STORY
            found.setdefault(item.id, (item.name, part))
    return found


def by_chance(keys: KeyRing) -> Callable[[str], bool]:
    """True for an eighth of all words, always the same; for which only our keys tell."""
    return lambda words: keys.mark("board", words)[0] in "01"


@lru_cache(maxsize=1)
def _tabulated(counted: tuple[Counted, ...], until: date, passes_over: Callable[[str], bool]) -> Board:
    """The board of a day is not made anew for each who looks; what it is made of is read each time, and compared."""
    return tabulate(counted, until, passes_over=passes_over)
