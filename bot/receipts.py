"""The look-up of a story by its receipt within a turn, and how often a wrong one may be tried; part of the corridor."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot import tallying
from bot.turn import Inbound
from dialogs.engine import step
from dialogs.events import Event, Looked
from dialogs.interview import Interview
from dialogs.library import Library
from dialogs.paper import Form, untold
from dialogs.replies import Purpose, Step
from storage import papers, stories, tallies, wrong_codes
from storage.database import Work
from storage.erased import Erased
from storage.secrets import KeyRing

HOUR = timedelta(hours=1)

WRONG_CODES = 5
"""Codes that led to no story, which one chat may try in an hour (a promise of the texts)."""

WRONG_CODES_OF_CHANNEL = 200
"""The same for all chats of a channel. With 44 random bits a receipt, so many tries a year find nothing."""


@dataclass(frozen=True)
class Receipts:
    """Over one database. `journal` is told what is taken away, before that is committed."""

    keys: KeyRing
    library: Library
    journal: Callable[[Sequence[Erased]], None]

    async def looked_up(self, work: Work, inbound: Inbound, taken: Step, event: Event) -> Step:
        """Does the look-up that a step asks for, and takes the step that follows; its `request` is what was withdrawn.

        After too many wrong codes nothing is looked up at all, so that no code is answered otherwise than another.
        """
        request, at = taken.request, event.at
        if request is None:
            return taken
        held = await self._held(work, inbound, at)
        found = None if held else await self._told(work, request.receipt, at)
        if found is None and not held:
            await wrong_codes.note(work, self.keys, inbound.address, at)
            if inbound.tries:
                inbound.tries.note()
        gone = found if request.purpose is Purpose.WITHDRAW else None
        if gone:
            await self._withdraw(work, request.receipt, gone, at)
        looked = Looked(at=at, channel=event.channel, fresh=event.fresh, request=request, found=found, held=held)
        return replace(step(self.library, taken.interview, looked), request=request if gone else None)

    async def _withdraw(self, work: Work, receipt: str, story: Interview, at: datetime) -> None:
        by_receipt = (work, self.keys, receipt, at)
        # The form first: somebody may be typing it in.
        self.journal([*await papers.withdraw(*by_receipt), *await stories.withdraw(*by_receipt)])
        await tallies.add(work, tallying.withdrawn(story, at))

    async def _told(self, work: Work, receipt: str, at: datetime) -> Interview | None:
        """The story of a receipt, also where it is on paper only. Both are looked for, whichever it is."""
        paper = await papers.of_receipt(work, self.keys, receipt)
        story = await stories.find(work, self.keys, receipt)
        questions = self.library.sets.get((paper.question_set, paper.version)) if paper else None
        if story or paper is None or questions is None:
            return story
        return untold(self.library, Form(questions, paper.consent, paper.link), at)

    async def _held(self, work: Work, inbound: Inbound, at: datetime) -> bool:
        if inbound.tries and inbound.tries.full:
            return True
        own, channel = await wrong_codes.tried(work, self.keys, inbound.address, at - HOUR)
        return own >= WRONG_CODES or channel >= WRONG_CODES_OF_CHANNEL
