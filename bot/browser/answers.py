"""What a browser is answered with: pages, with the cookie of who is there; changes nothing that is kept."""

import hmac
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.browser import on_visit
from bot.browser.chat import new_number
from bot.browser.cookies import Cookies
from bot.browser.device import Device
from bot.browser.kiosk import NOBODY, WARNED, WRITING, Rest
from bot.browser.pages import Bar, Pages
from bot.browser.screen import Screen
from bot.browser.session import Session
from bot.visits import Visits
from storage.faults import StorageFault
from storage.secrets import KeyRing

PART = "x-part"
"""A script asks for the part of the page that changes."""


def device_of(request: Request) -> Device:
    """Whose device it is: others use it after whoever is there where it is a kiosk, or where a visit goes on."""
    if request.state.visit:
        return Device.VISIT
    return Device.KIOSK if request.state.kiosk else Device.OWN


@dataclass(frozen=True)
class Answers:
    """In the words of `pages`; a browser is remembered for so many `days` where it is worth coming back.

    A request is one that went through `SharedDevice.minding`: its state says on which kiosk it is and on which `device`
    of a visit (None for none), how long that has patience, whether it is `locked`, and the code of the `visit` ("" for
    none).
    """

    pages: Pages
    keys: KeyRing
    cookies: Cookies
    days: int
    visits: Visits

    def page(self, words: str, status: int = 200) -> Response:
        """These words."""
        return HTMLResponse(words, status_code=status)

    def elsewhere(self, address: str) -> Response:
        """To another address of ours."""
        return RedirectResponse(address, status_code=303)

    def said(self, request: Request, text_id: str, status: int = 200) -> Response:
        """A page that says one thing."""
        return self.page(self.pages.plain("melding", self.rest(request), said=text_id), status=status)

    async def chat(
        self,
        request: Request,
        session: Session,
        screen: Screen,
        words: str = "",
        number: int = 0,
        *,
        note: str = "",
        status: int = 200,
    ) -> Response:
        """The conversation, or the part of it that a script asked for, with a form of this number (0: a new one)."""
        page = self.pages.chat(
            screen,
            token=session.form_token(self.keys),
            number=number or new_number(),
            words=words,
            note=note,
            whole=PART not in request.headers,
            rest=self.rest(request, screen),
            bar=await self._bar(request),
        )
        return self.remembering(request, self.page(page, status), session, screen)

    def remembering(self, request: Request, answer: Response, session: Session, screen: Screen) -> Response:
        """With the cookie of this browser."""
        lasts = screen.lasts and device_of(request) is Device.OWN
        self.cookies.give(answer, session, self.days if lasts else 0)
        return answer

    async def _bar(self, request: Request) -> Bar | None:
        """What stands above the conversation during a visit, with what was sent just now; None where none goes on."""
        if not request.state.visit:
            return None
        try:
            found = await self.visits.of(request.state.visit)
        except StorageFault:
            found = None
        return self.pages.bar(found, self.visit_token(request))

    def visit_token(self, request: Request) -> str:
        """What every form about a visit holds: it goes on while one teller follows another."""
        return self.keys.mark("visit form", request.state.visit)

    def wrote_visit(self, request: Request, token: str) -> bool:
        """Whether a form came from a page of the visit on this device."""
        return bool(request.state.visit) and hmac.compare_digest(self.visit_token(request).encode(), token.encode())

    def rest(self, request: Request, screen: Screen | None = None) -> Rest | None:
        """What this page does where nobody moves; None where nobody else uses the device, or where it is locked."""
        device = device_of(request)
        if request.state.locked:
            return None
        if screen and not screen.begun:
            request.state.patience = NOBODY
        elif screen and PART not in request.headers and self.pages.asks_for_words(screen):
            request.state.patience = on_visit.WRITING if device is Device.VISIT else WRITING
        patience = request.state.patience
        if device is Device.VISIT:
            return on_visit.rest(max(patience - on_visit.WARNED, 0))
        return request.state.kiosk and Rest(request.state.kiosk.home, max(patience - WARNED, 0))
