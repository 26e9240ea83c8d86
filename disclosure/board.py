"""The coverage board: how many sent and how many stopped, by area, place, week and mode; never a word, never a person.

It is as of the end of a day. What is on it was added in groups (`releasing.py`, which says what that protects against),
so a count is never small, nor what it grew by. What is counted is who is *done*: who is busy would be one more part,
that shrinks as others grow, and then a difference of two days can be anything.

- *sent*: of all together, by area and mode, and by place.
- *stopped*: the same, and before or after the story was told, by area, mode and week; and of all together by question.
- *began*: both together, where both are known.
- *by week*: how many were added to the board in that week. Counted by the day somebody came, whoever had to wait would
  wait for ever: their week never has enough again. It says nothing that was not to be seen on the days themselves.
- *withdrawn, came by a link*: of all together only, each by itself.
- *medians*: in whole minutes, of at least as many times as the threshold; they change only when the number beside them
  does. A mean would give sums, which can be subtracted.

A number can be more than the rows below it: of some it may be said that they sent or stopped, and not yet where.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias

THRESHOLD = 5
"""The smallest group that is shown to staff."""

Count: TypeAlias = int | None
"""How many; None for none, or too few."""

Place: TypeAlias = tuple[str, str]
"""The area and the name."""


class Mode(StrEnum):
    """How it was told."""

    SELF = "self"
    HELPED = "helped"
    PAPER = "paper"


class Part(StrEnum):
    """How far somebody was who stopped."""

    STORY = "story"
    """At the story, or before it."""

    AFTER = "after"
    """The story was told, and they were asked something about it."""


class Kind(StrEnum):
    """What is counted, under the place and mode of the story and the day on which it *happened*."""

    SENT = "sent"
    """It became a story; also one that was withdrawn since."""

    STOPPED = "stopped"
    """It ended without being sent; `detail` is the question, and `part` where in the conversation that is."""

    MINUTES = "minutes"
    """It was sent; `detail` is in how many whole minutes."""

    WITHDRAWN = "withdrawn"
    """It was sent and withdrawn."""

    OPENED = "opened"
    """Somebody came by a link that works."""

    STALE = "stale"
    """Somebody came by a link that does not work now."""

    STRANGE = "strange"
    """Somebody came by a code that leads nowhere."""


@dataclass(frozen=True, slots=True)
class Counted:
    """How often something happened somewhere on a day, in one mode ("" where nobody tells).

    Give an amount of 0 for each place that has a link: a place that is on the board only after somebody came there says
    by being there that somebody waits. An empty area or place is that of who came without a link.
    """

    area: str
    place: str
    day: date
    mode: str
    kind: Kind
    detail: str = ""
    amount: int = 1
    part: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table. `minutes` is a median, where there is one; only an area has `places`.

    `story` and `after`: how many of `unsent` stopped in each part of the conversation, as far as that can be said. Of a
    place it is not; for a week it says how many were added there.
    """

    name: str
    started: Count
    sent: Count
    unsent: Count
    minutes: int | None = None
    places: tuple["Row", ...] = ()
    story: Count = None
    after: Count = None


@dataclass(frozen=True, slots=True)
class Stop:
    """How many stopped at a question."""

    question: str
    amount: int


@dataclass(frozen=True, slots=True)
class Board:
    """All that may be seen. Areas and places by name, weeks in order without gaps, the most stopped at first.

    `until`: the last day that is in it. `total` has no name. `opened`, `stale` and `strange`: how many came by codes.
    """

    threshold: int
    until: date
    total: Row
    areas: tuple[Row, ...]
    weeks: tuple[Row, ...]
    modes: tuple[Row, ...]
    stopped: tuple[Stop, ...]
    withdrawn: Count
    opened: Count
    stale: Count
    strange: Count
