"""Who may come in at pages that are not for everybody; knows no page and no application.

Whoever is not signed in is answered as at an address where nothing is, whatever they ask there and in whatever way.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import NoReturn

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Match, NoMatchFound, Route, Router
from starlette.types import Receive, Scope, Send

from pages.permissions import Refused
from pages.session import Cookie, Session, is_token
from pages.signing_in import SigningIn
from storage.faults import StorageFault
from storage.staff import Person

Page = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True)
class Here:
    """Somebody who is signed in, and the browser that shows it. `locked`: who has it in hand is perhaps another."""

    person: Person
    session: Session
    locked: bool


def here(request: Request) -> Here:
    """Who asks for a page behind the gate."""
    found: Here = request.state.here
    return found


@dataclass(frozen=True)
class Paths:
    """Where the gate stands: `home` and all below it. What begins with one of `open` is there for everybody.

    `locked`: all that is there on a browser that is locked; the first of them is where it is opened again. Without any,
    whoever is locked is nobody.
    """

    home: str
    open: tuple[str, ...]
    locked: tuple[str, ...] = ()

    def holds(self, path: str) -> bool:
        """Whether an address is behind the gate."""
        return path == self.home or path.startswith(f"{self.home.rstrip('/')}/")


def nowhere(_request: Request) -> str:
    """For an application of which no browser is ever in the hands of somebody else."""
    return ""


class Gate(BaseRoute):
    """All that `paths` holds. `is_over` and `failed` are the pages for whose time is over, and for a fault of ours.

    `leads_away`: the address to which a browser is sent that is in a teller's hands now; "" where it is not.
    """

    def __init__(
        self,
        paths: Paths,
        signing_in: SigningIn,
        cookie: Cookie,
        routes: Sequence[Route],
        *,
        is_over: Page,
        failed: Page,
        leads_away: Callable[[Request], str] = nowhere,
    ) -> None:
        self._paths = paths
        self._signing_in = signing_in
        self._cookie = cookie
        self._within = Router(routes, redirect_slashes=False)
        self._is_over = is_over
        self._failed = failed
        self._leads_away = leads_away

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Everything below the path, whichever way it is asked for."""
        is_ours = scope["type"] == "http" and self._paths.holds(scope.get("path", ""))
        return (Match.FULL if is_ours else Match.NONE), {}

    def url_path_for(self, name: str, /, **path_params: object) -> NoReturn:
        """No address has a name."""
        raise NoMatchFound(name, path_params)

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Lets in who may come in."""
        request = Request(scope, receive)
        try:
            answer = await self._kept_out(request)
        except StorageFault:
            answer = await self._failed(request)
        await (answer or self._within)(scope, receive, send)

    async def _kept_out(self, request: Request) -> Response | None:
        """What is answered to who is not let in; None for who is. Raises a 404 for who is nobody here."""
        if request.url.path.startswith(self._paths.open):
            return None
        token = self._cookie.read(request)
        found = await self._signing_in.session(token) if token and is_token(token) else None
        if token is None or found is None:
            raise HTTPException(404)
        if not self._signing_in.lasts(found):
            return await self._is_over(request)
        if away := self._leads_away(request):
            return RedirectResponse(away, status_code=303)
        if found.locked and request.url.path not in self._paths.locked:
            if not self._paths.locked:
                raise HTTPException(404)
            return RedirectResponse(self._paths.locked[0], status_code=303)
        request.state.here = Here(found.person, Session(token), found.locked)
        return None


def refusing(page: Page, failed: Page) -> Page:
    """A page that is not there for who may not see it, and that says so where the database does not answer."""

    async def answering(request: Request) -> Response:
        try:
            return await page(request)
        except Refused:
            raise HTTPException(404) from None
        except StorageFault:
            return await failed(request)

    return answering
