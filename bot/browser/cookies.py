"""The cookie of a browser, on its way in and out: as strict as the address of the site allows."""

from starlette.requests import Request
from starlette.responses import Response

from bot.browser.session import Session, session_of

DAY = 24 * 60 * 60


class Cookies:
    """`secure`: the site is served over https, so that no other site can have set this cookie (`__Host-`)."""

    def __init__(self, secure: bool) -> None:
        self._secure = secure
        self._name = "__Host-vertelbot" if secure else "vertelbot"

    def read(self, request: Request) -> Session | None:
        """Who this is; None where nobody was here before, or with a cookie that is none of ours."""
        return session_of(request.cookies.get(self._name))

    def give(self, response: Response, session: Session, days: int = 0) -> None:
        """Remembers who this is, for so many days; without days until the browser closes."""
        response.set_cookie(
            self._name,
            session.token,
            max_age=days * DAY or None,
            path="/",
            secure=self._secure,
            httponly=True,
            samesite="strict",
        )

    def take(self, response: Response) -> None:
        """Forgets it."""
        response.delete_cookie(self._name, path="/", secure=self._secure, httponly=True, samesite="strict")
