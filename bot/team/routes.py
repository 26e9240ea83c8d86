"""The addresses of the pages for staff, and what each answers; asks the desk, and decides nothing itself."""

from collections.abc import Awaitable, Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property, partial
from types import MappingProxyType

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from bot.browser.paths import STOP_VISIT
from bot.browser.relay import Relay
from bot.handouts.paper import MOST
from bot.intake import Intake
from bot.settings import Settings
from bot.staff.desk import Desk, desk
from bot.staff.handing_out import PDF, is_hung_up, sheets_of
from bot.staff.permissions import Action, insist, may
from bot.staff.place_links import HELPERS
from bot.staff.signing_in import REMEMBERED, Unfit, code_faults, is_invitation, new_secret
from bot.team import notices, paths
from bot.team.board import shown
from bot.team.cards import Card, Cards, in_order
from bot.team.gate import Gate, Page, here, refusing
from bot.team.leaving import staff_cookie
from bot.team.notices import Notice
from bot.team.pages import FILES, Pages
from bot.team.typing_in import MOST_FIELDS, TypingIn
from bot.team.visits import Visiting, visiting
from bot.team.wishes import Filled, filled
from pages import bounds
from pages.bounds import Network, Rates, TooBig, WrongKind
from pages.session import Cookie, Session
from storage.faults import StorageFault
from storage.links import Made
from storage.secrets import KeyRing
from storage.staff import Person

NOTHING: Mapping[str, str] = MappingProxyType({})

Fields = Mapping[str, str]
Form = Callable[[Request, Fields], Awaitable[Response]]


