"""The addresses of the pages for researchers, and what each answers; asks the desk, and decides nothing itself."""

import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import BinaryIO

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from counting.board import shown as shown_board
from dialogs.daytime import AMSTERDAM
from pages.bounds import Network
from pages.gate import Gate, here
from pages.inside import Fields, Inside, elsewhere
from pages.permissions import Action, insist, may
from pages.session import Cookie
from research.deidentify import reviewing
from research.deidentify.reviewing import Review
from research.export.order import told
from research.export.selecting import Selection, areas_of
from research.export.tiers import LEAVING
from research.opening import software
from research.web import paths
from research.web.desk import OF_TIER, Desk, named
from research.web.jobs import Full, Job, State
from research.web.pages import FILES, Pages
from research.web.reviewing import ANEW, Open, Reviews, sides
from research.web.wishes import Wish, offered, wish
from storage import schema
from storage.faults import StorageFault
from storage.second_texts import SecondTexts

COOKIE = "verhalen-onderzoek"

LATE = "te-laat"
"""In the address of whoever was not the first, where no other story waits."""

MOST_FIELDS = 60
"""Of the form for an export: one for each format, and some about it."""

PIECE = 64 * 1024
"""Bytes of a file at a time."""

BY_KEYS = 600
"""Forms a minute of one browser: whoever reviews with the keyboard uses one for each step."""

