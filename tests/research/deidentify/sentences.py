"""The sentences that the rules are measured on, and what comes of them; knows no rule.

Nobody looks at those that are held apart while working on the rules: only at how many of them go well.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from dialogs.spelling import wordset
from research.deidentify.finding import Finder
from research.deidentify.kinds import Finding, Kind

DEVELOPMENT, HELD_APART = "development", "holdout"
_MARK = re.compile(r"\{(\w+)\|([^}]*)\}")
_SAYS_NOTHING = wordset("de het een t mijn")
"""Little words within a mark: "de" of "de Burghtschool" leads to nobody."""


@dataclass(frozen=True)
class Mark:
    """What has to go: where it stands, and of which kind it is."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True)
class Sentence:
    """A sentence as somebody could type it, and what has to go from it."""

    text: str
    marks: tuple[Mark, ...]


def sentences(part: str) -> list[Sentence]:
    """Those of one part."""
    lines = (Path(__file__).parent / f"{part}.txt").read_text(encoding="utf-8").splitlines()
    return [read(line) for line in lines if line and not line.startswith("#")]


def missed(finder: Finder, these: Sequence[Sentence]) -> list[tuple[str, bool]]:
    """Of every mark its kind and whether any word of it would stay."""
    return [(mark.kind, not _is_covered(one, mark, finder.find(one.text))) for one in these for mark in one.marks]


def touched(finder: Finder, these: Sequence[Sentence]) -> list[str]:
    """The sentences with nothing in them that leads to anybody of which something would go nevertheless."""
    return [one.text for one in these if not one.marks and finder.find(one.text)]


def wrongly(finder: Finder, these: Sequence[Sentence]) -> Counter[Kind]:
    """How many sentences with nothing in them that leads to anybody are touched, by the kind they are touched for."""
    clean = (one for one in these if not one.marks)
    return Counter(kind for one in clean for kind in {item.kind for item in finder.find(one.text)})


def over(finder: Finder, these: Sequence[Sentence]) -> Iterator[str]:
    """What would go from sentences with marks without being marked."""
    for one in these:
        for item in finder.find(one.text):
            if one.marks and not any(item.start < mark.end and mark.start < item.end for mark in one.marks):
                yield one.text[item.start : item.end]


def read(line: str) -> Sentence:
    """A line in which what has to go is marked."""
    text, marks, after = "", [], 0
    for match in _MARK.finditer(line):
        text += line[after : match.start()]
        marks.append(Mark(len(text), len(text) + len(match[2]), match[1]))
        text += match[2]
        after = match.end()
    return Sentence(text + line[after:], tuple(marks))


def _is_covered(one: Sentence, mark: Mark, found: Sequence[Finding]) -> bool:
    covered = {place for item in found for place in range(item.start, item.end)}
    words = re.finditer(r"\w+", one.text[mark.start : mark.end])
    telling = (word for word in words if word.group().lower() not in _SAYS_NOTHING)
    return all(mark.start + place in covered for word in telling for place in range(*word.span()))
