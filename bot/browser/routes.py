"""The addresses of the web chat, and what each answers; knows the conversation only as `Chat`.

A form is answered with a page of its own address (POST, then GET), so that reloading sends nothing again; it opens
where there is something new to read. A script asks for the changed part alone and gets it at once.
"""

import asyncio
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from functools import cached_property

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from bot.browser import hearing
from bot.browser.answers import PART, Answers, device_of
from bot.browser.bounds import DRAFTS_OF_NEIGHBOURS, CodesNearby
from bot.browser.chat import CLEARED, Chat, Taken, new_number
from bot.browser.cookies import Cookies
from bot.browser.device import Device
from bot.browser.files import FILES, sound
from bot.browser.hearing import Form
from bot.browser.kiosk import ASKED, Kiosk, is_home
from bot.browser.pages import Pages
from bot.browser.paths import ERASE, HOME, INFO, LINK, PRESENT, STILL_THERE, STOP_VISIT, TALK
from bot.browser.relay import Relay
from bot.browser.screen import Screen
from bot.browser.session import Session, new_session
from bot.browser.shared_device import Leaves, SharedDevice
from bot.browser.visit_lock import VisitLock
from bot.figures import Figures
from bot.intake import Intake
from bot.settings import WebSettings
from bot.visits import Visits
from dialogs.offers import is_link
from dialogs.taps import LINK_LIMIT
from pages import bounds
from pages.bounds import HOUR, Network, Rates, TooBig, WrongKind
from storage.faults import StorageFault, Unavailable


