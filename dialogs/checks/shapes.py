"""Reads a table into a model, or says in Dutch why it does not fit; knows no rule that the models do not know."""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from dialogs.checks.tables import WORD, Table, named
from dialogs.faults import Fault, Refusal, hint, listed, quoted
from dialogs.questions import LABEL_LIMIT, Frozen

Loc = tuple[int | str, ...]
Known = Callable[[Loc], Iterable[str]]
"""The keys that a table may have, from where pydantic stood (the refused key itself comes last)."""
Shape = TypeVar("Shape", bound=Frozen)
Value = str | int | float | list["Value"] | dict[str, "Value"]

MISFIT = 0.5
"""Stands for dates, fractions and numbers beyond 64 bits: fits nowhere, so that it is refused where it stands."""

_ON_A_BUTTON = {"name": "De naam", "button": "De knop"}
PATTERNS = {
    r"^[a-z][a-z0-9_]{0,15}$": "kleine letters, cijfers en lage streepjes, met een letter voorop (hoogstens 16 tekens)",
    r"^[A-Za-z0-9_]{1,16}$": "letters, cijfers en lage streepjes (hoogstens 16 tekens)",
    r"^[a-z]$": "één kleine letter",
    r"^[A-Za-z0-9_-]{1,60}\.(?:mp3|ogg|m4a|wav)$": 'de naam van een geluidsbestand zonder map, zoals "verhaal.mp3" '
    "(mp3, ogg, m4a of wav)",
    r"^[a-z]{2,3}$": 'een taal met twee of drie letters, zoals "nl"',
}
"""What the patterns of the models ask for."""


def fitted(model: type[Shape], table: Table, known: Known) -> Shape | Refusal:
    """The table as a model, or every reason why it is none."""
    try:
        return model.model_validate_json(json.dumps(plain(table.values)))
    except ValidationError as refused:
        errors = refused.errors(include_url=False)
        return tuple(_told(table, error, known) for error in errors if not _is_echo(error))


def plain(value: object) -> Value:
    """A TOML value as JSON can hold it."""
    if isinstance(value, dict):
        return {key: plain(child) for key, child in value.items()}
    if isinstance(value, list):
        return [plain(child) for child in value]
    if isinstance(value, str | bool) or (isinstance(value, int) and value.bit_length() < WORD):
        return value
    return MISFIT


def _is_echo(error: ErrorDetails) -> bool:
    """Whether a list only counts as too short because something in it was refused already."""
    return error["type"] == "too_short" and len(error["input"]) >= int(_bound(error, "min_length"))


def _told(table: Table, error: ErrorDetails, known: Known) -> Fault:
    kind, loc = error["type"], error["loc"]
    place = _spelled(table.values, loc)
    match kind:
        case "extra_forbidden":
            return table.fault(place, _unknown_key(str(loc[-1]), known(loc)))
        case "missing":
            return table.fault(_spelled(table.values, loc[:-1]), _missing(loc[-1]))
        case "union_tag_invalid" | "union_tag_not_found":
            return table.fault(f"{place}.kind", SENTENCES[kind](error))
        case _:
            return table.fault(place, SENTENCES.get(kind, _unfit)(error))


def _unknown_key(key: str, known: Iterable[str]) -> str:
    names = tuple(name for name in known if name != key)
    near = hint(key, names) or " Hier kan: " + ", ".join(names) + "."
    return f"De sleutel {quoted(key)} bestaat hier niet.{near}"


def _missing(step: str | int) -> str:
    return f"Hier ontbreekt {quoted(step)}." if isinstance(step, str) else "Hier staan te weinig getallen."


def _spelled(values: object, loc: Loc) -> str:
    """A place as its writer knows it: ids for positions, without the kind that pydantic puts behind a question."""
    parts: list[str] = []
    for at, step in enumerate(loc):
        if step == "[key]" or (at == 2 and loc[0] == "questions"):
            continue
        values = _inside(values, step)
        parts.append(named(values, step))
    return ".".join(parts)


def _inside(values: object, step: int | str) -> object:
    if isinstance(step, str):
        return values.get(step) if isinstance(values, dict) else None
    return values[step] if isinstance(values, list) and step < len(values) else None


def _unfit(error: ErrorDetails) -> str:
    return "Deze waarde past hier niet."


def _of_type(sentence: str) -> Callable[[ErrorDetails], str]:
    return lambda error: sentence


def _bound(error: ErrorDetails, name: str) -> str:
    return str(error.get("ctx", {}).get(name, ""))


def _limit(sentence: str, name: str) -> Callable[[ErrorDetails], str]:
    return lambda error: sentence.format(_bound(error, name))


def _too_long(error: ErrorDetails) -> str:
    length, most = len(str(error["input"]).strip()), _bound(error, "max_length")
    if most != str(LABEL_LIMIT):
        return f"Dit is {length} tekens lang; {most} past. Maak het korter."
    what = _ON_A_BUTTON.get(str(error["loc"][-1]), "Het label")
    return f"{what} is {length} tekens lang; {most} past op een knop. Maak het korter."


def _pattern(error: ErrorDetails) -> str:
    wanted = PATTERNS.get(_bound(error, "pattern"), "iets met andere tekens")
    return f"Hier past alleen: {wanted}; er staat {quoted(str(error['input']))}."


def _choice(error: ErrorDetails) -> str:
    choices = _bound(error, "expected").replace(" or ", " of ").replace("True", "true").replace("'", '"')
    said = error["input"]
    shown = f"; er staat {quoted(said)}" if isinstance(said, str) else ""
    return f"Hier kan alleen {choices}{shown}."


def _kind(error: ErrorDetails) -> str:
    kinds = re.findall(r"'(\w+)'", _bound(error, "expected_tags"))
    said = _bound(error, "tag")
    return f"De soort {quoted(said)} bestaat niet. Kies {listed(kinds)}.{hint(said, kinds)}"


SENTENCES: Mapping[str, Callable[[ErrorDetails], str]] = {
    "bool_type": _of_type("Hier hoort true of false, zonder aanhalingstekens."),
    "dict_type": _of_type("Hier hoort een tabel met sleutels en waarden."),
    "greater_than": _limit("Dit getal is te klein: het hoort groter te zijn dan {}.", "gt"),
    "greater_than_equal": _limit("Dit getal is te klein: het is minstens {}.", "ge"),
    "int_type": _of_type("Hier hoort een heel getal, zonder aanhalingstekens."),
    "less_than": _limit("Dit getal is te groot: het hoort kleiner te zijn dan {}.", "lt"),
    "less_than_equal": _limit("Dit getal is te groot: het is hoogstens {}.", "le"),
    "literal_error": _choice,
    "model_type": _of_type("Hier hoort een tabel met sleutels en waarden."),
    "string_pattern_mismatch": _pattern,
    "string_too_long": _too_long,
    "string_too_short": _of_type("Deze tekst is leeg. Schrijf iets, of haal de hele regel weg."),
    "string_type": _of_type("Hier hoort tekst tussen aanhalingstekens."),
    "too_long": _limit("Hier staan te veel getallen: er horen er {}.", "max_length"),
    "too_short": _limit("Hier staat te weinig in de lijst: er horen er minstens {} in.", "min_length"),
    "tuple_type": _of_type("Hier hoort een lijst tussen rechte haken."),
    "union_tag_invalid": _kind,
    "union_tag_not_found": _of_type('Hier ontbreekt "kind": de soort vraag.'),
}
"""What is said for each kind of refusal that the models can give."""