@dataclass(frozen=True)
class Team:
    """What all answers stand on. `proxies`: who may say whose a request is."""

    desk: Desk
    keys: KeyRing
    cookie: Cookie
    relay: Relay
    proxies: Collection[Network] = ()
    rates: Rates = field(default_factory=Rates)
    pages: Pages = field(default_factory=Pages)

    @property
    def routes(self) -> list[BaseRoute]:
        """What the web port serves of this."""
        pages = {"is_over": self._is_over, "failed": self._failed}
        return [Gate(self.desk.signing_in, self.cookie, self._within, **pages, leads_away=self._leads_away)]

    @property
    def _within(self) -> list[Route]:
        return [
            Route(f"{paths.STATIC}/{{name}}", self._static, methods=["GET"]),
            self._shown(paths.SIGN_IN, self._ask_to_sign_in),
            self._posted(paths.SIGN_IN, self._sign_in, is_open=True),
            self._posted(paths.SIGN_OUT, self._sign_out),
            self._shown(paths.LOCK, self._ask_for_code),
            self._posted(paths.LOCK, self._unlock),
            self._shown(paths.HOME, self._home),
            self._shown(paths.NEW, self._ask_for_link),
            self._posted(paths.NEW, self._make_link),
            self._shown(paths.VISIT, self._ask_for_visit),
            self._posted(paths.VISIT, self._begin_visit),
            self._posted(paths.CLEARED, self._clear_for_visit),
            self._shown(paths.LINK, self._link),
            self._shown(paths.END, self._ask_to_end),
            self._posted(paths.RENAME, self._rename),
            self._posted(paths.PAUSE, self._pause),
            self._posted(paths.RESUME, self._resume),
            self._posted(paths.END, self._end),
            self._shown(paths.SHEET, self._sheet),
            self._posted(paths.PAPER, self._paper),
            self._shown(paths.TYPE_IN, self._typing_in.ask),
            self._posted(paths.TYPE_IN, self._typing_in.open),
            self._posted(paths.TYPED_IN, self._typing_in.take, most=MOST_FIELDS),
            self._shown(paths.NUMBERS, self._numbers),
        ]

    def _shown(self, path: str, page: Page) -> Route:
        return Route(path, refusing(page, self._failed), methods=["GET"])

    def _posted(self, path: str, form: Form, *, is_open: bool = False, most: int = bounds.MOST_FIELDS) -> Route:
        """A form that came from one of our own pages; `is_open`: also of who is not signed in yet."""

        async def taking(request: Request) -> Response:
            try:
                fields = await bounds.fields(request, most)
            except WrongKind:
                return Response(status_code=415)
            except TooBig:
                return Response(status_code=413)
            if not bounds.is_from_here(request):
                return self._told(request, notices.OUTDATED, 403)
            if is_open:
                within = self._within_bounds(request)
                return await form(request, fields) if within else self._told(request, notices.TOO_OFTEN, 429)
            if not self._is_ours(request, fields):
                return self._told(request, notices.OUTDATED, 403, fields)
            if not self._within_bounds(request):
                return self._told(request, notices.TOO_OFTEN, 429, fields)
            try:
                return await form(request, fields)
            except StorageFault:
                return self._told(request, notices.FAILED, 503, fields)

        return Route(path, refusing(taking, self._failed), methods=["POST"])

    def _told(self, request: Request, said: Notice, status: int, fields: Fields = NOTHING) -> Response:
        """What was filled in stays on the page, and can be sent once more: a form on paper is minutes of typing."""
        return self._page(request, "melding", status=status, said=said, kept=_filled(fields), to=request.url.path)

    def _is_ours(self, request: Request, fields: Fields) -> bool:
        return here(request).session.wrote(self.keys, fields.get("token", ""))

    def _within_bounds(self, request: Request) -> bool:
        one, near = self.cookie.read(request) or "", bounds.neighbourhood(request, self.proxies)
        return self.rates.takes(near, bounds.OF_NEIGHBOURS) and (not one or self.rates.takes(one, bounds.OF_ONE))

    @cached_property
    def _typing_in(self) -> TypingIn:
        return TypingIn(self.desk, self._page)

    @cached_property
    def _cards(self) -> Cards:
        return Cards(self.desk.library, self.desk.addresses)

    def _page(self, request: Request, name: str, status: int = 200, **values: object) -> Response:
        """A page for who asks for it, who is perhaps not signed in."""
        found = here(request) if hasattr(request.state, "here") else None
        person, token = (found.person, found.session.form_token(self.keys)) if found else (None, "")
        return HTMLResponse(self.pages.page(name, person, token, **values), status)

    async def _static(self, request: Request) -> Response:
        return FILES.answer(request)

    async def _is_over(self, request: Request) -> Response:
        """Their time ran out, perhaps while they were typing: then it can be sent once they are signed in again.

        Until then the form holds the token of before, by which it is known as theirs.
        """
        before, fields = Session(self.cookie.read(request) or ""), NOTHING
        if request.method == "POST":
            with suppress(WrongKind, TooBig):
                fields = await bounds.fields(request, MOST_FIELDS)
        is_theirs = bounds.is_from_here(request) and before.wrote(self.keys, fields.get("token", ""))
        kept, token = (_filled(fields), before.form_token(self.keys)) if is_theirs else (NOTHING, "")
        told = self.pages.page("melding", None, token, said=notices.OVER, kept=kept, to=request.url.path)
        return HTMLResponse(told, 403)

    async def _failed(self, request: Request) -> Response:
        return self._told(request, notices.FAILED, 503)

    async def _ask_to_sign_in(self, request: Request) -> Response:
        """Looking does not use an invitation: programs that show where a link leads look as well."""
        invitation = _invitation(request)
        if not await self.desk.signing_in.is_open(invitation):
            return self._told(request, notices.USED, 410)
        by_telegram = self.desk.addresses.for_signing_in_by_telegram(invitation)
        return self._page(request, "aanmelden", by_telegram=by_telegram)

    async def _sign_in(self, request: Request, _fields: Fields) -> Response:
        secret = new_secret()
        before = self.cookie.read(request) or ""
        if await self.desk.signing_in.sign_in(_invitation(request), secret, before) is None:
            return self._told(request, notices.USED, 410)
        answer = _elsewhere(paths.HOME)
        # Longer than it signs in: who comes back is told that it is over.
        self.cookie.give(answer, secret, REMEMBERED.days)
        return answer

    async def _sign_out(self, request: Request, _fields: Fields) -> Response:
        await self.desk.signing_in.sign_out(here(request).session.token)
        return self._signed_out(request)

    def _signed_out(self, request: Request) -> Response:
        del request.state.here
        answer = self._told(request, notices.OUT, 200)
        self.cookie.take(answer)
        answer.headers["clear-site-data"] = '"cache"'
        return answer

    async def _ask_for_code(self, request: Request) -> Response:
        """The page before all others on a device on which a visit began."""
        return self._page(request, "slot", faults=()) if here(request).locked else _elsewhere(paths.HOME)

    async def _unlock(self, request: Request, fields: Fields) -> Response:
        signing_in, secret = self.desk.signing_in, here(request).session.token
        if not here(request).locked or await signing_in.unlock(secret, fields.get("code", "").strip()):
            return _elsewhere(paths.HOME)
        if await signing_in.session(secret) is None:
            return self._signed_out(request)
        return self._page(request, "slot", status=422, faults=["Deze code is het niet. Probeer het nog een keer."])

    async def _home(self, request: Request) -> Response:
        person = here(request).person
        if not may(person, Action.SEE_LINKS):
            return _elsewhere(paths.NUMBERS)
        today = self.desk.links.today
        shown, over = in_order(self._cards.of(link, today) for link in await self.desk.links.every(person))
        return self._page(request, "begin", shown=shown, over=over)

    async def _ask_for_link(self, request: Request) -> Response:
        return self._form(request, Filled())

    async def _make_link(self, request: Request, fields: Fields) -> Response:
        person, wanted = here(request).person, filled(fields)
        faults = [*wanted.unread(), *self.desk.links.faults(person, wanted.wish)]
        if faults:
            return self._form(request, wanted, faults)
        made = await self.desk.links.make(person, wanted.wish)
        return _elsewhere(paths.of_link(made.code))

    def _form(self, request: Request, wanted: Filled, faults: Collection[str] = ()) -> Response:
        self.desk.links.faults(here(request).person, Filled().wish)
        sets, districts = self._cards.sets(), self._cards.districts()
        values = {"wanted": wanted, "faults": faults, "sets": sets, "districts": districts}
        return self._page(request, "nieuw", status=422 if faults else 200, **values)

    async def _ask_for_visit(self, request: Request) -> Response:
        return await self._visit_form(request, Visiting(request.query_params.get("link", "")))

    async def _begin_visit(self, request: Request, fields: Fields) -> Response:
        """Whoever works for the team itself is asked once to let somebody else help. The device goes into the relay."""
        person, wanted, links = here(request).person, visiting(fields), self.desk.links
        own_team = wanted.is_about_own_team
        if wanted.another:
            return await self._visit_form(request, wanted)
        faults = await links.visit_faults(person, wanted.link, wanted.helper, own_team=own_team)
        faults += code_faults(wanted.code)
        if faults:
            return await self._visit_form(request, wanted, faults)
        if own_team and not wanted.anyway:
            return self._page(request, "eigen", wanted=wanted)
        if not await self.relay.may_begin(request):
            return self._page(request, "bezet", status=409)
        made = await links.visit(person, wanted.link, wanted.helper, own_team=bool(own_team))
        answer = await self.relay.begin(request, made.code)
        await self.desk.signing_in.lock(here(request).session.token, wanted.code)
        return answer

    async def _clear_for_visit(self, request: Request, _fields: Fields) -> Response:
        """What somebody told on this device and did not send goes; whoever clears it stays signed in, and begins."""
        insist(here(request).person, Action.VISIT)
        return await self.relay.shared.emptied(request, paths.VISIT)

    async def _visit_form(self, request: Request, wanted: Visiting, faults: Collection[str] = ()) -> Response:
        person, links = here(request).person, self.desk.links
        insist(person, Action.VISIT)
        found = [self._cards.of(link, links.today) for link in await links.every(person) if links.takes_visits(link)]
        # The first is chosen by itself: never one to practise with where there are others.
        places = sorted(found, key=lambda card: card.test)
        values = {"wanted": wanted, "faults": faults, "places": places, "helpers": HELPERS}
        return self._page(request, "bezoek", status=422 if faults else 200, **values)

    def _leads_away(self, request: Request) -> str:
        return STOP_VISIT if self.relay.is_at(request) else ""

    async def _link(self, request: Request) -> Response:
        return self._link_page(request, await self._made(request))

    def _link_page(self, request: Request, link: Made, typed: str = "", faults: Collection[str] = ()) -> Response:
        """The page of a link; with faults what was `typed` for its name stands there still."""
        can_visit = may(here(request).person, Action.VISIT) and self.desk.links.takes_visits(link)
        return self._page(
            request,
            "link",
            status=422 if faults else 200,
            card=self._card(link),
            hung_up=is_hung_up(link),
            message=self.desk.handing_out.message(link) if is_hung_up(link) else "",
            most=MOST,
            can_visit=can_visit,
            typed=typed if faults else link.place,
            faults=faults,
        )

    async def _rename(self, request: Request, fields: Fields) -> Response:
        link, place = await self._made(request), fields.get("place", "")
        try:
            await self.desk.links.rename(here(request).person, link.code, place)
        except Unfit as unfit:
            return self._link_page(request, link, place, unfit.faults)
        return _elsewhere(paths.of_link(link.code))

    async def _ask_to_end(self, request: Request) -> Response:
        return self._page(request, "stoppen", card=self._card(await self._made(request)))

    async def _made(self, request: Request) -> Made:
        """The link that an address names. Raises a 404 where there is none."""
        found = await self.desk.links.one(here(request).person, _code(request))
        if found is None:
            raise HTTPException(404)
        return found

    def _card(self, link: Made) -> Card:
        return self._cards.of(link, self.desk.links.today)

    async def _sheet(self, request: Request) -> Response:
        """Something to hand out. It takes a while to make, and others are answered meanwhile."""
        link = await self._made(request)
        sheet = sheets_of(link).get(request.path_params["name"])
        if sheet is None:
            raise HTTPException(404)
        return Response(await self.desk.handing_out.sheet(link, sheet), media_type=sheet.kind)

    async def _paper(self, request: Request, fields: Fields) -> Response:
        """Forms, each with a number and a receipt of its own; another time they are others."""
        link, copies = await self._made(request), fields.get("copies", "")
        number = int(copies) if copies.isascii() and copies.isdigit() and len(copies) < 4 else 0
        if not 0 < number <= MOST:
            return self._page(request, "aantal", status=422, card=self._card(link), most=MOST)
        printed = await self.desk.papers.printed(here(request).person, code=link.code, copies=number)
        made = await self.desk.handing_out.paper(printed, link)
        return Response(made, media_type=PDF, headers={"content-disposition": "attachment; filename=formulieren.pdf"})

    async def _numbers(self, request: Request) -> Response:
        person, numbers = here(request).person, self.desk.numbers
        board = shown(await numbers.board(person), await numbers.alarms(person))
        return self._page(request, "cijfers", board=board)

    async def _pause(self, request: Request, _fields: Fields) -> Response:
        return await self._changed(request, partial(self.desk.links.pause, on=True))

    async def _resume(self, request: Request, _fields: Fields) -> Response:
        return await self._changed(request, partial(self.desk.links.pause, on=False))

    async def _end(self, request: Request, _fields: Fields) -> Response:
        return await self._changed(request, self.desk.links.end)

    async def _changed(self, request: Request, change: Callable[[Person, str], Awaitable[bool]]) -> Response:
        """It is looked first whether there is such a link."""
        code = (await self._made(request)).code
        await change(here(request).person, code)
        return _elsewhere(paths.of_link(code))


def _invitation(request: Request) -> str:
    """The invitation in an address. Raises a 404 where it can be none."""
    found = str(request.path_params["invitation"])
    if not is_invitation(found):
        raise HTTPException(404)
    return found


def _filled(fields: Fields) -> Fields:
    """What somebody filled in in a form."""
    return {name: value for name, value in fields.items() if name != "token"}


def _code(request: Request) -> str:
    return str(request.path_params["code"])


def _elsewhere(path: str) -> Response:
    return RedirectResponse(path, status_code=303)


def team(settings: Settings, intake: Intake, relay: Relay) -> Team:
    """The pages for staff over a corridor; `relay` is that of the web chat on the same port."""
    cookie = staff_cookie(settings.web)
    return Team(desk(settings, intake), intake.keys, cookie, relay, settings.web.proxies)
