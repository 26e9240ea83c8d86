"""Staff who ask in a chat what they could ask on the pages; knows what they may, and nothing of what tellers say.

Whoever is not signed in, or may not, asked nothing as far as this goes: their words go to the corridor as they are.
"""

from collections import deque

from bot.intake import Intake
from bot.outgoing import Outgoing
from bot.staff.desk import Desk
from bot.staff.place_links import Wish, place_faults
from bot.telegram import staff_says as says
from bot.telegram.reading import Update
from bot.telegram.staff_asks import TAP, Chose, SigningInAsked, Stage, Word, asked, chose
from bot.turn import Inbound, Outcome
from dialogs.events import Chosen, Said
from pages.signing_in import Unfit
from storage.staff import Person

REMEMBERED = 1_000
"""Updates that were answered."""

AGAIN = Outcome(in_place=True, again=True)
"""What was answered by this program already is not said a second time."""


Replies = tuple[Outgoing, ...]
"""What is said; nothing where it is not for staff."""


class StaffChat:
    """The desk for whoever is signed in by a chat of their own.

    That the name of a place is awaited stands with their session, so that it is known after a restart. Most who write
    are no staff: what is awaited is read once, or each time where another program may have asked for it.
    """

    def __init__(self, desk: Desk, intake: Intake) -> None:
        self._desk = desk
        self._intake = intake
        self._library = intake.library
        self._answered: deque[int] = deque(maxlen=REMEMBERED)
        self._awaited: dict[str, str] | None = None

    async def take(self, update: Update) -> Outcome | None:
        """What staff asked for is done, and this is to be said; None where nobody of the staff asked anything.

        When this returns it is committed. Offered again after a crash it is done no second time, and said again.
        Raises as the corridor does.
        """
        inbound = update.inbound
        if inbound.number in self._answered:
            return AGAIN
        awaited = await self._awaits(inbound) if isinstance(inbound.event, Said | Chosen) else None
        said = await self._said(inbound, awaited)
        if said:
            self._answered.append(inbound.number)
            return Outcome(direct=said)
        if awaited:
            # They went on with something else: what is typed next is no name of a place.
            await self._await(inbound, None)
        return None

    async def _said(self, inbound: Inbound, awaited: Chose | None) -> Replies:
        match asked(inbound.event):
            case SigningInAsked(invitation):
                return await self._comes_in(inbound, invitation)
            case Word.OUT:
                return await self._goes_out(inbound)
            case Word() as word:
                return await self._wants(inbound, word, awaited)
            case Chose() as chosen:
                person = await self._who_may(inbound, Word.LINK)
                return await self._chose(inbound, person, chosen) if person else ()
            case None:
                return await self._typed(inbound, awaited)

    async def _comes_in(self, inbound: Inbound, invitation: str) -> Replies:
        """An invitation works once; offered again it leads to the same session."""
        secret = self._secret(inbound)
        await self._desk.signing_in.sign_in(invitation, secret)
        session = await self._desk.signing_in.session(secret)
        return (says.welcome(self._library, session),) if session and self._desk.signing_in.lasts(session) else ()

    async def _goes_out(self, inbound: Inbound) -> Replies:
        once = (f"{inbound.source}/{TAP}", inbound.number)
        if await self._who_may(inbound, Word.OUT):
            await self._desk.signing_in.sign_out(self._secret(inbound), once)
        elif not await self._desk.signing_in.has_signed_out(once):
            return ()
        self._forget(inbound)
        return (says.goodbye(self._library),)

    async def _wants(self, inbound: Inbound, word: Word, awaited: Chose | None) -> Replies:
        person = await self._who_may(inbound, word)
        if person is None:
            return ()
        if awaited:
            await self._await(inbound, None)
        if word is Word.LINK:
            return (says.for_whom(self._library),)
        return (says.numbers(self._library, await self._desk.numbers.seen(person)),)

    async def _chose(self, inbound: Inbound, person: Person, chosen: Chose) -> Replies:
        """The next question, or the link. A button that is tapped twice leads to one link."""
        if chosen.stage is Stage.UNNAMED:
            once = f"{inbound.source} {inbound.address.chat} under {inbound.used}"
            return await self._made(inbound, person, chosen, "", once)
        further = {Stage.WHO: says.where, Stage.WHERE: says.in_which_part}.get(chosen.stage)
        if further and (asks := further(self._library, chosen)):
            return (asks,)
        await self._await(inbound, chosen)
        return (says.how_named(self._library, chosen),)

    async def _typed(self, inbound: Inbound, chosen: Chose | None) -> Replies:
        """The name of a place, where that is awaited. Somebody in need is heard by the corridor, whoever they are."""
        event = inbound.event
        # After a start it may also be a name that was handled and not answered.
        expected = chosen or self._intake.behind
        if not expected or not isinstance(event, Said) or event.text.startswith("/") or self._intake.rescue(inbound):
            return ()
        person, once = await self._who_may(inbound, Word.LINK), f"{inbound.source} {inbound.number}"
        if person is None:
            return ()
        if chosen:
            faults = place_faults(event.text)
            return (says.unfit(faults),) if faults else await self._made(inbound, person, chosen, event.text, once)
        known = await self._desk.links.made_once(person, once)
        return says.made(self._library, self._desk.addresses, known) if known else ()

    async def _made(self, inbound: Inbound, person: Person, chosen: Chose, place: str, once: str) -> Replies:
        questions = self._library.lettered(chosen.letter)
        wish = Wish(questions.id if questions else "", place, chosen.district, chosen.helped)
        try:
            link = await self._desk.links.make(person, wish, once)
        except Unfit as unfit:
            return (says.unfit(unfit.faults),)
        await self._await(inbound, None)
        return says.made(self._library, self._desk.addresses, link)

    async def _who_may(self, inbound: Inbound, word: Word) -> Person | None:
        person = await self._desk.signing_in.who(self._secret(inbound))
        return person if says.may_ask(person, word) else None

    def _secret(self, inbound: Inbound) -> str:
        return self._desk.signing_in.of_chat(inbound.source, inbound.address.chat)

    async def _awaits(self, inbound: Inbound) -> Chose | None:
        """For which link the name of a place is awaited in this chat."""
        if self._awaited is None or self._desk.signing_in.shared:
            found = await self._desk.signing_in.expected()
            if self._awaited is None or self._desk.signing_in.shared:
                # Else another chat was first, and knows of more by now.
                self._awaited = found
        return chose(self._awaited.get(self._mark(inbound), "")) if self._awaited else None

    async def _await(self, inbound: Inbound, chosen: Chose | None) -> None:
        """The name of the place of this link is awaited from now on, or (None) nothing is."""
        await self._desk.signing_in.expect(self._secret(inbound), chosen.written if chosen else "")
        self._forget(inbound)
        if chosen and self._awaited is not None:
            self._awaited[self._mark(inbound)] = chosen.written

    def _forget(self, inbound: Inbound) -> None:
        if self._awaited:
            self._awaited.pop(self._mark(inbound), None)

    def _mark(self, inbound: Inbound) -> str:
        return self._desk.signing_in.mark_of(self._secret(inbound))
