"""What all pages behind a gate share: who asks, forms that are taken, signing in and out; knows none of the pages."""

from collections.abc import Awaitable, Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Protocol

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from pages import bounds, notices
from pages.bounds import Network, Rates, TooBig, WrongKind
from pages.gate import Page, here, refusing
from pages.notices import Notice
from pages.session import Cookie, Session
from pages.signing_in import REMEMBERED, SigningIn, is_invitation, new_secret
from storage.faults import StorageFault
from storage.secrets import KeyRing
from storage.staff import Person

NOTHING: Mapping[str, str] = MappingProxyType({})

Fields = Mapping[str, str]
Form = Callable[[Request, Fields], Awaitable[Response]]


class Render(Protocol):
    """Makes the HTML of a template, for somebody (None for who is not signed in); `token` goes into its forms."""

    def __call__(self, name: str, person: Person | None = None, token: str = "", **values: object) -> str:
        """The page."""


def no_other_way(_invitation: str) -> str:
    """For an application to which nobody comes but by a browser."""
    return ""


def nothing_to_forget(_secret: str) -> None:
    """For an application that remembers nothing of a browser."""


@dataclass(frozen=True)
class Inside:
    """What the pages stand on. `home` is where somebody comes who signs in, `proxies` who may say whose a request is.

    `other_way`: the address by which an invitation is used elsewhere than in a browser; "" for none. `most_fields`: of
    the largest form there is, which is given back to whoever sends it too late. `forget`: is told by which secret
    somebody was known who signs out.
    """

    signing_in: SigningIn
    keys: KeyRing
    cookie: Cookie
    render: Render
    home: str
    proxies: Collection[Network] = ()
    other_way: Callable[[str], str] = no_other_way
    most_fields: int = bounds.MOST_FIELDS
    most_of_one: int = bounds.OF_ONE
    rates: Rates = field(default_factory=Rates)
    forget: Callable[[str], None] = nothing_to_forget

    def shown(self, path: str, page: Page) -> Route:
        """A page at an address."""
        return Route(path, refusing(page, self.failed), methods=["GET"])

    def posted(self, path: str, form: Form, *, is_open: bool = False, most: int = bounds.MOST_FIELDS) -> Route:
        """A form that came from one of our own pages; `is_open`: also of who is not signed in yet."""

        async def taking(request: Request) -> Response:
            try:
                fields = await bounds.fields(request, most)
            except WrongKind:
                return Response(status_code=415)
            except TooBig:
                return Response(status_code=413)
            if not bounds.is_from_here(request):
                return self.told(request, notices.OUTDATED, 403)
            if is_open:
                within = self._within_bounds(request)
                return await form(request, fields) if within else self.told(request, notices.TOO_OFTEN, 429)
            if not here(request).session.wrote(self.keys, fields.get("token", "")):
                return self.told(request, notices.OUTDATED, 403, fields)
            if not self._within_bounds(request):
                return self.told(request, notices.TOO_OFTEN, 429, fields)
            try:
                return await form(request, fields)
            except StorageFault:
                return self.told(request, notices.FAILED, 503, fields)

        return Route(path, refusing(taking, self.failed), methods=["POST"])

    def entrance(self, sign_in: str, sign_out: str) -> list[Route]:
        """Where an invitation is used, `sign_in` with `{invitation}` in it, and where somebody signs out."""
        return [
            self.shown(sign_in, self._ask_to_sign_in),
            self.posted(sign_in, self._sign_in, is_open=True),
            self.posted(sign_out, self._sign_out),
        ]

    def page(self, request: Request, name: str, status: int = 200, **values: object) -> Response:
        """A page for who asks for it, who is perhaps not signed in; its `path` is where they asked."""
        found = here(request) if hasattr(request.state, "here") else None
        person, token = (found.person, found.session.form_token(self.keys)) if found else (None, "")
        return HTMLResponse(self.render(name, person, token, path=request.url.path, **values), status)

    def told(self, request: Request, said: Notice, status: int, fields: Fields = NOTHING) -> Response:
        """What was filled in stays on the page, and can be sent once more: a form on paper is minutes of typing."""
        return self.page(request, "melding", status=status, said=said, kept=_filled(fields), to=request.url.path)

    async def is_over(self, request: Request) -> Response:
        """Their time ran out, perhaps while they were typing: then it can be sent once they are signed in again.

        Until then the form holds the token of before, by which it is known as theirs.
        """
        before, fields = Session(self.cookie.read(request) or ""), NOTHING
        if request.method == "POST":
            with suppress(WrongKind, TooBig):
                fields = await bounds.fields(request, self.most_fields)
        is_theirs = bounds.is_from_here(request) and before.wrote(self.keys, fields.get("token", ""))
        kept, token = (_filled(fields), before.form_token(self.keys)) if is_theirs else (NOTHING, "")
        told = self.render("melding", None, token, said=notices.OVER, kept=kept, to=request.url.path)
        return HTMLResponse(told, 403)

    async def failed(self, request: Request) -> Response:
        """Something is wrong on our side."""
        return self.told(request, notices.FAILED, 503)

    def signed_out(self, request: Request) -> Response:
        """Says to somebody that they are nobody from now on, and lets the browser forget them."""
        del request.state.here
        answer = self.told(request, notices.OUT, 200)
        self.cookie.take(answer)
        answer.headers["clear-site-data"] = '"cache"'
        return answer

    def _within_bounds(self, request: Request) -> bool:
        one, near = self.cookie.read(request) or "", bounds.neighbourhood(request, self.proxies)
        most_near = max(bounds.OF_NEIGHBOURS, self.most_of_one)
        return self.rates.takes(near, most_near) and (not one or self.rates.takes(one, self.most_of_one))

    async def _ask_to_sign_in(self, request: Request) -> Response:
        """Looking does not use an invitation: programs that show where a link leads look as well."""
        invitation = _invitation(request)
        if not await self.signing_in.is_open(invitation):
            return self.told(request, notices.USED, 410)
        return self.page(request, "aanmelden", other_way=self.other_way(invitation))

    async def _sign_in(self, request: Request, _fields: Fields) -> Response:
        secret = new_secret()
        before = self.cookie.read(request) or ""
        if await self.signing_in.sign_in(_invitation(request), secret, before) is None:
            return self.told(request, notices.USED, 410)
        answer = elsewhere(self.home)
        # Longer than it signs in: who comes back is told that it is over.
        self.cookie.give(answer, secret, REMEMBERED.days)
        return answer

    async def _sign_out(self, request: Request, _fields: Fields) -> Response:
        secret = here(request).session.token
        await self.signing_in.sign_out(secret)
        self.forget(secret)
        return self.signed_out(request)


def elsewhere(path: str) -> Response:
    """After a form another page is shown, so that reloading sends nothing again."""
    return RedirectResponse(path, status_code=303)


def _invitation(request: Request) -> str:
    """The invitation in an address. Raises a 404 where it can be none."""
    found = str(request.path_params["invitation"])
    if not is_invitation(found):
        raise HTTPException(404)
    return found


def _filled(fields: Fields) -> Fields:
    """What somebody filled in in a form."""
    return {name: value for name, value in fields.items() if name != "token"}
