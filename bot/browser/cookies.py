"""The cookies of the web chat: who somebody is, which kiosk a device is, and which visit goes on on it."""

from starlette.requests import Request
from starlette.responses import Response

from bot.browser.kiosk import Kiosk, kiosk_of
from bot.browser.on_visit import OnVisit, on_visit
from bot.browser.session import Session, session_of
from pages.session import Cookie

NAME = "vertelbot"
STAFF = "vertelbot-team"
"""The cookie of the pages for staff. Here it only leads to the code with which a helper locked a device."""

YEAR = 365
"""Days that a device stays a kiosk or that of a visit, also where it is switched off at night."""


class Cookies:
    """`secure`: as a `Cookie` has it."""

    def __init__(self, secure: bool) -> None:
        self._session = Cookie(NAME, secure)
        self._kiosk = Cookie(f"{NAME}-kiosk", secure)
        self._visit = Cookie(f"{NAME}-bezoek", secure)
        self._staff = Cookie(STAFF, secure, led=True)

    def read(self, request: Request) -> Session | None:
        """Who this is; None where nobody was here before, or with a cookie that is none of ours."""
        return session_of(self._session.read(request))

    def give(self, response: Response, session: Session, days: int = 0) -> None:
        """Remembers who this is, for so many days; without days until the browser closes."""
        self._session.give(response, session.token, days)

    def take(self, response: Response) -> None:
        """Forgets it."""
        self._session.take(response)

    def kiosk(self, request: Request) -> Kiosk | None:
        """The kiosk that this device is; None where it is none."""
        return kiosk_of(self._kiosk.read(request))

    def give_kiosk(self, response: Response, kiosk: Kiosk) -> None:
        """It is this one from now on."""
        self._kiosk.give(response, kiosk.mark, YEAR)

    def take_kiosk(self, response: Response) -> None:
        """It is none any more."""
        self._kiosk.take(response)

    def visit(self, request: Request) -> OnVisit | None:
        """The visit that goes on on this device; None for none."""
        return on_visit(self._visit.read(request))

    def give_visit(self, response: Response, visit: OnVisit) -> None:
        """This one goes on here from now on. The cookie stays longer: a device is emptied when its visit is over."""
        self._visit.give(response, visit.mark, YEAR)

    def take_visit(self, response: Response) -> None:
        """None goes on any more."""
        self._visit.take(response)

    def helper(self, request: Request) -> str:
        """What the browser of somebody of the staff shows, also while it is in the hands of another; "" for none."""
        return self._staff.read(request) or ""
