"""Which names, words and streets there are: the lists of deduce and our own; knows no text."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path

_ALIKE = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "’": "'", "ß": "ss"})

_LONG = 3
"""Shorter first names are other words more often; those that are not stand in our own list."""
_STREETS_FROM = 4
"""Shorter names of streets are other words far more often."""


def fold(word: str) -> str:
    """`word` in lower case and without accents, as all lists are."""
    if word.isascii():
        return word.lower()
    parts = unicodedata.normalize("NFKD", word.casefold().translate(_ALIKE))
    return "".join(sign for sign in parts if not unicodedata.combining(sign))


@dataclass(frozen=True)
class Vocabulary:
    """Folded words. `first_names` are names wherever they stand, `maybe_names` only where what is around them says so.

    `little_surnames` stand behind a little word ("van der Berg"), the other `surnames` by themselves too.
    `words` are Dutch words, also those that somebody is called by. `street_words` end as a street does and are none;
    `places` are streets of Amsterdam that do not.
    """

    first_names: frozenset[str] = field(repr=False)
    maybe_names: frozenset[str] = field(repr=False)
    surnames: frozenset[str] = field(repr=False)
    little_surnames: frozenset[str] = field(repr=False)
    words: frozenset[str] = field(repr=False)
    usual_words: frozenset[str] = field(repr=False)
    streets: frozenset[str] = field(repr=False)
    street_words: frozenset[str] = field(repr=False)
    places: frozenset[str] = field(repr=False)

    def is_first_name(self, word: str) -> bool:
        """Whether it is a first name, for certain or perhaps."""
        return word in self.first_names or word in self.maybe_names


@cache
def vocabulary(lists: Path) -> Vocabulary:
    """The lists in the folder of deduce, with our own beside them."""
    words = _ours("words")
    sure, maybe = _ours("first_names"), _ours("maybe_names")
    known = {name for name in _theirs(lists, "names/lst_first_name") if len(name) > _LONG}
    return Vocabulary(
        first_names=frozenset((known - words - maybe) | sure),
        maybe_names=maybe,
        surnames=_theirs(lists, "names/lst_surname"),
        little_surnames=_theirs(lists, "names/lst_interfix_surname"),
        words=words,
        usual_words=_theirs(lists, "whitelist/lst_common_word") | _theirs(lists, "whitelist/lst_stop_word"),
        streets=frozenset(s for s in _theirs(lists, "locations/lst_street") if len(s) >= _STREETS_FROM),
        street_words=_ours("street_words"),
        places=_ours("places"),
    )


def _ours(name: str) -> frozenset[str]:
    lines = (files("research") / "deidentify" / "words" / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def _theirs(lists: Path, name: str) -> frozenset[str]:
    folder = lists / "src" / name
    return _folded((folder / "items.txt").read_text(encoding="utf-8").splitlines())


def _folded(lines: Iterable[str]) -> frozenset[str]:
    return frozenset(fold(line.strip()) for line in lines if line.strip())
