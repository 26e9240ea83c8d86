"""When somebody may be written to unasked: by day in Amsterdam. Knows the zone, and no clock."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")

FROM, UNTIL = time(10), time(19)
"""Hours in which a phone that lights up is seen by its owner; from the texts of the study (HER.1)."""

LATEST = time(18)
"""Where a message has to come on a day itself, not the next: an hour before the day is over."""


def is_day(at: datetime) -> bool:
    """Whether it is day at this moment."""
    return FROM <= at.astimezone(AMSTERDAM).time() < UNTIL


def date_of(at: datetime) -> date:
    """The date of this moment."""
    return at.astimezone(AMSTERDAM).date()


def day_before(at: datetime) -> datetime:
    """The same hour on the date before, which is not 24 hours before where the clocks are changed."""
    return (at.astimezone(AMSTERDAM) - timedelta(days=1)).astimezone(at.tzinfo)


def next_day(at: datetime) -> datetime:
    """This moment if it is day, else the next morning."""
    if is_day(at):
        return at
    local = at.astimezone(AMSTERDAM)
    morning = local.date() + timedelta(days=local.time() >= UNTIL)
    return datetime.combine(morning, FROM, AMSTERDAM).astimezone(at.tzinfo)


def same_day(at: datetime) -> datetime:
    """This moment if it is day, else the nearest moment of the same date that is."""
    if is_day(at):
        return at
    local = at.astimezone(AMSTERDAM)
    hour = FROM if local.time() < FROM else LATEST
    return datetime.combine(local.date(), hour, AMSTERDAM).astimezone(at.tzinfo)
