"""What a browser is answered with: pages, with the cookie of who is there; changes nothing that is kept."""

import hmac
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.browser.chat import new_number
from bot.browser.cookies import Cookies
from bot.browser.kiosk import NOBODY, WARNED, WRITING, Rest
from bot.browser.pages import Bar, Pages
from bot.browser.screen import Screen
from bot.browser.session import Session
from bot.visits import Visits
from storage.faults import StorageFault
from storage.secrets import KeyRing

PART = "x-part"
"""A script asks for the part of the page that changes."""


def is_shared(request: Request) -> bool:
    """Whether others use this device after whoever is there: it is a kiosk, or a visit goes on."""
    return bool(request.state.kiosk or request.state.visit)


@dataclass(frozen=True)
class Answers:
    """In the words of `pages`; a browser is remembered for so many `days` where it is worth coming back.

    A request is one that went through `SharedDevice.minding`: its state says on which kiosk it is (None for none), how
    long that has patience, and in which visit ("" for none).
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
            kiosk=self.rest(request, screen),
            bar=await self._bar(request),
        )
        return self.remembering(request, self.page(page, status), session, screen)

    def remembering(self, request: Request, answer: Response, session: Session, screen: Screen) -> Response:
        """With the cookie of this browser."""
        lasts = screen.lasts and not is_shared(request)
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
        """What this page does where nobody moves; None where the device is no kiosk."""
        if screen and not screen.begun:
            request.state.patience = NOBODY
        elif screen and PART not in request.headers and self.pages.asks_for_words(screen):
            request.state.patience = WRITING
        patience = request.state.patience
        return request.state.kiosk and Rest(request.state.kiosk.home, max(patience - WARNED, 0))
