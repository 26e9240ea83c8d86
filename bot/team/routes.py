"""The addresses of the pages for staff, and what each answers; asks the desk, and decides nothing itself."""

from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from functools import cached_property, partial

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.browser.paths import STOP_VISIT
from bot.browser.relay import Relay
from bot.handouts.paper import MOST
from bot.intake import Intake
from bot.settings import Settings
from bot.staff.desk import Desk, desk
from bot.staff.handing_out import PDF, is_hung_up, sheets_of
from bot.staff.place_links import HELPERS
from bot.team import paths
from bot.team.cards import Card, Cards, in_order
from bot.team.leaving import staff_cookie
from bot.team.pages import FILES, Pages
from bot.team.typing_in import MOST_FIELDS, TypingIn
from bot.team.visits import Visiting, visiting
from bot.team.wishes import Filled, filled
from counting.board import shown
from pages.bounds import Network
from pages.gate import Gate, here
from pages.inside import Fields, Inside, elsewhere
from pages.permissions import Action, insist, may
from pages.session import Cookie
from pages.signing_in import Unfit, code_faults, new_secret
from storage.links import Made
from storage.secrets import KeyRing
from storage.staff import Person


@dataclass(frozen=True)
class Team:
    """What all answers stand on. `proxies`: who may say whose a request is."""

    desk: Desk
    keys: KeyRing
    cookie: Cookie
    relay: Relay
    proxies: Collection[Network] = ()

    @property
    def routes(self) -> list[BaseRoute]:
        """What the web port serves of this."""
        pages = {"is_over": self._inside.is_over, "failed": self._inside.failed}
        gate = Gate(paths.GATE, self.desk.signing_in, self.cookie, self._within, **pages, leads_away=self._leads_away)
        return [gate]

    @cached_property
    def _inside(self) -> Inside:
        return Inside(
            self.desk.signing_in,
            self.keys,
            self.cookie,
            Pages().page,
            paths.HOME,
            self.proxies,
            self.desk.addresses.for_signing_in_by_telegram,
            MOST_FIELDS,
        )

    @property
    def _within(self) -> list[Route]:
        shown, posted = self._inside.shown, self._inside.posted
        return [
            Route(f"{paths.STATIC}/{{name}}", self._static, methods=["GET"]),
            *self._inside.entrance(paths.SIGN_IN, paths.SIGN_OUT),
            shown(paths.LOCK, self._ask_for_code),
            posted(paths.LOCK, self._unlock),
            shown(paths.HOME, self._home),
            shown(paths.NEW, self._ask_for_link),
            posted(paths.NEW, self._make_link),
            shown(paths.VISIT, self._ask_for_visit),
            posted(paths.VISIT, self._begin_visit),
            posted(paths.CLEARED, self._clear_for_visit),
            shown(paths.LINK, self._link),
            shown(paths.END, self._ask_to_end),
            posted(paths.RENAME, self._rename),
            posted(paths.PAUSE, self._pause),
            posted(paths.RESUME, self._resume),
            posted(paths.END, self._end),
            shown(paths.SHEET, self._sheet),
            posted(paths.PAPER, self._paper),
            shown(paths.TYPE_IN, self._typing_in.ask),
            posted(paths.TYPE_IN, self._typing_in.open),
            posted(paths.TYPED_IN, self._typing_in.take, most=MOST_FIELDS),
            shown(paths.NUMBERS, self._numbers),
        ]

    @cached_property
    def _typing_in(self) -> TypingIn:
        return TypingIn(self.desk, self._inside.page)

    @cached_property
    def _cards(self) -> Cards:
        return Cards(self.desk.library, self.desk.addresses)

    async def _static(self, request: Request) -> Response:
        return FILES.answer(request)

    async def _ask_for_code(self, request: Request) -> Response:
        """The page before all others on a device on which a visit began."""
        return self._inside.page(request, "slot", faults=()) if here(request).locked else elsewhere(paths.HOME)

    async def _unlock(self, request: Request, fields: Fields) -> Response:
        signing_in, secret = self.desk.signing_in, here(request).session.token
        if not here(request).locked or await signing_in.unlock(secret, fields.get("code", "").strip()):
            return elsewhere(paths.HOME)
        if await signing_in.session(secret) is None:
            return self._inside.signed_out(request)
        return self._inside.page(
            request, "slot", status=422, faults=["Deze code is het niet. Probeer het nog een keer."]
        )

    async def _home(self, request: Request) -> Response:
        person = here(request).person
        if not may(person, Action.SEE_LINKS):
            return elsewhere(paths.NUMBERS)
        today = self.desk.links.today
        shown, over = in_order(self._cards.of(link, today) for link in await self.desk.links.every(person))
        return self._inside.page(request, "begin", shown=shown, over=over)

    async def _ask_for_link(self, request: Request) -> Response:
        return self._form(request, Filled(once=new_secret()))

    async def _make_link(self, request: Request, fields: Fields) -> Response:
        person, wanted = here(request).person, filled(fields)
        faults = [*wanted.unread(), *self.desk.links.faults(person, wanted.wish)]
        if faults:
            return self._form(request, wanted, faults)
        # Whoever goes back and changes anything asks for another link.
        made = await self.desk.links.make(person, wanted.wish, f"page {wanted}" if wanted.once else "")
        return elsewhere(paths.of_link(made.code))

    def _form(self, request: Request, wanted: Filled, faults: Collection[str] = ()) -> Response:
        self.desk.links.faults(here(request).person, Filled().wish)
        sets, districts = self._cards.sets(), self._cards.districts()
        values = {"wanted": wanted, "faults": faults, "sets": sets, "districts": districts}
        return self._inside.page(request, "nieuw", status=422 if faults else 200, **values)

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
            return self._inside.page(request, "eigen", wanted=wanted)
        if not await self.relay.may_begin(request):
            return self._inside.page(request, "bezet", status=409)
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
        # Nobody's stories count for a place that was not chosen. One to practise with is last.
        places = sorted(found, key=lambda card: card.test)
        values = {"wanted": wanted, "faults": faults, "places": places, "helpers": HELPERS}
        return self._inside.page(request, "bezoek", status=422 if faults else 200, **values)

    def _leads_away(self, request: Request) -> str:
        return STOP_VISIT if self.relay.is_at(request) else ""

    async def _link(self, request: Request) -> Response:
        return self._link_page(request, await self._made(request))

    def _link_page(self, request: Request, link: Made, typed: str = "", faults: Collection[str] = ()) -> Response:
        """The page of a link; with faults what was `typed` for its name stands there still."""
        can_visit = may(here(request).person, Action.VISIT) and self.desk.links.takes_visits(link)
        return self._inside.page(
            request,
            "link",
            status=422 if faults else 200,
            card=self._card(link),
            hung_up=is_hung_up(link),
            message=self.desk.handing_out.message(link) if is_hung_up(link) else "",
            most=MOST,
            only_here=self.desk.addresses.is_of_this_machine,
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
        return elsewhere(paths.of_link(link.code))

    async def _ask_to_end(self, request: Request) -> Response:
        return self._inside.page(request, "stoppen", card=self._card(await self._made(request)))

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
            return self._inside.page(request, "aantal", status=422, card=self._card(link), most=MOST)
        printed = await self.desk.papers.printed(here(request).person, code=link.code, copies=number)
        made = await self.desk.handing_out.paper(printed, link)
        return Response(made, media_type=PDF, headers={"content-disposition": "attachment; filename=formulieren.pdf"})

    async def _numbers(self, request: Request) -> Response:
        return self._inside.page(request, "cijfers", board=shown(await self.desk.numbers.seen(here(request).person)))

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
        return elsewhere(paths.of_link(code))


def _code(request: Request) -> str:
    return str(request.path_params["code"])


def team(settings: Settings, intake: Intake, relay: Relay) -> Team:
    """The pages for staff over a corridor; `relay` is that of the web chat on the same port."""
    cookie = staff_cookie(settings.web)
    return Team(desk(settings, intake), intake.keys, cookie, relay, settings.web.proxies)
