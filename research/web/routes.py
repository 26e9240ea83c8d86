"""The addresses of the pages for researchers, and what stands around them; asks the desk, and decides nothing."""

from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cached_property

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from counting.board import shown as shown_board
from pages.bounds import Network
from pages.gate import Gate, here
from pages.inside import Inside
from pages.permissions import Action, may
from pages.session import Cookie
from research.web import paths
from research.web.desk import Desk
from research.web.export_pages import MOST_FIELDS, ExportPages
from research.web.pages import FILES, Pages
from research.web.review_pages import ReviewPages
from research.web.reviewing import Reviews
from storage import schema
from storage.faults import StorageFault

COOKIE = "verhalen-onderzoek"

BY_KEYS = 600
"""Forms a minute of one browser: whoever reviews with the keyboard uses one for each step."""


@dataclass(frozen=True)
class Research:
    """What all answers stand on. `proxies`: who may say whose a request is."""

    desk: Desk
    cookie: Cookie
    proxies: Collection[Network] = ()
    pages: Pages = field(default_factory=Pages)
    reviews: Reviews = field(default_factory=Reviews)

    @property
    def routes(self) -> list[BaseRoute]:
        """What the port serves."""
        inside, signing_in = self._inside, self.desk.signing_in
        gate = Gate(paths.GATE, signing_in, self.cookie, self._within, is_over=inside.is_over, failed=inside.failed)
        return [Route(paths.HEALTH, self._health, methods=["GET"]), gate]

    async def elsewhere(self, request: Request, fault: Exception) -> Response:
        """Where nothing is, or nothing for who asks, or not in this way (`fault` says which)."""
        if not isinstance(fault, HTTPException):
            raise fault
        answer = self._inside.page(request, "niets", fault.status_code)
        answer.headers.update(fault.headers or {})
        return answer

    async def look_after(self) -> None:
        """What stories a browser had open is forgotten once nobody is signed in with it: their time is over, or they
        were removed, and perhaps they never ask for a page again."""
        for browser in self.reviews.browsers:
            if not await self.desk.signing_in.who(browser):
                self.reviews.forget(browser)

    @cached_property
    def _inside(self) -> Inside:
        desk = self.desk
        return Inside(
            desk.signing_in,
            desk.keys,
            self.cookie,
            self.pages.page,
            paths.HOME,
            self.proxies,
            most_fields=MOST_FIELDS,
            most_of_one=BY_KEYS,
            forget=self.reviews.forget,
        )

    @property
    def _within(self) -> list[Route]:
        shown = self._inside.shown
        return [
            Route(f"{paths.STATIC}/{{name}}", self._static, methods=["GET"]),
            *self._inside.entrance(paths.SIGN_IN, paths.SIGN_OUT),
            shown(paths.HOME, self._home),
            shown(paths.NUMBERS, self._numbers),
            *ExportPages(self.desk, self._inside).routes,
            *ReviewPages(self.desk, self._inside, self.reviews).routes,
        ]

    async def _static(self, request: Request) -> Response:
        return FILES.answer(request)

    async def _health(self, _request: Request) -> Response:
        """Whether the database answers; for whatever watches over the program."""
        try:
            is_well = await schema.version(self.desk.database) == schema.newest()
        except StorageFault:
            is_well = False
        return JSONResponse({"ok": is_well}, 200 if is_well else 503)

    async def _home(self, request: Request) -> Response:
        person = here(request).person
        waiting = len(await self.desk.waiting(person)) if may(person, Action.REVIEW) else 0
        return self._inside.page(request, "begin", waiting=waiting)

    async def _numbers(self, request: Request) -> Response:
        seen = await self.desk.numbers.seen(here(request).person)
        return self._inside.page(request, "cijfers", board=shown_board(seen))
