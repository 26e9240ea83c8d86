"""A device that others use too: whoever leaves it leaves nothing behind, by asking for that or by walking away."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from starlette.requests import Request
from starlette.responses import Response

from bot.browser import hearing, locked, on_visit
from bot.browser.answers import Answers
from bot.browser.chat import Chat, Lost, new_number
from bot.browser.kiosk import QUIET, Kiosk
from bot.browser.paths import OPEN_WHEN_LOCKED, TALK, VISIT_OVER
from bot.browser.session import Session
from pages import bounds
from pages.bounds import TooBig, WrongKind
from storage.faults import StorageFault, Unavailable

Endpoint = Callable[[Request], Awaitable[Response]]
Leaves = Callable[[Request, Response], Awaitable[None]]
"""What else goes when somebody clears the device, and no trace of it is in the answer."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class SharedDevice:
    """What is erased, and when. `clock` gives seconds since 1970, by which a kiosk knows that nobody is there any more.

    Until `opened` nothing is erased: another program may be in turn. `leaves`: whoever else is known in this
    browser is known there no more.
    """

    chat: Chat
    answers: Answers
    opened: asyncio.Event
    clock: Callable[[], float]
    leaves: Leaves

    def minding(self, endpoint: Endpoint) -> Endpoint:
        """An answer that on a kiosk shows nothing of whoever left, and says how long somebody is there from now on.

        A device whose visit is over is emptied before it shows anything, and one that is locked shows only that.
        """

        async def answering(request: Request) -> Response:
            self._look_at(request)
            answer = await self._in_place_of(request) or await endpoint(request)
            cookies, patience = self.answers.cookies, request.state.patience
            if request.state.kiosk:
                cookies.give_kiosk(answer, request.state.kiosk.waiting(self.clock(), patience))
            if request.state.device:
                cookies.give_visit(answer, request.state.device.waiting(self.clock(), patience))
            return answer

        return answering

    def on_visit(self, endpoint: Endpoint) -> Endpoint:
        """An answer that there is only on the device of a visit, and that waits for the database."""

        async def answering(request: Request) -> Response:
            if not request.state.device:
                return self.answers.elsewhere(TALK)
            try:
                return await endpoint(request)
            except StorageFault:
                return self.answers.said(request, "INV.gestoord", status=503)

        return self.minding(answering)

    def is_locked(self, request: Request) -> bool:
        """Whether the device of a visit is."""
        return request.state.device is not None and request.state.device.is_locked(self.clock())

    def ended(self, said: str) -> Endpoint:
        """The page on which it is read why a visit is no more."""

        async def page(_request: Request) -> Response:
            return self.answers.page(self.answers.pages.plain("bezoek_klaar", said=said))

        return page

    def _look_at(self, request: Request) -> None:
        """What kind of device asks, and how long it has patience."""
        request.state.kiosk = self.answers.cookies.kiosk(request)
        device = request.state.device = self.answers.cookies.visit(request)
        request.state.visit = device.code if device else ""
        request.state.patience = on_visit.QUIET if device else QUIET
        request.state.locked = self.is_locked(request)

    async def _in_place_of(self, request: Request) -> Response | None:
        """What is answered instead of what was asked for, where who told here is gone; None where that is shown."""
        kiosk = request.state.kiosk
        if kiosk and kiosk.was_left(self.clock()):
            return await self.begin_anew(request, kiosk)
        try:
            if request.state.device and await self._is_over(request):
                return await self.leave_visit(request, VISIT_OVER)
            if self.is_locked(request) and request.url.path not in OPEN_WHEN_LOCKED:
                return await locked.met(self.answers, request)
        except StorageFault:
            request.state.device = None
            return self.answers.said(request, "INV.gestoord", status=503)
        return None

    async def _is_over(self, request: Request) -> bool:
        """Whether a visit goes on no more; not where that cannot be known now, or another program is in turn.

        When it is out of time whoever is telling may finish, and write down a receipt.
        """
        if not self.opened.is_set():
            return False
        try:
            found = await self.answers.visits.of(request.state.visit)
            return found is None or (found.until is not None and await self.lost(request) is Lost.NOTHING)
        except StorageFault:
            return False

    async def lost(self, request: Request) -> Lost:
        """What whoever has the device in hand would lose. Raises `StorageFault`."""
        session = self.answers.cookies.read(request)
        return await self.chat.would_lose(session) if session else Lost.NOTHING

    async def stopped(self, request: Request, address: str) -> Response:
        """The visit is over, on this device and on every other. Raises `StorageFault`."""
        visit = request.state.visit
        answer = await self.leave_visit(request, address)
        await self.answers.visits.end(visit)
        return answer

    async def leave_visit(self, request: Request, address: str) -> Response:
        """What was told and not sent goes, before the cookie that says that this is the device of a visit.

        Raises `StorageFault`: then it shows nothing, and is emptied by what is asked next.
        """
        answer = await self.emptied(request, address)
        request.state.device, request.state.visit = None, ""
        self.answers.cookies.take_visit(answer)
        answer.headers["clear-site-data"] = '"cache"'
        return answer

    async def emptied(self, request: Request, address: str) -> Response:
        """To this address; what was told and not sent goes, and the cookie that leads to it. Raises `StorageFault`."""
        if session := self.answers.cookies.read(request):
            await self.erased(session)
        answer = self.answers.elsewhere(address)
        self.answers.cookies.take(answer)
        return answer

    async def begin_anew(self, request: Request, kiosk: Kiosk | None) -> Response:
        """To the welcome page of a kiosk: what was told and not sent is gone, and the cookie that leads to it."""
        cookies = self.answers.cookies
        session = cookies.read(request)
        request.state.kiosk = None
        if session and self.opened.is_set():
            try:
                await self.chat.erase(session)
            except StorageFault:
                log.exception("een concept kon niet weg; zonder het koekje leest niemand het, en het gaat in zijn tijd")
        answer = self.answers.elsewhere(TALK if kiosk else request.url.path)
        cookies.take(answer)
        if kiosk:
            cookies.give_kiosk(answer, Kiosk(kiosk.link))
        else:
            cookies.take_kiosk(answer)
        return answer

    async def ask_who_is_there(self, request: Request) -> Response:
        """Without scripts: the page before the one that goes back to the welcome, or to the lock, by itself."""
        rest = self.answers.rest(request)
        if rest is None:
            return self.answers.elsewhere(TALK)
        last = replace(rest, after=rest.warned, leads_to=rest.home)
        return self.answers.page(self.answers.pages.plain("rust", last))

    async def note_presence(self, request: Request) -> Response:
        """Somebody is typing or reading: `minding` says so."""
        return Response(status_code=204)

    async def ask_to_erase(self, request: Request) -> Response:
        """The page on which to say that all must go. A browser without a cookie is asked as well: words may stand in
        its field, and nobody loses them for having looked."""
        session, rest = self.answers.cookies.read(request), self.answers.rest(request)
        token = session.form_token(self.answers.keys) if session else ""
        return self.answers.page(self.answers.pages.plain("wissen", rest, token=token, number=new_number()))

    async def erase(self, request: Request) -> Response:
        """All goes, and who was here."""
        answers = self.answers
        session = answers.cookies.read(request)
        try:
            form = hearing.read(await bounds.fields(request))
        except WrongKind:
            return Response(status_code=415)
        except TooBig:
            return Response(status_code=413)
        wrote = session is None or (form is not None and session.wrote(answers.keys, form.token))
        if form is None or not bounds.is_from_here(request) or not wrote:
            # Also a page of before consent: asked once more, whoever wants all gone loses only a tap.
            return await self.ask_to_erase(request)
        answer = answers.said(request, "WEB.gewist")
        try:
            if session:
                await self.erased(session)
            # The session of a helper is locked while tellers have the device: none of them signs her out.
            if not request.state.visit:
                await self.leaves(request, answer)
        except StorageFault:
            return answers.said(request, "INV.gestoord", status=503)
        answer.headers["clear-site-data"] = '"cache", "storage"'
        answers.cookies.take(answer)
        return answer

    async def erased(self, session: Session) -> None:
        """What a browser told and did not send goes. Raises `StorageFault`: then it is there still."""
        if not self.opened.is_set():
            raise Unavailable("een ander programma is aan de beurt")
        await self.chat.erase(session)
