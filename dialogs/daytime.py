"""When somebody may be written to unasked: by day in Amsterdam. Knows the zone, and no clock."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")

FROM, UNTIL = time(10), time(19)
"""Hours in which a phone that lights up is seen by its owner; from the texts of the study (HER.1)."""

LATEST = time(18)
"""Where a message has to come on a day itself, not the next: an hour before the day is over."""


def is_day(at: datetime) -> bool:
    """Whether it is day at this moment."""
    return FROM <= at.astimezone(AMSTERDAM).time() < UNTIL


def next_day(at: datetime) -> datetime:
    """This moment if it is day, else the next morning."""
    if is_day(at):
        return at
    local = at.astimezone(AMSTERDAM)
    date = local.date() + timedelta(days=local.time() >= UNTIL)
    return datetime.combine(date, FROM, AMSTERDAM).astimezone(at.tzinfo)


def same_day(at: datetime) -> datetime:
    """This moment if it is day, else the nearest moment of the same date that is."""
    if is_day(at):
        return at
    local = at.astimezone(AMSTERDAM)
    hour = FROM if local.time() < FROM else LATEST
    return datetime.combine(local.date(), hour, AMSTERDAM).astimezone(at.tzinfo)
