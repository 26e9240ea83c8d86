"""Which copies there are and which of them stay: one for each of the last hours and days; opens none of them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

HOURS = 24
DAYS = 7
ALWAYS = 3
"""So many stay whatever their age: the clock that says how old they are may be wrong."""

_NAME = re.compile(r"vertelbot-(\d{8}T\d{6})Z\.kopie")
_TIME = "%Y%m%dT%H%M%S"


@dataclass(frozen=True, order=True)
class Copy:
    """A copy in a folder; its name says when it was taken."""

    taken_at: datetime
    path: Path


def name(taken_at: datetime) -> str:
    """The name of the file of a copy that is taken now, in UTC."""
    return f"vertelbot-{taken_at.astimezone(UTC).strftime(_TIME)}Z.kopie"


def copy_at(path: Path) -> Copy | None:
    """The copy in this file, going by its name; None where it is not named as one."""
    match = _NAME.fullmatch(path.name)
    return Copy(datetime.strptime(match[1], _TIME).replace(tzinfo=UTC), path) if match else None


def copies(folder: Path) -> list[Copy]:
    """The copies in a folder, the newest first; none where there is no such folder."""
    if not folder.is_dir():
        return []
    return sorted((found for path in folder.iterdir() if (found := copy_at(path))), reverse=True)


def staying(times: Iterable[datetime], now: datetime) -> set[datetime]:
    """Which of these stay: the newest of each of the last hours and of each of the last days, and the newest of all.

    What is of later than now (a clock was put back) counts as the newest of all and of no hour: only one of those
    stays, and what is made now does as well. Where that leaves fewer than three, the newest of the others stay too.
    """
    ordered = sorted(times)
    past = [time for time in ordered if time <= now]
    hours = {hour_of(time): time for time in past if (hour_of(now) - hour_of(time)) // timedelta(hours=1) < HOURS}
    days = {_day(time): time for time in past if (_day(now) - _day(time)).days < DAYS}
    kept = {*hours.values(), *days.values(), *ordered[-1:]}
    others = [time for time in past if time not in kept]
    return kept.union(others[::-1][: max(ALWAYS - len(kept), 0)])


def hour_of(time: datetime) -> datetime:
    """The hour of which one copy stays, in UTC."""
    return time.astimezone(UTC).replace(minute=0, second=0, microsecond=0)


def _day(time: datetime) -> date:
    return time.astimezone(UTC).date()
