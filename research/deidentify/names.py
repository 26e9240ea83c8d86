"""Finds people's names in what is seen of a text, also in lower case; who somebody is ("mijn moeder") is no name.

A word that can only be a name is one wherever it stands. A word that is a name and a word ("roos") is one where what
is around it says so: a title, a role, "heet", "met … van het buurtteam", "… zei".
"""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import chain

from dialogs.personal.no_names import KNOWN, PLACES
from research.deidentify import around
from research.deidentify.kinds import Finding, Kind
from research.deidentify.pieces import Word, words
from research.deidentify.vocabulary import Vocabulary, fold

_DONE = re.compile(r"(?:ge|be|ver|ont)\w+(?:d|t|en)")
_VERBAL = re.compile(r"\w+(?:t|te|d|de|en|st|nd|ig|lijk)")
"""As verbs in "mijn man werkt" end, and words for how he is."""
_PAST = re.compile(r"ge\w+(?:d|t|en)|\w+(?:te|de|den|ten)")
_CALLED_AFTER = re.compile(
    r"\b(?:albert heijn|dirk van den broek|antoni van leeuwenhoek|anne frank(?:[ \-]?huis)?|leger des heils"
    r"|jan linders|johan cruijff? arena|willem de kooning|philadelphia|emma kinderziekenhuis|anna hoeve)\b",
    re.IGNORECASE,
)
"""What is called after somebody, and is nobody."""
_INITIALS = re.compile(
    r"(?<![\w.])(?P<title>)(?P<it>(?:[A-Z]\.[ ]?){1,4}(?:(?:van|de|der|den|el|al|ten|ter|te|von) ){0,3}"
    r"(?P<name>[A-ZÀ-Þ][\w'’\-]{1,30}))"
)
_LOW_INITIALS = re.compile(
    r"(?<![\w.])(?P<title>(?:mevrouw|meneer|mw\.?|dhr\.?|mevr\.?|dokter|dr\.?) )?"
    r"(?P<it>(?:[a-tv-z]\.[ ]?){1,3}(?:(?:van|de|der|den|el|al|ten|ter|te) ){0,3}"
    r"(?P<name>(?![A-ZÀ-Þ])[^\W\d_][\w'’\-]{2,30}))"
)
_LONGEST = 6

_Rule = Callable[[Sequence[Word], int, Vocabulary], bool]


def names(text: str, known: Vocabulary) -> Iterator[Finding]:
    """Names in what is seen of a text, each without the title or the role before it."""
    for match in chain(_INITIALS.finditer(text), _LOW_INITIALS.finditer(text)):
        if match["name"][0].isupper() or fold(match["name"]) in known.surnames or match["title"]:
            yield Finding(match.start("it"), match.end(), Kind.NAME, "voorletters")
    found = words(PLACES.sub(_lowered, without_called_after(text)))
    at = 0
    while at < len(found):
        rule = next((name for name, holds in _RULES if holds(found, at, known)), "")
        if rule:
            start, last = at, _last(found, at, known)
            yield Finding(found[start].start, found[last].end, Kind.NAME, rule)
            at = last
        at += 1


def without_called_after(text: str) -> str:
    """`text` with spaces for what is called after somebody and is nobody."""
    return _CALLED_AFTER.sub(lambda name: " " * len(name.group()), text)


def _lowered(place: re.Match[str]) -> str:
    return place.group().lower()


def _first_name(found: Sequence[Word], at: int, known: Vocabulary) -> bool:
    """A name wherever it stands; also somebody's: "fatmas broer"."""
    word = found[at]
    if word.low in around.NO_NAME:
        return False
    if word.low in known.first_names:
        return True
    owns = word.low.endswith("s") and word.low[:-1] in known.first_names and word.low not in known.words
    return owns and at + 1 < len(found) and found[at + 1].low in around.ROLES


def _capital(found: Sequence[Word], at: int, known: Vocabulary) -> bool:
    """A first or last name with a capital within a sentence."""
    word = found[at]
    if not word.capital or word.opens or word.low in around.NO_NAME:
        return False
    return word.low in known.maybe_names or (word.low in known.surnames and word.low not in known.words)


