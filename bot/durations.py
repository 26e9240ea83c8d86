"""A span of time in Dutch words, as residents read it: "2 jaar", "anderhalf jaar", "18 maanden"; knows no clock."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import datetime, timedelta

_NUMBERS = ("een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf")
_AMOUNTS = {**{name: number for number, name in enumerate(_NUMBERS, 1)}, "één": 1}
_MONTHS = {"jaar": 12, "jaren": 12, "maand": 1, "maanden": 1}
_DAYS = {"week": 7, "weken": 7, "dag": 1, "dagen": 1}
_HALVES = {"half jaar": 6, "een half jaar": 6, "anderhalf jaar": 18}
_PART = re.compile(r"(\d{1,4}|[a-zé]+) ([a-z]+)")

MONTHS_IN_YEAR = 12
LONGEST = 100 * MONTHS_IN_YEAR


@dataclass(frozen=True)
class Span:
    """So many months of the calendar, and so many days on top."""

    months: int = 0
    days: int = 0

    def before(self, at: datetime) -> datetime:
        """The moment that is so long before `at`; the last day of a month where that has no such day."""
        counted = at.year * MONTHS_IN_YEAR + at.month - 1 - self.months
        year, month = divmod(counted, MONTHS_IN_YEAR)
        day = min(at.day, monthrange(year, month + 1)[1])
        return at.replace(year=year, month=month + 1, day=day) - timedelta(days=self.days)


def span_of(words: str) -> Span | None:
    """What these words say, as in "2 jaar en 6 maanden"; None where they say nothing of the kind."""
    parts = [_part(part) for part in " ".join(words.lower().split()).split(" en ")]
    months = sum(part.months for part in parts if part)
    days = sum(part.days for part in parts if part)
    if None in parts or not 0 < months * 30 + days <= LONGEST * 30:
        return None
    return Span(months, days)


def _part(words: str) -> Span | None:
    if words in _HALVES:
        return Span(months=_HALVES[words])
    match = _PART.fullmatch(words)
    amount = (int(match[1]) if match[1].isdigit() else _AMOUNTS.get(match[1])) if match else None
    if not match or amount is None:
        return None
    if match[2] in _MONTHS:
        return Span(months=amount * _MONTHS[match[2]])
    return Span(days=amount * _DAYS[match[2]]) if match[2] in _DAYS else None
