"""A person in the corridor itself: types, taps, and hears what waits for them; knows no channel."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from itertools import count

from bot.intake import Intake
from bot.outgoing import Outgoing, unpack
from bot.turn import Inbound, Outcome
from dialogs.events import Chosen, Edited, Event, Said, Showed
from dialogs.interview import Interview
from dialogs.library import Library
from dialogs.receipts import normal_receipt
from dialogs.taps import decode
from storage import interviews, stories, turns
from storage.interviews import Address
from storage.opening import open_database
from storage.schema import match_keys, migrate
from storage.secrets import KeyRing
from tests import canaries
from tests.bot.story import Move
from tests.talk.world import Clock, library

SOURCE = "test"
CLOCK = Clock()


@asynccontextmanager
async def corridor(
    url: str, keys: KeyRing, clock: Clock = CLOCK, shelf: Library | None = None
) -> AsyncIterator[Intake]:
    """The corridor over this database with these sets (else those of a rehearsal), closed as after a stop."""
    database = await open_database(url)
    try:
        await migrate(database)
        await match_keys(database, keys)
        yield Intake(database, keys, shelf or library(), clock=clock)
    finally:
        await database.close()


class Person:
    """Somebody in a chat of their own. `numbers` counts the updates, `heard` is all that was said."""

    def __init__(self, intake: Intake, chat: str = "87654321012", first: int = 1) -> None:
        self.intake = intake
        self.address = Address(SOURCE, chat)
        self.heard: list[Outgoing] = []
        self.numbers = count(first)
        self._typed = count(1)

    async def do(self, move: Move) -> Outcome:
        """Makes a move and hears what comes of it."""
        return await (self.tap(move.words) if move.taps else self.say(move.words))

    async def tell(self, moves: Iterable[Move]) -> None:
        """Makes these moves one after the other."""
        for move in moves:
            await self.do(move)

    async def say(self, words: str) -> Outcome:
        """Types."""
        return await self._hear(await self.intake.receive(self.saying(words)))

    async def tap(self, label: str) -> Outcome:
        """Taps the newest button with this label."""
        return await self._hear(await self.intake.receive(self.tapping(label)))

    async def edit(self, message: str, words: str) -> Outcome:
        """Changes a message."""
        at, fresh = self.intake.clock(), self.intake.ids()
        event = Edited(at=at, channel=SOURCE, fresh=fresh, text=words, message=message)
        return await self._hear(await self.intake.receive(self._inbound(event)))

    async def show(self, text_id: str) -> Outcome:
        """Sends something that is no words."""
        event = Showed(at=self.intake.clock(), channel=SOURCE, fresh=self.intake.ids(), text_id=text_id)
        return await self._hear(await self.intake.receive(self._inbound(event)))

    def saying(self, words: str) -> Inbound:
        """What typing these words is to the corridor."""
        canaries.plant_of({"text": words, "id": int(self.address.chat)})
        at, fresh = self.intake.clock(), self.intake.ids()
        return self._inbound(Said(at=at, channel=SOURCE, fresh=fresh, text=words, message=str(next(self._typed))))

    def tapping(self, label: str) -> Inbound:
        """What tapping the newest button with this label is to the corridor."""
        buttons = [button for said in reversed(self.heard) for row in said.rows for button in row]
        tap = decode(next(data for shown, data in buttons if shown == label))
        assert tap
        return self._inbound(Chosen(at=self.intake.clock(), channel=SOURCE, fresh=self.intake.ids(), tap=tap), "7")

    async def waiting(self) -> list[Outgoing]:
        """What waits in the outbox for this chat."""
        async with self.intake.database.reading() as work:
            rows = await turns.waiting(work, self.intake.keys, self.address)
        return [unpack(row.payload) for row in rows]

    def _inbound(self, event: Event, used: str = "") -> Inbound:
        return Inbound(SOURCE, next(self.numbers), self.address, event, used)

    async def _hear(self, outcome: Outcome) -> Outcome:
        """Takes what was said, as a channel does when it was delivered."""
        self.heard += outcome.direct
        async with self.intake.database.transaction() as work:
            for row in await turns.waiting(work, self.intake.keys, self.address):
                self.heard.append(unpack(row.payload))
                await turns.delivered(work, self.intake.keys, self.address, row.position)
        return outcome


async def draft(intake: Intake, person: Person) -> Interview | None:
    """The draft of a person, if there is one."""
    async with intake.database.reading() as work:
        return await interviews.load(work, intake.keys, person.address)


async def story(intake: Intake, receipt: str) -> Interview | None:
    """The story of a receipt, if there is one."""
    async with intake.database.reading() as work:
        return await stories.find(work, intake.keys, receipt)


def kept_words(kept: Interview | None) -> list[str]:
    """The pieces of the story, as they are kept."""
    assert kept
    return [part.text for part in kept.answer("verhaal").parts]


def receipt_in(person: Person) -> str:
    """The code that the person was told."""
    [code] = [said.values["code"] for said in person.heard if said.values.get("code")]
    return normal_receipt(code or "")
