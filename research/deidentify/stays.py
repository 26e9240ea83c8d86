"""Finds schools and shelters that are called by their name in what is seen of a text; knows no list of them."""

import re
from collections.abc import Iterator

from dialogs.personal.no_names import KNOWN
from dialogs.spelling import wordset
from research.deidentify.kinds import Finding, Kind
from research.deidentify.pieces import spans, words
from research.deidentify.vocabulary import Vocabulary

_LITTLE = wordset("van de der den het 't s in op en")

_CAP = r"[A-ZÀ-Þ0-9][\w'’\-]*"
_NAMED = (
    rf"(?:(?:de|het|'t|De|Het|van|der|den|op|in) ){{0,2}}{_CAP}"
    rf"(?: (?:(?:van|de|der|den|het|en|op) ){{0,2}}{_CAP}){{0,3}}"
)
_SCHOOL = (
    r"(?:(?:openbare |islamitische |katholieke |montessori |vrije )?"
    r"(?:basis|middelbare |lagere |taal|kleuter|speciale )?school"
    r"|lyceum|college|gymnasium|mavo|havo|vmbo|roc|mbo|peuterspeelzaal|kinderdagverblijf|kdv|voorschool|kinderopvang|bso"
    r"|creche|crèche)"
)
_SHELTER = (
    r"(?:(?:vrouwen|crisis|nacht|dag|gezins|daklozen|jongeren|nood|maatschappelijke |winter)?opvang"
    r"|opvanghuis|opvanglocatie"
    r"|blijfhuis|blijf-huis|passantenpension|pension|hostel|azc|asielzoekerscentrum|verpleeghuis|verzorgingshuis"
    r"|zorgcentrum"
    r"|woonvoorziening|safehouse|kliniek|hvo|leger des heils|inloophuis|logeerhuis|jongerenhuis|woongroep)"
)
_BETWEEN = "(?: genaamd| heet| heette|:|,)? "
_LOW = r"(?P<it>(?:de|het|'t) [^\W\d_]{3,}(?: [^\W\d_]{5,})?|[^\W\d_]{4,})(?!\w)"
_SCHOOL_NAMED = re.compile(rf"\b(?i:{_SCHOOL}){_BETWEEN}(?P<it>{_NAMED})")
_SHELTER_NAMED = re.compile(rf"\b(?i:{_SHELTER}){_BETWEEN}(?P<it>{_NAMED})")
_SCHOOL_LOW = re.compile(
    rf"\b(?:basisschool|lyceum|gymnasium|peuterspeelzaal|kinderdagverblijf|kdv) {_LOW}", re.IGNORECASE
)
_SHELTER_LOW = re.compile(
    rf"\b(?:vrouwenopvang|crisisopvang|nachtopvang|passantenpension|blijfhuis|opvanghuis) {_LOW}", re.IGNORECASE
)
_NAMED_SCHOOL = re.compile(
    rf"(?:{_CAP} (?:(?:van|de|der|den|het) ){{0,2}}){{1,3}}(?i:school|lyceum|college|gymnasium|scholengemeenschap)\b"
    r"|\bROC (?:van )?[A-Z]\w+"
    r"|(?P<low>(?:[^\W\d_]{3,} )?\b[^\W\d_]{3,}(?:college|lyceum|school)\b(?: school)?)"
)
_SHELTER_CALLED = re.compile(r"\bblijf[ \-]van[ \-](?:mijn|m'n|me)[ \-]lijf(?:[ \-]?huis)?", re.IGNORECASE)
_NO_SCHOOL = wordset(
    "basisschool middelbareschool taalschool hogeschool avondschool rijschool muziekschool kleuterschool "
    "voorschool vakschool volkshogeschool zwemschool dansschool koranschool zondagsschool zomerschool "
    "weekendschool peuterschool naschool brugschool lagereschool dorpsschool buurtschool internationaleschool "
    "beroepsschool modeschool kookschool toneelschool kunstschool handelsschool huishoudschool koksschool "
    "kappersschool montessorischool bedrijfsschool"
)


def stays(text: str, known: Vocabulary) -> Iterator[Finding]:
    """Schools and shelters that are called by their name, with the word for what they are."""
    for pattern, kind in ((_SCHOOL_NAMED, Kind.SCHOOL), (_SHELTER_NAMED, Kind.SHELTER)):
        for match in pattern.finditer(text):
            if not all(word.low in KNOWN | _LITTLE for word in words(match["it"])):
                yield Finding(*match.span(), kind, "met naam")
    for pattern, kind in ((_SCHOOL_LOW, Kind.SCHOOL), (_SHELTER_LOW, Kind.SHELTER)):
        for match in pattern.finditer(text):
            if not _is_plain(match["it"], known):
                yield Finding(*match.span(), kind, "met naam in kleine letters")
    for match in _NAMED_SCHOOL.finditer(text):
        if match["low"] is None or _is_school(match["low"], known):
            yield Finding(*_without_little(match), Kind.SCHOOL, "naam van een school")
    yield from (Finding(*span, Kind.SHELTER, "naam van een opvang") for span in spans(_SHELTER_CALLED, text))


def _is_plain(name: str, known: Vocabulary) -> bool:
    """Whether what stands behind "school" says nothing about which."""
    parts = [word.low for word in words(name)]
    return all(part in known.words or part in known.usual_words or part in KNOWN or part in _LITTLE for part in parts)


def _is_school(said: str, known: Vocabulary) -> bool:
    last = words(said)[-1].low
    name = words(said)[-2].low if last == "school" and len(words(said)) > 1 else last
    return name not in _NO_SCHOOL and name not in known.words and name not in known.usual_words


def _without_little(match: re.Match[str]) -> tuple[int, int]:
    """The name without a little word before it: "op bijlmerhorst school"."""
    start, end = match.span()
    first, space, _ = match.group().partition(" ")
    little = match["low"] is not None and bool(space) and len(first) < 4
    return (start + len(first) + 1, end) if little else (start, end)
