"""Who may do what: one table for every face; opens no database and knows no face."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from storage.staff import Person, Role


class Action(StrEnum):
    """What can be asked for."""

    SEE_LINKS = "links bekijken"
    MAKE_LINK = "link maken"
    CHANGE_LINK = "link hernoemen, stilzetten of weer aanzetten"
    VISIT = "bezoek"
    PRINT = "papier afdrukken"
    TYPE_IN = "papier overtypen"
    NUMBERS = "cijfers"
    STAFF = "medewerkers uitnodigen en weghalen"
    REVIEW = "verhalen nakijken"
    EXPORT_RAW = "uitvoer van verhalen zoals ze verteld zijn"
    EXPORT_DEIDENTIFIED = "uitvoer van nagekeken verhalen"
    EXPORT_TABLES = "uitvoer van tabellen"
    EXPORT_CARDS = "uitvoer van kaarten"
    AUDIT = "lijst van wat er is uitgegeven en nagekeken"


EXPORTS = frozenset({Action.EXPORT_RAW, Action.EXPORT_DEIDENTIFIED, Action.EXPORT_TABLES, Action.EXPORT_CARDS})
_OF_RESEARCHERS = EXPORTS | {Action.REVIEW, Action.AUDIT}
_OF_STAFF = frozenset(Action) - _OF_RESEARCHERS - {Action.STAFF}

ALLOWED: Mapping[Role, frozenset[Action]] = MappingProxyType(
    {
        Role.STAFF: _OF_STAFF,
        Role.RESEARCHER: _OF_RESEARCHERS | {Action.NUMBERS},
        # An operator has no tablet and sits beside nobody. What whoever has the machine does with stories goes by the
        # commands for researchers, which ask nobody.
        Role.OPERATOR: frozenset(Action) - _OF_RESEARCHERS - {Action.VISIT, Action.TYPE_IN},
    }
)

OPERATOR = Person("", "", "", Role.OPERATOR)
"""Whoever has the machine needs no invitation."""


class Refused(Exception):
    """This person may not do this; a face answers as if it did not know the command."""


def may(person: Person | None, action: Action) -> bool:
    """Whether somebody may do this; nobody (None) may do nothing."""
    return person is not None and action in ALLOWED[person.role]


def insist(person: Person | None, action: Action) -> Person:
    """The person, if they may do this. Raises `Refused`."""
    if person is None or not may(person, action):
        raise Refused(action.value)
    return person