def _titled(found: Sequence[Word], at: int, known: Vocabulary) -> bool:
    """Behind a title, with the little words before a last name: "meneer van den berg"."""
    if at == 0 or not found[at].follows:
        return False
    title = found[at - 1].low
    if title not in around.TITLES:
        return False
    owned = at > 1 and found[at - 2].low in around.ARTICLES and found[at - 1].follows
    last = _skip_little(found, at)
    if last > at:
        return _is_last_name(found[last], known, little=True, owned=owned)
    return _is_after(found[at], known, kin=title in around.KIN, owned=owned)


def _is_after(word: Word, known: Vocabulary, *, kin: bool, owned: bool) -> bool:
    """Whether a word right behind a title is a name."""
    if word.low in known.maybe_names and not owned:
        return True
    if word.low in around.NO_NAME or word.low in known.usual_words:
        return word.capital and not owned and word.low in known.surnames and word.low not in KNOWN
    if word.capital or known.is_first_name(word.low):
        return True
    if word.low in known.words:
        return word.low in known.surnames and not (kin or owned or word.low in around.DOES)
    return word.low in known.surnames or not (kin or owned or len(word.low) < 3 or bool(_PAST.fullmatch(word.low)))


def _is_last_name(word: Word, known: Vocabulary, *, little: bool, owned: bool) -> bool:
    if word.low in KNOWN or word.low in around.TEAMS or word.low in around.ROLES:
        return False
    if word.capital or (word.low in (known.surnames | known.little_surnames) and little and not owned):
        return True
    return word.low not in known.words and word.low not in known.usual_words and not owned


def _roled(found: Sequence[Word], at: int, known: Vocabulary) -> bool:
    """Behind what somebody is: "mijn buurvrouw roos", "de consulent, Patrick"."""
    if at == 0 or found[at].opens or found[at - 1].low not in around.ROLES:
        return False
    word = found[at]
    if known.is_first_name(word.low):
        return True
    if word.low in around.HARD_PARTICLES and (word.capital or _professional(found, at, known)):
        return True
    if word.low in around.NO_NAME or word.low in known.usual_words:
        return False
    return word.follows and (word.capital or _is_somebody(found, at, known))


def _is_somebody(found: Sequence[Word], at: int, known: Vocabulary) -> bool:
    """Whether a word that nobody knows stands between "mijn man" and what he does: "mijn man abebe tekende"."""
    word = found[at]
    if at < 2 or found[at - 2].low not in around.ARTICLES or word.low in known.words or len(word.low) < 4:
        return False
    if _VERBAL.fullmatch(word.low) or at + 1 == len(found) or not found[at + 1].follows:
        return False
    return found[at + 1].low in around.DOES or bool(_PAST.fullmatch(found[at + 1].low))


def _professional(found: Sequence[Word], at: int, known: Vocabulary) -> bool:
    """The last name of somebody at work: "huisarts de haan"."""
    last = _skip_little(found, at)
    name = found[last]
    return last > at and found[at - 1].low in around.AT_WORK and name.low in known.surnames | known.little_surnames


def _called(found: Sequence[Word], at: int, known: Vocabulary) -> bool:
    """Behind "heet", "mijn naam is", "ik noem haar"."""
    before = [word.low for word in found[max(0, at - 3) : at]]
    if not before or not found[at].follows:
        return False
    word = found[at]
    if before[-1] in around.CALLED - {"naam"} or before[-2:] in (["naam", "is"], ["naam", "was"]):
        return _may_name(word, known) or _leads(found, at, known)
    if before[-1] in around.NAMED and any(low in around.NAMING for low in before[:-1]):
        return _may_name(word, known)
    return before[-2:] == ["ik", "ben"] and (
        (word.low in known.maybe_names and word.capital) or (word.capital and _may_name(word, known))
    )


