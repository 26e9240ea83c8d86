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
from bot.browser.paths import NEXT_TELLER, STOP_VISIT, TALK, VISIT_DONE, VISIT_OVER
from bot.browser.shared_device import Endpoint, SharedDevice
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


@dataclass(frozen=True)
class Relay:
    """What is asked and done between two tellers. Nothing goes from a screen unasked that is there nowhere else."""

    chat: Chat
    answers: Answers
    shared: SharedDevice

    @property
    def routes(self) -> list[Route]:
        """What the web port serves of this."""
        return [
            Route(Step.NEXT, self._answering(partial(self._ask, Step.NEXT)), methods=["GET"]),
            Route(Step.NEXT, self._answering(self._next), methods=["POST"]),
            Route(Step.STOP, self._answering(partial(self._ask, Step.STOP)), methods=["GET"]),
            Route(Step.STOP, self._answering(self._stop), methods=["POST"]),
            Route(VISIT_DONE, partial(self._ended, "WEB.bezoek_klaar"), methods=["GET"]),
            Route(VISIT_OVER, partial(self._ended, "WEB.bezoek_voorbij"), methods=["GET"]),
        ]

    def is_at(self, request: Request) -> bool:
        """Whether the device that asks is that of a visit; also of one that is over, until it was emptied."""
        return bool(self.answers.cookies.visit(request))

    async def may_begin(self, request: Request) -> bool:
        """Whether nobody would lose something by a visit that begins on this device. Raises `StorageFault`."""
        return await self._lost(request) is Lost.NOTHING

    async def begin(self, request: Request, code: str) -> Response:
        """The device is for this visit from now on: the first teller is asked. Raises `StorageFault`."""
        answer = await self.clean_slate(request)
        answer.headers["clear-site-data"] = '"cache"'
        self.answers.cookies.take_kiosk(answer)
        self.answers.cookies.give_visit(answer, code)
        return answer

    async def after_receipt(self, request: Request, step: Step) -> Response:
        """What is asked for with a button below the receipt, which whoever uses it has before her."""
        try:
            if step is Step.STOP or await self._lost(request) is Lost.STORY:
                return self.answers.elsewhere(step)
            return await self.clean_slate(request)
        except StorageFault:
            return self.answers.said(request, "INV.gestoord", status=503)

    async def clean_slate(self, request: Request) -> Response:
        """What was told and not sent goes, and the cookie that leads to it; the next teller is asked.

        Raises `StorageFault`: then it is there still, and so is whoever may go on with it.
        """
        return await self.shared.emptied(request, TALK)

    def _answering(self, page: Endpoint) -> Endpoint:
        async def answering(request: Request) -> Response:
            if not request.state.visit:
                return self.answers.elsewhere(TALK)
            try:
                return await page(request)
            except StorageFault:
                return self.answers.said(request, "INV.gestoord", status=503)

        return self.shared.minding(answering)

    async def _ask(self, step: Step, request: Request) -> Response:
        """The page that says what is lost by a step."""
        said, token = _ASKED[step, await self._lost(request)], self.answers.visit_token(request)
        is_next = step is Step.NEXT
        page = self.answers.pages.plain("bezoek", step=step, is_next=is_next, said=said, token=token, sure=SURE)
        return self.answers.page(page)

    async def _next(self, request: Request) -> Response:
        refused = await self._refused(request, Step.NEXT)
        return refused or await self.clean_slate(request)

    async def _stop(self, request: Request) -> Response:
        """The visit is over, on this device and on every other."""
        if refused := await self._refused(request, Step.STOP):
            return refused
        answer = await self.shared.emptied(request, VISIT_DONE)
        await self.answers.visits.end(request.state.visit)
        self.answers.cookies.take_visit(answer)
        answer.headers["clear-site-data"] = '"cache"'
        return answer

    async def _ended(self, said: str, _request: Request) -> Response:
        return self.answers.page(self.answers.pages.plain("bezoek_klaar", said=said))

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
        is_sure = SURE in fields or (step is Step.NEXT and await self._lost(request) is Lost.NOTHING)
        return None if is_ours and is_sure else self.answers.elsewhere(step)

    async def _lost(self, request: Request) -> Lost:
        """What whoever has the device in hand would lose."""
        session = self.answers.cookies.read(request)
        return await self.chat.would_lose(session) if session else Lost.NOTHING
