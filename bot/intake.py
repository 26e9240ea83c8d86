"""The one corridor: what a channel heard goes in, is kept in one transaction, and what to say comes out.

The order is the promise: the commit comes before the answer is sent, and before the channel tells its source that
the update is done. It knows no channel: it is told what happened and hands back what to say.
"""

import logging
import secrets
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import count

from bot.outgoing import Outgoing, outgoing, pack
from dialogs.engine import step
from dialogs.events import Event, Fresh, Looked, Said
from dialogs.interview import Interview, Status
from dialogs.library import Library
from dialogs.receipts import ALPHABET, LENGTH, is_receipt
from dialogs.replies import Button, Purpose, ReceiptRequest, Reply, Step
from storage import interviews, stories, turns
from storage.database import Database, Work
from storage.faults import StorageFault
from storage.interviews import Address
from storage.secrets import KeyRing

DOORS = 10_000
"""Chats of which something is remembered in memory."""

UNKEPT = 100
"""Updates before consent that are remembered of a chat: as many as Telegram offers at once."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Inbound:
    """One thing that happened in a chat. `source` and `number` name the update; `used` is the message of a tap."""

    source: str
    number: int
    address: Address
    event: Event
    used: str = ""


@dataclass(frozen=True)
class Outcome:
    """What a channel does next: say `direct` at once, and deliver the outbox of this chat if something is `queued`.

    `accepted`: the button that was used still counted. `notice`: words to show over it. `in_place`: the message with
    that button is itself replaced by an answer. `over`: the buttons on the screen no longer count.
    """

    direct: tuple[Outgoing, ...] = ()
    queued: bool = False
    accepted: bool = True
    notice: str = ""
    in_place: bool = False
    over: bool = False


def fresh() -> Fresh:
    """New ids, each of 128 random bits, and a receipt of 44."""
    drawn = ("".join(secrets.choice(ALPHABET) for _ in range(LENGTH)) for _ in count())
    receipt = next(code for code in drawn if is_receipt(code))
    return Fresh(secrets.token_hex(16), secrets.token_hex(16), secrets.token_hex(16), receipt)


def now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Door:
    """What is remembered of a chat, and stored nowhere: after a restart the question is simply asked again.

    `screen`: the buttons last shown. `unkept`: updates from before consent, of which no row may exist, so that they
    are known if they are offered again.
    """

    screen: tuple[Button, ...] = ()
    unkept: tuple[int, ...] = ()


class Intake:
    """The corridor over one database. `ids` and `clock` are handed in, so that a test can say what they give."""

    def __init__(
        self,
        database: Database,
        keys: KeyRing,
        library: Library,
        *,
        ids: Callable[[], Fresh] = fresh,
        clock: Callable[[], datetime] = now,
    ) -> None:
        self.database = database
        self.keys = keys
        self.library = library
        self.ids = ids
        self.clock = clock
        # Rows may have been deleted of which the engine's files still hold something: after a crash nobody knows.
        self._untidy = True
        self._doors: OrderedDict[Address, Door] = OrderedDict()

    async def receive(self, inbound: Inbound) -> Outcome:
        """Keeps what happened and says what to answer; what was seen before changes nothing.

        When this returns it is committed. Raises `StorageFault` where it could not be kept: the channel must offer
        the update again.
        """
        async with self.database.transaction() as work:
            outcome, door = await self._turn(work, inbound)
        self._remember(inbound.address, door)
        return outcome

    def mark_untidy(self) -> None:
        """Rows were deleted that must become unreadable in the files as well."""
        self._untidy = True

    async def tidy(self) -> None:
        """Makes what was thrown away, sent off or withdrawn unreadable in the files as well; nothing to do, no work."""
        if self._untidy:
            self._untidy = False
            try:
                await self.database.scrub()
            except StorageFault:
                self._untidy = True
                raise

    def excuse(self) -> Outcome:
        """What to answer when a turn failed through no fault of the teller; it changes nothing."""
        text = self.library.text("INV.gestoord")
        return Outcome(direct=(outgoing(Reply(text.id, text.text)),))

    async def _turn(self, work: Work, inbound: Inbound) -> tuple[Outcome, Door]:
        door = self._doors.get(inbound.address, Door())
        if inbound.number in door.unkept or await turns.known(work, inbound.source, inbound.number):
            # The button was settled with the first offer, or the message under it has moved on since.
            return Outcome(queued=True, in_place=True), door
        before = await interviews.load(work, self.keys, inbound.address)
        event = _seeing(inbound.event, door.screen)
        taken = await self._looked_up(work, step(self.library, before, event), event)
        outcome = await self._keep(work, inbound, before, taken)
        if before is None and taken.interview is None:
            return outcome, Door(taken.screen(door.screen), (*door.unkept, inbound.number)[-UNKEPT:])
        # From the consent on updates are noted. What came before it must never come after it.
        for number in door.unkept if before is None else ():
            await turns.seen(work, inbound.source, number, inbound.event.at)
        return outcome, Door(taken.screen(door.screen))

    async def _looked_up(self, work: Work, taken: Step, event: Event) -> Step:
        """Does the look-up that a step asks for, and takes the step that follows from it."""
        if taken.request is None:
            return taken
        found = await stories.find(work, self.keys, taken.request.receipt)
        if found and taken.request.purpose is Purpose.WITHDRAW:
            await stories.withdraw(work, self.keys, taken.request.receipt, event.at)
        return replace(step(self.library, taken.interview, _looked(event, taken.request, found)), request=taken.request)

    async def _keep(self, work: Work, inbound: Inbound, before: Interview | None, taken: Step) -> Outcome:
        """Writes what the step changed. Before consent that is nothing, and the reply waits in no outbox either."""
        withdrawn = taken.request is not None and taken.request.purpose is Purpose.WITHDRAW
        notice = outgoing(taken.notice).plain({}) if taken.notice else ""
        replies = tuple(outgoing(reply, inbound.used) for reply in taken.replies)
        if before is None and taken.interview is None and not withdrawn:
            return Outcome(direct=replies, accepted=taken.accepted, notice=notice, over=taken.over)
        await turns.seen(work, inbound.source, inbound.number, inbound.event.at)
        if taken.interview is not None:
            await self._write(work, inbound, before, taken.interview)
        await turns.queue(work, self.keys, inbound.address, [pack(reply) for reply in replies])
        ended = taken.interview is not None and taken.interview.status is not Status.OPEN
        self._untidy = self._untidy or withdrawn or ended or _lost_words(before, taken.interview)
        in_place = any(reply.replaces for reply in replies)
        return Outcome(
            queued=bool(replies), accepted=taken.accepted, notice=notice, in_place=in_place, over=taken.over or ended
        )

    async def _write(self, work: Work, inbound: Inbound, before: Interview | None, after: Interview) -> None:
        at, address = inbound.event.at, inbound.address
        if after.status is Status.OPEN:
            await interviews.save(work, self.keys, address, before, after, at)
            if before == after:
                await interviews.touch(work, self.keys, address, at)
            return
        await interviews.drop(work, self.keys, address)
        if after.status is Status.SENT:
            ids = inbound.event.fresh
            await stories.keep(work, self.keys, after, ids.story, ids.receipt, at)

    def _remember(self, address: Address, door: Door) -> None:
        self._doors[address] = door
        self._doors.move_to_end(address)
        while len(self._doors) > DOORS:
            self._doors.popitem(last=False)


def _lost_words(before: Interview | None, after: Interview | None) -> bool:
    """Whether words that were kept are kept no more: retold, changed, or of a question that no longer applies."""
    if before is None or after is None:
        return False
    kept = {part.text for answer in after.answers.values() for part in answer.parts}
    return any(part.text not in kept for answer in before.answers.values() for part in answer.parts)


def _seeing(event: Event, screen: tuple[Button, ...]) -> Event:
    return replace(event, screen=screen) if isinstance(event, Said) else event


def _looked(event: Event, request: ReceiptRequest, found: Interview | None) -> Looked:
    return Looked(at=event.at, channel=event.channel, fresh=event.fresh, request=request, found=found)
