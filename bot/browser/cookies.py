"""The cookie of a browser, on its way in and out: as strict as the address of the site allows."""

from starlette.requests import Request
from starlette.responses import Response

from bot.browser.kiosk import Kiosk, kiosk_of
from bot.browser.session import Session, session_of

DAY = 24 * 60 * 60
YEAR = 365
"""Days that a device stays a kiosk, also where it is switched off at night."""


class Cookies:
    """`secure`: the site is served over https, so that no other site can have set this cookie (`__Host-`)."""

    def __init__(self, secure: bool) -> None:
        self._secure = secure
        self._name = "__Host-vertelbot" if secure else "vertelbot"
        self._kiosk = f"{self._name}-kiosk"

    def read(self, request: Request) -> Session | None:
        """Who this is; None where nobody was here before, or with a cookie that is none of ours."""
        return session_of(request.cookies.get(self._name))

    def give(self, response: Response, session: Session, days: int = 0) -> None:
        """Remembers who this is, for so many days; without days until the browser closes."""
        self._give(response, self._name, session.token, days)

    def take(self, response: Response) -> None:
        """Forgets it."""
        self._take(response, self._name)

    def kiosk(self, request: Request) -> Kiosk | None:
        """The kiosk that this device is; None where it is none."""
        return kiosk_of(request.cookies.get(self._kiosk))

    def give_kiosk(self, response: Response, kiosk: Kiosk) -> None:
        """It is this one from now on."""
        self._give(response, self._kiosk, kiosk.mark, YEAR)

    def take_kiosk(self, response: Response) -> None:
        """It is none any more."""
        self._take(response, self._kiosk)

    def _give(self, response: Response, name: str, value: str, days: int) -> None:
        response.set_cookie(
            name,
            value,
            max_age=days * DAY or None,
            path="/",
            secure=self._secure,
            httponly=True,
            samesite="strict",
        )

    def _take(self, response: Response, name: str) -> None:
        response.delete_cookie(name, path="/", secure=self._secure, httponly=True, samesite="strict")