def _may_name(word: Word, known: Vocabulary) -> bool:
    """Whether it is no usual word."""
    if known.is_first_name(word.low):
        return True
    return not (word.low in around.NO_NAME | known.usual_words | known.words or word.low[0].isdigit())


def _leads(found: Sequence[Word], at: int, known: Vocabulary) -> bool:
    """Whether the little words of a last name stand here: "ene van der meulen"."""
    last = _skip_little(found, at)
    return last > at and _is_last_name(found[last], known, little=True, owned=False)


def _greeted(found: Sequence[Word], at: int, known: Vocabulary) -> bool:
    """Behind a greeting: "beste Linda", "groetjes mo"."""
    if at == 0 or found[at - 1].low not in around.GREETING:
        return False
    word = found[at]
    return known.is_first_name(word.low) or (word.capital and _may_name(word, known))


def _met(found: Sequence[Word], at: int, known: Vocabulary) -> bool:
    """Behind "met", "door", "tegen": a name with a capital, or one that is a word too and stands alone there."""
    if at == 0 or not found[at].follows or found[at - 1].low not in around.WITH:
        return False
    word = found[at]
    if word.low in known.maybe_names:
        if word.low in around.MASS and _in_pair(found, at, known):
            return False
        meant = found[at - 1].low in around.SURELY_WITH or (found[at - 1].low == "naar" and _goes_to(found, at))
        return meant and _stands_alone(found, at)
    return word.capital and found[at - 1].low in around.SURELY_WITH and _may_name(word, known)


def _in_pair(found: Sequence[Word], at: int, known: Vocabulary) -> bool:
    """ "hoop en liefde": beside something that is no name."""
    behind = [word.low for word in found[at + 1 : at + 3]]
    return behind[:1] in (["en"], ["of"]) and not any(known.is_first_name(low) for low in behind[1:])


def _goes_to(found: Sequence[Word], at: int) -> bool:
    """ "naar roos toe"."""
    return at + 1 < len(found) and found[at + 1].low == "toe"


def _stands_alone(found: Sequence[Word], at: int) -> bool:
    if at + 1 == len(found) or not found[at + 1].follows:
        return True
    return found[at + 1].low in around.STARTS | around.DOES | around.AFTER or bool(_DONE.fullmatch(found[at + 1].low))


def _of_a_team(found: Sequence[Word], at: int, known: Vocabulary) -> bool:
    """Before "van het buurtteam"."""
    if found[at].low not in known.maybe_names or (at and found[at - 1].low in around.ARTICLES and found[at].follows):
        return False
    behind = [word.low for word in found[at + 1 : at + 4]]
    return behind[:1] == ["van"] and bool(around.TEAMS & set(behind[1:]))


def _acts(found: Sequence[Word], at: int, known: Vocabulary) -> bool:
    """Where somebody does something: "roos zei", "amber hielp mij", at the start or behind a joining word."""
    if found[at].low not in known.maybe_names or at + 1 == len(found) or not found[at + 1].follows:
        return False
    if found[at + 1].low not in around.DOES:
        return False
    stands_first = found[at].opens or not found[at].follows or found[at - 1].low in around.STARTS
    weak = found[at].low in around.MASS and found[at + 1].low in (
        "is",
        "was",
        "had",
        "heeft",
        "komt",
        "kwam",
        "ging",
        "bleef",
        "zat",
        "maakte",
    )
    return stands_first and (not weak or (at + 2 < len(found) and found[at + 2].low in around.PERSONAL))


def _beside(found: Sequence[Word], at: int, known: Vocabulary) -> bool:
    """Beside another name: "kwame en abena", "Karima en Joke"."""
    if at < 2 or found[at - 1].low != "en" or not found[at].follows:
        return False
    if not any(holds(found, at - 2, known) for _, holds in _ALONE):
        return False
    word = found[at]
    return word.low in known.maybe_names or (word.capital and _may_name(word, known))


