"""Links of places and visits: made, stilled and ended; knows no page, no chat and nobody who tells."""

import secrets
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import count

from counting.places import districts
from dialogs.clean import clean_text
from dialogs.daytime import date_of
from dialogs.interview import Visit
from dialogs.library import Library
from dialogs.links import LENGTH, code_of, is_code
from dialogs.offers import HELPED_ROLE
from dialogs.questions import QuestionSet
from pages.permissions import Action, insist
from pages.signing_in import Unfit
from storage import links
from storage.database import Database, Work
from storage.links import Made, Pause
from storage.secrets import KeyRing
from storage.staff import Person

LONGEST_PLACE = 60
"""Signs in the name of a place: it stands on a card of 85 millimetres."""

DRAWN = 64
"""Random bytes for one code: hardly ever too few, as one in 32 is passed over."""

DAY_FORMATS = ("%Y-%m-%d", "%d-%m-%Y")
"""As a browser with a calendar sends a day of a link, and as people type it where there is none."""

HELPERS: dict[str, str] = {
    "buurtteam": "Ik werk bij het Buurtteam",
    "organisatie": "Ik werk bij een andere organisatie",
    "vrijwilliger": "Ik ben vrijwilliger",
    "onderzoek": "Ik hoor bij het onderzoek",
}
"""In which role somebody helps, as it is kept, and as they read it."""


@dataclass(frozen=True)
class Wish:
    """A link as somebody asks for it. Days are in Amsterdam, and both count.

    `question_set` is an id; `district` that of a district, or of an area within one, which says the district as well.
    """

    question_set: str = "bewoner"
    place: str = ""
    district: str = ""
    helped: bool = False
    test: bool = False
    from_day: date | None = None
    until_day: date | None = None


