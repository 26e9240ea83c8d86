"""How typed words are compared: as they sound, with small slips, never across a denial; knows no button."""

import re
import unicodedata
from functools import lru_cache

from rapidfuzz.distance import OSA

ONE_TURN = 8
"""Texts of which the normal form is remembered: in one turn the same words are held against many things."""

TOO_MANY = 3
"""Slips with which words are other words."""


def wordset(line: str) -> frozenset[str]:
    """The words of a line."""
    return frozenset(line.split())


DENIALS = wordset("niet nie nit nijt geen gen nooit niets niks nix niemand nimand nergens nee zonder nauwelijks")
"""As they sound: words with which a text says the opposite."""
ARTICLES = wordset("de het een en")
NUMBERS = ("nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf")

_ALIKE = {**dict.fromkeys(("erg", "zeer", "super", "hele", "ontzettend"), "heel"), "n": "een", "nw": "nieuw"}
_SOUNDS = (("y", "ij"), ("ei", "ij"), ("ch", "g"))


@lru_cache(maxsize=ONE_TURN)
def normal(text: str) -> str:
    """`text` in lower case, without accents, emoji and punctuation, one space between words, numbers apart.

    Letters that were held down ("blijjjj") count twice at most.
    """
    without_emoji = unicodedata.normalize("NFKD", re.sub(r"\D\ufe0f", " ", text))
    lower = unicodedata.normalize("NFKD", re.sub(r"(?<=\d)\s*\+", " plus", without_emoji.casefold()))
    kept = "".join(c if c.isalnum() else "" if unicodedata.combining(c) or c in "'’`" else " " for c in lower)
    apart = re.sub(r"(?<=\d)(?=[^\W\d])|(?<=[^\W\d])(?=\d)", " ", kept)
    return " ".join(re.sub(r"([^\W\d])\1{2,}", r"\1\1", apart).split())


def heard(text: str) -> str:
    """`text` in normal form as it sounds: "Erg moeilyk!" as "heel moeilijk", "1 keer" as "een keer"; "1" stays."""
    said = normal(text)
    for letters, sound in _SOUNDS:
        said = said.replace(letters, sound)
    words = [_ALIKE.get(word, word) for word in said.split()]
    return " ".join(map(_spelled, words)) if len(words) > 1 else "".join(words)


@lru_cache(maxsize=ONE_TURN)
def bare(words: str) -> str:
    """`words` without spaces and articles, which come and go in what people type."""
    return without(words, ARTICLES).replace(" ", "") or words.replace(" ", "")


def without(said: str, words: frozenset[str]) -> str:
    """`said` without these words."""
    return " ".join(word for word in said.split() if word not in words)


def holds(said: str, name: str) -> bool:
    """Whether `name` stands in `said` as whole words."""
    return f" {name} " in f" {said} "


def slips(said: str, name: str) -> int:
    """Letters typed wrong, swapped, doubled or forgotten, spaces of no account; `TOO_MANY` where it is another word.

    A short name allows no slip, and letters that turn the meaning round ("onduidelijk") are none.
    """
    wanted = _wanted(name)
    distance = OSA.distance(bare(said), wanted)
    allowed = 0 if len(wanted) < 4 else 1 if len(wanted) < 8 else 2
    return distance if distance <= allowed and not _turned(said, name) else TOO_MANY


@lru_cache(maxsize=1024)
def _wanted(name: str) -> str:
    """A name without spaces and articles; of names there are few, and they are always the same."""
    return bare(name)


def contrary(said: str, name: str) -> bool:
    """Whether `said` has a word of `name` the other way round ("onduidelijk")."""
    return bool({f"on{word}" for word in name.split()} & set(said.split()))


def _turned(said: str, name: str) -> bool:
    return _denies(said) != _denies(name) or _numbers(said) != _numbers(name) or contrary(said, name)


def _denies(words: str) -> bool:
    return bool(DENIALS & set(words.split())) or any(denial in bare(words) for denial in ("niet", "geen"))


def _numbers(words: str) -> list[str]:
    """The numbers in words; "een" is as often an article."""
    return [word for word in words.split() if word.isdigit() or word in NUMBERS[2:]]


def _spelled(word: str) -> str:
    small = word.isascii() and word.isdigit() and len(word) < 3 and int(word) < len(NUMBERS)
    return NUMBERS[int(word)] if small else word
