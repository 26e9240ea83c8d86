"""The areas of the city that a link may be for, each within a district; knows no link and no file."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dialogs.checks.tables import Table
from dialogs.faults import Fault, Refusal

_ID = re.compile(r"[a-z][a-z0-9_]{0,15}")


@dataclass(frozen=True)
class Area:
    """A part of a district. `district` is an option of the question that a link may answer."""

    id: str
    district: str
    label: str


@dataclass(frozen=True)
class Areas:
    """All of them, in the order in which they are shown."""

    every: tuple[Area, ...] = ()

    def one(self, area_id: str) -> Area | None:
        """The area with this id."""
        return next((area for area in self.every if area.id == area_id), None)

    def within(self, district: str) -> tuple[Area, ...]:
        """The parts of a district that can be chosen; none where it has no more than one, which is all of it."""
        found = tuple(area for area in self.every if area.district == district)
        return found if len(found) > 1 else ()


def areas_of(table: Table) -> Areas | Refusal:
    """The areas of a file, or everything that is wrong with it."""
    faults = (*_misfits(table), *_twice(table))
    return faults or Areas(tuple(_areas(table)))


def _areas(table: Table) -> Iterator[Area]:
    for district in table.values:
        part = table.table(district)
        for area_id in part.values if part else ():
            yield Area(area_id, district, part.word(area_id) if part else "")


def _misfits(table: Table) -> Iterator[Fault]:
    for district, part in table.values.items():
        if not isinstance(part, dict):
            yield table.fault(district, "Hier hoort een tabel met gebieden.")
            continue
        for area_id, label in part.items():
            if not _ID.fullmatch(area_id):
                yield table.fault(
                    f"{district}.{area_id}", "Gebruik hooguit 16 kleine letters, cijfers en streepjes (_)."
                )
            if not isinstance(label, str) or not label.strip():
                yield table.fault(f"{district}.{area_id}", "Schrijf hier hoe het gebied heet.")


def _twice(table: Table) -> Iterator[Fault]:
    """Ids that are not of one area alone: an area may not be called as a district either."""
    seen = set(table.values)
    for district, part in table.values.items():
        for area_id in part if isinstance(part, dict) else ():
            if area_id in seen:
                yield table.fault(f"{district}.{area_id}", "Dit woord is al van een ander gebied of stadsdeel.")
            seen.add(area_id)
