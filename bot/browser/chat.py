"""The conversation with one browser: what it says goes to the corridor, what is answered comes on its screen.

Knows no page and no HTTP. A screen shows what waits in the outbox; a row goes when a later form proves that it was
seen, so that no receipt is lost with a connection; see `unseen` for who never comes back.
"""

import asyncio
import logging
import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from bot import counted
from bot.browser import hearing
from bot.browser.device import SAID_OTHERWISE, Device
from bot.browser.hearing import Form, Moment
from bot.browser.menu import called
from bot.browser.screen import Screen
from bot.browser.screens import Screens
from bot.browser.session import CHANNEL, Session
from bot.browser.unseen import Unseen
from bot.figures import Figures
from bot.in_turn import InTurn
from bot.intake import Intake
from bot.outgoing import Outgoing, readable
from bot.turn import Inbound, Outcome, Tries
from dialogs.events import Chosen
from dialogs.interview import Interview
from dialogs.offers import HELPED_THANKS
from dialogs.personal.bsn import without_bsn
from dialogs.prompt import read_aloud
from dialogs.replies import Button, PlainTap
from dialogs.speech import tag_of
from dialogs.taps import decode
from dialogs.understand import choose_firmly
from storage import interviews, turns
from storage.addresses import Address, chat_mark
from storage.database import Work
from storage.faults import StorageFault, Unavailable

SOURCE = "web"
NUMBER_BITS = 59
"""The number of a form, within eighteen digits."""

STOP, REALLY = "/stop", "@ALG.stop:ja"
"""How a draft is thrown away: what is asked, and the button that confirms it."""

NEXT = "volgende"
"""The button with which a helper goes on with somebody else."""

CLEARED = "WEB.van_eerder"
"""What whoever sends words from a page of before the screen was cleared is told; these words are shown to nobody."""

UNTAKEN = "een bezoek aan de webchat kon niet worden behandeld"

log = logging.getLogger(__name__)


