"""What is known about single Dutch words and phrases; it may not know thresholds or texts."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from wordfreq import zipf_frequency

from tests.plainness.reading import plain, sentences, words

RARE_BELOW = 3.5


@dataclass(frozen=True)
class Wording:
    """The word lists; the data stand in words.toml, each mapping from a word to Dutch advice."""

    names: tuple[str, ...]
    instructions: frozenset[str]
    question_words: frozenset[str]
    informal: frozenset[str]
    not_participles: frozenset[str]
    allowed: Mapping[str, str]
    avoid: Mapping[str, str]
    avoid_for_residents: Mapping[str, str]
    figurative: Mapping[str, str]


@cache
def wording() -> Wording:
    """The word lists of words.toml."""
    data = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
    return Wording(
        names=tuple(data["names"]),
        instructions=frozenset(data["instructions"]),
        question_words=frozenset(data["question_words"]),
        informal=frozenset(data["informal"]),
        not_participles=frozenset(data["not_participles"]),
        allowed=data["allowed"],
        avoid=data["avoid"],
        avoid_for_residents=data["avoid_for_residents"],
        figurative=data["figurative"],
    )


def zipf(word: str) -> float:
    """How common a word is (about 1 rare to 7 common); a compound counts as its rarest part.

    Allowed words, numbers and codes are left out; with nothing left the word is common (8).
    """
    parts = [] if word in wording().allowed or _is_code(word) else word.split("-")
    rated = [part for part in parts if part not in wording().allowed and not _has_digit(part)]
    return min((zipf_frequency(part, "nl") for part in rated), default=8.0)


def rare_words(text: str) -> list[str]:
    """The words with a zipf below 3.5, each time they occur; names and allowed words left out."""
    return [word for word in words(without_names(text)) if zipf(word) < RARE_BELOW]


def without_names(text: str) -> str:
    """The cleaned text without the names that may hold an avoided or rare word."""
    text = plain(text)
    for name in wording().names:
        text = _phrase(name, whole=True).sub(" ", text)
    return text


def explained(word: str) -> str:
    """The word with its zipf and, if known, a plainer word: "indien (zipf 5,0; liever: als)"."""
    plainer = {**wording().avoid, **wording().avoid_for_residents}.get(word)
    rating = f"{zipf_frequency(word, 'nl'):.1f}".replace(".", ",")
    return f"{word} (zipf {rating}" + (f"; liever: {plainer})" if plainer else ")")


def avoided(text: str, *, for_residents: bool) -> list[str]:
    """The words and phrases to avoid that the text holds, each with a plainer word."""
    also = wording().avoid_for_residents if for_residents else {}
    shown = without_names(text)
    return [explained(phrase) for phrase in (*wording().avoid, *also) if _phrase(phrase, whole=True).search(shown)]


def figurative(text: str) -> list[str]:
    """The figurative phrases that the text holds, each with what to say instead."""
    return [
        f"{phrase} (liever: {plainer})"
        for phrase, plainer in wording().figurative.items()
        if _phrase(phrase, whole=False).search(plain(text))
    ]


def informal(text: str) -> list[str]:
    """The words that say "je" where the project says "u"."""
    return [f"{word} (liever: u of uw)" for word in words(text) if word in wording().informal]


def passive(text: str) -> Iterator[str]:
    """The sentences that hide who acts: worden with a participle, or "is ... door"."""
    for sentence in sentences(text):
        forms = set(_PARTICIPLE.findall(sentence.lower())) - wording().not_participles
        if _DONE_BY.search(sentence) or (_BECOMING.search(sentence) and forms):
            yield sentence


_BECOMING = re.compile(r"\b(?:word|wordt|worden|werd|werden|geworden)\b", re.IGNORECASE)
_DONE_BY = re.compile(r"\b(?:is|was|waren|ben|bent)\b.*\bdoor\b", re.IGNORECASE)
_PARTICIPLE = re.compile(
    r"\b(?:(?:aan|achter|af|bij|binnen|door|in|klaar|leeg|los|mee|na|om|onder|op|open|over|samen"
    r"|terug|thuis|toe|uit|vast|voor|vrij|weg)?ge"
    r"|be|erken|ervar|her|mis|onder|ont|over|ver)\w{2,}(?:d|t|en|aan)\b"
)


@cache
def _phrase(phrase: str, *, whole: bool) -> re.Pattern[str]:
    pattern = r"\s+".join(map(re.escape, phrase.split()))
    return re.compile(rf"(?<!\w){pattern}" + (r"(?!\w)" if whole else ""), re.IGNORECASE)


def _is_code(word: str) -> bool:
    """A receipt, a telephone number: short pieces with a digit somewhere, to copy, not to read."""
    return _has_digit(word) and all(len(part) <= 4 for part in word.split("-"))


def _has_digit(word: str) -> bool:
    return any(map(str.isdigit, word))
