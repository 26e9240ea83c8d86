"""Whether the log holds anything of anybody: what tests let people type is looked for in all that would be logged.

Over the whole suite every record, of every library and at DEBUG, goes through the filter that stands before the log in
production. What people of a test are called, type and are known by is planted by whoever lets them do it; after the
test none of it may stand in what came out of the filter, or in the logs of processes that it started.
"""

import copy
import logging
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from console.logs import Redacting

ROOMY, NAMED, KNOWN_BY = 10, 6, 4
"""How long words, a name and a number must be at least, so that nothing else in a log looks like them."""

_NAMES = frozenset({"first_name", "last_name", "username", "title", "phone_number"})
_WORDS = frozenset({"text", "caption", "vcard", "address", "question"})
_NUMBERS = frozenset({"id", "user_id", "chat_id"})
_DIGITS = re.compile(r"\d+")


class Watch(logging.Handler):
    """What was planted in one test, and what came through in it."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.setFormatter(logging.Formatter("%(levelname)s %(name)s: %(message)s"))
        self.addFilter(Redacting())
        self._words: set[str] = set()
        self._numbers: set[str] = set()
        self._lines: set[str] = set()
        self._files: list[Path] = []

    def handle(self, record: logging.LogRecord) -> bool:
        """The filter changes what it lets through; others who listen get the record as it was."""
        return super().handle(copy.copy(record))

    def emit(self, record: logging.LogRecord) -> None:
        """What the log would say."""
        self._lines.add(self.format(record))

    def plant(self, *canaries: str | int) -> None:
        """None of these may come through: words, or a number that somebody is known by."""
        for canary in canaries:
            (self._numbers if str(canary).lstrip("-").isdigit() else self._words).add(str(canary).lstrip("-"))

    def plant_of(self, told: object) -> None:
        """Everything in an update that is about anybody."""
        for key, value in _leaves(told):
            if isinstance(value, str) and len(value) >= (NAMED if key in _NAMES else ROOMY) and key in _NAMES | _WORDS:
                self.plant(value)
            if isinstance(value, int) and key in _NUMBERS and len(str(abs(value))) >= KNOWN_BY:
                self.plant(value)

    def read(self, file: Path) -> None:
        """A process logs to this file."""
        self._files.append(file)

    def caught(self) -> list[str]:
        """What came through."""
        told = "\n".join([*self._lines, *(file.read_text(errors="replace") for file in self._files if file.exists())])
        numbers = set(_DIGITS.findall(told))
        return sorted({words for words in self._words if words in told} | (self._numbers & numbers))


_watches: list[Watch] = []


@contextmanager
def watched() -> Iterator[Watch]:
    """Everything that is logged meanwhile is listened to, at DEBUG. What is planted meanwhile is planted here."""
    watch, root = Watch(), logging.getLogger()
    level = root.level
    root.addHandler(watch)
    root.setLevel(logging.DEBUG)
    _watches.append(watch)
    try:
        yield watch
    finally:
        _watches.remove(watch)
        root.removeHandler(watch)
        root.setLevel(level)


def plant(*canaries: str | int) -> None:
    """None of these may be logged in this test. Outside a test nothing is planted."""
    for watch in _watches[-1:]:
        watch.plant(*canaries)


def plant_of(told: object) -> None:
    """Nothing that an update tells about anybody may be."""
    for watch in _watches[-1:]:
        watch.plant_of(told)


def read(file: Path) -> None:
    """A process that this test starts logs to this file."""
    for watch in _watches[-1:]:
        watch.read(file)


def _leaves(told: object) -> Iterator[tuple[str, object]]:
    """What stands in it, each under the name that it has; however deep it goes."""
    left: list[tuple[str, object]] = [("", told)]
    while left:
        key, value = left.pop()
        if isinstance(value, Mapping):
            left += ((str(name), one) for name, one in value.items())
        elif isinstance(value, list | tuple):
            left += ((key, one) for one in value)
        else:
            yield key, value
