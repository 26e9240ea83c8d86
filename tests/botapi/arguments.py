"""A call's parameters as typed values: reads them by the table, refuses what does not fit.

Knows the table's notation; knows no method and keeps no state.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from tests.botapi.rules import MARKUPS, METHODS, OBJECTS, Rules
from tests.botapi.wire import (
    Json,
    Object,
    Refused,
    Upload,
    Value,
    Values,
    a_list,
    a_number,
    a_text,
    an_object,
    as_json,
    bad_request,
    stricter,
)


@dataclass(frozen=True)
class Arguments:
    """The parameters of one call, all of the type that the table asks for."""

    values: Values

    def has(self, name: str) -> bool:
        """Whether the call carried this parameter."""
        return name in self.values

    def text(self, name: str) -> str:
        """A String; "" when it was not given."""
        return a_text(self.values.get(name))

    def number(self, name: str, default: int = 0) -> int:
        """An Integer; the default when it was not given."""
        return a_number(self.values.get(name), default)

    def flag(self, name: str) -> bool:
        """A Boolean; False when it was not given."""
        return self.values.get(name) is True

    def items(self, name: str) -> list[Json]:
        """An array; empty when it was not given."""
        return a_list(self.values.get(name))

    def object(self, name: str) -> Object:
        """A JSON object; empty when it was not given."""
        return an_object(self.values.get(name))


def typed(method: str, values: Values) -> Arguments:
    """Read a call's raw parameters by the method's row in the table.

    In: values as they came (a form carries everything as text). Out: numbers, booleans and decoded
    JSON. Raises Refused for unknown or missing parameters and for wrong types.
    """
    rules = METHODS[method]
    files = {name for name, rule in rules.items() if rule.kind == "File"}
    named = {a_text(values[name]) for name in files if name in values}
    attached = {f"attach://{name}": value for name, value in values.items() if f"attach://{name}" in named}
    known = {
        name: _attached(value, attached) if name in files else value
        for name, value in values.items()
        if f"attach://{name}" not in attached
    }
    _names_fit(method, rules, known)
    return Arguments({name: _read(name, value, rules[name].kind) for name, value in known.items()})


def _attached(value: Value, attached: Mapping[str, Value]) -> Value:
    if not isinstance(value, str) or not value.startswith("attach://"):
        return value
    if value not in attached:
        raise bad_request(f"No file was sent for {value}")
    return attached[value]


def _names_fit(where: str, rules: Rules, values: Values) -> None:
    for name in values:
        if name not in rules:
            raise stricter(f'{where} knows no parameter "{name}"')
    for name, rule in rules.items():
        if rule.required and name not in values:
            raise _missing(where, name)


_MISSING = {
    "text": "Message text is empty",
    "chat_id": "chat_id is empty",
    "message_ids": "Message identifiers are not specified",
    "action": "Wrong parameter action in request",
}


def _missing(where: str, name: str) -> Refused:
    known = _MISSING.get(name) if where in METHODS else None
    return bad_request(known or f'{where} misses the required "{name}"')


def _read(name: str, value: Value, kind: str) -> Value:
    """One parameter, given as text or (in a JSON body) already as JSON."""
    if kind == "File":
        return _file(name, value)
    if isinstance(value, Upload):
        raise stricter(f'"{name}" must be {kind}, not a file')
    if not isinstance(value, str) or kind == "String":
        _fits(name, value, kind)
        return value
    decoded = _from_text(name, value, kind)
    _fits(name, decoded, kind)
    return decoded


def _file(name: str, value: Value) -> Value:
    if not isinstance(value, str | Upload):
        raise stricter(f'"{name}" must be a file or a String')
    return value


def _from_text(name: str, text: str, kind: str) -> Json:
    if kind in {"Integer", "Chat"}:
        return int(text) if re.fullmatch(r"-?[0-9]{1,18}", text) else text
    if kind == "Boolean":
        return {"true": True, "false": False}.get(text, text)
    try:
        return as_json(text)
    except ValueError:
        raise bad_request(_BROKEN.get(kind, f"Can't parse {name} JSON object")) from None


_BROKEN = {
    "ReplyMarkup": "Can't parse reply keyboard markup JSON object",
    "InlineKeyboardMarkup": "Can't parse reply keyboard markup JSON object",
    "BotCommandScope": "Can't parse BotCommandScope JSON object",
    "LinkPreviewOptions": "Can't parse link preview options JSON object",
}


def _fits(where: str, value: Json, kind: str) -> None:
    if kind == "ReplyMarkup":
        kind = _markup_kind(value)
    if kind.startswith("["):
        _array_fits(where, value, kind[1:-1])
    elif kind in OBJECTS or kind == "Object":
        _object_fits(where, value, kind)
    elif not _simple_fits(value, kind):
        raise stricter(f'"{where}" must be {kind}')


def _markup_kind(value: Json) -> str:
    kinds = [kind for key, kind in MARKUPS.items() if key in an_object(value)]
    if not isinstance(value, dict):
        raise bad_request("Object expected as reply markup")
    if len(kinds) != 1:
        raise stricter(f"reply_markup must hold exactly one of {', '.join(MARKUPS)}")
    return kinds[0]


def _array_fits(where: str, value: Json, kind: str) -> None:
    if not isinstance(value, list):
        raise bad_request(f'Field "{where}" must be an Array')
    for place, item in enumerate(value):
        _fits(f"{where}[{place}]", item, kind)


def _object_fits(where: str, value: Json, kind: str) -> None:
    if not isinstance(value, dict):
        markup = kind == "InlineKeyboardMarkup"
        raise bad_request("Object expected as reply markup" if markup else f"{kind} expected")
    if kind == "Object":
        return
    _names_fit(kind, OBJECTS[kind], value)
    for name, item in value.items():
        _fits(f"{where}.{name}", item, OBJECTS[kind][name].kind)


def _simple_fits(value: Json, kind: str) -> bool:
    number = isinstance(value, int) and not isinstance(value, bool)
    if kind == "Chat":
        return number or (isinstance(value, str) and value.startswith("@"))
    if kind == "Integer":
        return number
    return isinstance(value, bool if kind == "Boolean" else str)
