"""A form on paper as staff type it in: what a browser sent, what it means, and what stands on the page for it."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.handouts.form import QUOTING, Form
from bot.staff.desk import Desk
from bot.staff.papers import NO_FORM
from bot.team import paths
from bot.team.wishes import day
from dialogs.form_numbers import spelled
from dialogs.paper import Written
from dialogs.questions import QuestionSet, story_of
from dialogs.texts import plain
from pages.gate import here
from pages.signing_in import Unfit

MOST_FIELDS = 100
"""A form has one for every question, and some about itself."""

WORDS, OPTION = "w.", "o."
"""What the name of a field begins with, before the id of its question."""

NOTHING: Mapping[str, str] = MappingProxyType({})

Page = Callable[..., Response]


@dataclass(frozen=True)
class Typed:
    """The fields of the page, as they were typed: those of the form itself, and by id of a question."""

    number: str = ""
    agreed: str = ""
    on: str = ""
    words: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    options: Mapping[str, str] = field(default_factory=lambda: NOTHING)

    def day(self) -> date | None:
        """The day on the paper, if there is one. Raises `Unfit` for what is no day."""
        read = day(self.on)
        if read is None and self.on.strip():
            raise Unfit("De dag op het papier kan ik niet lezen. Typ bijvoorbeeld: 31-12-2026.")
        return read

    def written(self, questions: QuestionSet, on: datetime) -> Written:
        """What stands on the paper, which was filled in at that moment."""
        story, review = story_of(questions).id, questions.questions[-1].id
        prompt, quote = self.options.get(story, ""), self.options.get(review) == QUOTING[0]
        return Written(bool(self.agreed), on, self.words, self.options, prompt, quote)


def typed(fields: Mapping[str, str]) -> Typed:
    """The page out of what a browser sent."""
    own = {name: fields.get(name, "") for name in ("number", "agreed", "on")}
    return Typed(**own, words=_of(fields, WORDS), options=_of(fields, OPTION))


@dataclass(frozen=True)
class TypingIn:
    """The pages for it; `page` makes one out of a request, the name of a template and its values."""

    desk: Desk
    page: Page

    async def ask(self, request: Request) -> Response:
        """Which form it is; and that the one before was kept."""
        await self.desk.papers.questions_on(here(request).person, "")
        return self.page(request, "papier", number="", fault="", done="klaar" in request.query_params)

    async def open(self, request: Request, fields: Mapping[str, str]) -> Response:
        """The questions that are on the form with this number."""
        number = fields.get("number", "")
        questions = await self.desk.papers.questions_on(here(request).person, number)
        if questions is None:
            return self.page(request, "papier", status=422, number=number, fault=NO_FORM, done=False)
        return self._form(request, questions, Typed(number))

    async def take(self, request: Request, fields: Mapping[str, str]) -> Response:
        """Keeps what was typed in; with faults all of it still stands there."""
        given, person = typed(fields), here(request).person
        questions = await self.desk.papers.questions_on(person, given.number)
        if questions is None:
            return await self.open(request, fields)
        try:
            written = given.written(questions, self.desk.papers.moment_of(given.day()))
            await self.desk.papers.type_in(person, given.number, written)
        except Unfit as unfit:
            return self._form(request, questions, given, unfit.faults)
        return RedirectResponse(f"{paths.TYPE_IN}?klaar", status_code=303)

    def _form(self, request: Request, questions: QuestionSet, given: Typed, faults: Collection[str] = ()) -> Response:
        texts = self.desk.library.texts
        values = {
            "items": Form(questions, texts).items(),
            "said": {name: plain(texts[f"UIT.papier.{name}"].text, {}) for name in ("kies", "schrijf")},
            "given": given,
            "number": spelled(given.number),
        }
        return self.page(request, "overtypen", status=422 if faults else 200, faults=faults, **values)


def _of(fields: Mapping[str, str], kind: str) -> Mapping[str, str]:
    return {name.removeprefix(kind): value for name, value in fields.items() if name.startswith(kind) and value}
