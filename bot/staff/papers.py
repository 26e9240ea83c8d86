"""Forms on paper: printed with a number and a receipt for each, and typed in once; knows no page and no printer.

Whoever types a form in asks for it by its number, and never learns its receipt.
"""

import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot import tallying
from bot.handouts.form import Form as Sheet
from bot.handouts.paper import MOST, Copy
from bot.intake import fresh
from dialogs.daytime import AMSTERDAM, date_of
from dialogs.events import Fresh, Opened
from dialogs.form_numbers import LENGTH
from dialogs.library import Library
from dialogs.links import SIGNS, is_code, normal_code
from dialogs.paper import CHANNEL, Form, Written, Wrong, consent_on, faults, sent
from dialogs.questions import QuestionSet
from pages.permissions import Action, insist
from pages.signing_in import Unfit
from storage import links, papers, stories, tallies
from storage.database import Database, Work
from storage.links import Made
from storage.papers import Paper
from storage.secrets import KeyRing
from storage.staff import Person

KEPT = timedelta(days=400)
"""So long a form can be typed in after it was printed."""

USUAL_SET = "bewoner"
"""What a form asks where neither somebody nor a link says it."""

NO_FORM = (
    "Dit nummer is niet van een formulier van ons. Of het formulier is al overgetypt, of de verteller haalde het weg."
)

_SAID: Mapping[Wrong, str] = {
    Wrong.NO_CONSENT: "Op het papier moet een kruisje staan bij het ja. Zonder dat mag u het niet overtypen.",
    Wrong.MISSING: "Hier moet iets staan: vraag {number}.",
    Wrong.TOO_LONG: "Dit is te lang: vraag {number}.",
    Wrong.STRANGE: "Kies een van de antwoorden: vraag {number}.",
}


@dataclass(frozen=True)
class Printed:
    """Forms to be printed: the questions, the code of the link on them ("" for none), and what differs of each."""

    questions: QuestionSet
    link: str
    copies: tuple[Copy, ...]


def new_number() -> str:
    """A number for a form that nobody can work out."""
    return "".join(secrets.choice(SIGNS) for _ in range(LENGTH))


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

    async def printed(self, by: Person, question_set: str = "", code: str = "", copies: int = 1) -> Printed:
        """So many forms, known from now on. Without a set they ask what the link asks. Raises `Refused` or `Unfit`.

        A link for a helper will do too: what is on paper the teller told alone, and it counts for the same place.
        """
        insist(by, Action.PRINT)
        code = normal_code(code)

        async def unit(work: Work) -> Printed:
            link = await links.one(work, self._keys, code) if is_code(code) else None
            wanted = question_set or (link.question_set if link else USUAL_SET)
            questions = self._library.newest(wanted)
            wrong = [*self._unprintable(wanted, code, link, copies)]
            if questions is None or wrong:
                raise Unfit(*wrong)
            made = [self._new(questions, code) for _ in range(copies)]
            await papers.note(work, self._keys, made)
            return Printed(questions, code, tuple(Copy(paper.number, paper.receipt) for paper in made))

        return await self._database.run(unit)

    async def questions_on(self, by: Person, number: str) -> QuestionSet | None:
        """What the form with this number asks; None where it is none of ours, or no more. Raises `Refused`."""
        insist(by, Action.TYPE_IN)
        async with self._database.reading() as work:
            return self._asked_on(await papers.find(work, self._keys, number))

    def moment_of(self, day: date | None) -> datetime:
        """The moment that a day on paper (in Amsterdam) stands for; now where there is no day on it."""
        return datetime.combine(day, time(0), AMSTERDAM) if day else self._clock()

    async def type_in(self, by: Person, number: str, written: Written) -> None:
        """Keeps what stands on a form as a story, once, under the receipt that its teller tore off.

        Raises `Refused`, or `Unfit` with all that is wrong.
        """
        insist(by, Action.TYPE_IN)

        async def unit(work: Work) -> None:
            paper = await papers.find(work, self._keys, number)
            questions = self._asked_on(paper)
            if paper is None or questions is None:
                raise Unfit(NO_FORM)
            if wrong := [*self._faults(paper, questions, written)]:
                raise Unfit(*wrong)
            if not await papers.take(work, paper):
                # Somebody else typed it in just now, or its teller took it back.
                raise Unfit(NO_FORM)
            await self._keep(work, paper, Form(questions, paper.consent, paper.link), written)

        await self._database.run(unit)

    async def _keep(self, work: Work, paper: Paper, form: Form, written: Written) -> None:
        at = self._clock()
        known = await links.known(work, [form.link] if form.link else [], at)
        event = Opened(at=at, channel=CHANNEL, fresh=self._ids(), links=known)
        story = sent(self._library, form, written, event)
        await stories.keep(work, self._keys, story, paper.story, paper.receipt, at)
        await tallies.add(work, tallying.begun_or_ended(self._library, None, story, at))

    def _new(self, questions: QuestionSet, code: str) -> Paper:
        ids, consent = self._ids(), consent_on(self._library, questions)
        asked = (questions.id, questions.version, consent)
        return Paper(new_number(), ids.receipt, ids.story, *asked, self._clock(), code)

    def _asked_on(self, paper: Paper | None) -> QuestionSet | None:
        return self._library.sets.get((paper.question_set, paper.version)) if paper else None

    def _faults(self, paper: Paper, questions: QuestionSet, written: Written) -> Iterator[str]:
        numbers = {item.question.id: item.number for item in Sheet(questions, self._library.texts).items()}
        today, on, printed = (date_of(at) for at in (self._clock(), written.on, paper.printed_at))
        if on > today:
            yield "De dag op het papier is nog niet geweest."
        if on < printed:
            yield f"De dag op het papier kan niet kloppen. Dit formulier is gemaakt op {printed:%d-%m-%Y}."
        for question, wrong in faults(questions, written):
            yield _SAID[wrong].format(number=numbers.get(question, ""))

    def _unprintable(self, question_set: str, code: str, link: Made | None, copies: int) -> Iterator[str]:
        if self._library.newest(question_set) is None:
            known = ", ".join(sorted({name for name, _ in self._library.sets}))
            yield f"Deze vragenlijst is er niet: {question_set}. Wel: {known}."
        if code and (link is None or link.visit_of):
            yield f"Er is geen link met code {code}."
        elif link and link.question_set != question_set:
            yield f"De link {code} is voor een andere vragenlijst: {link.question_set}."
        if not 0 < copies <= MOST:
            yield f"Kies een aantal van 1 tot en met {MOST}."