class PlaceLinks:
    """Over one database; `clock` gives the time in UTC."""

    def __init__(self, database: Database, keys: KeyRing, library: Library, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._keys = keys
        self._library = library
        self._clock = clock

    @property
    def today(self) -> date:
        """The day that it is in Amsterdam."""
        return date_of(self._clock())

    async def make(self, by: Person, wish: Wish, once: str = "") -> Made:
        """A link with a code that nobody had. Raises `Refused`, or `Unfit` with all that is wrong.

        `once` names what asked for it, as nothing else is named: asked again it gives the link that was made then.
        """
        if faults := self.faults(by, wish):
            raise Unfit(*faults)
        area = self._library.areas.one(wish.district)
        return await self._kept(
            lambda code: Made(
                code=code,
                question_set=wish.question_set,
                made_at=self._clock(),
                place=tidy(wish.place),
                district=area.district if area else wish.district,
                area=area.id if area else "",
                helped=wish.helped,
                test=wish.test,
                from_day=wish.from_day,
                until_day=wish.until_day,
                made_by=by.id,
            ),
            once,
        )

    def faults(self, by: Person, wish: Wish) -> list[str]:
        """All that is wrong with what is asked for. Raises `Refused`."""
        insist(by, Action.MAKE_LINK)
        return [*self._faults(wish)]

    async def made_once(self, by: Person, once: str) -> Made | None:
        """The link that they made when this asked for it. Raises `Refused`."""
        insist(by, Action.MAKE_LINK)
        found = await self._one(next(self._codes(once)))
        return found if found and found.made_by == by.id else None

    async def visit(self, by: Person, code: str, helper: str, *, own_team: bool) -> Made:
        """A visit to the place of a link, for one helper and twelve hours. Raises `Refused` or `Unfit`."""
        insist(by, Action.VISIT)
        link = await self._one(code)
        faults = self._visit_faults(code, link, helper, own_team=own_team)
        if faults or link is None:
            raise Unfit(*faults)
        now = self._clock()
        return await self._kept(
            lambda new: Made(
                code=new,
                question_set=link.question_set,
                made_at=now,
                district=link.district,
                helped=True,
                test=link.test,
                until_day=date_of(now + links.VISIT),
                made_by=by.id,
                visit_of=link.code,
                visit=Visit(new, helper, own_team),
            )
        )

    async def visit_faults(self, by: Person, code: str, helper: str, *, own_team: bool | None) -> list[str]:
        """All that is wrong with a visit that is asked for. Raises `Refused`."""
        insist(by, Action.VISIT)
        return self._visit_faults(code, await self._one(code), helper, own_team=own_team)

    def _visit_faults(self, code: str, link: Made | None, helper: str, *, own_team: bool | None) -> list[str]:
        wrong = {
            "Kies waar u bent.": not code,
            "Deze link werkt nu niet. Kies een andere.": bool(code) and (link is None or not self.takes_visits(link)),
            "Kies wie u bent.": helper not in HELPERS,
            "Kies ja of nee bij de vraag over uw eigen team.": own_team is None,
        }
        return [sentence for sentence, is_so in wrong.items() if is_so]

    def takes_visits(self, link: Made) -> bool:
        """Whether a helper can go from teller to teller by a link: it works now, and asks what residents are asked."""
        questions = self._library.newest(link.question_set)
        asks_residents = questions is not None and HELPED_ROLE in questions.roles
        return asks_residents and not link.visit_of and link.works_on(self.today)

    async def every(self, by: Person) -> list[Made]:
        """All links of places, the newest first. Raises `Refused`."""
        insist(by, Action.SEE_LINKS)
        async with self._database.reading() as work:
            return (await links.every(work, self._keys))[::-1]

    async def one(self, by: Person, code: str) -> Made | None:
        """The link of a place with this code. Raises `Refused`."""
        insist(by, Action.SEE_LINKS)
        found = await self._one(code)
        return None if found is None or found.visit_of else found

    async def pause(self, by: Person, code: str, *, on: bool) -> bool:
        """Lets a link stand still, or work again; whether that changes anything. Raises `Refused`."""
        insist(by, Action.CHANGE_LINK)
        return await self._changed(code, lambda work: links.pause(work, code, Pause.HAND if on else Pause.NONE))

    async def rename(self, by: Person, code: str, place: str) -> bool:
        """Its place is called so from now on; whether there is such a link. Raises `Refused`, or `Unfit`."""
        insist(by, Action.CHANGE_LINK)
        if faults := place_faults(place):
            raise Unfit(*faults)
        return await self._changed(code, lambda work: links.rename(work, self._keys, code, tidy(place)))

    async def end(self, by: Person, code: str) -> bool:
        """From now on it works no more, nor any visit to its place; whether that changes anything. Raises `Refused`."""
        insist(by, Action.CHANGE_LINK)
        return await self._changed(code, lambda work: links.end(work, code, self.today))

    async def _changed(self, code: str, change: Callable[[Work], Awaitable[bool]]) -> bool:
        """What came of a change of the link of a place. A visit is of its helper alone."""

        async def unit(work: Work) -> bool:
            found = await links.one(work, self._keys, code)
            return found is not None and not found.visit_of and await change(work)

        return await self._database.run(unit)

    async def _one(self, code: str) -> Made | None:
        async with self._database.reading() as work:
            return await links.one(work, self._keys, code) if is_code(code) else None

    async def _kept(self, made: Callable[[str], Made], once: str = "") -> Made:
        codes = self._codes(once)
        while True:
            link = made(next(codes))

            async def unit(work: Work, link: Made = link) -> Made | None:
                if await links.keep(work, self._keys, link):
                    return link
                known = await links.one(work, self._keys, link.code) if once else None
                return known if known and known.made_by == link.made_by else None

            if kept := await self._database.run(unit):
                return kept

    def _codes(self, once: str) -> Iterator[str]:
        """Codes to try: by chance, or what follows from `once` and our keys, so that nobody else works them out."""
        for attempt in count():
            asked = bytes.fromhex(self._keys.mark("link", f"{attempt} {once}")) if once else b""
            code = code_of(byte & 31 for byte in asked or secrets.token_bytes(DRAWN))
            if len(code) == LENGTH:
                yield code

    def _faults(self, wish: Wish) -> Iterator[str]:
        questions = self._library.newest(wish.question_set)
        if questions is None:
            known = ", ".join(sorted({name for name, _ in self._library.sets}))
            yield f"Deze vragenlijst is er niet: {wish.question_set}. Wel: {known}."
        elif wish.helped and HELPED_ROLE not in questions.roles:
            yield "Een helper vult de vragenlijst voor bewoners in. Kies die, of zet de helper uit."
        where = where_in(self._library, questions) if questions else ()
        if questions and wish.district and wish.district not in where:
            wanted = ", ".join(where) or "geen"
            yield f"Dit stadsdeel of gebied staat niet in de vragenlijst: {wish.district}. Wel: {wanted}."
        if wish.place:
            yield from place_faults(wish.place)
        if wish.until_day and wish.until_day < self.today:
            yield "De laatste dag is al voorbij. Kies een latere dag."
        if wish.from_day and wish.until_day and wish.until_day < wish.from_day:
            yield "De laatste dag ligt vóór de eerste. Draai ze om."


def area_named(library: Library, area: str) -> str:
    """What people call the area of a link, "" for none; its id where it is there no more."""
    found = library.areas.one(area)
    return found.label if found else area


def where_in(library: Library, questions: QuestionSet) -> list[str]:
    """The ids of all that a link of this set may be for: each district, and its areas."""
    found = [(option.id, library.areas.within(option.id)) for option in districts(questions)]
    return [place for district, areas in found for place in (district, *(area.id for area in areas))]


def tidy(place: str) -> str:
    """The name of a place as it is kept."""
    return " ".join(clean_text(place).split())


def place_faults(typed: str) -> list[str]:
    """All that is wrong with the name of a place, where one is expected."""
    name = tidy(typed)
    wrong = {
        "Typ hoe de plek heet.": not any(map(str.isalnum, name)),
        f"De naam van de plek is te lang: hooguit {LONGEST_PLACE} tekens.": len(name) > LONGEST_PLACE,
    }
    return [sentence for sentence, is_so in wrong.items() if is_so]
