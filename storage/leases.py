"""Who does what only one program may do at a time; knows not what that is.

A lease holds until a time, so that a program that was killed holds nothing up for long. The time is that of whoever
asks: machines that share a database keep the same time, or a lease is taken early. One that would hold for far longer
than anybody asks for was taken by a clock that was wrong, and holds nothing.
"""

from datetime import datetime, timedelta

from storage.database import Work
from storage.rows import moment, text

SLACK = timedelta(minutes=1)
"""How much clocks that are right differ at most."""

_TAKE = """
INSERT INTO leases (name, holder, held_until) VALUES ($1, $2, $3)
ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, held_until = excluded.held_until
WHERE leases.holder = excluded.holder OR leases.held_until < $4 OR leases.held_until > $5
"""
_HELD_UNTIL = "SELECT held_until FROM leases WHERE name = $1"
_GIVE_BACK = "DELETE FROM leases WHERE name = $1 AND holder = $2"


async def take(work: Work, name: str, holder: str, now: datetime, until: datetime) -> bool:
    """Whether the lease is the holder's until then, anew or still; it is not while another holds it."""
    return await work.execute(_TAKE, name, holder, moment(until), moment(now), moment(until + SLACK)) == 1


async def held_until(work: Work, name: str) -> datetime | None:
    """Until when the lease is somebody's if nothing more is heard; None where it is nobody's."""
    found = await work.fetch(_HELD_UNTIL, name)
    return datetime.fromisoformat(text(found[0], "held_until")) if found else None


async def give_back(work: Work, name: str, holder: str) -> None:
    """Lets another have it at once, if it is the holder's."""
    await work.execute(_GIVE_BACK, name, holder)
