"""Invitations and sessions: a link that works once, and then twelve hours; knows no page and no chat."""

import re
import secrets
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from dialogs.clean import clean_text
from pages.permissions import Action, Refused, insist
from storage import staff, turns
from storage.database import Database, Work
from storage.erased import Erased
from storage.secrets import KeyRing
from storage.staff import Invited, Person, Role, Session

SESSION = timedelta(hours=12)
"""A working day: whoever leaves a device behind is signed out by the next."""

INVITATION = timedelta(days=7)
"""So long an invitation can be used, once."""

REMEMBERED = timedelta(days=30)
"""So long whoever was signed in is told that it is over, instead of that there is nothing here."""

WRONG_CODES = 5
"""So often somebody may mistype the code that opens a locked browser: of ten thousand nobody guesses one in five."""

BITS = 256
LONGEST_NAME = 60

Once = tuple[str, int]
"""Source and number of what asked for something, so that it is done once and answered alike."""

_CODE = re.compile(r"[0-9]{4}", re.ASCII)
_EASY = re.compile(r"(.)\1{3}")
_IN_A_ROW = "01234567890 09876543210"

_INVITATION = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)


class Unfit(ValueError):
    """What was asked for cannot be: all that is wrong with it, a sentence each."""

    def __init__(self, *faults: str) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True)
class Invitation:
    """An invitation that was just made; its `token` is shown once, and is kept by nobody but its holder."""

    person: Person
    token: str
    until: datetime


def is_invitation(typed: str) -> bool:
    """Whether this has the form of an invitation."""
    return bool(_INVITATION.fullmatch(typed))


def code_faults(typed: str) -> list[str]:
    """All that is wrong with the code that somebody chooses to lock a browser with."""
    if not _CODE.fullmatch(typed):
        return ["Kies een code van 4 cijfers."]
    easy = _EASY.fullmatch(typed) or typed in _IN_A_ROW
    return ["Deze code raadt iemand zo. Kies een andere."] if easy else []


