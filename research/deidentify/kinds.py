"""What may lead to a person, and what stands in its place; knows no rule that finds it."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a piece of a text is. The value is what stands in its place, without the signs around it."""

    NAME = "NAAM"
    STREET = "STRAAT"
    POSTCODE = "POSTCODE"
    SCHOOL = "SCHOOL"
    SHELTER = "OPVANG"
    BSN = "BSN"
    IBAN = "REKENING"
    PHONE = "TELEFOON"
    EMAIL = "E-MAIL"
    HANDLE = "ACCOUNT"
    LINK = "WEBADRES"
    PLATE = "KENTEKEN"
    CASE = "DOSSIERNUMMER"
    NUMBER = "NUMMER"
    DATE = "DATUM"
    AGE = "LEEFTIJD"
    OTHER = "WEGGELATEN"


COUNTED = frozenset({Kind.NAME})
"""Kinds with a number behind them, so that one can read who is who: [NAAM-1], [NAAM-2]."""


@dataclass(frozen=True)
class Finding:
    """A piece of a text from `start` up to `end` (in code points), what it is, and which rule found it."""

    start: int
    end: int
    kind: Kind
    rule: str
