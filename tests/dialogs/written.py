"""Sets and texts as files, made for a test; knows how TOML is written, not what is right."""

import json
from collections.abc import Mapping
from datetime import date

from dialogs.checks.relied_on import REQUIRED_BUTTONS, REQUIRED_TEXTS, SAID_BY_CHANNELS
from dialogs.taps import ROLES

Tree = dict[str, object]

NAMED_BY_SETS = {"ALG.toestemming": ("ja", "nee"), "ALG.dank": ()}
"""The texts that the sets in `tests/sets` name."""


def written(values: Mapping[str, object]) -> str:
    """A tree of values as a TOML file."""
    return "".join(f"{_word(str(key))} = {_value(value)}\n" for key, value in values.items())


def good_texts() -> Tree:
    """The fewest texts that are enough: every one that is asked for, each with its buttons."""
    texts: Tree = {}
    for text_id in (*REQUIRED_TEXTS, *SAID_BY_CHANNELS, *NAMED_BY_SETS):
        _put(texts, text_id, _text(text_id))
    return texts


def merged(base: Mapping[str, object], change: Mapping[str, object]) -> Tree:
    """The tree with the values of another one in it or added to it."""
    result = dict(base)
    for key, value in change.items():
        old = result.get(key)
        result[key] = merged(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
    return result


def without(base: Mapping[str, object], key: str) -> Tree:
    """The tree without what stands at a key with dots."""
    first, _, rest = key.partition(".")
    inner = base[first]
    kept = {name: value for name, value in base.items() if name != first}
    return {**kept, first: without(inner, rest)} if rest and isinstance(inner, dict) else kept


def _text(text_id: str) -> Tree:
    named = {**NAMED_BY_SETS, **REQUIRED_BUTTONS, "ALG.rol": ROLES}
    return {"text": f"Dit is {text_id}.", "buttons": {slug: f"Knop {slug}" for slug in named.get(text_id, ())}}


def _put(tree: Tree, key: str, value: Tree) -> None:
    first, _, rest = key.partition(".")
    inner = tree.setdefault(first, {})
    assert isinstance(inner, dict)
    if rest:
        _put(inner, rest, value)
    else:
        inner.update(value)


def _word(word: str) -> str:
    return json.dumps(word, ensure_ascii=False).replace("\x7f", r"\u007f")


def _value(value: object) -> str:
    match value:
        case dict():
            return "{" + ", ".join(f"{_word(str(key))} = {_value(inner)}" for key, inner in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(_value, value)) + "]"
        case str():
            return _word(value)
        case bool():
            return str(value).lower()
        case int():
            return hex(value) if value > 0 else str(value)
        case date():
            return value.isoformat()
        case _:
            return repr(value)
