"""Finds streets and postcodes in what is seen of a text, in lower case too; knows no map."""

import re
from collections.abc import Iterator, Sequence

from dialogs.personal.no_names import KNOWN
from dialogs.spelling import wordset
from research.deidentify.kinds import Finding, Kind
from research.deidentify.pieces import Word, words
from research.deidentify.vocabulary import Vocabulary

_ENDING = re.compile(
    r".*[^\W\d_]{2}(?:straat|straatje|str|weg|wegje|laan|laantje|plein|pleintje|gracht|kade|dreef|hof|pad|plantsoen|singel"
    r"|park|dijk|dijkje|steeg|burgwal|wal|markt|kerf|oord|burg|steiger|werf|haven|poort|kamp|hoeve|baan)"
)
"""Of these most words are streets; of those behind `_SURE` only with a house number, or where a street is meant."""
_SURE = re.compile(
    r".*[^\W\d_]{3}(?:straat|straatje|str|weg|laan|plein|gracht|kade|dreef|plantsoen|singel|dijk|steeg|burgwal)"
)
_ORDINALS = wordset(
    "1e 2e 3e 4e 5e eerste tweede derde vierde vijfde 1ste 2de 3de nieuwe oude korte lange kleine grote"
)
_PARTICLES = wordset("van de der den het ter ten te 't s in la du")
_TITLED = wordset(
    "burgemeester burg professor prof dokter dr president koningin koning prins prinses admiraal generaal pater "
    "sint st jan meester pastoor minister johan pieter karel willem maria anna"
)
_TO = wordset(
    "op in aan naar bij van vanaf langs adres woon woont wonen woonde woonden flat hoek nabij tot uit rond kantoor"
)
_NOT = wordset(
    "dag week maand jaar kamer groep plan lijn bus tram metro vraag deel fase stap punt klas periode kwartier "
    "januari februari maart april mei juni juli augustus september oktober november december hamburg luxemburg "
    "johannesburg edinburgh"
)
_TWO_WORDS = (
    ("meer", "en", "vaart"),
    ("osdorper", "ban"),
    ("de", "dam"),
    ("de", "wallen"),
    ("de", "klencke"),
    ("tussen", "meer"),
    ("oude", "schans"),
    ("het", "singel"),
    ("bos", "en", "lommer"),
)
_LONGEST = 5

_HOUSE = re.compile(
    r"\.?[ ,]{1,2}(?:(?:huis)?(?:nummer|nr)\.? )?(?P<n>[1-9]\d{0,3})"
    r"(?:(?: ?(?:hs|huis|bis|iii|ii|iv|[a-h])(?![^\W\d_]))"
    r"|[ ]?[\-/][ ]?(?:\d{1,3}|[a-z]{1,3})(?!\w))?(?![\d:]|[.,]\d)"
    r"(?! ?(?:uur|jaar|keer|euro|weken|maanden|dagen|mensen|min))",
    re.IGNORECASE,
)
_HOUSE_ALONE = re.compile(
    r"\b(?:huisnummer|huisnr\.?)(?: is|:)? (?P<it>[1-9]\d{0,3} ?[a-h]?)(?!\w)"
    r"|\b(?:van|op|bij) (?P<nr>(?:nr\.?|nummer) [1-9]\d{0,3}[a-h]?)(?!\w)",
    re.IGNORECASE,
)
_POSTCODE = re.compile(
    r"(?<![\d.,€\-])(?P<four>1[01]\d\d|138[0-4]|[2-9]\d{3}|1[2-9]\d\d)"
    r" ?(?P<two>[A-Z]{2}|[a-z]{2})(?![^\W_])(?: (?P<house>\d{1,4})(?![\d:.,]))?"
)
_NO_LETTERS = wordset(
    "en of op in is na om te ik we ze je er al zo nu et aan km kg mg ml cm ct jr nr m2 eu sa sd ss tot"
)
_NEVER_LETTERS = wordset(
    "de me ja ga ha he af ex uw bv pm pw pk kw kb mb gb mm cc ca va st nl ad eh uu tv wc pp pc ie hz do"
)
"""What stands behind a number in lower case and is no postcode, though it could be one."""
_CALLED = ("postcode ", "postcode: ", "postcode is ")
_AMSTERDAM = re.compile(r"10(?:1[1-9]|[2-9]\d)|110\d|138[0-4]")
_ASKED = re.compile(r"(?:postcode|pc|adres|woon(?:t|de)?)\b[^.\n]{0,20}$", re.IGNORECASE)


