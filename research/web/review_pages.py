"""The pages on which a researcher reviews stories, and what each answers; decides nothing itself."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pages.gate import here
from pages.inside import Fields, Inside, elsewhere
from pages.permissions import Action, insist
from research.deidentify import reviewing
from research.deidentify.reviewing import Review
from research.web import paths
from research.web.desk import Desk
from research.web.reviewing import ANEW, Open, Reviews, sides
from storage.second_texts import SecondTexts

LATE = "te-laat"
"""In the address of whoever was not the first, where no other story waits."""

OVERTAKEN = "Iemand anders was u voor, of het verhaal is teruggenomen. Wat u ervan maakte, is niet bewaard."


@dataclass(frozen=True)
class ReviewPages:
    """What these answers stand on."""

    desk: Desk
    inside: Inside
    reviews: Reviews

    @property
    def routes(self) -> list[Route]:
        """Their addresses."""
        shown, posted = self.inside.shown, self.inside.posted
        return [
            shown(paths.REVIEW, self._waiting),
            posted(paths.REVIEW, self._skipped_again),
            shown(paths.STORY, self._story),
            posted(paths.STORY, self._reviewed),
        ]

    async def _waiting(self, request: Request) -> Response:
        """What waits: with a story to begin with, or else why there is none."""
        waiting = await self.desk.waiting(here(request).person)
        coming = self.reviews.coming(_browser(request), waiting)
        begun = await self._first(request, coming)
        values = {
            "waiting": len(waiting),
            "first": begun[0].story if begun else "",
            "skipped": len(waiting) - len(coming),
            "unready": len(coming),
            "last": await self._last(request),
            "notice": OVERTAKEN if LATE in request.query_params else "",
        }
        return self.inside.page(request, "nakijken", status=200, **values)

    async def _first(self, request: Request, stories: list[str]) -> tuple[Review, SecondTexts] | None:
        """The review of the first of these that can have one: what has no second text of all of it is not ready yet."""
        for story in stories:
            if begun := await self.desk.begun(here(request).person, story):
                return begun
        return None

    async def _last(self, request: Request) -> str:
        """The story that was kept last here, to be looked at once more; "" where none was, or it was taken back."""
        last = self.reviews.last(_browser(request))
        return last if last and await self.desk.begun(here(request).person, last, again=True) else ""

    async def _skipped_again(self, request: Request, _fields: Fields) -> Response:
        insist(here(request).person, Action.REVIEW)
        self.reviews.skip_none(_browser(request))
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
        return self.inside.page(request, "verhaal", status=status, **values)

    async def _reviewed(self, request: Request, fields: Fields) -> Response:
        """What a button does, to what its page showed and to nothing else: whatever is kept, somebody saw."""
        insist(here(request).person, Action.REVIEW)
        story, does = _story_of(request), fields.get("do", "")
        shown = self.reviews.of(_browser(request), story)
        going_on = await self._going_on(request)
        if going_on is None:
            return await self._gone(request)
        if going_on is not shown or going_on.mark(self.desk.keys) != fields.get("mark"):
            going_on.notice = ANEW
            return elsewhere(paths.of_story(story))
        if does == "overslaan":
            self.reviews.skip(_browser(request), story)
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
        self.reviews.keep(_browser(request), story)
        return await self._on_to(request, story)

    async def _gone(self, request: Request) -> Response:
        """On from a story that waits no more; whoever was at work on it hears why."""
        story = _story_of(request)
        was_open = self.reviews.of(_browser(request), story)
        return await self._on_to(request, story, OVERTAKEN if was_open else "")

    async def _on_to(self, request: Request, story: str, notice: str = "") -> Response:
        """The next story, or that all is done; with what has to be known first."""
        person, browser = here(request).person, _browser(request)
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
        browser, story = _browser(request), _story_of(request)
        going_on = self.reviews.of(browser, story)
        again = paths.AGAIN in request.query_params or (going_on is not None and going_on.again)
        begun = await self.desk.begun(here(request).person, story, again=again)
        if begun is None or (going_on and going_on.seen == begun[1]):
            return going_on if begun else None
        anew = self.reviews.begin(browser, *begun)
        anew.again, anew.notice = again, ANEW if going_on else ""
        return anew


def _browser(request: Request) -> str:
    return here(request).session.token


def _story_of(request: Request) -> str:
    return str(request.path_params["story"])


def _back_to(going_on: Open) -> Response:
    """The page of a story after a step: at the place that is pointed at, unless there is something to read first."""
    path = paths.of_story(going_on.review.story)
    return elsewhere(path if going_on.is_amiss else f"{path}#hier")
