"""Which formats there are; knows not how any is made."""

from importlib.util import find_spec

from research.export.content import Format
from research.export.formats import nested, programs
from research.faults import ConfigurationFault, UsageFault

FORMATS = (
    Format("csv", "tabellen voor programma's", programs.opened),
    Format("jsonl", "voor programmeurs: alles van een verhaal bij elkaar", nested.opened),
)
"""In the order in which they are told."""


def available(wanted: str) -> tuple[Format, ...]:
    """The formats of these names, with commas between them, or all that can be made here where none is named.

    `UsageFault` with every name that is none; `ConfigurationFault` where one is named that lacks what it is made with.
    """
    names = [name.strip() for name in wanted.split(",") if name.strip()]
    strange = [name for name in names if name not in {item.name for item in FORMATS}]
    if strange:
        known = ", ".join(item.name for item in FORMATS)
        raise UsageFault(f"Deze soort bestand is er niet: {', '.join(strange)}. Kies uit: {known}.")
    missing = {item.name: lacking(item) for item in FORMATS if lacking(item)}
    if short := [name for name in names if name in missing]:
        packages = ", ".join(dict.fromkeys(package for name in short for package in missing[name]))
        raise ConfigurationFault(f"Voor {', '.join(short)} is nog iets nodig ({packages}). Voer uit: make research")
    return tuple(item for item in FORMATS if (item.name in names if names else item.name not in missing))


def lacking(item: Format) -> list[str]:
    """The packages that a format needs and that are not here."""
    return [package for package in item.needs if find_spec(package) is None]
