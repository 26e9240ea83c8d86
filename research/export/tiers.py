"""How much of what was told leaves the house, in four tiers; knows no story."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from research.export.fixed import FIXED, FixedColumn
from research.faults import UsageFault


class Tier(StrEnum):
    """From everything to next to nothing."""

    RAW = "a"
    """All as it was told, for a researcher with a name and a reason."""

    DEIDENTIFIED = "b"
    """The second texts, as somebody reviewed them; weeks instead of days, and what a teller is known by is coarse."""

    TABLES = "c"
    """Numbers only, and no small ones."""

    CARDS = "d"
    """Only stories that may be quoted, in their second texts, with nothing about the teller."""


@dataclass(frozen=True)
class Leaving:
    """What of a story goes out in a tier.

    `fixed` are the columns that every story has. `second_texts`: words as they were reviewed, and no story without.
    `quotable`: only what may stand in a report. `coarse`: nothing by which fewer than so many tellers are known.
    """

    title: str
    fixed: tuple[FixedColumn, ...]
    named: bool = False
    second_texts: bool = False
    quotable: bool = False
    coarse: bool = False


_OF_DAYS_AND_WAYS = {
    *("kanaal", "datum", "taal_kans", "taal_bron", "toestemming_tekst", "toestemming_versie"),
    *("helper", "eigen_team"),
}
"""Left out of what is de-identified: a day, a way in and who sat beside it find a person again, and no question needs
them."""

_OF_CARDS = {"verhaal_id", "vragenset", "versie", "taal"}


def _without(names: set[str]) -> tuple[FixedColumn, ...]:
    return tuple(column for column in FIXED if column.name not in names)


LEAVING = {
    Tier.RAW: Leaving("a: alles zoals het verteld is", FIXED, named=True),
    Tier.DEIDENTIFIED: Leaving(
        "b: nagekeken tekst zonder namen, en grove kenmerken",
        _without(_OF_DAYS_AND_WAYS),
        named=True,
        second_texts=True,
        coarse=True,
    ),
    Tier.TABLES: Leaving("c: alleen tabellen", ()),
    Tier.CARDS: Leaving(
        "d: kaarten met verhalen die geciteerd mogen worden",
        tuple(column for column in FIXED if column.name in _OF_CARDS),
        named=True,
        second_texts=True,
        quotable=True,
    ),
}


WITH_STORIES = frozenset(Tier) - {Tier.TABLES}
"""The tiers in which a story leaves; of tables nothing can be taken out."""


def tier_of(typed: str) -> Tier:
    """The tier that somebody typed, in either case. `UsageFault` where it is none."""
    try:
        return Tier(typed.strip().lower())
    except ValueError:
        raise UsageFault(f"Een uitvoer '{typed}' is er niet. Kies uit: {_told(list(Tier))}.") from None


def _told(tiers: Sequence[Tier]) -> str:
    return "; ".join(LEAVING[tier].title for tier in tiers)
