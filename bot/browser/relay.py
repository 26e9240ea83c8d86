"""A device that a helper takes from one teller to the next; knows nobody who helps and nobody who tells.

That a device is one stands in a cookie of its own, with the code of the visit. Nothing that is done here asks who is
signed in, and as long as the cookie is there the pages for staff lead here: whoever has the device in hand ends the
visit first, and with it all that was told and not sent. What keeps them out after that is the lock on the session.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.browser.answers import Answers
from bot.browser.chat import Chat, Lost
from bot.browser.hearing import Form
from bot.browser.on_visit import OnVisit
from bot.browser.paths import ASKED_AT, NEXT_TELLER, STOP_VISIT, TALK, VISIT_DONE, VISIT_OVER
from bot.browser.session import Session
from bot.browser.shared_device import SharedDevice
from dialogs.events import Command
from dialogs.understand import slashed, spoken
from pages import bounds
from pages.bounds import TooBig, WrongKind
from storage.faults import StorageFault


class Step(StrEnum):
    """What can be asked for, each at an address of its own."""

    NEXT = NEXT_TELLER
    STOP = STOP_VISIT


SURE = "sure"
"""The field of a form in which it was read what would be lost."""

FIELD = "visit"
"""The field that shows that a form is of a page of ours."""

_ASKED: Mapping[tuple[Step, Lost], str] = {
    (Step.NEXT, Lost.STORY): "WEB.volgende_kwijt",
    (Step.NEXT, Lost.RECEIPT): "WEB.bezoek_code",
    (Step.NEXT, Lost.NOTHING): "WEB.bezoek_schoon",
    (Step.STOP, Lost.STORY): "WEB.stoppen_kwijt",
    (Step.STOP, Lost.RECEIPT): "WEB.bezoek_code",
    (Step.STOP, Lost.NOTHING): "WEB.bezoek_schoon",
}


_STEPS: Mapping[str, Step] = {"volgende": Step.NEXT, "klaar": Step.STOP}
"""What the buttons below a receipt, and below the end of a conversation without a story, ask for."""


@dataclass(frozen=True)
class Relay:
    """What is asked and done between two tellers. Nothing goes from a screen unasked that is there nowhere else."""

    chat: Chat
    answers: Answers
    shared: SharedDevice

    @property
    def routes(self) -> list[Route]:
        """What the web port serves of this."""
        on_visit = self.shared.on_visit
        return [
            Route(Step.NEXT, on_visit(partial(self._ask, Step.NEXT)), methods=["GET"]),
            Route(Step.NEXT, on_visit(self._next), methods=["POST"]),
            Route(Step.STOP, on_visit(partial(self._ask, Step.STOP)), methods=["GET"]),
            Route(Step.STOP, on_visit(self._stop), methods=["POST"]),
            Route(VISIT_DONE, self.shared.ended("WEB.bezoek_klaar"), methods=["GET"]),
            Route(VISIT_OVER, self.shared.ended("WEB.bezoek_voorbij"), methods=["GET"]),
        ]

    def is_at(self, request: Request) -> bool:
        """Whether the device that asks is that of a visit; also of one that is over, until it was emptied."""
        return self.answers.cookies.visit(request) is not None

    async def may_begin(self, request: Request) -> bool:
        """Whether nobody would lose something by a visit that begins on this device. Raises `StorageFault`."""
        return await self.shared.lost(request) is Lost.NOTHING

    async def begin(self, request: Request, code: str) -> Response:
        """The device is for this visit from now on: the first teller is asked. Raises `StorageFault`."""
        answer = await self.clean_slate(request)
        answer.headers["clear-site-data"] = '"cache"'
        self.answers.cookies.take_kiosk(answer)
        self.answers.cookies.give_visit(answer, OnVisit(code))
        return answer

    async def heard(self, request: Request, session: Session, form: Form) -> Response | None:
        """The answer to what a helper asks for in the conversation itself; None where a form says anything else.

        Where something would be lost by it, that is asked first.
        """
        step = _STEPS.get(self.chat.meant(session, form)) if request.state.visit else None
        if step is None and not (request.state.visit and _is_start(form.says)):
            return None
        try:
            lost = await self.shared.lost(request)
            if step is None and lost is Lost.STORY:
                return None
            if step is Step.STOP or lost is not Lost.NOTHING:
                return self.answers.elsewhere(step or Step.NEXT)
            return await self.clean_slate(request)
        except StorageFault:
            return self.answers.said(request, "INV.gestoord", status=503)

    async def clean_slate(self, request: Request) -> Response:
        """What was told and not sent goes, and the cookie that leads to it; the next teller is asked.

        Raises `StorageFault`: then it is there still, and so is whoever may go on with it.
        """
        return await self.shared.emptied(request, TALK)

    async def _ask(self, step: Step, request: Request) -> Response:
        """The page that says what is lost by a step."""
        lost, answers = await self.shared.lost(request), self.answers
        page = answers.pages.plain(
            "bezoek",
            answers.rest(request),
            step=step,
            token=answers.visit_token(request),
            sure=SURE,
            said=_ASKED[step, lost],
            is_next=step is Step.NEXT,
            is_receipt=lost is Lost.RECEIPT,
            back=self._back(request, lost),
        )
        return answers.page(page)

    def _back(self, request: Request, lost: Lost) -> str:
        """Where whoever goes on reads further: at the receipt that was not written down yet, or at what is asked."""
        session = self.answers.cookies.read(request)
        at = self.chat.receipt_at(session) if session and lost is Lost.RECEIPT else 0
        return f"{TALK}#b{at}" if at else ASKED_AT

    async def _next(self, request: Request) -> Response:
        refused = await self._refused(request, Step.NEXT)
        return refused or await self.clean_slate(request)

    async def _stop(self, request: Request) -> Response:
        """The visit is over, on this device and on every other."""
        if refused := await self._refused(request, Step.STOP):
            return refused
        return await self.shared.stopped(request, VISIT_DONE)

    async def _refused(self, request: Request, step: Step) -> Response | None:
        """What is answered in the place of a step; None where a form of ours asks for it and nothing is lost unasked.

        A visit is never stopped unasked: the device may be in the hands of a teller.
        """
        try:
            fields = await bounds.fields(request)
        except WrongKind:
            return Response(status_code=415)
        except TooBig:
            return Response(status_code=413)
        is_ours = bounds.is_from_here(request) and self.answers.wrote_visit(request, fields.get(FIELD, ""))
        is_sure = SURE in fields or (step is Step.NEXT and await self.shared.lost(request) is Lost.NOTHING)
        return None if is_ours and is_sure else self.answers.elsewhere(step)


def _is_start(words: str) -> bool:
    """Whether somebody would tell once more, or after all: during a visit they come in by it, as the first did."""
    command, _ = slashed(words) or (spoken(words, among_words=False), "")
    return command is Command.START
