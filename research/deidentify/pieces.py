"""Words and matches as places in what is seen of a text; knows no rule and no list."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dialogs.personal.seeing import Span
from research.deidentify.vocabulary import fold

_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*|\d+[^\W_]*")
_OWNING = re.compile(r"['’]s$|(?<=[^\W\d_]{2})['’]$")
_SHORT = frozenset(["mw", "mvr", "mevr", "mnr", "dhr", "dr", "mr", "st", "drs", "ir", "ing", "prof"])
"""Words with a point behind them that ends no sentence."""
_ENDS = re.compile(r"[.!?\n…]")
_BREAKS = re.compile(r"[^\s.'’\-]")
_MOSTLY = 0.6
"""Of the words, with a capital: then capitals say nothing."""


@dataclass(frozen=True)
class Word:
    """A word in what is seen: where it stands, as it is said, folded, and whether its capital means something.

    `opens`: it begins a sentence. `follows`: nothing but a space stands between it and the word before it.
    """

    start: int
    end: int
    said: str
    low: str
    opens: bool
    follows: bool
    capital: bool


def spans(pattern: re.Pattern[str], text: str, group: str | int = 0) -> Iterator[Span]:
    """Where a pattern, or a group of it, is found."""
    return (match.span(group) for match in pattern.finditer(text))


def words(text: str) -> list[Word]:
    """The words of what is seen; "fatima's" is "fatima"."""
    found: list[Word] = []
    matches = list(_WORD.finditer(text))
    plain = _are_plain([match.group() for match in matches])
    before, after = "", 0
    for match in matches:
        said = _OWNING.sub("", match.group())
        gap = text[after : match.start()]
        if before in _SHORT or len(before) == 1:
            gap = gap.replace(".", "")
        follows = bool(found) and not _BREAKS.search(gap) and "." not in gap and "\n" not in gap
        opens = not found or bool(_ENDS.search(gap))
        capital = said[0].isupper() and not plain
        found.append(Word(match.start(), match.start() + len(said), said, fold(said), opens, follows, capital))
        before, after = fold(said), match.end()
    return found


def _are_plain(said: Sequence[str]) -> bool:
    """Whether nearly every word has a capital."""
    letters = [word for word in said if word[0].isalpha()]
    capitals = sum(word[0].isupper() for word in letters)
    return len(letters) > 3 and capitals > _MOSTLY * len(letters)
