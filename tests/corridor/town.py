"""Chats beside each other over one corridor and one database, with every promise looked at after every turn."""

import asyncio
import logging
from collections.abc import Coroutine, Iterable, Sequence
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

from bot.housekeeping import tidy_up
from bot.intake import Intake
from bot.outgoing import Outgoing, unpack
from bot.turn import Inbound, Outcome
from dialogs.daytime import is_day
from dialogs.events import Chosen, Event, Said, Showed
from dialogs.interview import Interview
from dialogs.library import Library
from dialogs.path import current
from storage import interviews, messages, stories, turns
from storage.addresses import Address, chat_mark
from storage.database import Database
from storage.opening import open_database
from storage.schema import match_keys, migrate
from storage.secrets import KeyRing
from tests import canaries
from tests.corridor import promises
from tests.corridor.chats import Chat, Clock, Ids, Turn
from tests.corridor.sayings import ANY_BIRD
from tests.corridor.tally import Tally
from tests.corridor.witness import Cell, Witness, pieces
from tests.talk.world import library

SOURCE = "test"
OFFERED_TWICE = 8
"""One in so many updates comes twice at once."""

DELIVERED = 3
"""After so many updates what waits is sent."""

BETWEEN_TURNS = timedelta(seconds=7)
SEEN_FOR = timedelta(days=7)

Found = TypeVar("Found")


