"""Plays the actions of a transcript against the bare rules, and against the corridor over a real database."""

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime
from itertools import count
from typing import Any

from bot import transcript
from bot.housekeeping import tidy_up
from bot.intake import Intake
from bot.outgoing import Outgoing, outgoing, unpack
from bot.receipts import HOUR, WRONG_CODES
from bot.turn import Inbound
from dialogs.engine import step
from dialogs.events import Blocked, Chosen, Edited, Event, Looked, Opened, Said, Showed, Waited
from dialogs.interview import Interview, Status
from dialogs.library import Library
from dialogs.memory import Memory
from dialogs.replies import Purpose, Reply, Step, Tap
from dialogs.taps import decode
from storage import interviews, stories, turns
from storage.interviews import Address
from storage.opening import open_database
from storage.schema import match_keys, migrate
from storage.secrets import KeyRing
from tests.talk.script import SHOWN, Action
from tests.talk.world import RECEIPTS, Clock, Ids, library

ADDRESS = Address("test", "1")


class Player(ABC):
    """Somebody who does what a transcript says, and tells in its lines what came of it."""

    def __init__(self, shelf: Library | None = None) -> None:
        self.library = shelf or library()
        self.ids = Ids()
        self.clock = Clock()
        self.language = ""
        self.tellers = transcript.Tellers()
        self._typed = count(1)
        self._albums = count(1)
        self._shown: list[tuple[str, Tap]] = []

    async def play(self, action: Action) -> list[str]:
        """The lines that follow an action."""
        match action.kind:
            case "language":
                self.language = action.words
                return []
            case "restart":
                return await self.restart()
            case "wait":
                self.clock.wait(action.time)
                return await self.waited()
            case _:
                return await self.act(action)

    @abstractmethod
    async def act(self, action: Action) -> list[str]:
        """The lines that follow something that the teller does."""

    @abstractmethod
    async def waited(self) -> list[str]:
        """The lines that follow when a while has gone by."""

    @abstractmethod
    async def restart(self) -> list[str]:
        """The process is stopped and started again."""

    def events(self, action: Action) -> list[Event]:
        """The events that a channel would make of an action."""
        if action.kind == "album":
            album = f"album {next(self._albums)}"
            first = [self._said(action, note="INV.foto_tekst", album=album)] if action.words else []
            return [*first, *(self._showed(action.name, album) for _ in range(3 - len(first)))]
        return [self._event(action)]

    def _event(self, action: Action) -> Event:
        match action.kind:
            case "set":
                return Opened(**self._now(), question_set=action.words)
            case "say":
                return self._said(action)
            case "forward":
                return self._said(action, forwarded=True)
            case "late":
                return replace(self._said(action), late=True)
            case "show" if action.words:
                return self._said(action, note="INV.foto_tekst")
            case "show":
                return self._showed(action.name)
            case "edit":
                return Edited(**self._now(), text=action.words, message=str(action.nth))
            case "block":
                return Blocked(**self._now())
            case _:
                return Chosen(**self._now(), tap=self._tap(action))

    def _said(self, action: Action, *, note: str = "", album: str = "", forwarded: bool = False) -> Said:
        text, message = action.words, str(next(self._typed))
        return Said(**self._now(), text=text, message=message, note=note, album=album, forwarded=forwarded)

    def _showed(self, name: str, album: str = "") -> Showed:
        return Showed(**self._now(), text_id=SHOWN[name], message=str(next(self._typed)), album=album)

    def _now(self) -> dict[str, Any]:
        return {"at": self.clock(), "channel": "test", "fresh": self.ids(), "language": self.language}

    def show(self, replies: Sequence[Outgoing]) -> list[str]:
        """The lines of replies; their buttons are on the screen from now on."""
        for reply in replies:
            buttons = ((label, decode(data)) for row in reply.rows for label, data in row)
            self._shown += [(label, tap) for label, tap in buttons if tap]
        return [line for reply in replies for line in transcript.heard(reply, None)]

    def _tap(self, action: Action) -> Tap:
        order = self._shown if action.kind == "old" else reversed(self._shown)
        found = next((tap for label, tap in order if label == action.words), None)
        assert found, f"there is no button [{action.words}]"
        return found


