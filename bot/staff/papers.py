"""Forms on paper: printed with a code for each teller, and typed in once; knows no page and no printer."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot import tallying
from bot.handouts.paper import MOST
from bot.intake import fresh
from bot.staff.permissions import Action, insist
from bot.staff.signing_in import Unfit
from dialogs.daytime import AMSTERDAM
from dialogs.events import Fresh, Opened
from dialogs.library import Library
from dialogs.links import is_code, normal_code
from dialogs.paper import CHANNEL, Written, Wrong, faults, sent
from dialogs.questions import QuestionSet
from storage import links, papers, stories, tallies
from storage.database import Database, Work
from storage.papers import Paper
from storage.secrets import KeyRing
from storage.staff import Person

KEPT = timedelta(days=400)
"""So long a form can be typed in after it was printed."""

_NO_FORM = "Deze code staat op geen formulier van ons, of het formulier is al overgetypt."

_SAID: Mapping[Wrong, str] = {
    Wrong.NO_CONSENT: "Op het papier moet een kruisje staan bij het ja. Zonder dat mag u het niet overtypen.",
    Wrong.MISSING: "Hier moet iets staan: {name}.",
    Wrong.TOO_LONG: "Dit is te lang: {name}.",
    Wrong.STRANGE: "Kies een van de antwoorden: {name}.",
}


@dataclass(frozen=True)
class Printed:
    """Forms to be printed: the questions, the code of the link on them ("" for none) and a receipt for each copy."""

    questions: QuestionSet
    link: str
    receipts: tuple[str, ...]
    test: bool


class Papers:
    """Over one database; `clock` gives the time in UTC, `ids` new random ids."""

    def __init__(
        self,
        database: Database,
        keys: KeyRing,
        library: Library,
        clock: Callable[[], datetime],
        ids: Callable[[], Fresh] = fresh,
    ) -> None:
        self._database = database
        self._keys = keys
        self._library = library
        self._clock = clock
        self._ids = ids

    async def printed(self, by: Person, question_set: str, code: str = "", copies: int = 1) -> Printed:
        """Codes for so many copies of a form, known from now on. Raises `Refused` or `Unfit`."""
        insist(by, Action.PRINT)
        questions = self._library.newest(question_set)
        code = normal_code(code)
        if questions is None or not 0 < copies <= MOST:
            raise Unfit(*self._unprintable(question_set, questions, copies))
        receipts = tuple({self._ids().receipt for _ in range(copies)})

        async def unit(work: Work) -> bool:
            link = await links.one(work, self._keys, code) if is_code(code) else None
            if code and (link is None or link.visit_of):
                raise Unfit(f"Er is geen link met code {code}.")
            paper = Paper(questions.id, questions.version, code)
            await papers.note(work, self._keys, paper, receipts, self._clock())
            return link is not None and link.test

        return Printed(questions, code, receipts, await self._database.run(unit))

    async def questions_on(self, by: Person, receipt: str) -> QuestionSet | None:
        """What the form with this receipt asks; None where it is none of ours, or was typed in. Raises `Refused`."""
        insist(by, Action.TYPE_IN)
        async with self._database.reading() as work:
            paper = await papers.find(work, self._keys, receipt)
        return self._library.sets.get((paper.question_set, paper.version)) if paper else None

    def moment_of(self, day: date | None) -> datetime:
        """The moment that a day on paper (in Amsterdam) stands for; now where there is no day on it."""
        return datetime.combine(day, time(0), AMSTERDAM) if day else self._clock()

    async def type_in(self, by: Person, receipt: str, written: Written) -> None:
        """Keeps what stands on a form as a story, once; its receipt is that of the story from then on.

        Raises `Refused`, or `Unfit` with all that is wrong.
        """
        insist(by, Action.TYPE_IN)

        async def unit(work: Work) -> None:
            paper = await papers.find(work, self._keys, receipt)
            questions = self._library.sets.get((paper.question_set, paper.version)) if paper else None
            if paper is None or questions is None:
                raise Unfit(_NO_FORM)
            if wrong := [*self._faults(questions, written)]:
                raise Unfit(*wrong)
            if not await papers.take(work, self._keys, receipt):
                # Somebody else typed it in just now.
                raise Unfit(_NO_FORM)
            await self._keep(work, paper, questions, receipt, written)

        await self._database.run(unit)

    async def _keep(self, work: Work, paper: Paper, questions: QuestionSet, receipt: str, written: Written) -> None:
        ids, at = self._ids(), self._clock()
        known = await links.known(work, [paper.link] if paper.link else [], at)
        event = Opened(at=at, channel=CHANNEL, fresh=ids, links=known)
        story = sent(self._library, questions, paper.link, written, event)
        await stories.keep(work, self._keys, story, ids.story, receipt, at)
        await tallies.add(work, tallying.begun_or_ended(self._library, None, story, at))

    def _faults(self, questions: QuestionSet, written: Written) -> Iterator[str]:
        names = {question.id: question.name for question in questions.questions}
        if written.on > self._clock():
            yield "De dag op het papier is nog niet geweest."
        for question, wrong in faults(questions, written):
            yield _SAID[wrong].format(name=names.get(question, ""))

    def _unprintable(self, question_set: str, questions: QuestionSet | None, copies: int) -> Iterator[str]:
        if questions is None:
            known = ", ".join(sorted({name for name, _ in self._library.sets}))
            yield f"Deze vragenlijst is er niet: {question_set}. Wel: {known}."
        if not 0 < copies <= MOST:
            yield f"Kies een aantal van 1 tot en met {MOST}."
