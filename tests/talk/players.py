"""Plays the actions of a transcript against the bare rules, and against the corridor over a real database."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path

from bot import transcript
from bot.intake import Inbound, Intake, Outcome
from bot.outgoing import Outgoing, outgoing, unpack
from dialogs.engine import step
from dialogs.events import Chosen, Edited, Event, Looked, Opened, Said, Showed
from dialogs.interview import Interview, Status
from dialogs.replies import Button, Purpose, Step, Tap
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

    def __init__(self) -> None:
        self.ids = Ids()
        self.clock = Clock()
        self._typed = count(1)
        self._shown: list[tuple[str, Tap]] = []

    @abstractmethod
    async def play(self, action: Action) -> list[str]:
        """The lines that follow an action."""

    def event(self, action: Action) -> Event:
        """The event that a channel would make of an action."""
        at, fresh = self.clock(), self.ids()
        match action.kind:
            case "set":
                return Opened(at=at, channel="test", fresh=fresh, question_set=action.words)
            case "say":
                return Said(at=at, channel="test", fresh=fresh, text=action.words, message=str(next(self._typed)))
            case "show" if action.words:
                note, message = "INV.foto_tekst", str(next(self._typed))
                return Said(at=at, channel="test", fresh=fresh, text=action.words, message=message, note=note)
            case "show":
                return Showed(at=at, channel="test", fresh=fresh, text_id=SHOWN[action.name])
            case "edit":
                return Edited(at=at, channel="test", fresh=fresh, text=action.words, message=str(action.nth))
            case _:
                return Chosen(at=at, channel="test", fresh=fresh, tap=self._tap(action))

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

    def __init__(self) -> None:
        super().__init__()
        self._interview: Interview | None = None
        self._stories: dict[str, Interview] = {}
        self._screen: tuple[Button, ...] = ()
        self.texts: set[str] = set()

    async def play(self, action: Action) -> list[str]:
        if action.kind == "restart":
            return []
        event, before = self._seeing(self.event(action)), self._interview
        taken = self._looked_up(step(library(), before, event), event)
        self._keep(taken, event)
        self.texts |= {reply.text for reply in (*taken.replies, taken.notice) if reply}
        replies = [outgoing(reply, "1" if action.kind == "tap" else "") for reply in taken.replies]
        notice = [transcript.noticed(taken.notice.template)] if taken.notice else []
        story = self._stories.get(event.fresh.receipt) if before else None
        return [*notice, *self.show(replies), *transcript.kept(before, self._interview, story)]

    def _seeing(self, event: Event) -> Event:
        return replace(event, screen=self._screen) if isinstance(event, Said) else event

    def _looked_up(self, taken: Step, event: Event) -> Step:
        if taken.request is None:
            return taken
        found = self._stories.get(taken.request.receipt)
        if found and taken.request.purpose is Purpose.WITHDRAW:
            del self._stories[taken.request.receipt]
        looked = Looked(at=event.at, channel="test", fresh=event.fresh, request=taken.request, found=found)
        return step(library(), taken.interview, looked)

    def _keep(self, taken: Step, event: Event) -> None:
        self._screen = taken.screen(self._screen)
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
    """The corridor over SQLite. The database is closed and opened again between all lines."""

    def __init__(self, folder: Path, keys: KeyRing) -> None:
        super().__init__()
        self._url = f"sqlite:///{folder}/verhalen.db"
        self._kept = Kept(self._url, keys, ADDRESS)
        self._keys = keys
        self._intake: Intake | None = None
        self._numbers = count(1)

    async def play(self, action: Action) -> list[str]:
        if action.kind == "restart":
            self._intake = None
            return []
        database = await open_database(self._url)
        try:
            await migrate(database)
            await match_keys(database, self._keys)
            before = await self._kept.draft()
            event = self.event(action)
            intake = self._intake or Intake(database, self._keys, library(), ids=self.ids, clock=self.clock)
            self._intake, intake.database = intake, database
            used = "1" if action.kind == "tap" else ""
            outcome = await intake.receive(Inbound("test", next(self._numbers), ADDRESS, event, used))
            said = [*outcome.direct, *await self._waiting(intake, outcome)]
        finally:
            await database.close()
        notice = [transcript.noticed(outcome.notice)] if outcome.notice else []
        return [*notice, *self.show(said), *await kept_lines(self._kept, self.ids, before)]

    async def _waiting(self, intake: Intake, outcome: Outcome) -> list[Outgoing]:
        if not outcome.queued:
            return []
        async with intake.database.transaction() as work:
            rows = await turns.waiting(work, self._keys, ADDRESS)
            for row in rows:
                await turns.delivered(work, self._keys, ADDRESS, row.position)
        return [unpack(row.payload) for row in rows]


async def kept_lines(kept: Kept, ids: Ids, before: Interview | None) -> list[str]:
    """What changed in the database since `before`; a story that was kept uses up a receipt."""
    after = await kept.draft()
    story = await kept.story(RECEIPTS[ids.kept]) if before and after is None else None
    if story:
        ids.kept += 1
    return transcript.kept(before, after, story)