class StepPlayer(Player):
    """Only the rules: a value in, a value out."""

    def __init__(self, shelf: Library | None = None) -> None:
        super().__init__(shelf)
        self._interview: Interview | None = None
        self._stories: dict[str, Interview] = {}
        self._memory = Memory()
        self._since = self.clock()
        self._wrong: list[datetime] = []
        self._later: tuple[datetime, tuple[Reply, ...]] | None = None
        self.texts: set[str] = set()

    async def restart(self) -> list[str]:
        self._memory = Memory()
        return []

    async def act(self, action: Action) -> list[str]:
        self._later = None
        used = "1" if action.kind == "tap" else ""
        lines: list[str] = []
        for event in self.events(action):
            self._since = event.at
            lines += self._turn(event, used)
        return lines

    async def waited(self) -> list[str]:
        at = self.clock()
        said: list[str] = []
        if self._interview:
            event = Waited(at=at, channel="test", fresh=self.ids(), since=self._since)
            said = self._turn(event, "")
        if self._later and self._later[0] <= at:
            said = [*self._heard(self._later[1], ""), *said]
            self._later = None
        return said

    def _turn(self, event: Event, used: str) -> list[str]:
        seen, before = self._memory.seeing(event), self._interview
        taken = self._looked_up(step(self.library, before, seen), seen)
        self._keep(taken, seen, before)
        notice = [transcript.noticed(taken.notice.template)] if taken.notice else []
        self.texts |= {taken.notice.text} if taken.notice else set()
        if taken.not_before:
            self._later, taken = (taken.not_before, taken.replies), replace(taken, replies=())
        story = self._stories.get(event.fresh.receipt) if before else None
        kept = transcript.kept(before, self._interview, story, self.tellers)
        return [*notice, *self._heard(taken.replies, used), *kept]

    def _heard(self, replies: Sequence[Reply], used: str) -> list[str]:
        self.texts |= {reply.text for reply in replies}
        return self.show([outgoing(reply, used) for reply in replies])

    def _looked_up(self, taken: Step, event: Event) -> Step:
        if taken.request is None:
            return taken
        self._wrong = [time for time in self._wrong if event.at - time < HOUR]
        held = len(self._wrong) >= WRONG_CODES
        found = None if held else self._stories.get(taken.request.receipt)
        if found is None and not held:
            self._wrong.append(event.at)
        if found and taken.request.purpose is Purpose.WITHDRAW:
            del self._stories[taken.request.receipt]
        looked = Looked(at=event.at, channel="test", fresh=event.fresh, request=taken.request, found=found, held=held)
        return step(self.library, taken.interview, looked)

    def _keep(self, taken: Step, event: Event, before: Interview | None) -> None:
        self._memory = self._memory.after(event, taken, before)
        self._interview = taken.interview
        if taken.interview and taken.interview.status is Status.SENT:
            self._stories[event.fresh.receipt] = taken.interview
            self.ids.kept += 1
        if taken.interview and taken.interview.status is not Status.OPEN:
            self._interview = None


class Kept:
    """What stands in a database: how a player at a deeper level looks at it."""

    def __init__(self, url: str, keys: KeyRing, address: Address) -> None:
        self.url = url
        self.keys = keys
        self.address = address

    async def draft(self) -> Interview | None:
        """The draft of this chat, read by a connection of its own."""
        database = await open_database(self.url, read_only=True)
        try:
            async with database.reading() as work:
                return await interviews.load(work, self.keys, self.address)
        finally:
            await database.close()

    async def story(self, receipt: str) -> Interview | None:
        """The story of a receipt."""
        database = await open_database(self.url, read_only=True)
        try:
            async with database.reading() as work:
                return await stories.find(work, self.keys, receipt)
        finally:
            await database.close()


class IntakePlayer(Player):
    """The corridor over a database, which is closed and opened again between all lines."""

    def __init__(self, url: str, keys: KeyRing, shelf: Library | None = None) -> None:
        super().__init__(shelf)
        self._url = url
        self._kept = Kept(self._url, keys, ADDRESS)
        self._keys = keys
        self._intake: Intake | None = None
        self._numbers = count(1)

    async def restart(self) -> list[str]:
        self._intake = None
        return []

    async def act(self, action: Action) -> list[str]:
        used = "1" if action.kind == "tap" else ""
        lines: list[str] = []
        for event in self.events(action):
            lines += await self._turn(event, used)
        return lines

    async def waited(self) -> list[str]:
        async with self._opened() as intake:
            before = await self._kept.draft()
            await tidy_up(intake)
            said = await self._waiting(intake)
        return [*self.show(said), *await kept_lines(self._kept, self.ids, before, self.tellers)]

    async def _turn(self, event: Event, used: str) -> list[str]:
        async with self._opened() as intake:
            before = await self._kept.draft()
            outcome = await intake.receive(Inbound("test", next(self._numbers), ADDRESS, event, used, _message(event)))
            said = [*outcome.direct, *(await self._waiting(intake) if outcome.queued else [])]
        notice = [transcript.noticed(outcome.notice)] if outcome.notice else []
        return [*notice, *self.show(said), *await kept_lines(self._kept, self.ids, before, self.tellers)]

    @asynccontextmanager
    async def _opened(self) -> AsyncIterator[Intake]:
        database = await open_database(self._url)
        try:
            await migrate(database)
            await match_keys(database, self._keys)
            intake = self._intake or Intake(database, self._keys, self.library, ids=self.ids, clock=self.clock)
            self._intake, intake.database = intake, database
            yield intake
        finally:
            await database.close()

    async def _waiting(self, intake: Intake) -> list[Outgoing]:
        async with intake.database.transaction() as work:
            rows = await turns.waiting(work, self._keys, ADDRESS, self.clock())
            for row in rows:
                await turns.delivered(work, self._keys, ADDRESS, row.position)
        return [unpack(row.payload) for row in rows]


def _message(event: Event) -> str:
    return event.message if isinstance(event, Said | Showed) else ""


async def kept_lines(kept: Kept, ids: Ids, before: Interview | None, tellers: transcript.Tellers) -> list[str]:
    """What changed in the database since `before`; a story that was kept uses up a receipt."""
    after = await kept.draft()
    story = await kept.story(RECEIPTS[ids.kept]) if before and after is None else None
    if story:
        ids.kept += 1
    return transcript.kept(before, after, story, tellers)
