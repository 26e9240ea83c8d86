"""A table of a TOML file as it was read, right or wrong, and where it stands; knows no question and no text.

What is not of the kind that is asked for reads as absent: that it is wrong is told by the models (`shapes.py`), and a
check goes on with the rest, so that all faults come at once.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeGuard

from dialogs.faults import Fault, quoted

WORD = 64
"""Bits of the largest whole number that is worth reading: Python refuses to write down far larger ones."""

_PLAIN_KEY = re.compile(r"[A-Za-z0-9_-]{1,40}")


@dataclass(frozen=True)
class Table:
    """A table with the file and the key that lead to it, such as `questions.gevoel.options.blij`."""

    file: str
    key: str
    values: Mapping[str, object]

    def fault(self, key: str, sentence: str) -> Fault:
        """A fault at a key of this table, or with "" at the table itself."""
        return Fault(self.file, _joined(self.key, key), sentence)

    def word(self, key: str) -> str:
        """A string; "" where there is none."""
        value = self.values.get(key)
        return value if isinstance(value, str) else ""

    def words(self, key: str) -> tuple[str, ...]:
        """The strings of a list."""
        return tuple(value for value in self._list(key) if isinstance(value, str))

    def number(self, key: str) -> int | None:
        """A whole number."""
        value = self.values.get(key)
        return value if _is_number(value) else None

    def numbers(self, key: str) -> tuple[int, ...]:
        """The whole numbers of a list."""
        return tuple(value for value in self._list(key) if _is_number(value))

    def table(self, key: str) -> "Table | None":
        """The table below a key."""
        value = self.values.get(key)
        return Table(self.file, _joined(self.key, named(value, key)), value) if isinstance(value, dict) else None

    def tables(self, key: str) -> "tuple[Table, ...]":
        """The tables of a list, each spelled with its id, or with its place (from 1) where it has none."""
        above = _joined(self.key, named(None, key))
        items = enumerate(self._list(key))
        return tuple(
            Table(self.file, f"{above}.{named(item, at)}", item) for at, item in items if isinstance(item, dict)
        )

    def below(self) -> "Iterator[Table]":
        """This table and every table inside it."""
        yield self
        for key in self.values:
            inner = self.table(key)
            for child in (*self.tables(key), *([inner] if inner else [])):
                yield from child.below()

    def _list(self, key: str) -> list[object]:
        value = self.values.get(key)
        return value if isinstance(value, list) else []


def named(value: object, step: str | int) -> str:
    """How a step towards a value is spelled: a key, or the id of an item of a list, or its place in it (from 1)."""
    if isinstance(step, str):
        return step if _PLAIN_KEY.fullmatch(step) else quoted(step)
    own = value.get("id") if isinstance(value, dict) else None
    return own if isinstance(own, str) and _PLAIN_KEY.fullmatch(own) else str(step + 1)


def _is_number(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and value.bit_length() < WORD


def _joined(above: str, key: str) -> str:
    return ".".join(part for part in (above, key) if part)