@dataclass(frozen=True)
class Site:
    """What all answers stand on. `proxies`: who may say whose a request is; `clock`, `leaves`: see `SharedDevice`.

    Until it is `opened` nothing is taken and nothing is said: another program may be in turn.
    """

    chat: Chat
    answers: Answers
    leaves: Leaves
    rates: Rates = field(default_factory=Rates)
    proxies: Collection[Network] = ()
    clock: Callable[[], float] = time.time
    opened: asyncio.Event = field(default_factory=asyncio.Event)
    wrong_codes: Rates = field(default_factory=lambda: Rates(seconds=HOUR))
    drafts: Rates = field(default_factory=lambda: Rates(seconds=HOUR))

    @cached_property
    def shared(self) -> SharedDevice:
        """What is erased."""
        return SharedDevice(self.chat, self.answers, self.opened, self.clock, self.leaves)

    @cached_property
    def relay(self) -> Relay:
        """What is done between two tellers of a visit."""
        return Relay(self.chat, self.answers, self.shared)

    async def serve(self, stop: asyncio.Event) -> None:
        """Until `stop` the conversation goes on, and what nobody came back for goes."""
        self.opened.set()
        try:
            await self.chat.sweep(stop)
        finally:
            self.opened.clear()

    @property
    def routes(self) -> list[BaseRoute]:
        """What the web port serves of this."""
        shared = self.shared
        return [
            Route(HOME, shared.minding(self._come_in), methods=["GET"]),
            Route(LINK, shared.minding(self._come_in), methods=["GET"]),
            Route(TALK, shared.minding(self._come_in), methods=["GET"]),
            Route(TALK, shared.minding(self._take), methods=["POST"]),
            Route(ERASE, shared.minding(shared.ask_to_erase), methods=["GET"]),
            Route(ERASE, shared.minding(shared.erase), methods=["POST"]),
            *self.relay.routes,
            *VisitLock(self.chat, self.answers, shared).routes,
            Route(STILL_THERE, shared.minding(shared.ask_who_is_there), methods=["GET"]),
            Route(PRESENT, shared.minding(shared.note_presence), methods=["POST"]),
            *(Route(path, shared.minding(self._info), methods=["GET"]) for path in INFO),
            Route("/static/{name}", self._static, methods=["GET"]),
            Route("/audio/{name}", self._audio, methods=["GET"]),
            Route("/manifest.webmanifest", self._manifest, methods=["GET"]),
        ]

    async def elsewhere(self, request: Request, fault: Exception) -> Response:
        """A page for who comes to an address where nothing is to be found, or nothing in this way (`fault` says so)."""
        if not isinstance(fault, HTTPException):
            raise fault

        async def page(request: Request) -> Response:
            return self.answers.said(request, "WEB.onbekend", status=fault.status_code)

        answer = await self.shared.minding(page)(request)
        answer.headers.update(fault.headers or {})
        return answer

    async def _come_in(self, request: Request) -> Response:
        session, kiosk = self.answers.cookies.read(request), request.state.kiosk
        link, asked = request.path_params.get("code", ""), ASKED in request.query_params
        if session is None and bounds.is_from_elsewhere(request):
            # The browser held back a strict cookie that it may have: asked from our own page it gives it.
            address = f"{request.url.path}?{ASKED}" if asked else request.url.path
            return self.answers.page(self.answers.pages.plain("opnieuw", address=address))
        if request.state.visit and (asked or link):
            # A link that is opened during a visit would take the device out of it: it is asked first.
            return self.answers.elsewhere(STOP_VISIT)
        if asked and (is_link(link) or not link):
            return await self._become_kiosk(request, session, Kiosk(link))
        if kiosk and link:
            return await self.shared.begin_anew(request, None)
        return await self._shown(request, session or new_session())

    async def _shown(self, request: Request, session: Session) -> Response:
        link = request.path_params.get("code", "")[:LINK_LIMIT]
        try:
            screen = await self._screen(request, session, link)
        except StorageFault:
            return self.answers.said(request, "INV.gestoord", status=503)
        return await self.answers.chat(request, session, screen)

    async def _become_kiosk(self, request: Request, session: Session | None, kiosk: Kiosk) -> Response:
        """A device is marked. Whoever has a draft on it loses nothing by a link: it is asked first."""
        if request.state.kiosk is None and session:
            try:
                if (await self._screen(request, session, "")).lasts:
                    return self.answers.elsewhere(ERASE)
            except StorageFault:
                return self.answers.said(request, "INV.gestoord", status=503)
        return await self.shared.begin_anew(request, kiosk)

    async def _take(self, request: Request) -> Response:
        try:
            form = hearing.read(await bounds.fields(request))
        except WrongKind:
            return Response(status_code=415)
        except TooBig:
            return self.answers.said(request, "WEB.te_groot", status=413)
        if form is None or not bounds.is_from_here(request):
            return self.answers.said(request, "WEB.verlopen", status=403)
        session = self.answers.cookies.read(request)
        if session is None or not session.wrote(self.answers.keys, form.token):
            return await self._anew(request, session or new_session(), form, "WEB.verlopen", 403)
        near = bounds.neighbourhood(request, self.proxies)
        if not await self._within_bounds(session, near):
            return await self._anew(request, session, form, "WEB.te_vaak", 429)
        if not self.opened.is_set() or not (form.data or form.says):
            return await self._anew(request, session, form)
        if answer := await self.relay.heard(request, session, form):
            return answer
        taken = await self._taken(request, session, form, CodesNearby(self.wrong_codes, near))
        if taken.session != session:
            self.drafts.takes(near, DRAFTS_OF_NEIGHBOURS)
        return await self._answer(request, taken, form)

    async def _taken(self, request: Request, session: Session, form: Form, tries: CodesNearby) -> Taken:
        """What came of a form. Words in the field of a story that is done are told first, and belong to it."""
        language, device = _language(request), device_of(request)
        if form.words and hearing.is_done(form.data):
            told = replace(form, bubble=0, data="")
            taken = await self.chat.take(session, told, language, tries, device=device)
            bubble = taken.screen.offered(form.data)
            if not (taken.kept and bubble):
                return taken
            session = taken.session
            form = replace(form, number=form.number + 1, bubble=bubble, words="")
        return await self.chat.take(session, form, language, tries, device=device)

    async def _screen(self, request: Request, session: Session, link: str) -> Screen:
        """What stands on the screen of who comes in by a link; on a kiosk by that of its welcome page, and during a
        visit by that of the visit."""
        if not self.opened.is_set():
            raise Unavailable("een ander programma is aan de beurt")
        kiosk = request.state.kiosk
        first = request.state.visit or (kiosk.link if kiosk else "")
        way_in = link or (first if self.answers.cookies.read(request) is None else "")
        return await self.chat.come_in(session, way_in, _language(request), device=device_of(request))

    async def _anew(
        self, request: Request, session: Session, form: Form, note: str = "", status: int = 200
    ) -> Response:
        """The question as it stands, and in the field what stood there: nobody types it twice.

        The form has the same number: it may have been kept before, by a program that was gone before it could say so.
        """
        try:
            screen = await self._screen(request, session, "")
        except StorageFault:
            screen, note, status = Screen(), "INV.gestoord", 503
        if screen.was_cleared_after(form.seen) or (device_of(request) is not Device.OWN and note == "WEB.verlopen"):
            # Whoever comes next fills in a form of her own.
            form, note = replace(form, words="", number=new_number()), CLEARED
        return await self.answers.chat(request, session, screen, form.words, form.number, note=note, status=status)

    async def _answer(self, request: Request, taken: Taken, form: Form) -> Response:
        """A page where words must stay in the field, or where a script asked; else the way to one."""
        if PART in request.headers or taken.words or taken.note or not taken.kept:
            number, status = (new_number(), 200) if taken.kept else (form.number, 503)
            return await self.answers.chat(
                request, taken.session, taken.screen, taken.words, number, note=taken.note, status=status
            )
        read_on = self.answers.elsewhere(f"{TALK}#b{taken.screen.first_after(form.seen)}")
        return self.answers.remembering(request, read_on, taken.session, taken.screen)

    async def _within_bounds(self, session: Session, near: str) -> bool:
        """Of too many behind one address no cookie is counted, however many they take."""
        if self.rates.is_full(session.token, bounds.OF_ONE) or not self.rates.takes(near, bounds.OF_NEIGHBOURS):
            return False
        self.rates.takes(session.token, bounds.OF_ONE)
        return not self.drafts.is_full(near, DRAFTS_OF_NEIGHBOURS) or await self.chat.goes_on(session)

    async def _info(self, request: Request) -> Response:
        page = self.answers.pages.plain("uitleg", self.answers.rest(request), path=request.url.path)
        return self.answers.page(page)

    async def _static(self, request: Request) -> Response:
        return FILES.answer(request)

    async def _audio(self, request: Request) -> Response:
        return sound(request, self.answers.pages.sounds)

    async def _manifest(self, request: Request) -> Response:
        """A kiosk that was put on a home screen opens as one: there it may have other cookies."""
        start = request.query_params.get("start", HOME)
        app = self.answers.pages.manifest(start if is_home(start) else HOME)
        return JSONResponse(app, media_type="application/manifest+json")


def _language(request: Request) -> str:
    return hearing.language(request.headers.get("accept-language", ""))


def site(settings: WebSettings, days: int, intake: Intake, leaves: Leaves, figures: Figures | None = None) -> Site:
    """The web chat over a corridor, counted in `figures`; drafts are kept for so many days. `leaves`: see `Site`."""
    secure = settings.public_url is not None and settings.public_url.scheme == "https"
    answers = Answers(Pages(intake.library), intake.keys, Cookies(secure), days, Visits(intake))
    return Site(Chat(intake, figures=figures), answers, leaves, proxies=settings.proxies)
