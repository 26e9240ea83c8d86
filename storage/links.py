"""Links as staff made them, and visits, which are links for one helper; knows nobody who uses one.

What a link is for a conversation is `dialogs.links.Link`. The name of its place was typed by somebody, so it is
encrypted.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from dialogs.daytime import date_of
from dialogs.interview import Visit
from dialogs.links import Link
from storage.database import Row, Work
from storage.rows import flag, instant, moment, number, text
from storage.secrets import KeyRing

_KEEP = """
INSERT INTO links (code, question_set, district, place, helped, test, from_day, until_day, paused, made_by, made_at,
    visit_of, helper, own_team, told, area)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
ON CONFLICT (code) DO NOTHING
"""
_FIND = """
SELECT code, question_set, district, place, helped, test, from_day, until_day, paused, made_by, made_at, visit_of,
    helper, own_team, told, area
FROM links WHERE code = $1
"""
_EVERY = """
SELECT code, question_set, district, place, helped, test, from_day, until_day, paused, made_by, made_at, visit_of,
    helper, own_team, told, area
FROM links WHERE visit_of = '' ORDER BY made_at, code
"""
_HELPS = "SELECT staff_id FROM staff WHERE staff_id = $1"
_PAUSE = "UPDATE links SET paused = $2 WHERE code = $1 AND paused <> $2"
_END = "UPDATE links SET until_day = $2 WHERE code = $1 AND (until_day = '' OR until_day > $2)"
_RENAME = "UPDATE links SET place = $2 WHERE code = $1"
_TOLD = "UPDATE links SET told = told + 1 WHERE code = $1"
_FORGET_VISITS = "DELETE FROM links WHERE visit_of <> '' AND until_day < $1"

VISIT = timedelta(hours=12)
"""A working day, also over midnight: so long a visit goes on that nobody stops."""

FINISHING = timedelta(hours=1)
"""So long whoever is telling when a visit is out of time may go on, and nobody new comes."""


class Pause(StrEnum):
    """Why a link stands still; `NONE` where it does not."""

    NONE = ""
    HAND = "hand"
    BURST = "burst"


@dataclass(frozen=True, kw_only=True)
class Made:
    """A link as it was made. It works from `from_day` up to and with `until_day`, days in Amsterdam; None: no bound.

    `place` is its name, "" for none; `district` an option of the question that a link may answer, and `area` the part
    of it where the place is, "" for none. `made_by` is the id of whoever made it, "" for an operator. `visit`: the role
    of a helper, for a link that is a visit to `visit_of`, during which so many stories were `told`.
    """

    code: str
    question_set: str
    made_at: datetime
    place: str = ""
    district: str = ""
    area: str = ""
    helped: bool = False
    test: bool = False
    from_day: date | None = None
    until_day: date | None = None
    paused: Pause = Pause.NONE
    made_by: str = ""
    visit_of: str = ""
    visit: Visit | None = None
    told: int = 0

    def works_on(self, day: date) -> bool:
        """Whether somebody who comes by it on this day tells for it. Of a visit more is asked: see `works`."""
        return self._is_of(day) and not self.paused

    def carries_on(self, day: date) -> bool:
        """Whether visits to this place go on: too many who came by its link at once stop no helper."""
        return self._is_of(day) and self.paused is not Pause.HAND

    def is_over_on(self, day: date) -> bool:
        """Whether its last day was before this day."""
        return self.until_day is not None and self.until_day < day

    def _is_of(self, day: date) -> bool:
        begun = self.from_day is None or self.from_day <= day
        return begun and not self.is_over_on(day)


async def keep(work: Work, keys: KeyRing, link: Made) -> bool:
    """Keeps a link; False, and nothing is kept, where its code is of another already."""
    visit = link.visit or Visit("")
    row = (
        link.code,
        link.question_set,
        link.district,
        _sealed(keys, link.place),
        int(link.helped),
        int(link.test),
        _written(link.from_day),
        _written(link.until_day),
        link.paused.value,
        link.made_by,
        moment(link.made_at),
        link.visit_of,
        visit.helper,
        None if visit.own_team is None else int(visit.own_team),
        link.told,
        link.area,
    )
    return await work.execute(_KEEP, *row) == 1


async def known(work: Work, codes: Iterable[str], at: datetime) -> Mapping[str, Link]:
    """What these codes stand for at a time, for those that lead somewhere; the name of a place is not opened."""
    found = {code: await work.fetch(_FIND, code) for code in sorted(set(codes))}
    made = {code: _made(None, rows[0]) for code, rows in found.items() if rows}
    return {code: _spoken(link, works=await works(work, link, at)) for code, link in made.items()}


async def works(work: Work, link: Made, at: datetime) -> bool:
    """Whether somebody who comes by a link at this time tells for it.

    A visit goes on as long as its place carries it and its helper is one of the staff.
    """
    is_of_today = link.works_on(date_of(at))
    if not (link.visit_of and is_of_today):
        return is_of_today
    return at < link.made_at + VISIT and await _is_carried(work, link, at)


async def is_finishing(work: Work, link: Made, at: datetime) -> bool:
    """Whether a visit is out of time, and nothing else ended it: then whoever is telling may finish."""
    out = link.made_at + VISIT
    is_late = bool(link.visit_of) and out <= at < out + FINISHING
    return is_late and link.works_on(date_of(out)) and await _is_carried(work, link, at)


async def _is_carried(work: Work, visit: Made, at: datetime) -> bool:
    place = await work.fetch(_FIND, visit.visit_of)
    is_carried = bool(place) and _made(None, place[0]).carries_on(date_of(at))
    return is_carried and bool(await work.fetch(_HELPS, visit.made_by))


async def one(work: Work, keys: KeyRing, code: str) -> Made | None:
    """The link with this code."""
    found = await work.fetch(_FIND, code)
    return _made(keys, found[0]) if found else None


async def every(work: Work, keys: KeyRing) -> list[Made]:
    """All links of places, the oldest first."""
    return [_made(keys, row) for row in await work.fetch(_EVERY)]


async def pause(work: Work, code: str, why: Pause) -> bool:
    """Lets a link stand still, or go on (`Pause.NONE`); whether that changes anything."""
    return await work.execute(_PAUSE, code, why.value) == 1


async def rename(work: Work, keys: KeyRing, code: str, place: str) -> bool:
    """Its place is called so from now on, with all that was told by it; whether there is such a link."""
    return await work.execute(_RENAME, code, _sealed(keys, place)) == 1


async def end(work: Work, code: str, today: date) -> bool:
    """From today on it works no more; whether that changes anything. Of what was over its last day stays."""
    return await work.execute(_END, code, (today - timedelta(days=1)).isoformat()) == 1


async def count_told(work: Work, code: str) -> None:
    """One more story was sent during a visit."""
    await work.execute(_TOLD, code)


async def forget_visits(work: Work, before: date) -> int:
    """Takes away the visits that were over before this day; how many. Links of places stay: stories are of them."""
    return await work.execute(_FORGET_VISITS, before.isoformat())


def _spoken(link: Made, *, works: bool) -> Link:
    return Link(
        code=link.code,
        place=link.visit_of or link.code,
        question_set=link.question_set,
        district=link.district,
        helped=link.helped,
        test=link.test,
        works=works,
        visit=link.visit,
    )


def _made(keys: KeyRing | None, row: Row) -> Made:
    sealed, visit_of = text(row, "place"), text(row, "visit_of")
    own_team = None if row["own_team"] is None else flag(row, "own_team")
    return Made(
        code=text(row, "code"),
        question_set=text(row, "question_set"),
        made_at=instant(row, "made_at"),
        place=keys.decrypt(sealed) if keys and sealed else "",
        district=text(row, "district"),
        area=text(row, "area"),
        helped=flag(row, "helped"),
        test=flag(row, "test"),
        from_day=_day(row, "from_day"),
        until_day=_day(row, "until_day"),
        paused=Pause(text(row, "paused")),
        made_by=text(row, "made_by"),
        visit_of=visit_of,
        visit=Visit(text(row, "code"), text(row, "helper"), own_team) if visit_of else None,
        told=number(row, "told"),
    )


def _sealed(keys: KeyRing, place: str) -> str:
    return keys.encrypt(place) if place else ""


def _written(day: date | None) -> str:
    return day.isoformat() if day else ""


def _day(row: Row, column: str) -> date | None:
    written = text(row, column)
    return date.fromisoformat(written) if written else None