def new_secret() -> str:
    """One of 256 random bits, in 43 signs that may stand in an address."""
    return secrets.token_urlsafe(BITS // 8)


class SigningIn:
    """Over one database; `clock` gives the time in UTC. `journal` is told who is removed, before that is committed.

    `door`: whoever has another role is nobody here, and an invitation of theirs is not used up.
    """

    def __init__(
        self,
        database: Database,
        keys: KeyRing,
        clock: Callable[[], datetime],
        journal: Callable[[Sequence[Erased]], None] = lambda gone: None,
        door: Collection[Role] = frozenset(Role),
    ) -> None:
        self._database = database
        self._keys = keys
        self._clock = clock
        self._journal = journal
        self._door = door

    async def invite(self, by: Person, name: str, team: str = "", role: Role = Role.STAFF) -> Invitation:
        """Somebody new. Raises `Refused`, or `Unfit` where the name is none."""
        insist(by, Action.STAFF)
        person = Person(secrets.token_hex(8), _name(name), clean_text(team).strip()[:LONGEST_NAME], role)

        async def unit(work: Work) -> Invitation:
            await staff.keep(work, self._keys, person, self._clock())
            return await self._invited(work, person)

        return await self._database.run(unit)

    async def invite_again(self, by: Person, staff_id: str) -> Invitation:
        """Another invitation for somebody who is known; an earlier one works no more. Raises `Refused` or `Unfit`."""
        insist(by, Action.STAFF)

        async def unit(work: Work) -> Invitation:
            found = [one.person for one in await staff.every(work, self._keys) if one.person.id == staff_id]
            if not found:
                raise Unfit(f"Er is niemand met kenmerk {staff_id}.")
            return await self._invited(work, found[0])

        return await self._database.run(unit)

    async def remove(self, by: Person, staff_id: str) -> bool:
        """They are signed in nowhere from now on, and no copy brings them back; whether this was the id of somebody.

        Raises `Refused`.
        """
        insist(by, Action.STAFF)

        async def unit(work: Work) -> bool:
            gone = await staff.remove(work, staff_id, self._clock())
            if gone:
                self._journal(gone)
            return bool(gone)

        return await self._database.run(unit)

    async def people(self, by: Person) -> list[Invited]:
        """All who were invited. Raises `Refused`."""
        insist(by, Action.STAFF)
        async with self._database.reading() as work:
            return await staff.every(work, self._keys)

    async def is_open(self, invitation: str) -> bool:
        """Whether this invitation can be used; looking does not use it."""
        if not is_invitation(invitation):
            return False
        async with self._database.reading() as work:
            return await staff.is_invited(work, self._keys, invitation, self._clock())

    async def sign_in(self, invitation: str, secret: str, before: str = "") -> Person | None:
        """Whoever shows `secret` is from now on the one that was invited; None where the invitation works no more.

        `before`: what was shown until now, and is nobody from now on.
        """
        if not is_invitation(invitation):
            return None

        async def unit(work: Work) -> Person | None:
            person = await staff.use(work, self._keys, invitation, self._clock())
            if person and person.role not in self._door:
                raise Refused
            if person:
                await staff.sign_in(work, self._keys, secret, person.id, self._clock() + SESSION)
                await staff.sign_out(work, self._keys, before)
            return person

        try:
            return await self._database.run(unit)
        except Refused:
            return None

    async def sign_out(self, secret: str, once: Once | None = None) -> None:
        """Whoever shows this secret is nobody from now on. What asked for it is remembered: see `has_signed_out`."""

        async def unit(work: Work) -> None:
            await staff.sign_out(work, self._keys, secret)
            if once:
                await turns.seen(work, *once, self._clock())

        await self._database.run(unit)

    async def has_signed_out(self, once: Once) -> bool:
        """Whether this was asked for before, and done."""
        async with self._database.reading() as work:
            return await turns.known(work, *once)

    async def lock(self, secret: str, code: str) -> None:
        """Before whoever shows this secret sees anything, this code must be typed. Raises `Unfit` where it is none."""
        if faults := code_faults(code):
            raise Unfit(*faults)

        async def unit(work: Work) -> None:
            await staff.lock(work, self._keys, secret, code)

        await self._database.run(unit)

    async def unlock(self, secret: str, code: str) -> bool:
        """Whether this was the code; after so many `WRONG_CODES` whoever shows this secret is nobody."""

        async def unit(work: Work) -> bool:
            return await staff.unlock(work, self._keys, secret, code, WRONG_CODES)

        return await self._database.run(unit)

    async def knows(self, secret: str, code: str) -> bool:
        """Whether this is the code that opens what this secret shows; it stays shut, and wrong ones count as ever."""

        async def unit(work: Work) -> bool:
            return await staff.knows(work, self._keys, secret, code, WRONG_CODES)

        return await self._database.run(unit)

    async def is_locked(self, secret: str) -> bool:
        """Whether there is a code that opens what this secret shows, also where its time is over."""
        found = await self.session(secret) if secret else None
        return found is not None and found.locked

    async def expect(self, secret: str, what: str) -> None:
        """This is awaited from now on of whoever shows this secret, also after a restart; "" for nothing."""

        async def unit(work: Work) -> None:
            await staff.expect(work, self._keys, secret, what)

        await self._database.run(unit)

    async def expected(self) -> dict[str, str]:
        """What is awaited of whom: see `mark_of`."""
        async with self._database.reading() as work:
            return await staff.expected(work)

    def mark_of(self, secret: str) -> str:
        """How whoever shows this secret is named where nobody may know it."""
        return staff.session_mark(self._keys, secret)

    @property
    def shared(self) -> bool:
        """Whether another program may have changed what is expected."""
        return self._database.shared

    def of_chat(self, channel: str, chat: str) -> str:
        """The secret of a chat whose channel vouches for who is in it. It needs our keys to show it."""
        return self._keys.mark("staff chat", f"{channel}:{chat}")

    async def session(self, secret: str) -> Session | None:
        """Who shows this secret, also where it is over; None where nobody ever did, or they were removed."""
        async with self._database.reading() as work:
            found = await staff.session(work, self._keys, secret)
        return found if found and found.person.role in self._door else None

    async def who(self, secret: str) -> Person | None:
        """Who shows this secret now; nobody where it is locked."""
        found = await self.session(secret)
        return found.person if found and self.lasts(found) and not found.locked else None

    def lasts(self, session: Session) -> bool:
        """Whether it is not over yet."""
        return self._clock() < session.until

    async def _invited(self, work: Work, person: Person) -> Invitation:
        invitation = Invitation(person, new_secret(), self._clock() + INVITATION)
        await staff.invite(work, self._keys, person.id, invitation.token, invitation.until)
        return invitation


def _name(typed: str) -> str:
    name = " ".join(clean_text(typed).split())
    if not name:
        raise Unfit("Geef een naam, zodat u ziet van wie een uitnodiging is.")
    if len(name) > LONGEST_NAME:
        raise Unfit(f"Deze naam is te lang: hooguit {LONGEST_NAME} tekens.")
    return name
