"""Words of crisis in what a teller typed, as `texts/crisis.toml` lists them; knows no person and makes no diagnosis.

A pattern becomes a regular expression over folded text. Every part of it that repeats takes a few words at most or
gives nothing back, so that the time grows with the length of the text and no faster.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from dialogs.checks.tables import Table, named
from dialogs.faults import Fault, Refusal, hint, quoted
from dialogs.spelling import ONE_TURN, normal

LONG = 7
"""Letters from which a word is known though a space stands in it ("zelf moord"), and may be marked with "~"."""
SHORTEST_START = 3
"""Letters that a word with "*" needs, so that it does not stand for half the language."""

_SOUNDS = (("ij", "y"), ("ei", "y"), ("ch", "g"), ("au", "ou"), ("dt", "d"))
_LETTERS = str.maketrans("zvıłøđىةکی", "sfilodيهكي", "\u0640")
"""Letters that sound alike or are typed for each other; the last one only stretches an Arabic word."""
_DIGITS = str.maketrans("01345", "oieas")
_DISGUISED = re.compile(r"(?<=[^\W\d])[01345]+(?=[^\W\d])")
_DOUBLED = re.compile(r"([^\W\daeiou])\1+")
"""Consonants only: a vowel more or less makes another word ("veerkracht")."""
_TYPED_APART = re.compile(r"(?<!\w)\w(\W{1,2})\w(?:\1\w)+(?!\w)")
"""Three letters or more with the same sign between them."""

_PART = re.compile(r"(?P<gap>\.{3})|<(?P<list>[^<>]*)>|(?P<sign>[(|)])|(?P<word>[~*\w'’-]+)|\s+|(?P<odd>.)", re.DOTALL)
_WORD = re.compile(r"(?P<slip>~?)(?P<before>\*?)(?P<letters>[^~*]+)(?P<after>\*?)")
_CHOICE = re.compile(r"\(w+(\|w+)*\)")
_START = _END = "(?<= )"
"""Folded text has a space around every word, so that a space before a place says that no word is cut there."""
_GAP = rf"{_END}(?:\w++ ){{0,3}}"
_SIGNS = {"(": "(?:", "|": "|", ")": ")"}
_TAKEN_OUT = "# "
"""Stands where an exception stood, so that the words around it do not become neighbours."""

_EMPTY = "Hier staat geen woord. Schrijf er een, of haal de regel weg."
_NO_LIST = "Hier hoort een lijst met woorden, tussen rechte haken en niet leeg."
_NO_TABLE = "Hier hoort een tabel met sleutels en waarden."
_ORDER = (
    (r"\([w|]*g|g[w|]*\)|^g|g$|gg", "Drie puntjes horen tussen twee woorden, en niet tussen haakjes."),
    (r"\(", "Hier ontbreekt een haakje of een woord; haakjes in haakjes kan niet."),
    (r"\)", "Hier sluit een haakje dat niet openging."),
    (r"\|", "Een | hoort tussen haakjes."),
)
"""What can be wrong in the order of words (w), three dots (g) and brackets, whole choices counting as a word."""


@dataclass(frozen=True)
class Subject:
    """One subject: words that count, and words with which they do not."""

    words: re.Pattern[str]
    exceptions: re.Pattern[str] | None

    def stands_in(self, folded: str) -> bool:
        """Whether folded text holds words of this subject outside the exceptions."""
        left = self.exceptions.sub(_TAKEN_OUT, folded) if self.exceptions else folded
        return self.words.search(left) is not None


@dataclass(frozen=True)
class CrisisWords:
    """The words of every subject, and those with which somebody asks for help at once."""

    subjects: tuple[Subject, ...]
    cries: re.Pattern[str]

    def sees(self, text: str) -> bool:
        """Whether words of crisis stand somewhere in `text`, which may be any string."""
        folded = fold(text)
        return any(subject.stands_in(folded) for subject in self.subjects)

    def asks(self, text: str) -> bool:
        """Whether the whole of `text`, which may be any string, is a cry for help."""
        return self.cries.fullmatch(fold(text).removeprefix(" ")) is not None


def crisis_words(table: Table) -> CrisisWords | Refusal:
    """The words of a whole file, ready to look for, or every fault in it."""
    return tuple(_faults(table)) or _built(table)


@lru_cache(maxsize=ONE_TURN)
def fold(text: str) -> str:
    """`text` as it is compared: no case, accents or signs, one letter for each sound, a space around every word.

    Letters typed apart ("d.o.o.d") come together, and digits inside a word ("d00d") are letters.
    """
    together = _TYPED_APART.sub(lambda found: found[0].replace(found[1], ""), _bare(text))
    sounding = normal(_DISGUISED.sub(lambda found: found[0].translate(_DIGITS), together))
    for letters, sound in _SOUNDS:
        sounding = sounding.replace(letters, sound)
    single = _DOUBLED.sub(r"\1", sounding.translate(_LETTERS))
    return f" {single} "


def _bare(text: str) -> str:
    """`text` in its plain letters, without marks and signs of no width.

    Marks go first: to put thousands of them in order, as NFKD does, takes time that grows with their square.
    """
    return _unmarked(unicodedata.normalize("NFKD", _unmarked(text)))


def _unmarked(text: str) -> str:
    return "".join(sign for sign in text if unicodedata.category(sign) not in ("Mn", "Me", "Cf"))


def _built(table: Table) -> CrisisWords:
    """The words of a table without faults."""
    lists = _lists(table)
    found = tuple(_subject(subject, lists) for subject in _inner(table, "subjects"))
    return CrisisWords(found, re.compile(_one_of(table.words("asks"), lists) + _END))


def _subject(table: Table, lists: Mapping[str, str]) -> Subject:
    words, exceptions = (_one_of(table.words(key), lists) for key in ("words", "except"))
    return Subject(_anywhere(words), _anywhere(exceptions) if table.words("except") else None)


def _lists(table: Table) -> dict[str, str]:
    lists = table.table("lists")
    return {name: _one_of(lists.words(name), {}) for name in lists.values} if lists else {}


def _inner(table: Table, key: str) -> tuple[Table, ...]:
    """The tables in the table at a key."""
    outer = table.table(key)
    return tuple(inner for name in outer.values if (inner := outer.table(name))) if outer else ()


def _anywhere(expression: str) -> re.Pattern[str]:
    return re.compile(f"{_START}{expression}{_END}")


def _one_of(patterns: Iterable[str], lists: Mapping[str, str]) -> str:
    return f"(?:{'|'.join(_expression(pattern, lists) for pattern in patterns)})"


def _expression(pattern: str, lists: Mapping[str, str]) -> str:
    return "".join(_part(found, lists) for found in _parts(pattern))


def _parts(pattern: str) -> list[re.Match[str]]:
    """Words, lists, brackets and dots of a pattern, in order."""
    return [found for found in _PART.finditer(_bare(pattern)) if found.lastgroup]


def _part(found: re.Match[str], lists: Mapping[str, str]) -> str:
    match found.lastgroup:
        case "gap":
            return _GAP
        case "list":
            return lists[found["list"]]
        case "sign":
            return _SIGNS[found[0]]
        case _:
            return _word(found[0])


def _word(word: str) -> str:
    """A word as an expression; the space behind it may have been forgotten, but not behind an ending of any kind."""
    marks = _WORD.fullmatch(word)
    if marks is None:
        return ""
    letters = _folded_letters(marks["letters"])
    spellings = "|".join(_spaced(spelling) for spelling in (_slipped(letters) if marks["slip"] else [list(letters)]))
    before = r"\w{0,20}" if marks["before"] else ""
    return f"{before}(?:{spellings})" + (r"\w*+ " if marks["after"] else " ?")


def _folded_letters(word: str) -> str:
    return fold(word).replace(" ", "")


def _spaced(letters: list[str]) -> str:
    return (" ?" if len(letters) >= LONG - 1 else "").join(letters)


def _slipped(letters: str) -> Iterator[list[str]]:
    """The word with each letter but the first missing, wrong, or with one too many; or with the next one before it."""
    for at in range(1, len(letters)):
        before, here, after = list(letters[:at]), letters[at], list(letters[at + 1 :])
        yield [*before, r"\w{0,2}", *after]
        if after and after[0] != here:
            yield [*before, after[0], here, *after[1:]]


def _faults(table: Table) -> Iterator[Fault]:
    """Everything that is wrong in a file."""
    yield from _unknown(table, ("asks", "lists", "subjects"))
    yield from (
        table.fault(key, _NO_TABLE) for key in ("lists", "subjects") if not _is_table(table.values.get(key, {}))
    )
    lists, subjects = (table.table(key) or Table(table.file, key, {}) for key in ("lists", "subjects"))
    yield from _list_faults(table, "asks", lists.values)
    for name in lists.values:
        yield from _list_faults(lists, name, ())
    if not subjects.values:
        yield table.fault("subjects", "Hier hoort minstens één onderwerp.")
    yield from (
        subjects.fault(named(None, key), _NO_TABLE) for key, value in subjects.values.items() if not _is_table(value)
    )
    for subject in _inner(table, "subjects"):
        yield from _subject_faults(subject, lists.values)


def _subject_faults(subject: Table, lists: Iterable[str]) -> Iterator[Fault]:
    yield from _unknown(subject, ("words", "except"))
    yield from _list_faults(subject, "words", lists)
    if "except" in subject.values:
        yield from _list_faults(subject, "except", lists)


def _unknown(table: Table, known: tuple[str, ...]) -> Iterator[Fault]:
    for key in table.values:
        if key not in known:
            near = hint(key, known) or f" Hier kan: {', '.join(known)}."
            yield table.fault(named(None, key), f"De sleutel {quoted(key)} bestaat hier niet.{near}")


def _list_faults(table: Table, key: str, lists: Iterable[str]) -> Iterator[Fault]:
    """What is wrong with the patterns at a key: each is named by its place, and repeated in the sentence."""
    patterns, place = table.values.get(key), named(None, key)
    if not isinstance(patterns, list) or not patterns:
        yield table.fault(place, _NO_LIST)
        return
    for at, pattern in enumerate(patterns, start=1):
        wrong = _mistake(pattern, lists) if isinstance(pattern, str) else "Hier hoort tekst tussen aanhalingstekens."
        if wrong:
            yield table.fault(f"{place}.{at}", wrong)


def _mistake(pattern: str, lists: Iterable[str]) -> str:
    """What is wrong with a pattern, in a sentence; "" where nothing is."""
    if not _bare(pattern).strip():
        return _EMPTY
    parts = _parts(pattern)
    wrong = [*map(_mistake_in_part, parts), *(_unknown_list(part["list"], tuple(lists)) for part in parts)]
    shape = _CHOICE.sub("w", "".join(_shape(part) for part in parts))
    wrong += [sentence for order, sentence in _ORDER if re.search(order, shape)]
    said = next(filter(None, wrong), "")
    return f"{said} Er staat {quoted(pattern)}." if said else ""


def _shape(part: re.Match[str]) -> str:
    return {"gap": "g", "sign": part[0]}.get(part.lastgroup or "", "w")


def _unknown_list(name: str | None, lists: tuple[str, ...]) -> str:
    if name is None or name in lists:
        return ""
    return f"De lijst {quoted(name)} bestaat hier niet.{hint(name, lists)}"


def _mistake_in_part(part: re.Match[str]) -> str:
    if part["odd"]:
        return f"Het teken {quoted(part['odd'])} kan hier niet."
    return _mistake_in_word(part["word"]) if part["word"] else ""


def _mistake_in_word(word: str) -> str:
    marks = _WORD.fullmatch(word)
    if marks is None:
        return "In een woord staat ~ alleen aan het begin, en * aan het begin of het eind."
    letters = len(_folded_letters(marks["letters"]))
    if not letters:
        return "Hier staat een teken zonder woord."
    if (marks["before"] or marks["after"]) and letters < SHORTEST_START:
        return f"Een woord met * heeft minstens {SHORTEST_START} letters."
    if marks["slip"] and letters < LONG:
        return f"Een woord met ~ heeft minstens {LONG} letters."
    return ""


def _is_table(value: object) -> bool:
    return isinstance(value, dict)
