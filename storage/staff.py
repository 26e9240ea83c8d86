"""Staff and researchers: who was invited and who is signed in; knows no link and no rule of what each may do.

An invitation and a session are secrets that their holder has; what is kept is a keyed hash. Names are encrypted.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from storage import erased
from storage.database import Row, Work
from storage.erased import Erased, Kind
from storage.faults import StorageFault
from storage.rows import instant, moment, number, text
from storage.secrets import KeyRing

_KEEP = """
INSERT INTO staff (staff_id, name, team, role, invite_mark, invite_until, made_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
"""
_INVITE = "UPDATE staff SET invite_mark = $2, invite_until = $3 WHERE staff_id = $1"
_INVITED = "SELECT staff_id, name, team, role FROM staff WHERE invite_mark = $1 AND invite_until > $2"
_USE = "UPDATE staff SET invite_mark = '', invite_until = '' WHERE invite_mark = $1 AND invite_until > $2"
_ONE = "SELECT staff_id FROM staff WHERE staff_id = $1"
_EVERY = "SELECT staff_id, name, team, role, invite_until, made_at FROM staff ORDER BY made_at, staff_id"
_SIGN_IN = """
INSERT INTO staff_sessions (session_mark, staff_id, until, lock_mark, wrong) VALUES ($1, $2, $3, '', 0)
ON CONFLICT (session_mark) DO UPDATE
SET staff_id = excluded.staff_id, until = excluded.until, lock_mark = '', wrong = 0, awaiting = ''
"""
_LOCK = "UPDATE staff_sessions SET lock_mark = $2, wrong = 0 WHERE session_mark = $1"
_TRY = "UPDATE staff_sessions SET wrong = wrong + 1 WHERE session_mark = $1 AND lock_mark <> ''"
_UNLOCK = (
    "UPDATE staff_sessions SET lock_mark = '', wrong = 0 WHERE session_mark = $1 AND lock_mark = $2 AND wrong <= $3"
)
_KNOW = "UPDATE staff_sessions SET wrong = 0 WHERE session_mark = $1 AND lock_mark = $2 AND wrong <= $3"
_WRONG = "SELECT wrong FROM staff_sessions WHERE session_mark = $1"
_SIGN_OUT = "DELETE FROM staff_sessions WHERE session_mark = $1"
_WHO = """
SELECT p.staff_id, p.name, p.team, p.role, s.until, s.lock_mark
FROM staff_sessions s JOIN staff p ON p.staff_id = s.staff_id
WHERE s.session_mark = $1
"""
_AWAIT = "UPDATE staff_sessions SET awaiting = $2 WHERE session_mark = $1 AND awaiting <> $2"
_AWAITED = "SELECT session_mark, awaiting FROM staff_sessions WHERE awaiting <> ''"
_FORGET_SESSIONS = "DELETE FROM staff_sessions WHERE until < $1"
_FORGET_INVITES = "UPDATE staff SET invite_mark = '', invite_until = '' WHERE invite_until <> '' AND invite_until < $1"


class Role(StrEnum):
    """What somebody is here for. An operator has the machine, and stands in no table."""

    STAFF = "medewerker"
    RESEARCHER = "onderzoeker"
    OPERATOR = "beheerder"


@dataclass(frozen=True)
class Person:
    """Somebody who was invited. `id` is random, `team` the name of a team or of an organisation."""

    id: str
    name: str
    team: str
    role: Role


@dataclass(frozen=True)
class Invited:
    """Somebody as an operator sees them. `invite_until`: when an invitation that was not used yet runs out, or None."""

    person: Person
    made_at: datetime
    invite_until: datetime | None


@dataclass(frozen=True)
class Session:
    """Who is, or was, signed in somewhere, and until when. `locked`: somebody else has that device in hand."""

    person: Person
    until: datetime
    locked: bool = False


async def keep(work: Work, keys: KeyRing, person: Person, at: datetime) -> None:
    """Somebody new, with an id that nobody has; see `invite`."""
    sealed = (keys.encrypt(person.name), keys.encrypt(person.team) if person.team else "")
    await work.execute(_KEEP, person.id, *sealed, person.role.value, "", "", moment(at))


async def invite(work: Work, keys: KeyRing, staff_id: str, invitation: str, until: datetime) -> bool:
    """From now on this invitation signs them in, once, and no earlier one does; whether the id is of somebody."""
    return await work.execute(_INVITE, staff_id, _invite_mark(keys, invitation), moment(until)) == 1


async def use(work: Work, keys: KeyRing, invitation: str, at: datetime) -> Person | None:
    """Whom an invitation is for, once: from now on it is used. None where it is of nobody, used, or too old."""
    mark = _invite_mark(keys, invitation)
    found = await work.fetch(_INVITED, mark, moment(at))
    if not found or not await work.execute(_USE, mark, moment(at)):
        return None
    return _person(keys, found[0])


async def is_invited(work: Work, keys: KeyRing, invitation: str, at: datetime) -> bool:
    """Whether this invitation can still be used."""
    return bool(await work.fetch(_INVITED, _invite_mark(keys, invitation), moment(at)))


async def sign_in(work: Work, keys: KeyRing, secret: str, staff_id: str, until: datetime) -> None:
    """Whoever shows this secret is this person, until then."""
    await work.execute(_SIGN_IN, session_mark(keys, secret), staff_id, moment(until))


async def sign_out(work: Work, keys: KeyRing, secret: str) -> None:
    """Whoever shows this secret is nobody from now on."""
    await work.execute(_SIGN_OUT, session_mark(keys, secret))


async def session(work: Work, keys: KeyRing, secret: str) -> Session | None:
    """Who shows this secret, also where that was only until a while ago; None where nobody ever was, or was removed."""
    found = await work.fetch(_WHO, session_mark(keys, secret))
    if not found:
        return None
    return Session(_person(keys, found[0]), instant(found[0], "until"), bool(text(found[0], "lock_mark")))


async def expect(work: Work, keys: KeyRing, secret: str, what: str) -> None:
    """This is awaited from now on of whoever shows this secret; "" for nothing."""
    await work.execute(_AWAIT, session_mark(keys, secret), what)


async def expected(work: Work) -> dict[str, str]:
    """What is awaited of whom, by the mark of their secret."""
    return {text(row, "session_mark"): text(row, "awaiting") for row in await work.fetch(_AWAITED)}


async def lock(work: Work, keys: KeyRing, secret: str, code: str) -> bool:
    """Whoever shows this secret sees nothing before this code was typed; whether anybody is signed in with it."""
    return await work.execute(_LOCK, session_mark(keys, secret), _lock_mark(keys, secret, code)) == 1


async def unlock(work: Work, keys: KeyRing, secret: str, code: str, most: int) -> bool:
    """Whether this was the code. It counts before it is looked at, so that many at once are no more than `most`.

    After so many that were wrong whoever shows this secret is nobody.
    """
    return await _tried(work, keys, secret, code, most, _UNLOCK)


async def knows(work: Work, keys: KeyRing, secret: str, code: str, most: int) -> bool:
    """The same, but it stays locked: whoever knows the code may go on where no page for staff is."""
    return await _tried(work, keys, secret, code, most, _KNOW)


async def _tried(work: Work, keys: KeyRing, secret: str, code: str, most: int, statement: str) -> bool:
    mark = session_mark(keys, secret)
    await work.execute(_TRY, mark)
    if await work.execute(statement, mark, _lock_mark(keys, secret, code), most):
        return True
    found = await work.fetch(_WRONG, mark)
    if found and number(found[0], "wrong") >= most:
        await work.execute(_SIGN_OUT, mark)
    return False


async def every(work: Work, keys: KeyRing) -> list[Invited]:
    """All who were invited and not removed, the first invited first."""
    return [_invited(keys, row) for row in await work.fetch(_EVERY)]


async def remove(work: Work, staff_id: str, at: datetime) -> list[Erased]:
    """They are signed in nowhere any more, and nothing is kept of them but that they went, so that no copy brings them
    back; nobody, where there was nobody with this id."""
    if not await work.fetch(_ONE, staff_id):
        return []
    gone = [Erased(Kind.STAFF, staff_id, erased.day(at))]
    await erased.erase(work, gone)
    return gone


async def forget(work: Work, before: datetime, now: datetime) -> None:
    """Takes away the sessions that ended before this time, and invitations that nobody can use any more."""
    await work.execute(_FORGET_SESSIONS, moment(before))
    await work.execute(_FORGET_INVITES, moment(now))


def _invited(keys: KeyRing, row: Row) -> Invited:
    waits = bool(text(row, "invite_until"))
    return Invited(_person(keys, row), instant(row, "made_at"), instant(row, "invite_until") if waits else None)


def _person(keys: KeyRing, row: Row) -> Person:
    team = text(row, "team")
    try:
        role = Role(text(row, "role"))
    except ValueError:
        raise StorageFault("In de kolom role staat iets wat er niet hoort.") from None
    return Person(text(row, "staff_id"), keys.decrypt(text(row, "name")), keys.decrypt(team) if team else "", role)


def _invite_mark(keys: KeyRing, invitation: str) -> str:
    return keys.mark("invitation", invitation)


def _lock_mark(keys: KeyRing, secret: str, code: str) -> str:
    return keys.mark("lock", f"{secret} {code}")


def session_mark(keys: KeyRing, secret: str) -> str:
    """The mark by which a session is kept: nobody works the secret out of it."""
    return keys.mark("session", secret)
