"""What is done with one update, however it came in: to the corridor, once more, aside, or out of a group.

Knows neither polling nor webhook: it is given what was read, and says whether its source may forget it.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

from bot import counted
from bot.figures import Figures
from bot.intake import Intake
from bot.telegram.api import TapAnswer
from bot.telegram.reading import Aside, Group, Reader, Update
from bot.telegram.speaking import Speaker
from bot.telegram.staff import StaffChat
from bot.turn import Outcome
from dialogs.texts import plain
from storage.faults import DatabaseGone, Unavailable

WANTED = ("message", "edited_message", "callback_query", "my_chat_member")
"""The kinds of updates that Telegram is asked for."""

ATTEMPTS = 3
"""An update that fails so often is set aside, so that it cannot hold up the others for ever."""

REMEMBERED = 1_000
"""Updates of people in need who were answered though nothing could be kept; offered again, they get no second one."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Settled:
    """What came of an update. `done`: its source may forget it; if not, it must be offered again.

    `tap`: the answer to a tap that is left to whoever answers the source; None where there is none, or it was sent.
    """

    done: bool
    tap: TapAnswer | None = None


class Handler:
    """Hands updates to the corridor, and counts what comes of them; what staff ask goes to `staff`."""

    def __init__(
        self, reader: Reader, intake: Intake, speaker: Speaker, figures: Figures, staff: StaffChat | None = None
    ) -> None:
        self._reader = reader
        self._intake = intake
        self._speaker = speaker
        self._helped: deque[int] = deque(maxlen=REMEMBERED)
        self._figures = figures
        self._staff = staff

    def read(self, raw: object) -> Update | Group | Aside:
        """What an update says. Never raises, whatever it is given."""
        return self._reader.read(raw)

    def hasten(self, updates: Iterable[Update]) -> None:
        """Nobody in need waits for the turn of others while the database does not answer."""
        if not self._figures.keeping:
            for update in updates:
                self._rescued(update)

    async def settle(self, update: Update, *, replying: bool = False) -> Settled:
        """Has it kept and answered, or finds that it can never be kept. `replying`: a tap is answered by the caller.

        Updates of one chat are to be settled one after another.
        """
        for _ in range(ATTEMPTS):
            found = await self._tried(update)
            if found:
                break
            # Once more at once, after whoever is in between: brought again by its source it would hold up others.
            await asyncio.sleep(0)
        else:
            self._figures.aside["fout"] += 1
            found = self._intake.excuse()
        if isinstance(found, Settled):
            return found
        address = update.inbound.address
        replying = replying and not self._speaker.must_wait(address)
        tap = TapAnswer(update.tapped.query, found.notice) if update.tapped and replying else None
        self._speaker.answer(address, found, update.tapped, answered=tap is not None)
        return Settled(True, tap)

    async def _tried(self, update: Update) -> Outcome | Settled | None:
        """What staff or the corridor make of it, or what is settled without; None where our own code fails on it."""
        try:
            with counted.turn(self._figures, update.inbound.address.channel):
                taken = await self._staff.take(update) if self._staff else None
                return taken or await self._intake.receive(update.inbound)
        except DatabaseGone as fault:
            # Not once more, and not for the next: whatever is said from here on would be a promise.
            self._speaker.end(fault)
            return Settled(False)
        except Unavailable:
            return Settled(self._rescued(update))
        except Exception:
            log.exception("een bericht kon niet worden behandeld")
            return Settled(True) if self._rescued(update) else None
        finally:
            self._figures.pulse.busy()

    async def settle_whole(self, update: Update) -> Settled:
        """The same, replying, and waits a while for words that stand in no outbox to be said."""
        settled = await self.settle(update, replying=True)
        await self._speaker.said(update.inbound.address)
        return settled

    def pass_by(self, item: Update | Group | Aside) -> None:
        """A group is left with a sentence; what is not for us is counted, and nothing of it is logged."""
        if isinstance(item, Group):
            self._speaker.leave(item.chat, plain(self._intake.library.text("INV.groep").text, {}))
        if isinstance(item, Aside):
            self._figures.aside[item.reason] += 1
            log.info("een update is terzijde gelegd: %s", item.reason)

    def _rescued(self, update: Update) -> bool:
        """Gives numbers to call while nothing can be kept, once; whether that was all that was asked for."""
        found = self._intake.rescue(update.inbound)
        if found is None:
            return False
        outcome, whole = found
        if update.number not in self._helped:
            self._helped.append(update.number)
            self._speaker.answer(update.inbound.address, outcome, update.tapped)
        return whole
