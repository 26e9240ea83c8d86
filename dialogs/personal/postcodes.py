"""Finds postcodes with a house number in what is seen of a text; knows no map."""

import re
from collections.abc import Iterator

from dialogs.personal.seeing import Span
from dialogs.spelling import wordset

_HOUSE = (
    r"[1-9]\d{0,3}(?:[ ]?(?:hs|huis|bis|iii|ii|iv|[a-z])(?![^\W\d_])|[ ]?[\-/][ ]?(?:\d{1,4}|[a-z]{1,4})(?![^\W_]))?"
)
_CODE = r"(?P<four>[1-9]\d{3})(?:[ ]{0,2}|-)(?P<two>[a-z]{2})"
_COUNTED = r"(?![ ]?(?:jaar|jr|maand|week|weken|dag|uur|keer|x\b|kind|minut|euro|mens|jong|meis|procent|%|€))"
_AFTER = re.compile(
    rf"(?<![\d.,]){_CODE}[ ,]{{0,2}}(?:(?:huis)?(?:nummer|nr)\.?[ ]?)?(?P<house>{_HOUSE})(?![\d:]|[.,\-/]\d){_COUNTED}",
    re.IGNORECASE,
)
_BEFORE = re.compile(rf"(?<![\d.,]){_HOUSE}[ ]?[,\n ][ ]?(?:amsterdam[, ]{{1,2}})?{_CODE}(?![^\W_])", re.IGNORECASE)
_STREET = re.compile(
    r"(?:(?:[A-ZÀ-Þ][\w'.\-]{0,20}|[1-9]e)[ ](?:(?:van|de|der|den|het|ter|ten|te)[ ]){0,2}){0,2}"
    r"(?!(?i:huis)?(?i:nummer|nr)\b)(?P<word>[\w'\-]{2,30})[ ,]{1,2}(?:(?:huis)?(?:nummer|nr)\.?[ ])?$"
)
_ENDING = (
    "(?:straat|str|weg|laan|plein|gracht|kade|dreef|hof|pad|plantsoen|singel|park|dijk|steeg|burg|oord|veld|flat|poort"
    "|wal|markt|baan|plaats|haven|werf|hoeve|rade|kamp)"
)
_STREETLIKE = re.compile(rf"(?i:[\w'\-]*{_ENDING})|[A-ZÀ-Þ]\w+")
_WITH_STREET = re.compile(
    rf"(?<![\d.,]){_CODE}[ ,\n]{{1,3}}(?:amsterdam[, ]{{1,2}})?(?:[\w'.\-]{{1,20}}[ ]){{0,3}}[\w'\-]{{0,20}}{_ENDING}"
    rf"[ ](?:nr\.?[ ]|nummer[ ])?{_HOUSE}(?![\d:])",
    re.IGNORECASE,
)
_NO_STREET = wordset(
    "ik ben in op van sinds vanaf nummer nr postcode om na tot bij met voor was is adres leeftijd vraag"
)
_NO_LETTERS = wordset(
    "en of op in is na om te ik we ze je er al zo nu et aan km kg mg ml cm ct jr nr m2 eu sa sd ss tot"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_LONGEST_STREET = 90


def postcodes(text: str) -> Iterator[Span]:
    """Where a postcode with a house number stands in what is seen: behind it, or before it with the street."""
    for match in _AFTER.finditer(text):
        if _is_postcode(match) and not _YEAR.fullmatch(match["house"]):
            yield match.span()
    for match in _WITH_STREET.finditer(text):
        if _is_postcode(match):
            yield match.span()
    for match in _BEFORE.finditer(text):
        start = _street_start(text, match.start())
        if _is_postcode(match) and start is not None:
            yield start, match.end()


def _is_postcode(match: re.Match[str]) -> bool:
    """Whether the letters are those of a postcode: "2019 en" is a year with a word behind it."""
    if match["two"].casefold() not in _NO_LETTERS:
        return True
    return match["two"].isupper() and match["four"][:2] not in ("19", "20")


def _street_start(text: str, house: int) -> int | None:
    """Where the street before a house number starts; none if what stands there is no street."""
    before = max(0, house - _LONGEST_STREET)
    street = _STREET.search(text, before, house)
    if street is None or street["word"].casefold() in _NO_STREET or not _STREETLIKE.fullmatch(street["word"]):
        return None
    return street.start()
