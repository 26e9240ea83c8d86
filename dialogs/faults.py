"""What is wrong in a file, for whoever wrote it: its place and one Dutch sentence; knows no file and no rule."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

_SHOWN = 40
"""Characters of somebody's own words that a sentence repeats."""


@dataclass(frozen=True)
class Fault:
    """One fault: the file as its writer knows it, the key in it ("" for the whole file), a sentence that says why."""

    file: str
    key: str
    sentence: str

    def __str__(self) -> str:
        return ": ".join(part for part in (self.file, _on_one_line(self.key), self.sentence) if part)


Refusal = tuple[Fault, ...]
"""All that is wrong with something, where the thing itself was asked for."""


class Faults(Exception):
    """All faults at once, a line each; `faults` holds each of them once, in the order in which they were found."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(dict.fromkeys(faults))
        super().__init__(self.faults)

    def __str__(self) -> str:
        return "\n".join(map(str, self.faults))


def quoted(words: str) -> str:
    """Somebody's own words between quotes, on one line and not too long."""
    shown = _on_one_line(words[:_SHOWN])
    return f'"{shown}…"' if len(words) > _SHOWN else f'"{shown}"'


def _on_one_line(words: str) -> str:
    return "".join(sign if sign.isprintable() else "·" for sign in words)


def hint(word: str, known: Iterable[str]) -> str:
    """' Bedoelt u "…"?' where one of the known words looks like this one, else ""."""
    near = get_close_matches(word[:_SHOWN], list(known), n=1)
    return f" Bedoelt u {quoted(near[0])}?" if near else ""


def listed(words: Iterable[str]) -> str:
    """Words as they stand in a sentence: "a", "b" of "c"."""
    *most, last = [quoted(word) for word in words]
    return f"{', '.join(most)} of {last}" if most else last