def streets(text: str, known: Vocabulary) -> Iterator[Finding]:
    """Streets in what is seen of a text, each with its house number."""
    found = words(text)
    for at in range(len(found)):
        end = at + 1
        start = _street_start(found, at, known)
        house = _HOUSE.match(text, found[at].end)
        if start is None:
            size = _listed(found, at, known, house=house is not None, text=text)
            if not size:
                continue
            start, end = at, at + size
            house = _HOUSE.match(text, found[end - 1].end)
        elif not (at - start and _is_whole(found[start:end], known)) and not _is_street(
            found, at, known, house=house is not None
        ):
            continue
        yield Finding(found[start].start, house.end() if house else found[end - 1].end, Kind.STREET, "straat")
    for match in _HOUSE_ALONE.finditer(text):
        yield Finding(*match.span("it" if match["it"] else "nr"), Kind.STREET, "huisnummer")


def codes(text: str) -> Iterator[Finding]:
    """Postcodes, also without a house: a few homes share one."""
    for match in _POSTCODE.finditer(text):
        if _is_postcode(text, match):
            yield Finding(*match.span(), Kind.POSTCODE, "postcode")


def _street_start(found: Sequence[Word], at: int, known: Vocabulary) -> int | None:
    """The first word of the street that ends with this one; None if this is no end of one."""
    if not _ENDING.fullmatch(found[at].low) or found[at].low in KNOWN | _NOT:
        return None
    for size in range(min(_LONGEST, at + 1), 1, -1):
        part = found[at + 1 - size : at + 1]
        if all(word.follows for word in part[1:]) and " ".join(word.low for word in part) in known.streets:
            return at + 1 - size
    start = at
    while start and found[start].follows and _belongs(found, start - 1, known):
        start -= 1
    while start < at and found[start].low in _PARTICLES - {"van"}:
        start += 1
    return start


def _is_whole(part: Sequence[Word], known: Vocabulary) -> bool:
    """Whether a street of several words stands here whose last word is no other: "ten katemarkt"."""
    name = " ".join(word.low for word in part)
    return name in known.streets and part[-1].low not in known.words | known.street_words | known.usual_words


def _belongs(found: Sequence[Word], at: int, known: Vocabulary) -> bool:
    """Whether a word before a street is a part of its name."""
    word = found[at]
    if word.low in _ORDINALS or word.low in _TITLED:
        return True
    if word.low in _PARTICLES:
        return at > 0 and found[at].follows and found[at - 1].low in (_ORDINALS | _TITLED | known.first_names)
    return word.capital and not word.opens and word.low not in KNOWN


def _is_street(found: Sequence[Word], at: int, known: Vocabulary, *, house: bool) -> bool:
    word = found[at]
    if word.low in known.street_words:
        return house or (word.capital and not word.opens and word.low in known.streets)
    if _SURE.fullmatch(word.low):
        return word.low not in known.usual_words
    listed = word.low in known.streets and word.low not in known.words
    return listed and (house or (word.capital and not word.opens))


def _listed(found: Sequence[Word], at: int, known: Vocabulary, *, house: bool, text: str) -> int:
    """Of how many words the street is that begins here and does not end as one; 0 for none."""
    for names in _TWO_WORDS:
        part = found[at : at + len(names)]
        if tuple(word.low for word in part) == names and all(word.follows for word in part[1:]):
            there = _HOUSE.match(text, part[-1].end) is not None
            return len(names) if there or part[-1].capital or names[0] not in ("de", "het", "tussen", "bos") else 0
    word = found[at]
    if word.low in known.places:
        return 1
    meant = at > 0 and found[at - 1].low in (_TO | {"de", "het"})
    if not house or word.low in _NOT or word.low in known.words or word.low not in known.streets:
        return 0
    return 1 if meant or word.capital else 0


def _is_postcode(text: str, match: re.Match[str]) -> bool:
    asked = _ASKED.search(text, max(0, match.start() - 40), match.start()) is not None
    if match["two"].isupper():
        return match["two"].lower() not in _NO_LETTERS or match["four"][:2] not in ("19", "20") or asked
    if match["two"] in _NO_LETTERS:
        return text.endswith(_CALLED, 0, match.start())
    joined = " " not in match.group()[: len("1234a")]
    near = _AMSTERDAM.fullmatch(match["four"]) is not None and match["two"] not in _NEVER_LETTERS
    return asked or joined or match["house"] is not None or near