def _bare(found: Sequence[Word], at: int, known: Vocabulary) -> bool:
    """Where a thing would have "een" before it, and a person has not: "ik heb roos gebeld", "toen kwam iris"."""
    if at == 0 or found[at].low not in known.maybe_names - around.MASS or not found[at].follows:
        return False
    if found[at - 1].low == "van" and at > 1:
        return found[at - 2].low in around.ROLES
    return found[at - 1].low in around.BEFORE_BARE and _stands_alone(found, at)


def _owned_last(found: Sequence[Word], at: int, known: Vocabulary) -> bool:
    """A last name by its little words: "van der meulen", "de vries", and "de groot kwam" where no thing can stand."""
    word = found[at]
    if (
        word.low not in around.PARTICLES
        or at + 1 == len(found)
        or (at and found[at - 1].low in around.PARTICLES and word.follows)
    ):
        return False
    last = _skip_little(found, at)
    name = found[last]
    old = found[last - 1].low in ("der", "den")
    if (
        last == at
        or name.low in around.NO_NAME | known.first_names
        or (name.low in known.usual_words - around.QUALITIES and not old)
    ):
        return False
    listed = name.low in known.surnames or name.low in known.little_surnames
    if not listed:
        return False
    if old or (name.capital and name.low not in known.words - around.QUALITIES):
        return True
    if name.low in known.words - around.QUALITIES:
        return False
    stands_first = (
        word.opens or not word.follows or (at > 0 and found[at - 1].low in around.STARTS | around.SURELY_WITH)
    )
    return stands_first and _does_next(found, last)


_SOUNDING = re.compile(r"\w{2,}(?:ski|ska|cki|cka|wicz|czyk|oglu|poulos)")


def _sounds(found: Sequence[Word], at: int, known: Vocabulary) -> bool:
    """Ends as last names of elsewhere do, and as no Dutch word does."""
    return bool(_SOUNDING.fullmatch(found[at].low)) and found[at].low not in known.words | around.NO_NAME


_ALONE: tuple[tuple[str, _Rule], ...] = (
    ("voornaam", _first_name),
    ("achter aanspreking", _titled),
    ("hoofdletter", _capital),
    ("achter rol", _roled),
    ("zo heet iemand", _called),
    ("achter groet", _greeted),
    ("met iemand", _met),
    ("van een team", _of_a_team),
    ("iemand doet iets", _acts),
    ("zonder lidwoord", _bare),
    ("achternaam", _owned_last),
    ("klinkt als achternaam", _sounds),
)
_RULES = (*_ALONE, ("naast een naam", _beside))


def _skip_little(found: Sequence[Word], at: int) -> int:
    """The word behind the little words that begin here."""
    last = at
    while last + 1 < len(found) and found[last].low in around.PARTICLES and found[last + 1].follows and last - at < 3:
        last += 1
    return last


def _last(found: Sequence[Word], at: int, known: Vocabulary) -> int:
    """The last word of the name that begins here: other first names and last names belong to it."""
    last = _skip_little(found, at)
    while last - at < _LONGEST and last + 1 < len(found) and found[last + 1].follows:
        behind = _skip_little(found, last + 1)
        if not _goes_on(found, last + 1, behind, known):
            break
        last = behind
    return last


def _goes_on(found: Sequence[Word], at: int, last: int, known: Vocabulary) -> bool:
    word = found[last]
    if word.low in around.NO_NAME or word.opens or found[at].opens:
        return False
    if found[at - 1].low.rpartition("-")[2] in around.PARTICLES:
        return True
    if last > at:
        foreign = found[last - 1].low not in around.HARD_PARTICLES
        return _is_last_name(word, known, little=True, owned=False) and not (foreign and word.low in known.words)
    if word.capital:
        return True
    if word.low in known.first_names:
        return True
    if word.low not in known.surnames or word.low in known.usual_words or word.low in around.DOES:
        return False
    return word.low not in known.words or _does_next(found, last)


def _does_next(found: Sequence[Word], at: int) -> bool:
    """Whether somebody does something right behind this word: "henk bakker had", not "akosua bracht soep"."""
    return at + 1 < len(found) and found[at + 1].follows and found[at + 1].low in around.DOES
