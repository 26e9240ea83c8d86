"""The one corridor: what a channel heard goes in, is kept in one transaction, and what to say comes out.

The order is the promise: the commit comes before the answer is sent, and before the channel tells its source that
the update is done. It knows no channel: it is told what happened and hands back what to say.
"""

import logging
import secrets
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

from bot import tallying, ways_in
from bot.bursts import Bursts
from bot.changed_words import are_lost, reworded
from bot.in_turn import InTurn
from bot.outgoing import Outgoing, outgoing, pack
from bot.receipts import Receipts
from bot.remembering import Remembered
from bot.timekeeping import Timekeeper
from bot.turn import Door, Inbound, Outcome
from dialogs import waiting
from dialogs.daytime import next_day
from dialogs.emergency import rescue
from dialogs.engine import step
from dialogs.events import Chosen, Event, Fresh, Waited
from dialogs.interview import Interview, Status
from dialogs.library import Library
from dialogs.receipts import ALPHABET, LENGTH, is_receipt
from dialogs.replies import PlainTap, Reply, Step
from storage import erased, interviews, links, messages, stories, tallies, turns
from storage.addresses import chat_mark
from storage.database import Database, Work
from storage.erased import Erased
from storage.faults import StorageFault
from storage.interviews import Address, Draft
from storage.secrets import KeyRing

UNKEPT = 100
"""Updates before consent that are remembered of a chat: as many as Telegram offers at once."""

NOTICED = 1.0
"""Seconds that turns may stand still for tidying; where it takes longer it is done less often."""

REST = 50
"""So many times as long as it took nothing is tidied then: it never takes more than a fiftieth of the time."""

IDS = 16 + 9 + 16
SPARE = 16
"""Random bytes for the three ids, and for a receipt of nine signs: hardly ever too few for that."""

log = logging.getLogger(__name__)


def fresh() -> Fresh:
    """New ids of 128 random bits, a teller of 72 (it has to fit on a button), and a receipt of 44.

    All are drawn at once. Five bits are a sign of the receipt; the number for which there is none is passed over, so
    that each sign is as likely as the others.
    """
    while True:
        drawn = secrets.token_bytes(IDS + SPARE)
        numbers = (number & 31 for number in drawn[IDS:])
        receipt = "".join([ALPHABET[number] for number in numbers if number < len(ALPHABET)][:LENGTH])
        if is_receipt(receipt):
            return Fresh(drawn[:16].hex(), urlsafe_b64encode(drawn[16:25]).decode(), drawn[25:IDS].hex(), receipt)


def now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)


