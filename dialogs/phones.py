"""The numbers of help that the texts name: what they are and when each was checked; knows no clock and no file."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from dialogs.checks.relied_on import PHONE_NUMBERS
from dialogs.checks.tables import Table
from dialogs.faults import Fault, Refusal, hint, quoted

FRESH = timedelta(days=180)
"""How long a check counts. In 2019 two people died who had been given a number that did not work (nu.nl, 2020)."""

_KEYS = ("number", "of", "source", "checked")


@dataclass(frozen=True)
class Phone:
    """A number, and the day on which somebody last saw to it that it is right."""

    name: str
    number: str
    checked: date

    def is_old(self, today: date) -> bool:
        """Whether the check is too long ago."""
        return today - self.checked > FRESH


@dataclass(frozen=True)
class PhoneBook:
    """All numbers of help."""

    phones: tuple[Phone, ...]

    def values(self) -> dict[str, str]:
        """Placeholder and number, as the texts take them."""
        return {phone.name: phone.number for phone in self.phones}


def phone_book(table: Table) -> PhoneBook | Refusal:
    """The numbers of a file, or everything that is wrong with it."""
    parts = {name: table.values.get(name) for name in PHONE_NUMBERS}
    phones = tuple(phone for name, part in parts.items() if (phone := _phone(name, part)))
    return _faults(table) or PhoneBook(phones)


def _faults(table: Table) -> Refusal:
    """A number that is missing or unknown, or without its day."""
    missing = [table.fault(name, "Dit nummer ontbreekt.") for name in PHONE_NUMBERS if name not in table.values]
    found: list[Fault] = []
    for name, part in table.values.items():
        if name not in PHONE_NUMBERS:
            found.append(table.fault(name, f"Dit nummer kent geen tekst.{hint(name, PHONE_NUMBERS)}"))
        elif not isinstance(part, dict):
            found.append(table.fault(name, "Hier hoort een tabel met een nummer."))
        else:
            found += _part_faults(table, name, part)
    return (*missing, *found)


def _part_faults(table: Table, name: str, part: Mapping[str, object]) -> list[Fault]:
    unknown = [table.fault(f"{name}.{key}", f"Deze sleutel bestaat niet.{hint(key, _KEYS)}") for key in part]
    faults = [fault for fault, key in zip(unknown, part, strict=True) if key not in _KEYS]
    number = part.get("number")
    if not isinstance(number, str) or not number.replace("-", "").replace(" ", "").isdigit():
        faults.append(table.fault(f"{name}.number", f"Schrijf het nummer als tekst, zoals {quoted('0800-2000')}."))
    if type(part.get("checked")) is not date:
        faults.append(table.fault(f"{name}.checked", "Zet hier de dag van nakijken, zoals 2026-11-27."))
    return faults


def _phone(name: str, part: object) -> Phone | None:
    match part:
        case {"number": str(number), "checked": date() as checked}:
            return Phone(name, number, checked)
        case _:
            return None