FULL = "Er zijn nu te veel bestanden. Wacht even, of haal eerst op wat klaarstaat. Weggooien kan ook."
OVERTAKEN = "Iemand anders was u voor, of het verhaal is teruggenomen. Wat u ervan maakte, is niet bewaard."


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
        shown, posted = self._inside.shown, self._inside.posted
        return [
            Route(f"{paths.STATIC}/{{name}}", self._static, methods=["GET"]),
            *self._inside.entrance(paths.SIGN_IN, paths.SIGN_OUT),
            shown(paths.HOME, self._home),
            shown(paths.NUMBERS, self._numbers),
            shown(paths.EXPORT, self._ask_for_export),
            posted(paths.EXPORT, self._begin_export, most=MOST_FIELDS),
            shown(paths.JOB, self._export),
            posted(paths.TAKE, self._take),
            posted(paths.THROW_AWAY, self._throw_away),
            shown(paths.REVIEW, self._waiting),
            posted(paths.REVIEW, self._skipped_again),
            shown(paths.STORY, self._story),
            posted(paths.STORY, self._reviewed),
            shown(paths.AUDIT, self._audit),
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

    async def _ask_for_export(self, request: Request) -> Response:
        return self._export_form(request, Wish())

    def _export_form(self, request: Request, wanted: Wish, faults: Collection[str] = ()) -> Response:
        person = here(request).person
        made = self.desk.exports_of(person)
        tiers = [(tier, leaving.title) for tier, leaving in LEAVING.items() if may(person, OF_TIER[tier])]
        library = self.desk.library
        values = {
            "wanted": wanted,
            "faults": faults,
            "tiers": tiers,
            "named": _in_a_row([tier.value for tier, leaving in LEAVING.items() if leaving.named]),
            "formats": offered(),
            "sets": list(dict.fromkeys(item.id for item in library.sets.values())),
            "areas": areas_of(library.sets.values()),
            "made": made,
            "state": State,
            "zone": AMSTERDAM,
        }
        return self._inside.page(request, "uitvoer", status=422 if faults else 200, **values)

    async def _begin_export(self, request: Request, fields: Fields) -> Response:
        person, wanted = here(request).person, wish(fields)
        order, faults = wanted.order(self.desk.clock().replace(microsecond=0), software(), named(person))
        insist(person, OF_TIER[order.tier])
        if faults:
            return self._export_form(request, wanted, faults)
        try:
            job = await self.desk.export(person, order, wanted.wanted(order.tier), wanted.locks)
        except Full:
            return self._export_form(request, wanted, [FULL])
        return elsewhere(paths.of_job(job.id))

    async def _export(self, request: Request) -> Response:
        return await self._job_page(request, self._job(request))

    async def _job_page(self, request: Request, job: Job, status: int = 200) -> Response:
        handed = await self.desk.handed(here(request).person, job)
        title = LEAVING[job.order.tier].title
        chosen = self._chosen(job.order.selection)
        values = {"job": job, "state": State, "title": title, "handed": handed, "chosen": chosen, "zone": AMSTERDAM}
        return self._inside.page(request, "klaarzetten", status=status, **values)

    async def _take(self, request: Request, _fields: Fields) -> Response:
        """The file, once: it goes from the disk before it goes to the browser."""
        job = self._job(request)
        file = await self.desk.take(here(request).person, job)
        if file is None:
            return await self._job_page(request, job, 410)
        size = os.fstat(file.fileno()).st_size
        headers = {
            "content-disposition": f'attachment; filename="{job.file.name}"',
            "content-length": str(size),
        }
        return StreamingResponse(_pieces(file), media_type="application/octet-stream", headers=headers)

    async def _throw_away(self, request: Request, _fields: Fields) -> Response:
        job = self._job(request)
        is_gone = self.desk.throw_away(here(request).person, job)
        return elsewhere(paths.EXPORT) if is_gone else await self._job_page(request, job, 409)

    def _job(self, request: Request) -> Job:
        """The export that an address names. Raises a 404 where it is none of who asks."""
        found = self.desk.export_of(here(request).person, str(request.path_params["job"]))
        if found is None:
            raise HTTPException(404)
        return found

    async def _waiting(self, request: Request) -> Response:
        """What waits: with a story to begin with, or else why there is none."""
        waiting = await self.desk.waiting(here(request).person)
        coming = self.reviews.coming(self._browser(request), waiting)
        begun = await self._first(request, coming)
        values = {
            "waiting": len(waiting),
            "first": begun[0].story if begun else "",
            "skipped": len(waiting) - len(coming),
            "unready": len(coming),
            "last": await self._last(request),
            "notice": OVERTAKEN if LATE in request.query_params else "",
        }
        return self._inside.page(request, "nakijken", status=200, **values)

    async def _first(self, request: Request, stories: list[str]) -> tuple[Review, SecondTexts] | None:
        """The review of the first of these that can have one: what has no second text of all of it is not ready yet."""
        for story in stories:
            if begun := await self.desk.begun(here(request).person, story):
                return begun
        return None

    async def _last(self, request: Request) -> str:
        """The story that was kept last here, to be looked at once more; "" where none was, or it was taken back."""
        last = self.reviews.last(self._browser(request))
        return last if last and await self.desk.begun(here(request).person, last, again=True) else ""

    async def _skipped_again(self, request: Request, _fields: Fields) -> Response:
        insist(here(request).person, Action.REVIEW)
        self.reviews.skip_none(self._browser(request))
        return elsewhere(paths.REVIEW)

    async def _story(self, request: Request) -> Response:
        insist(here(request).person, Action.REVIEW)
        going_on = await self._going_on(request)
        if going_on is None:
            return await self._gone(request)
        return await self._story_page(request, going_on)

    async def _story_page(self, request: Request, going_on: Open, status: int = 200) -> Response:
        review = going_on.review
        notice, slip = going_on.told()
        values = {
            "story": review.story,
            "mark": going_on.mark(self.desk.keys),
            "sides": sides(review, self.desk.library),
            "choices": reviewing.choices(review),
            "standing": reviewing.standing(review),
            "somebody_new": reviewing.somebody_new(review),
            "at_place": review.at + 1,
            "amount": len(reviewing.proposals(review)),
            "may_undo": bool(review.earlier),
            "notice": notice,
            "slip": slip,
            "waiting": len(await self.desk.waiting(here(request).person)),
        }
        return self._inside.page(request, "verhaal", status=status, **values)

    async def _reviewed(self, request: Request, fields: Fields) -> Response:
        """What a button does, to what its page showed and to nothing else: whatever is kept, somebody saw."""
        insist(here(request).person, Action.REVIEW)
        story, does = _story_of(request), fields.get("do", "")
        shown = self.reviews.of(self._browser(request), story)
        going_on = await self._going_on(request)
        if going_on is None:
            return await self._gone(request)
        if going_on is not shown or going_on.mark(self.desk.keys) != fields.get("mark"):
            going_on.notice = ANEW
            return elsewhere(paths.of_story(story))
        if does == "overslaan":
            self.reviews.skip(self._browser(request), story)
            return await self._on_to(request, story)
        if does == "goed":
            return await self._kept(request, going_on)
        going_on.does(does, fields)
        return _back_to(going_on)

    async def _kept(self, request: Request, going_on: Open) -> Response:
        if not going_on.may_be_kept():
            return _back_to(going_on)
        story = going_on.review.story
        if not await self.desk.keep(here(request).person, going_on.review, going_on.seen):
            return await self._on_to(request, story, OVERTAKEN)
        self.reviews.keep(self._browser(request), story)
        return await self._on_to(request, story)

    async def _gone(self, request: Request) -> Response:
        """On from a story that waits no more; whoever was at work on it hears why."""
        story = _story_of(request)
        was_open = self.reviews.of(self._browser(request), story)
        return await self._on_to(request, story, OVERTAKEN if was_open else "")

    async def _on_to(self, request: Request, story: str, notice: str = "") -> Response:
        """The next story, or that all is done; with what has to be known first."""
        person, browser = here(request).person, self._browser(request)
        self.reviews.end(browser)
        waiting = await self.desk.waiting(person)
        if begun := await self._first(request, self.reviews.coming(browser, waiting, story)):
            self.reviews.begin(browser, *begun).notice = notice
            return elsewhere(paths.of_story(begun[0].story))
        return elsewhere(f"{paths.REVIEW}?{LATE}" if notice else paths.REVIEW)

    async def _going_on(self, request: Request) -> Open | None:
        """The review of a story as it waits now, which begins where that is not what goes on; None where there is none.

        What begins was shown to nobody yet: a page comes first, and a form of that page.
        """
        browser, story = self._browser(request), _story_of(request)
        going_on = self.reviews.of(browser, story)
        again = paths.AGAIN in request.query_params or (going_on is not None and going_on.again)
        begun = await self.desk.begun(here(request).person, story, again=again)
        if begun is None or (going_on and going_on.seen == begun[1]):
            return going_on if begun else None
        anew = self.reviews.begin(browser, *begun)
        anew.again, anew.notice = again, ANEW if going_on else ""
        return anew

    def _browser(self, request: Request) -> str:
        return here(request).session.token

    async def _audit(self, request: Request) -> Response:
        found = await self.desk.audit(here(request).person)
        return self._inside.page(request, "lijst", audit=found, chosen=self._chosen, zone=AMSTERDAM)

    def _chosen(self, selection: Selection) -> str:
        """What was chosen, in words; "" where that is everything."""
        areas, area = areas_of(self.desk.library.sets.values()), selection.area
        return ", ".join(told(replace(selection, area=areas.get(area, area) if area else None)))


def _in_a_row(letters: list[str]) -> str:
    """As one says them: "a, b en d"."""
    return " en ".join(filter(None, (", ".join(letters[:-1]), letters[-1])))


def _story_of(request: Request) -> str:
    return str(request.path_params["story"])


def _back_to(going_on: Open) -> Response:
    """The page of a story after a step: at the place that is pointed at, unless there is something to read first."""
    path = paths.of_story(going_on.review.story)
    return elsewhere(path if going_on.is_amiss else f"{path}#hier")


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    with file:
        while piece := file.read(PIECE):
            yield piece
