"""Which numbers of a table that is handed out are shown, and how far from the truth; knows not what they are of.

A table is handed out once and stays with whoever has it, beside others: of the same people by another question, of
nearly the same people a month later, of some of them. Hiding what is small and rounding the rest protects nobody then:
a row that goes from 10 to 15 was 14, and whoever came is in it. So every number is first moved by chance:

1. Two coins are thrown until each shows tails; the heads of one are added to the number, those of the other taken off.
2. What that gives is rounded to a multiple of `STEP`.
3. It is shown if there are at least `LEAST` people, and if what would be shown is more than `LEAST`: so 15 or more.
   The second matters: were 10 shown as soon as there are ten, then who comes as the tenth would be seen to come.
4. A percentage is of the number that is shown of all. Nothing else is said of how many there are.

Chance comes from a secret and from the ids of the stories. So the same stories give the same numbers, whenever and
however often they are asked for, and with a story more or less *every* number is new: nothing stays as it was where
nothing changed.

What is protected (`tests/disclosure/test_suppressing.py` tries it all out):

- *few are never shown*: a number stands there only of `LEAST` people or more.
- *one person more or less makes anything that can be seen at most twice as likely, or half*. So from two tables with a
  story more or withdrawn between them, a reader who thought the chances even gets hardly surer than two to one that
  somebody is in a row, and than four to one in which of two rows.
- *a hidden number cannot be worked out*, from the other rows or from other tables, also by a reader who knows exactly
  how many there are in all: the likeliest small number is so in one of three cases at most.

What is not:

- *about how many are hidden together*, for who knows how many there are in all: that they are few is no secret.
- *many tables of nearly the same people*. Chance is fair, so a mean of fifty exports with a story more each time is
  near the truth, and so is the difference of two such means. Do not hand out more than are needed; once a month is
  often.
- *a row that has nearly all*. Who knows that somebody took part, then knows what they chose.
- *all tables together*. Who knows the answers of somebody to every question, and lays two exports side by side with
  nobody else between, learns a little from each table about whether it was them.
- *a reader who knows beforehand that exactly ten are in a row*. If it is shown after one has left (which happens one
  time in twelve), it was not one of those: a number of nine never would be.
- *whether anybody came or went* between two exports: the second has the same numbers, or others. Who it was and what
  they chose is as above.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

LEAST = 10
"""The smallest group of which a number is shown to whoever gets a table."""

STEP = 5
"""Numbers are multiples of this."""

BITS = 64
"""Coins of each kind that are thrown at most."""

Shown: TypeAlias = int | None
"""What stands in a table; None for none, or too few."""


@dataclass(frozen=True)
class Chance:
    """Where chance comes from; `seed` is known to nobody who has only the tables."""

    seed: bytes

    @classmethod
    def of(cls, secrets: Iterable[str]) -> "Chance":
        """From what only those who have the stories know, in any order."""
        digest = hashlib.sha256()
        for secret in sorted(secrets):
            digest.update(b"\0" + secret.encode())
        return cls(digest.digest())

    def noise(self, *names: str) -> int:
        """By how much the number of this name is moved: mostly by 0, 1 or 2, evenly up and down."""
        thrown = hashlib.sha256(b"\0".join((self.seed, *(name.encode() for name in names)))).digest()
        size = BITS // 8
        return _heads(thrown[:size]) - _heads(thrown[size : 2 * size])


@dataclass(frozen=True)
class Row:
    """One line of a table, and what is shown of it."""

    name: str
    people: Shown

    def percent(self, everybody: Shown) -> Shown:
        """The part of everybody, by the number that is shown of them; chance may have made that the smaller one."""
        if self.people is None or everybody is None:
            return None
        return min(100, round(100 * self.people / everybody))


def suppressed(table: str, counts: Mapping[str, int], chance: Chance) -> tuple[Row, ...]:
    """What may be seen of a table: `counts` says how many people are in each row. Names differ within an export."""
    return tuple(Row(name, shown(number, chance.noise(table, name))) for name, number in counts.items())


def shown(people: int, noise: int) -> Shown:
    """What is shown of so many people, by chance."""
    near = STEP * ((people + noise + STEP // 2) // STEP)
    return near if people >= LEAST and near > LEAST else None


def _heads(thrown: bytes) -> int:
    """How many come before the first tails."""
    coins = int.from_bytes(thrown)
    return (~coins & (coins + 1)).bit_length() - 1