class Intake:
    """The corridor over one database. `ids` and `clock` are handed in, so that a test can say what they give.

    `journal` is told what is taken away for good, before that is committed, and may be told so twice.
    """

    def __init__(
        self,
        database: Database,
        keys: KeyRing,
        library: Library,
        *,
        ids: Callable[[], Fresh] = fresh,
        clock: Callable[[], datetime] = now,
        journal: Callable[[Sequence[Erased]], None] = lambda gone: None,
        steady: Callable[[], float] = time.monotonic,
        bursts: Bursts | None = None,
    ) -> None:
        self.database = database
        self.keys = keys
        self.library = library
        self.ids = ids
        self.clock = clock
        self.journal = journal
        self._steady = steady
        self._bursts = bursts or Bursts()
        self.timekeeper = Timekeeper()
        # Whether a channel has still to fetch what came while it was away: until then no draft is over its time.
        self.behind = False
        # Rows may have been deleted of which the engine's files still hold something: after a crash nobody knows.
        self._untidy = True
        self._unswept = False
        self._rest_until = 0.0
        # What one turn of a chat leaves behind, the next one needs.
        self._remembered = Remembered()
        self._turns = InTurn()
        self._receipts = Receipts(keys, library, journal)

    async def receive(self, inbound: Inbound) -> Outcome:
        """Keeps what happened and says what to answer; what was seen before changes nothing.

        When this returns it is committed. Raises `StorageFault` where it could not be kept: the channel must offer
        the update again.
        """
        address = inbound.address
        async with self._turns.at(address):
            turn = partial(self._turn, inbound, self._remembered.door(address), self._remembered.draft(address))
            outcome, door, draft = await self.database.run(turn, about=chat_mark(self.keys, address))
            home = inbound.renewed if outcome.moved and inbound.renewed else address
            self._remembered.put(home, door, draft)
        return outcome

    async def wait(self, address: Address) -> None:
        """Time went by for a draft: a reminder, or its end. It changes not when the teller was last there.

        All is looked at anew in the transaction: the teller may have written since it was seen that something is due.
        """
        async with self._turns.at(address):
            await self.database.run(partial(self._waited, address), about=chat_mark(self.keys, address))

    async def _waited(self, address: Address, work: Work) -> None:
        since = await interviews.last_there(work, self.keys, address)
        if since is None:
            return
        at = self.clock()
        try:
            draft = await interviews.draft(work, self.keys, address)
        except StorageFault:
            # Nobody can read this draft any more; it goes in its time all the same.
            if at < waiting.end(self.library.terms, since):
                raise
            await interviews.drop(work, self.keys, address)
            return
        if draft is None:
            return
        before, thread = draft.interview, (self._remembered.door(address) or Door()).memory.thread
        event = Waited(at=at, channel=before.channel, fresh=self.ids(), thread=thread, since=since)
        taken = step(self.library, before, event)
        if taken.interview is not None:
            await self._write(work, address, event, draft, taken.interview, since=since)
            if taken.interview.status is not Status.OPEN or are_lost(before, taken.interview):
                self._untidy = True
            if taken.interview.status is not Status.OPEN:
                await turns.take_later(work, self.keys, address)
        replies = [pack(outgoing(reply)) for reply in taken.replies]
        await turns.queue(work, self.keys, address, replies, at, taken.not_before)

    def rescue(self, inbound: Inbound) -> tuple[Outcome, bool] | None:
        """What to say to somebody in need while nothing can be kept, and whether that was all they asked for."""
        found = rescue(self.library, inbound.event)
        return (Outcome(direct=(outgoing(found.reply),)), found.whole) if found else None

    def mark_untidy(self) -> None:
        """Rows were deleted that must become unreadable in the files as well."""
        self._untidy = True

    async def tidy(self, *, whole: bool = False) -> None:
        """Makes what was thrown away or withdrawn unreadable in the files as well; nothing to do, no work.

        `whole`: also what is left of drafts that were sent. Those words are kept, so that has no haste; turns wait
        meanwhile, and where it takes long it is not done often.
        """
        if not (self._untidy or (whole and self._unswept)) or self._steady() < self._rest_until:
            return
        before, self._untidy, self._unswept = (self._untidy, self._unswept), False, False
        began = self._steady()
        try:
            await self.database.run(erased.forget_order)
            await self.database.scrub()
        except StorageFault:
            self._untidy, self._unswept = self._untidy or before[0], self._unswept or before[1]
            raise
        took = self._steady() - began
        self._rest_until = self._steady() + took * REST if took > NOTICED else 0.0

    def excuse(self) -> Outcome:
        """What to answer when a turn failed through no fault of the teller; it changes nothing."""
        text = self.library.text("INV.gestoord")
        return Outcome(direct=(outgoing(Reply(text.id, text.text)),))

    async def _turn(
        self, inbound: Inbound, known: Door | None, remembered: Draft | None, work: Work
    ) -> tuple[Outcome, Door, Draft | None]:
        """The whole turn, what to remember of the chat, and its draft. It is given what was remembered, if anything."""
        door = known or Door()
        if inbound.number in door.unkept or await turns.known(work, inbound.source, inbound.number):
            # The button was settled with the first offer, or the message under it has moved on since.
            return Outcome(queued=True, in_place=True, again=True), door, remembered
        draft = await interviews.draft(work, self.keys, inbound.address, remembered)
        before = draft.interview if draft else None
        event = await ways_in.knowing(work, before, door.memory.seeing(inbound.event))
        taken = await self._receipts.looked_up(work, inbound, step(self.library, before, event), event)
        begins = before is None and taken.interview is not None
        moved = inbound.renewed if begins else None
        inbound = replace(inbound, address=moved) if moved else inbound
        if begins and known is None:
            # What was said before is on the screen, and the process that knew of it is no more.
            await messages.note_unknown(work, self.keys, inbound.address)
        outcome, kept = await self._keep(work, inbound, draft, taken)
        outcome = replace(outcome, moved=moved is not None)
        memory = door.memory.after(event, taken, before)
        if before is None and taken.interview is None:
            return outcome, Door(memory, (*door.unkept, inbound.number)[-UNKEPT:]), None
        # From the consent on updates are noted. What came before it must never come after it.
        for number in door.unkept if before is None else ():
            await turns.seen(work, inbound.source, number, inbound.event.at)
        return outcome, Door(memory), kept

    async def _keep(
        self, work: Work, inbound: Inbound, draft: Draft | None, taken: Step
    ) -> tuple[Outcome, Draft | None]:
        """Writes what the step changed, and says what the draft is now.

        Before consent that is nothing, and the reply waits in no outbox either.
        """
        before = draft.interview if draft else None
        withdrawn = taken.request is not None
        notice = outgoing(taken.notice).plain({}) if taken.notice else ""
        replies = tuple(outgoing(reply, inbound.used) for reply in taken.replies)
        in_place = any(reply.replaces or reply.clears or reply.wipes for reply in replies)
        stays = taken.accepted and _stays(inbound.event)
        said = Outcome(
            accepted=taken.accepted,
            stays=stays,
            notice=notice,
            over=taken.over,
            in_place=in_place,
            withdrawn=taken.request.receipt if taken.request else "",
            reworded=reworded(before, taken.interview),
        )
        untold = before is None and taken.interview is None and not withdrawn
        if untold and not await self._clears(work, inbound.address, replies):
            return replace(said, direct=replies, unkept=inbound.message), None
        await turns.seen(work, inbound.source, inbound.number, inbound.event.at)
        await turns.take_later(work, self.keys, inbound.address)
        kept = None
        if taken.interview is not None:
            kept = await self._write(work, inbound.address, inbound.event, draft, taken.interview)
            await self._note(work, inbound)
        packed = [pack(reply) for reply in replies]
        places = await turns.queue(work, self.keys, inbound.address, packed, self.clock())
        placed = tuple(zip(places, replies, strict=True))
        ended = taken.interview is not None and taken.interview.status is not Status.OPEN
        sent = taken.interview is not None and taken.interview.status is Status.SENT
        # Set and never reset here: it may have been set beside us.
        if withdrawn or (ended and not sent) or (not sent and are_lost(before, taken.interview)):
            self._untidy = True
        if sent:
            self._unswept = True
        return replace(said, queued=bool(replies), over=taken.over or ended, placed=placed), kept

    async def _clears(self, work: Work, address: Address, replies: Sequence[Outgoing]) -> bool:
        """Whether a screen is emptied of which rows exist: then it is done for certain, also after a crash."""
        clearing = any(reply.clears or reply.wipes for reply in replies)
        return clearing and bool(await messages.shown(work, self.keys, address))

    async def _note(self, work: Work, inbound: Inbound) -> None:
        """The message of the teller can be taken from the screen later; nothing of what is in it stands there."""
        if inbound.message:
            await messages.note(work, self.keys, inbound.address, [inbound.message], inbound.event.at)

    async def _write(
        self,
        work: Work,
        address: Address,
        event: Event,
        draft: Draft | None,
        after: Interview,
        since: datetime | None = None,
    ) -> Draft | None:
        """What the interview became, as it stands there now; `since`: when the teller was last there, if not now."""
        here, before = since or event.at, draft.interview if draft else None
        await self._count(work, address, before, after, event.at)
        if before and (after.id != before.id or after.status is Status.DROPPED):
            self.journal([await erased.note_draft(work, before.id, event.at)])
        if after.status is Status.OPEN:
            due = self._due(after, here, event.at)
            if draft and draft.interview == after:
                await interviews.touch(work, self.keys, address, here, due)
                return draft
            changed = Draft(after, secrets.token_hex(8))
            await interviews.save(work, self.keys, address, before, after, here, due, changed.revision)
            return changed
        await interviews.drop(work, self.keys, address)
        if after.status is Status.SENT:
            ids = event.fresh
            await stories.keep(work, self.keys, after, ids.story, ids.receipt, event.at)
        return None

    async def _count(
        self, work: Work, address: Address, before: Interview | None, after: Interview, at: datetime
    ) -> None:
        if before is not None and before.id == after.id and after.status is Status.OPEN:
            return
        if after.status is Status.OPEN:
            await ways_in.note_beginning(work, self._bursts, after)
        opened_at = await interviews.opened_at(work, self.keys, address) if before else None
        await tallies.add(work, tallying.begun_or_ended(self.library, before, after, at, opened_at))
        if after.status is Status.SENT and after.visit:
            await links.count_told(work, after.visit.code)

    def _due(self, interview: Interview, since: datetime, at: datetime) -> datetime:
        """When to look at this draft again; what is due by night waits for the day, but its end waits for nothing."""
        due = waiting.due(self.library.terms, interview, since)
        if due > at:
            return due
        return min(next_day(at + timedelta(minutes=1)), waiting.end(self.library.terms, since))


def _stays(event: Event) -> bool:
    return isinstance(event, Chosen) and isinstance(event.tap, PlainTap) and event.tap.stays
