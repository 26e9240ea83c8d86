"""The words of a TOML file as a table, or the line where they are none; reads no file and knows no set or text."""

import re
import tomllib
from collections.abc import Mapping

from dialogs.checks.tables import Table
from dialogs.faults import Fault, Refusal

DEEPEST = 12
"""Tables in tables; a set needs six. What is far deeper would exhaust the stack of whoever reads it."""

_TOO_DEEP = "Hier staan te veel tabellen of lijsten in elkaar."
_NO_TOML = "Dit is geen TOML. Kijk op deze regel, en op die erboven, naar aanhalingstekens, haken en het is-teken."
_REASONS = (
    ("Cannot declare", "Deze tabel staat er twee keer. Haal er één weg, of geef er één een andere naam."),
    ("Cannot overwrite", "Deze sleutel staat er twee keer. Haal er één weg."),
    ("Duplicate", "Deze sleutel staat er twee keer. Haal er één weg."),
    ("Unclosed", "Er ontbreekt een haak aan het eind van een lijst of een tabel."),
    ("Unterminated", "Er ontbreken aanhalingstekens aan het eind van een tekst."),
    ("Illegal character", "Er ontbreken aanhalingstekens aan het eind van een tekst."),
    ("Unescaped", r"Schrijf een \ in een tekst als \\."),
    ("Expected '='", "Achter een sleutel hoort een is-teken met een waarde."),
    ("Invalid value", "Hier ontbreekt iets: een waarde, een haak, of aanhalingstekens om een tekst."),
)
"""How the messages of `tomllib` begin, and what a writer can do about it."""


def parsed(file: str, words: str) -> Table | Refusal:
    """The whole file as one table."""
    try:
        values = tomllib.loads(words)
    except tomllib.TOMLDecodeError as refused:
        return _no_toml(file, str(refused))
    except RecursionError:
        return (Fault(file, "", _TOO_DEEP),)
    except ValueError:
        # Python reads no whole number of more than 4,300 digits.
        return (Fault(file, "", "In dit bestand staat een getal dat veel te lang is."),)
    return (Fault(file, "", _TOO_DEEP),) if _depth(values) > DEEPEST else Table(file, "", values)


def _no_toml(file: str, message: str) -> Refusal:
    line = re.search(r"at line (\d+)", message)
    told = next((said for begin, said in _REASONS if message.startswith(begin)), _NO_TOML)
    return (Fault(file, f"regel {line[1]}" if line else "aan het eind", told),)


def _depth(values: Mapping[str, object]) -> int:
    level: list[object] = [values]
    depth = 0
    while level and depth <= DEEPEST:
        level = [child for item in level for child in _children(item)]
        depth += 1
    return depth


def _children(item: object) -> list[object]:
    if isinstance(item, dict):
        return list(item.values())
    return item if isinstance(item, list) else []