class Lost(Enum):
    """What goes with all that stands on a screen: a story that was not sent, or the receipt of one that was."""

    NOTHING = 0
    RECEIPT = 1
    STORY = 2


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a form. `session`: who the browser is from now on. `kept` is false where it must be sent again.

    `words`: what stands in the field still. `note`: the id of a text about it.
    """

    session: Session
    screen: Screen
    kept: bool = True
    words: str = ""
    note: str = ""


def new_number() -> int:
    """A number for a form that nobody filled in yet."""
    return 1 + secrets.randbits(NUMBER_BITS)


class Chat:
    """All browsers. `screens` is what stands on them; `steady` gives seconds of a clock that nobody sets."""

    def __init__(
        self,
        intake: Intake,
        screens: Screens | None = None,
        figures: Figures | None = None,
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        self._intake = intake
        self._figures = figures or Figures()
        self._screens = Screens() if screens is None else screens
        self._turns = InTurn()
        self.unseen = Unseen(intake, steady)
        self._bubbles = int(time.time() * 1_000_000)
        self._called = called(intake.library)
        self._sounds = read_aloud(intake.library)
        said = {text_id: text.text for text_id, text in intake.library.texts.items()}
        self._otherwise = {
            device: {said[usual]: said[here] for usual, here in texts.items()}
            for device, texts in SAID_OTHERWISE.items()
        }

    async def come_in(self, session: Session, link: str, language: str, *, device: Device = Device.OWN) -> Screen:
        """The screen of who opens a page by a link ("" for none): it goes on where that is how they came in.

        Raises `StorageFault` where nothing can be read or kept now.
        """
        async with self._turns.at(session.address):
            screen = self._screens.of(session.address)
            if screen is None or (link and link != screen.link):
                event = hearing.opened(link, self._moment(language))
                outcome = await self._received(Inbound(SOURCE, new_number(), session.address, event))
                screen = replace((screen or Screen()).entered(link), device=device)
                return await self._answered(session.address, screen, outcome)
            return await self._caught_up(session.address, replace(screen, device=device))

    async def take(
        self, session: Session, form: Form, language: str, tries: Tries | None = None, *, device: Device = Device.OWN
    ) -> Taken:
        """Has a form kept and answered. Where it could not be kept nothing changes, and the words are still there.

        `tries`: the wrong codes that came from where this browser is.
        """
        async with self._turns.at(session.address):
            screen = replace(self._screens.of(session.address) or Screen(), device=device)
            if screen.was_cleared_after(form.seen) and form.words:
                form = replace(form, words="")
                if not form.data and not form.command:
                    return Taken(session, screen, note=CLEARED)
            event = hearing.event(form, self._moment(language))
            renewed = session.renewed(self._intake.keys, form.number)
            used = str(form.bubble) if isinstance(event, Chosen) else ""
            number, address = session.number_of(form.number), session.address
            inbound = Inbound(SOURCE, number, address, event, used, renewed=renewed.address, tries=tries)
            try:
                with counted.turn(self._figures, CHANNEL):
                    return await self._kept(session, renewed, screen, form, inbound)
            except Exception as fault:
                # Also one of our own code: whoever typed has nothing but what we send back.
                _tell(fault, "een bericht kon niet worden bewaard; de verteller kan het nog een keer sturen")
                return self._not_kept(session, screen, form, inbound)

    async def goes_on(self, session: Session) -> bool:
        """Whether a form of this browser goes on with a draft, as far as can be read now."""
        try:
            async with self._intake.database.reading() as work:
                return await interviews.is_open(work, self._intake.keys, session.address)
        except StorageFault:
            return True

    def meant(self, session: Session, form: Form) -> str:
        """The name of the button without a question that a form uses, or names in words below what was said last; ""
        for none."""
        if form.data:
            tap = decode(form.data)
            return tap.name if isinstance(tap, PlainTap) else ""
        screen = self._screens.of(session.address)
        if screen is None or screen.asked:
            return ""
        ways = self._intake.library.text(HELPED_THANKS).words["nog"]
        left = [(label, tap) for label, data in screen.newest if isinstance(tap := decode(data), PlainTap)]
        buttons = [Button(label, tap, ways if tap.name == NEXT else ()) for label, tap in left]
        found = choose_firmly(form.says, buttons)
        return found.tap.name if found and isinstance(found.tap, PlainTap) else ""

    async def would_lose(self, session: Session) -> Lost:
        """What whoever is at this browser would lose if all went from it. Raises `StorageFault`."""
        async with self._turns.at(session.address):
            screen = await self._caught_up(session.address, self._screens.of(session.address) or Screen())
        if screen.lasts:
            return Lost.STORY
        return Lost.RECEIPT if any(bubble.receipt for bubble in screen.bubbles) else Lost.NOTHING

    def receipt_at(self, session: Session) -> int:
        """The bubble with the receipt that is shown last; 0 where none is."""
        screen = self._screens.of(session.address) or Screen()
        return next((bubble.number for bubble in reversed(screen.bubbles) if bubble.receipt), 0)

    async def erase(self, session: Session) -> None:
        """Whoever uses this browser next finds nothing: the draft goes, and what was said with it."""
        async with self._turns.at(session.address):
            outcome = await self._alone(session, hearing.Form(new_number(), command=STOP))
            data = _button(outcome, REALLY)
            if data:
                await self._alone(session, hearing.Form(new_number(), data=data))
            self._screens.pop(session.address)
            await self._give_up(session.address)

    async def sweep(self, stop: asyncio.Event) -> None:
        """Until `stop`: what nobody came back for goes, from the outbox and from memory. Raises where the database is
        there no more."""
        await self.unseen.keep_clearing(stop, self._screens.forget)

    async def _alone(self, session: Session, form: Form) -> Outcome:
        event = hearing.event(form, self._moment(""))
        return await self._received(Inbound(SOURCE, form.number, session.address, event))

    async def _received(self, inbound: Inbound) -> Outcome:
        """What the corridor makes of it. Raises `StorageFault`, whatever goes wrong: there is a page that says so."""
        try:
            with counted.turn(self._figures, CHANNEL):
                return await self._intake.receive(inbound)
        except Exception as fault:
            _tell(fault, UNTAKEN)
            raise StorageFault(UNTAKEN) from fault

    async def _kept(self, session: Session, renewed: Session, screen: Screen, form: Form, inbound: Inbound) -> Taken:
        """The whole turn. A fault after it was committed does no harm: the form is sent again, and is known then."""
        is_lost = self._screens.of(session.address) is None
        await self._acknowledge(session.address, screen, form.seen)
        outcome = await self._intake.receive(inbound)
        if outcome.again:
            return await self._again(session, renewed, form, inbound.event.language)
        home = renewed if outcome.moved else session
        spoken = screen.told(*self._spoken(screen, form, outcome)).settled(form.bubble, outcome)
        answered = await self._answered(home.address, spoken, outcome)
        if is_lost:
            answered = await self._asked_anew(home.address, answered, inbound.event.language)
        if home != session:
            self._screens.pop(session.address)
        return Taken(home, answered, words="" if answered.was_cleared_after(form.seen) else form.left)

    async def _again(self, session: Session, renewed: Session, form: Form, language: str) -> Taken:
        """A form of this number was kept before; the answer did not arrive, and perhaps the new cookie neither.

        What stands in the field may be something else by now: only words that are known to be kept go from it.
        """
        async with self._intake.database.reading() as work:
            begun = await interviews.load(work, self._intake.keys, renewed.address)
            draft = begun or await interviews.load(work, self._intake.keys, session.address)
        home = renewed if begun else session
        known = self._screens.of(home.address)
        screen = await self._caught_up(home.address, known or Screen())
        if known is None:
            screen = await self._asked_anew(home.address, screen, language)
        told = screen.holds(form.number, form.words) or _holds(draft, form)
        return Taken(home, screen, words="" if told or screen.was_cleared_after(form.seen) else form.words)

    async def _asked_anew(self, address: Address, screen: Screen, language: str) -> Screen:
        """For whom we knew no screen: with what is asked now, if the answer to what was said does not ask it."""
        if screen.bubbles and (screen.asked or not screen.lasts):
            return screen
        event = hearing.opened("", self._moment(language))
        outcome = await self._intake.receive(Inbound(SOURCE, new_number(), address, event))
        return await self._answered(address, screen, outcome)

    def _not_kept(self, session: Session, screen: Screen, form: Form, inbound: Inbound) -> Taken:
        """Nothing is kept and nobody is thanked; somebody in need still gets the numbers to call."""
        found = self._intake.rescue(inbound)
        for waiting in found[0].direct if found else self._intake.excuse().direct:
            screen = self._hears(screen.without(waiting), waiting)
        self._screens.put(session.address, screen)
        return Taken(session, screen, kept=bool(found and found[1]), words=form.words)

    def _spoken(self, screen: Screen, form: Form, outcome: Outcome) -> tuple[int, str, str]:
        """The bubble of the teller, and its language; no words where the button did not count."""
        if not form.data:
            if form.command:
                return form.number, self._called.get(form.command, form.command), ""
            return form.number, form.says, tag_of(self._intake.library.languages.recognise(form.says).code)
        return self._number(), screen.label(form.bubble, form.data) if outcome.accepted else "", ""

    async def _answered(self, address: Address, screen: Screen, outcome: Outcome) -> Screen:
        for waiting in outcome.direct:
            screen = self._hears(screen, waiting)
        return await self._caught_up(address, screen)

    async def _caught_up(self, address: Address, screen: Screen) -> Screen:
        """With what waits for this browser and is not on its screen yet."""
        async with self._intake.database.reading() as work:
            rows = await turns.waiting(work, self._intake.keys, address, self._intake.clock())
            screen = replace(screen, lasts=await interviews.is_open(work, self._intake.keys, address))
        for row in rows:
            if row.position not in screen.places:
                screen = self._hears(screen, readable(row.payload), row.position)
        self._screens.put(address, screen)
        return screen

    def _hears(self, screen: Screen, waiting: Outgoing | None, place: int | None = None) -> Screen:
        if waiting is None:
            return screen
        said = self._otherwise[screen.device].get(waiting.template, waiting.template)
        return screen.heard(replace(waiting, template=said), self._number(), place, self._sounds.get(said, ""))

    async def _acknowledge(self, address: Address, screen: Screen, seen: int) -> None:
        """The form stood below these bubbles, so they arrived."""
        places = [b.place for b in screen.bubbles if b.place is not None and b.number <= seen]
        if not places:
            return
        await self.unseen.take(address, places)
        self._screens.put(address, screen.delivered(places))

    async def _give_up(self, address: Address) -> None:
        keys = self._intake.keys

        async def unit(work: Work) -> None:
            await turns.give_up(work, keys, address)

        await self._intake.database.run(unit, about=chat_mark(keys, address))

    def _moment(self, language: str) -> Moment:
        return Moment(self._intake.clock(), self._intake.ids(), language)

    def _number(self) -> int:
        self._bubbles += 1
        return self._bubbles


def _tell(fault: Exception, words: str) -> None:
    """Logs it, but for what is logged when it begins and when it is over (`counted`)."""
    if not isinstance(fault, Unavailable):
        log.error(words, exc_info=fault)


def _holds(draft: Interview | None, form: Form) -> bool:
    """Whether the words of a form were kept with its number."""
    parts = draft.parts if draft else ()
    return any((part.text, part.message) == (without_bsn(form.words), str(form.number)) for part in parts)


def _button(outcome: Outcome, ending: str) -> str:
    said: Sequence[Outgoing] = (*outcome.direct, *(waiting for _, waiting in outcome.placed))
    found = (data for waiting in said for row in waiting.rows for _, data in row if _asks(data, ending))
    return next(found, "")


def _asks(data: str, ending: str) -> bool:
    return decode(data) is not None and f"{ending}:" in f"{data}:"
