"""A text as its sentences, words and syllables; it may not know which of them are hard."""

import re
import unicodedata
from functools import cache

import pyphen

_INVISIBLE = re.compile(
    r"https?://\S*[^\s.,!?]"
    r"|\S+@\S*[^\s.,!?]"
    r"|\b(?:[\w-]+\.)+(?:nl|com|org|eu|me|amsterdam)\b(?:/\S*[^\s.,!?])?"
    r"|\{[^{}]*\}"
    r"|(?<!\S)/[a-z_]+"
    r"|[0-9]\ufe0f?\u20e3"  # a digit drawn as an emoji
    r"|\u2139"  # the emoji of an i, by Unicode a letter
    r"|[*`]"
)
# A line that goes on in lower case goes on with the sentence: a line break hides no length.
_WRAPPED = re.compile(r"(?<![.!?:;\s])[ \t]*\n[ \t]*(?=[a-zà-ÿ])")
_BULLET = re.compile(r"^[ \t]*(?:[•▪*–-]|\d+[.)])[ \t]+", re.MULTILINE)
_HEADING = re.compile(r"^\W*\*[^*\n]+\*\W*$", re.MULTILINE)
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'»”)]*\s+|\n")
_WORD = re.compile(r"[^\W_]+(?:[-'][^\W_]+)*")
_HYPHENATOR = pyphen.Pyphen(lang="nl_NL")


def plain(text: str) -> str:
    """The text without placeholders, commands, addresses, markup and list marks."""
    composed = unicodedata.normalize("NFC", text).replace("’", "'")
    return _INVISIBLE.sub(" ", _BULLET.sub("", _WRAPPED.sub(" ", composed)))


def words(text: str) -> list[str]:
    """The words that a reader sees, in lower case; a number is a word, an emoji is none."""
    return [word.lower() for word in _WORD.findall(plain(text))]


def sentences(text: str) -> list[str]:
    """The sentences of a text: each line and each bullet starts one; . ! and ? end one."""
    return [part.strip() for part in _SENTENCE_END.split(plain(text)) if words(part)]


def bullets(text: str) -> int:
    """How many lines start with a list mark or a number."""
    return len(_BULLET.findall(text))


def without_headings(text: str) -> str:
    """The text without the lines that stand in bold as a whole."""
    return _HEADING.sub("", text)


def mean_sentence(text: str) -> float:
    """Words per sentence; the text must hold a word."""
    return len(words(text)) / len(sentences(text))


def reading_ease(text: str) -> float:
    """Flesch-Douma: 206.835 - 0.93 x words per sentence - 77 x syllables per word.

    High is easy (80-90 easy, 60-70 normal); noise below fifteen words.
    """
    found = words(text)
    syllables = sum(map(_syllables, found))
    return 206.835 - 0.93 * mean_sentence(text) - 77 * syllables / len(found)


@cache
def _syllables(word: str) -> int:
    return sum(len(_HYPHENATOR.positions(part)) + 1 for part in re.split("[-']", word))
