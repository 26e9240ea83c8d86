"""How typed words are compared: as they sound, with small slips, never across a denial; knows no button."""

import re
import unicodedata

from rapidfuzz.distance import OSA

TOO_MANY = 3
"""Slips with which words are other words."""


def wordset(line: str) -> frozenset[str]:
    """The words of a line."""
    return frozenset(line.split())


DENIALS = wordset("niet nie nit neit geen gen nooit niets niks nix niemand nergens nee zonder nauwelijks")
_STRONG = wordset("erg zeer super hele ontzettend")
"""Other words for "heel"."""


def normal(text: str) -> str:
    """`text` in lower case, without accents, emoji and punctuation, one space between words, numbers apart.

    Letters that were held down ("blijjjj") count twice at most.
    """
    bare = unicodedata.normalize("NFKD", re.sub(r"(?<=\d)\s*\+", " plus", text.casefold()))
    kept = "".join(c if c.isalnum() else "" if unicodedata.combining(c) or c in "'’`" else " " for c in bare)
    apart = re.sub(r"(?<=\d)(?=[^\W\d])|(?<=[^\W\d])(?=\d)", " ", kept)
    return " ".join(re.sub(r"([^\W\d])\1{2,}", r"\1\1", apart).split())


def heard(text: str) -> str:
    """`text` in normal form as it sounds: "Erg moeilyk!" as "heel moeilijk"."""
    words = normal(text).replace("y", "ij").split()
    return " ".join("heel" if word in _STRONG else word for word in words)


def squeezed(words: str) -> str:
    """`words` without spaces."""
    return words.replace(" ", "")


def without(said: str, words: frozenset[str]) -> str:
    """`said` without these words."""
    return " ".join(word for word in said.split() if word not in words)


def holds(said: str, name: str) -> bool:
    """Whether `name` stands in `said` as whole words."""
    return f" {name} " in f" {said} "


def slips(said: str, name: str) -> int:
    """Letters typed wrong, swapped, doubled or forgotten, spaces of no account; `TOO_MANY` where these differ.

    A short name allows none, and letters that turn the meaning round ("onduidelijk") are no slip.
    """
    wanted = squeezed(name)
    distance = OSA.distance(squeezed(said), wanted)
    allowed = 0 if len(wanted) < 4 else 1 if len(wanted) < 8 else 2
    return distance if distance <= allowed and not _turned(said, name) else TOO_MANY


def _turned(said: str, name: str) -> bool:
    contraries = {f"on{word}" for word in name.split()}
    return _denies(said) != _denies(name) or _digits(said) != _digits(name) or bool(contraries & set(said.split()))


def _denies(words: str) -> bool:
    return bool(DENIALS & set(words.split())) or any(denial in squeezed(words) for denial in ("niet", "geen"))


def _digits(words: str) -> list[str]:
    return [c for c in words if c.isdigit()]