class Faults(logging.Handler):
    """The faults that were logged, each with where it came from."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.told: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """See `logging.Handler.emit`."""
        self.told.append(self.format(record))


class Town:
    """The corridor as it runs, and who talks to it. `sent`: the stories by receipt, `taken`: receipts of those gone."""

    def __init__(self, folder: Path, keys: KeyRing, tally: Tally, start: datetime, languages: Sequence[str]) -> None:
        self.tally = tally
        self.clock = Clock(start)
        self.ids = Ids()
        self.sent: dict[str, Interview] = {}
        self.taken: list[str] = []
        self._keys = keys
        self._loop = asyncio.new_event_loop()
        self._file = folder / "verhalen.db"
        self._database = self.run(self._opened())
        self.intake = self._corridor(library())
        self._witness = Witness(self._file, keys)
        self._witness.look()
        self._numbers = count(1)
        self.birds = count(1)
        self._unkept: set[int] = set()
        self._traces: set[str] = set()
        self._left: set[tuple[object, ...]] = set()
        self._ended = True
        self._sound = True
        self._faults = Faults()
        logging.getLogger("bot").addHandler(self._faults)
        addresses = [Address("test", f"chat {number}") for number in range(len(languages))]
        self.chats = [
            Chat(address, chat_mark(keys, address), language)
            for address, language in zip(addresses, languages, strict=True)
        ]

    def run(self, work: Coroutine[Any, Any, Found]) -> Found:
        """Does what the corridor does."""
        return self._loop.run_until_complete(work)

    def _corridor(self, shelf: Library) -> Intake:
        """Tidying takes no time by its clock: on a busy machine it may take so long that the next time is left out."""
        return Intake(self._database, self._keys, shelf, ids=self.ids, clock=self.clock, steady=lambda: 0.0)

    def now(self, chat: Chat) -> dict[str, Any]:
        """What every event holds."""
        return {"at": self.clock(), "channel": "test", "fresh": self.ids(), "language": chat.language}

    # What happens.

    def happens(self, chat: Chat, event: Event) -> Turn:
        """One update comes in, one in some of them twice; what is said is delivered if the chat can be reached."""
        self.clock.wait(BETWEEN_TURNS)
        canaries.plant_of(vars(event))
        self._sound = False
        inbound = self.inbound(chat, event)
        before = (self._witness.rows, self._witness.counts)
        [turn] = self._received([(chat, inbound)])
        promises.keeps_nothing_before_consent(turn, before, self._witness)
        self._check(turn)
        if inbound.number % OFFERED_TWICE == 0:
            self.happens_again(inbound)
        if inbound.number % DELIVERED == 0:
            self._deliver(chat)
        self._sound = True
        return turn

    def happen_at_once(self, one: tuple[Chat, Event], other: tuple[Chat, Event]) -> None:
        """Two updates of two chats come in beside each other."""
        self.clock.wait(BETWEEN_TURNS)
        self._sound = False
        for turn in self._received([(chat, self.inbound(chat, event)) for chat, event in (one, other)]):
            self._check(turn)
            self._deliver(turn.chat)
        self._sound = True

    def happens_again(self, inbound: Inbound) -> None:
        """An update that was handled is offered once more: nothing is written, nothing is said."""
        outcome = self.run(self.intake.receive(inbound))
        assert outcome == Outcome(queued=True, in_place=True, again=True)
        assert not self._witness.look()
        self.tally.events["again"] += 1

    def time_passes(self, time: timedelta) -> None:
        """So long nothing happens; then the house is kept."""
        self.clock.wait(time)
        self._sound = False
        before = {chat.mark: chat.draft for chat in self.chats}
        waiting = self._outbox()
        self.run(tidy_up(self.intake))
        assert self._faults.told == []
        self._witness.look()
        by_day = is_day(self.clock.now)
        for chat in self.chats:
            draft = before[chat.mark]
            chat.draft = self._witness.draft(chat.mark)
            replies = self._queued(chat, waiting)
            promises.can_be_said(replies)
            self.tally.said(replies, "")
            if draft:
                promises.reminds_little_and_by_day(chat, draft, replies, by_day)
                promises.is_gone_in_time(chat, self.clock.now - (chat.heard_at or self.clock.now), draft)
                self._end(chat, draft, "out of time")
            else:
                assert replies == ()
        self._check_rows()
        self._check_files()
        for chat in self.chats:
            self._deliver(chat)
        self._sound = True

    def restarts(self, *, reopened: bool, is_open: bool) -> None:
        """The process is stopped and started again: what stood in memory only is gone."""
        if reopened:
            self._witness.close()
            self.run(self._database.close())
            self._database = self.run(self._opened())
            self._witness.open_again()
            self._witness.look()
        shelf = library(is_open=is_open)
        self.intake = self._corridor(shelf)
        noted = self._witness.noted()
        for chat in self.chats:
            chat.offered = [inbound for inbound in chat.offered if inbound.number in noted]

    def close(self) -> None:
        """The end: every story is still found by exactly its receipt, and nothing else can be read.

        Where a promise was broken before, there is no more to be seen.
        """
        try:
            if not self._sound:
                return
            self._check_stories()
            for chat in self.chats:
                assert self.run(self._loaded(chat)) == chat.draft
            self.intake.mark_untidy()
            self.time_passes(timedelta())
        finally:
            self.let_go()

    def let_go(self) -> None:
        """Nothing is left open."""
        logging.getLogger("bot").removeHandler(self._faults)
        self._witness.close()
        self.run(self._database.close())
        self._loop.close()

    # What is there.

    def inbound(self, chat: Chat, event: Event) -> Inbound:
        """The update that an event comes in."""
        used = str(next(chat.messages)) if isinstance(event, Chosen) else ""
        message = event.message if isinstance(event, Said | Showed) else ""
        return Inbound(SOURCE, next(self._numbers), chat.address, event, used, message)

    def find(self, receipt: str) -> Interview | None:
        """The story of a receipt."""
        return self.run(self._found(receipt))

    def may_come_again(self, chat: Chat) -> list[Inbound]:
        """The updates of a chat that the corridor still knows."""
        return [inbound for inbound in chat.offered if self.clock.now - inbound.event.at < SEEN_FOR]

    # Looking.

    def _received(self, updates: Sequence[tuple[Chat, Inbound]]) -> list[Turn]:
        """The turns of updates that come in beside each other, and the drafts as they are by then."""
        waiting, withdrawn = self._outbox(), self._witness.counts["withdrawals"]
        outcomes = self.run(self._handled([inbound for _, inbound in updates]))
        wrote = self._witness.look()
        took_back = self._witness.counts["withdrawals"] > withdrawn
        found: list[Turn] = []
        for (chat, inbound), outcome in zip(updates, outcomes, strict=True):
            before, chat.draft = chat.draft, self._witness.draft(chat.mark)
            chat.agreed = chat.agreed or chat.draft is not None or took_back
            said = (*outcome.direct, *self._queued(chat, waiting))
            found.append(Turn(chat, inbound, before, chat.draft, outcome, said, wrote, took_back))
        return found

    def _check(self, turn: Turn) -> None:
        chat, event = turn.chat, turn.inbound.event
        chat.remembers(turn.inbound)
        chat.heard_at = event.at
        self._unkept |= promises.unkept_birds(turn.before, event)
        promises.begins_with_a_yes(turn)
        promises.can_be_said(turn.said)
        promises.keeps_no_word_from_before(self._witness, self._unkept, turn)
        if turn.before != turn.after or turn.after is None:
            promises.asks_one_question(turn.after)
            self._look_for_ways_out(turn.after)
        self._follow(turn)
        self._check_rows()

    def _look_for_ways_out(self, draft: Interview | None) -> None:
        """Once for every state that a conversation comes in."""
        question = current(library().of(draft), draft).id if draft else ""
        state = (draft.question_set, draft.aside or "", question, draft.helped) if draft else ()
        if state not in self._left:
            promises.offers_ways_out(draft)
            self._left.add(state)

    def _check_rows(self) -> None:
        promises.stays_with_agreed_chats(self._witness, self.chats)
        promises.keeps_no_number_of_a_person(self._witness)
        for line in self._witness.rows["interviews"]:
            self._traces |= {str(line["chat_mark"]), str(line["interview_id"]), str(line["teller"])}
        promises.leads_to_no_chat(self._witness.rows, self._traces)

    def _follow(self, turn: Turn) -> None:
        """What became of the draft and of stories, and what was reached."""
        self.tally.events[type(turn.inbound.event).__name__] += 1
        self.tally.said(turn.said, turn.outcome.notice)
        if isinstance(turn.inbound.event, Said):
            self.tally.typed(turn.inbound.event.text)
        for reply in turn.said:
            turn.chat.shows(reply)
        if turn.after:
            self.tally.stands_open(turn.after)
        if turn.before:
            self._end(turn.chat, turn.before, "dropped", turn.inbound.event)
        if turn.took_back:
            self._taken_back()

    def _end(self, chat: Chat, draft: Interview, otherwise: str, event: Event | None = None) -> None:
        """Where a draft is gone: sent as it was told, or thrown away."""
        if chat.draft is not None:
            assert chat.draft.id == draft.id
            return
        self._ended = True
        found = self.find(event.fresh.receipt) if event else None
        if event is None or found is None:
            self.tally.ends[otherwise] += 1
            return
        promises.reads_as_it_was_told(found, draft)
        same = [story for story in self.sent.values() if story.teller == found.teller]
        self.tally.ends.update(["sent", *(["sent as another story"] if same else [])])
        self.tally.ends.update(["sent with a helper"] if found.helped else [])
        self.sent[event.fresh.receipt] = found

    def _taken_back(self) -> None:
        here = {line["story_id"] for line in self._witness.rows["stories"]}
        [receipt] = [receipt for receipt, story in self.sent.items() if story.id not in here]
        del self.sent[receipt]
        self.taken.append(receipt)
        self._ended = True
        self.tally.ends["withdrawn"] += 1

    def _check_stories(self) -> None:
        for receipt, story in self.sent.items():
            assert self.find(receipt) == story
            assert self.find(receipt.lower().replace(receipt[:1].lower(), "é", 1)) is None
        assert [receipt for receipt in self.taken if self.find(receipt)] == []
        assert len(self._witness.rows["stories"]) == len(self.sent)

    def _check_files(self) -> None:
        """No word that is kept no more is in the files, and none that is kept can be read there."""
        assert self._witness.holding([ANY_BIRD]) == []
        gone = self._witness.seen - self._witness.tokens()
        lost = gone if self._ended else self._witness.lost(gone)
        assert self._witness.holding(piece for token in lost for piece in pieces(token)) == []
        self._witness.seen -= lost
        self._ended = False

    # The outbox.

    def _outbox(self) -> set[Cell]:
        return {line["payload"] for line in self._witness.rows["outbox"]}

    def _queued(self, chat: Chat, waiting: set[Cell]) -> tuple[Outgoing, ...]:
        """What waits for a chat by now and did not before, in order."""
        lines = [line for line in self._witness.rows["outbox"] if line["chat_mark"] == chat.mark]
        new = [line for line in lines if line["payload"] not in waiting]
        ordered = sorted(new, key=lambda line: int(line["position"] or 0))
        return tuple(unpack(self._witness.words(line["payload"])) for line in ordered)

    def _deliver(self, chat: Chat) -> None:
        if chat.reachable and any(line["chat_mark"] == chat.mark for line in self._witness.rows["outbox"]):
            self.run(self._delivered(chat))
            self._witness.look()

    async def _delivered(self, chat: Chat) -> None:
        """As a channel does it: each row goes when it was sent, and the message is noted with it."""
        async with self._database.transaction() as work:
            for row in await turns.waiting(work, self._keys, chat.address, self.clock()):
                reply = unpack(row.payload)
                shown = await messages.shown(work, self._keys, chat.address) if reply.clears else []
                gone = [*(item.message for item in shown), *reply.wipes]
                await messages.taken(work, self._keys, chat.address, gone)
                await turns.delivered(work, self._keys, chat.address, row.position)
                await messages.note(work, self._keys, chat.address, [str(next(chat.messages))], self.clock())

    # The database.

    async def _opened(self) -> Database:
        database = await open_database(f"sqlite:///{self._file}")
        await migrate(database)
        await match_keys(database, self._keys)
        return database

    async def _handled(self, inbounds: Iterable[Inbound]) -> list[Outcome]:
        return await asyncio.gather(*(self.intake.receive(inbound) for inbound in inbounds))

    async def _loaded(self, chat: Chat) -> Interview | None:
        async with self._database.reading() as work:
            return await interviews.load(work, self._keys, chat.address)

    async def _found(self, receipt: str) -> Interview | None:
        async with self._database.reading() as work:
            return await stories.find(work, self._keys, receipt)
