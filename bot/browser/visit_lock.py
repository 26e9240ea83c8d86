"""How the device of a visit is locked and opened: by hand, by its page where nobody moves, and by its helper's code."""

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.browser import hearing, locked
from bot.browser.answers import Answers
from bot.browser.chat import Chat
from bot.browser.device import Device
from bot.browser.paths import ASKED_AT, TALK, VISIT_LOCK, VISIT_SHUT
from bot.browser.shared_device import SharedDevice
from pages import bounds
from pages.bounds import TooBig, WrongKind

CODE = "code"
"""The field with what is typed to open it."""


@dataclass(frozen=True)
class VisitLock:
    """What is asked of the lock. Nothing that was told goes by it, but where too many codes were wrong."""

    chat: Chat
    answers: Answers
    shared: SharedDevice

    @property
    def routes(self) -> list[Route]:
        """What the web port serves of this."""
        return [
            Route(VISIT_LOCK, self.shared.on_visit(self._lock), methods=["GET"]),
            Route(VISIT_LOCK, self.shared.on_visit(self._take), methods=["POST"]),
            Route(VISIT_SHUT, self.shared.ended("WEB.slot_dicht"), methods=["GET"]),
        ]

    async def _lock(self, request: Request, kept: str = "") -> Response:
        """Whoever comes here locks it: its own page where nobody moved, or a teller who walks off for a while."""
        request.state.device = request.state.device.locked()
        return await locked.page(self.answers, request, kept)

    async def _take(self, request: Request) -> Response:
        try:
            fields = await bounds.fields(request)
        except WrongKind:
            return Response(status_code=415)
        except TooBig:
            return self.answers.elsewhere(VISIT_LOCK)
        if not bounds.is_from_here(request):
            return self.answers.elsewhere(VISIT_LOCK)
        if CODE in fields:
            return await self._tried(request, fields)
        return await self._lock(request, locked.seal(self.answers, request, self._words(request, fields)))

    def _words(self, request: Request, fields: Mapping[str, str]) -> str:
        """What stood in the field of a page of this browser that locked itself."""
        session, form = self.answers.cookies.read(request), hearing.read(fields)
        is_ours = session is not None and form is not None and session.wrote(self.answers.keys, form.token)
        return form.words if form and is_ours else ""

    async def _tried(self, request: Request, fields: Mapping[str, str]) -> Response:
        """A code was typed. Whoever mistypes too many ends the visit."""
        answers, kept = self.answers, fields.get(locked.KEPT, "")
        if not answers.wrote_visit(request, fields.get("visit", "")):
            return answers.elsewhere(VISIT_LOCK)
        helper = answers.cookies.helper(request)
        if not self.shared.is_locked(request):
            return answers.elsewhere(TALK)
        if await answers.visits.opens(helper, fields[CODE].strip()):
            return await self._opened(request, locked.unseal(answers, request, kept))
        if await answers.visits.has_code(helper):
            return await locked.page(answers, request, kept, is_wrong=True)
        return await self.shared.stopped(request, VISIT_SHUT)

    async def _opened(self, request: Request, words: str) -> Response:
        """All is as it was, also what stood in the field."""
        request.state.device = request.state.device.opened()
        session = self.answers.cookies.read(request)
        if not words or session is None:
            at = self.chat.receipt_at(session) if session else 0
            return self.answers.elsewhere(f"{TALK}#b{at}" if at else ASKED_AT)
        screen = await self.chat.come_in(session, "", "", device=Device.VISIT)
        return await self.answers.chat(request, session, screen, words)
