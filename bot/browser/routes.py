"""The addresses of the web chat, and what each answers; knows the conversation only as `Chat`.

A form is answered with a page of its own address (POST, then GET), so that reloading sends nothing again; it opens
where there is something new to read. A script asks for the changed part alone and gets it at once.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass, field, replace

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from bot.browser import bounds, hearing
from bot.browser.bounds import Network, Rates, TooBig, WrongKind
from bot.browser.chat import CLEARED, Chat, Taken, new_number
from bot.browser.cookies import Cookies
from bot.browser.files import sound, style_or_script
from bot.browser.headers import PAGE
from bot.browser.hearing import Form
from bot.browser.kiosk import ASKED, NOBODY, QUIET, STILL_THERE, WARNED, WRITING, Kiosk, Rest
from bot.browser.pages import Pages
from bot.browser.screen import Screen
from bot.browser.session import Session, new_session
from bot.figures import Figures
from bot.intake import Intake
from bot.settings import WebSettings
from dialogs.offers import is_link
from dialogs.taps import LINK_LIMIT
from storage.faults import StorageFault, Unavailable
from storage.secrets import KeyRing

HOME, TALK, LINK, ERASE = "/", "/gesprek", "/v/{code}", "/wissen"
PRESENT = "/aanwezig"
"""A page of a kiosk says that somebody is typing or reading."""

PART = "x-part"
"""A script asks for the part of the page that changes."""

INFO = ("/privacy", "/hulp", "/toegankelijkheid")
"""Pages that are read."""

Endpoint = Callable[[Request], Awaitable[Response]]

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Site:
    """What all answers stand on. `days`: how long a draft is kept. `proxies`: who may say whose a request is.

    `clock` gives seconds since 1970, by which a kiosk knows that nobody is there any more.

    Until it is `opened` nothing is taken and nothing is said: another program may be in turn.
    """

    chat: Chat
    pages: Pages
    keys: KeyRing
    cookies: Cookies
    rates: Rates
    days: int
    proxies: Collection[Network] = ()
    clock: Callable[[], float] = time.time
    opened: asyncio.Event = field(default_factory=asyncio.Event)

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
        return [
            Route(HOME, self._minding(self._come_in), methods=["GET"]),
            Route(LINK, self._minding(self._come_in), methods=["GET"]),
            Route(TALK, self._minding(self._come_in), methods=["GET"]),
            Route(TALK, self._minding(self._take), methods=["POST"]),
            Route(ERASE, self._minding(self._ask_to_erase), methods=["GET"]),
            Route(ERASE, self._minding(self._erase), methods=["POST"]),
            Route(STILL_THERE, self._minding(self._ask_who_is_there), methods=["GET"]),
            Route(PRESENT, self._minding(self._note_presence), methods=["POST"]),
            *(Route(path, self._minding(self._info), methods=["GET"]) for path in INFO),
            Route("/static/{name}", self._static, methods=["GET"]),
            Route("/audio/{name}", self._audio, methods=["GET"]),
            Route("/manifest.webmanifest", self._manifest, methods=["GET"]),
        ]

    def _minding(self, endpoint: Endpoint) -> Endpoint:
        """An answer that on a kiosk shows nothing of whoever left, and says how long somebody is there from now on."""

        async def answering(request: Request) -> Response:
            kiosk = request.state.kiosk = self.cookies.kiosk(request)
            request.state.patience = QUIET
            if kiosk and kiosk.was_left(self.clock()):
                return await self._begin_anew(request, kiosk)
            answer = await endpoint(request)
            if kiosk and request.state.kiosk:
                self.cookies.give_kiosk(answer, kiosk.waiting(self.clock(), request.state.patience))
            return answer

        return answering

    async def _come_in(self, request: Request) -> Response:
        session, kiosk = self.cookies.read(request), request.state.kiosk
        link, asked = request.path_params.get("code", ""), ASKED in request.query_params
        if session is None and bounds.is_from_elsewhere(request):
            # The browser held back a strict cookie that it may have: asked from our own page it gives it.
            address = f"{request.url.path}?{ASKED}" if asked else request.url.path
            return self._page(self.pages.plain("opnieuw", address=address))
        if asked and (is_link(link) or not link):
            return await self._become_kiosk(request, session, Kiosk(link))
        if kiosk and link:
            return await self._begin_anew(request, None)
        return await self._shown(request, session or new_session())

    async def _shown(self, request: Request, session: Session) -> Response:
        link = request.path_params.get("code", "")[:LINK_LIMIT]
        try:
            screen = await self._screen(request, session, link)
        except StorageFault:
            return self._said(request, "INV.gestoord", status=503)
        return self._with_cookie(request, self._page(self._chat(request, session, screen)), session, screen)

    async def _become_kiosk(self, request: Request, session: Session | None, kiosk: Kiosk) -> Response:
        """A device is marked. Whoever has a draft on it loses nothing by a link: it is asked first."""
        if request.state.kiosk is None and session:
            try:
                if (await self._screen(request, session, "")).lasts:
                    return RedirectResponse(ERASE, status_code=303, headers=dict(PAGE))
            except StorageFault:
                return self._said(request, "INV.gestoord", status=503)
        return await self._begin_anew(request, kiosk)

    async def _begin_anew(self, request: Request, kiosk: Kiosk | None) -> Response:
        """To the welcome page of a kiosk: what was told and not sent is gone, and the cookie that leads to it."""
        session = self.cookies.read(request)
        request.state.kiosk = None
        if session and self.opened.is_set():
            try:
                await self.chat.erase(session)
            except StorageFault:
                log.exception("een concept kon niet weg; zonder het koekje leest niemand het, en het gaat in zijn tijd")
        answer = RedirectResponse(TALK if kiosk else request.url.path, status_code=303, headers=dict(PAGE))
        self.cookies.take(answer)
        if kiosk:
            self.cookies.give_kiosk(answer, Kiosk(kiosk.link))
        else:
            self.cookies.take_kiosk(answer)
        return answer

    async def _ask_who_is_there(self, request: Request) -> Response:
        kiosk = request.state.kiosk
        if kiosk is None:
            return RedirectResponse(TALK, status_code=303, headers=dict(PAGE))
        return self._page(self.pages.plain("rust", Rest(kiosk.home, WARNED, kiosk.home)))

    async def _note_presence(self, request: Request) -> Response:
        return Response(status_code=204, headers=dict(PAGE))

    async def _take(self, request: Request) -> Response:
        try:
            form = hearing.read(await bounds.fields(request))
        except WrongKind:
            return Response(status_code=415)
        except TooBig:
            return self._said(request, "WEB.te_groot", status=413)
        if form is None or not bounds.is_from_here(request):
            return self._said(request, "WEB.verlopen", status=403)
        session = self.cookies.read(request)
        if session is None or not session.wrote(self.keys, form.token):
            return await self._anew(request, session or new_session(), form, "WEB.verlopen", 403)
        if not self._within_bounds(request, session):
            return await self._anew(request, session, form, "WEB.te_vaak", 429)
        if not self.opened.is_set() or not (form.data or form.says):
            return await self._anew(request, session, form)
        return self._answer(request, await self.chat.take(session, form, _language(request)), form)

    async def _screen(self, request: Request, session: Session, link: str) -> Screen:
        """What stands on the screen of who comes in by a link; on a kiosk by that of its welcome page."""
        if not self.opened.is_set():
            raise Unavailable("een ander programma is aan de beurt")
        kiosk = request.state.kiosk
        way_in = link or (kiosk.link if kiosk and self.cookies.read(request) is None else "")
        return await self.chat.come_in(session, way_in, _language(request))

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
        number = form.number
        if screen.was_cleared_after(form.seen) or (request.state.kiosk and note == "WEB.verlopen"):
            # Whoever comes next fills in a form of her own.
            form, note, number = replace(form, words=""), CLEARED, new_number()
        words = self._chat(request, session, screen, form.words, number, note=note)
        return self._with_cookie(request, self._page(words, status=status), session, screen)

    def _answer(self, request: Request, taken: Taken, form: Form) -> Response:
        """A page where words must stay in the field, or where a script asked; else the way to one."""
        number = new_number() if taken.kept else form.number
        part = PART in request.headers
        read_on = f"{TALK}#b{taken.screen.first_after(form.seen)}"
        answer: Response = RedirectResponse(read_on, status_code=303, headers=dict(PAGE))
        if part or taken.words or taken.note or not taken.kept:
            words = self._chat(request, taken.session, taken.screen, taken.words, number, note=taken.note)
            answer = self._page(words, status=200 if taken.kept else 503)
        return self._with_cookie(request, answer, taken.session, taken.screen)

    def _with_cookie(self, request: Request, answer: Response, session: Session, screen: Screen) -> Response:
        lasts = screen.lasts and not request.state.kiosk
        self.cookies.give(answer, session, self.days if lasts else 0)
        return answer

    def _chat(
        self,
        request: Request,
        session: Session,
        screen: Screen,
        words: str = "",
        number: int = 0,
        *,
        note: str = "",
    ) -> str:
        token, number, whole = session.form_token(self.keys), number or new_number(), PART not in request.headers
        kiosk = self._rest(request, screen)
        return self.pages.chat(screen, token=token, number=number, words=words, note=note, whole=whole, kiosk=kiosk)

    def _rest(self, request: Request, screen: Screen | None = None) -> Rest | None:
        """What this page does where nobody moves; None where the device is no kiosk."""
        if screen and not screen.begun:
            request.state.patience = NOBODY
        elif screen and PART not in request.headers and self.pages.asks_for_words(screen):
            request.state.patience = WRITING
        patience = request.state.patience
        return request.state.kiosk and Rest(request.state.kiosk.home, max(patience - WARNED, 0))

    def _said(self, request: Request, text_id: str, status: int = 200) -> Response:
        """A page that says one thing."""
        return self._page(self.pages.plain("melding", self._rest(request), said=text_id), status=status)

    def _within_bounds(self, request: Request, session: Session) -> bool:
        near = bounds.neighbourhood(request, self.proxies)
        return self.rates.takes(session.token, bounds.OF_ONE) and self.rates.takes(near, bounds.OF_NEIGHBOURS)

    async def _ask_to_erase(self, request: Request) -> Response:
        session = self.cookies.read(request)
        if session is None:
            return RedirectResponse(HOME, status_code=303)
        token, number = session.form_token(self.keys), new_number()
        return self._page(self.pages.plain("wissen", self._rest(request), token=token, number=number))

    async def _erase(self, request: Request) -> Response:
        session = self.cookies.read(request)
        if session is None:
            return RedirectResponse(HOME, status_code=303)
        try:
            form = hearing.read(await bounds.fields(request))
        except (WrongKind, TooBig):
            return Response(status_code=415)
        if form is None or not bounds.is_from_here(request) or not session.wrote(self.keys, form.token):
            return self._said(request, "WEB.verlopen", status=403)
        try:
            await self.chat.erase(session)
        except StorageFault:
            return self._said(request, "INV.gestoord", status=503)
        answer = self._said(request, "WEB.gewist")
        answer.headers["clear-site-data"] = '"cache", "storage"'
        self.cookies.take(answer)
        return answer

    async def _info(self, request: Request) -> Response:
        return self._page(self.pages.plain("uitleg", self._rest(request), path=request.url.path))

    async def _static(self, request: Request) -> Response:
        return style_or_script(request)

    async def _audio(self, request: Request) -> Response:
        return sound(request, self.pages.sounds)

    async def _manifest(self, request: Request) -> Response:
        return JSONResponse(self.pages.manifest(), media_type="application/manifest+json", headers=dict(PAGE))

    def _page(self, words: str, status: int = 200) -> Response:
        return HTMLResponse(words, status_code=status, headers=dict(PAGE))


def _language(request: Request) -> str:
    return hearing.language(request.headers.get("accept-language", ""))


def site(settings: WebSettings, days: int, intake: Intake, figures: Figures | None = None) -> Site:
    """The web chat over a corridor, counted in `figures`; drafts are kept for so many days."""
    secure = settings.public_url is not None and settings.public_url.scheme == "https"
    pages = Pages(intake.library)
    return Site(Chat(intake, figures=figures), pages, intake.keys, Cookies(secure), Rates(), days, settings.proxies)
