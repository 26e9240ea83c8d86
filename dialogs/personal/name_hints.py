"""Whether a person's name may stand in a text, for a hint and nothing more; knows no list of names and no teller.

It would rather miss a name than see one in every capital: a hint that comes too often is read by nobody.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from dialogs.personal.no_names import COMMON, KNOWN, PLACES
from dialogs.personal.seeing import see
from dialogs.spelling import wordset

_TITLES = wordset("mevrouw mevr mevrouwtje meneer heer mw mvr mnr dhr juf juffrouw meester dokter dr mr")
_SHORT = wordset("mw mvr mevr mnr dhr dr mr st")
"""Words with a point behind them that ends no sentence."""
_ROLES = wordset(
    "begeleider begeleidster collega buurvrouw buurman hulpverlener hulpverleenster medewerker medewerkster coach"
    " consulent wijkverpleegkundige werker zoon zoontje dochter dochtertje vriend vriendin broer zus zusje nicht neef"
    " man vrouw ex ex-man ex-vrouw huisarts stagiair stagiaire vrijwilliger mentor"
)
_CALLED = wordset("heet heette genaamd")
_PARTICLES = wordset("van de der den el al ben bin ten ter te la bou ait oğlu")
_OWNERS = wordset("de die deze een n een zo'n mijn m'n mn onze ons jouw uw hun haar zijn z'n elke andere geen welke")
"""Before a title, they make it a word for somebody: "de mevrouw zei" names nobody."""

_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_DONE = re.compile(r"ge\w+(?:d|t|en)")
_OPENERS = '.!?:;\n"“”„…'
_USUAL = KNOWN | COMMON
_MINE = wordset("mijn m'n mn me")
_LONGEST_NAME = 7
_MOSTLY = 0.6


@dataclass(frozen=True)
class _Word:
    """A word, whether it follows the one before it in one breath, and whether it opens a sentence."""

    said: str
    follows: bool
    opens: bool

    @property
    def low(self) -> str:
        return self.said.casefold()

    @property
    def may_name(self) -> bool:
        """Whether it has a capital and is no word that always has one, and no abbreviation."""
        short = self.said.isupper() and len(self.said) < 6
        return self.said[0].isupper() and not short and self.low not in _USUAL

    @property
    def is_unusual(self) -> bool:
        """Whether it is no word that often stands behind a title, capitals aside."""
        return len(self.said) > 2 and self.low not in _USUAL and not _DONE.fullmatch(self.low)

    @property
    def is_known(self) -> bool:
        """Whether it is written with a capital and names no person."""
        return self.said[0].isupper() and self.low in KNOWN

    @property
    def is_part(self) -> bool:
        """Whether a name can go on with it."""
        return (self.may_name and self.follows) or self.is_little

    @property
    def is_little(self) -> bool:
        """Whether it is what stands between a title and a last name: "van", "El", an initial."""
        return self.follows and (self.low in _PARTICLES or (len(self.said) == 1 and self.said.isupper()))


def hints_at_name(text: str) -> bool:
    """Whether somebody may be named in `text`.

    So it seems behind a title ("mevrouw Jansen"), "heet" or "mijn naam is", behind what somebody is ("mijn collega
    Peter"), and with two capitals in a row within a sentence.
    """
    words = _words(PLACES.sub(_lowered, see(text).text))
    return any(
        rule(words, at) for at in range(len(words)) for rule in (_titled, _called, _introduced, _known_as, _full)
    )


def _lowered(place: re.Match[str]) -> str:
    return place.group().lower()


def _words(text: str) -> list[_Word]:
    words: list[_Word] = []
    before, after = "", 0
    for match in _WORD.finditer(text):
        gap = text[after : match.start()].replace(".", "", before in _SHORT or len(before) == 1)
        opens = not words or any(sign in gap for sign in _OPENERS)
        words.append(_Word(match.group(), follows=bool(words) and not gap.strip(), opens=opens))
        before, after = match.group().casefold(), match.end()
    return _without_shouting(words)


def _without_shouting(words: list[_Word]) -> list[_Word]:
    """Where nearly every word has a capital, capitals say nothing."""
    capitals = sum(word.said[0].isupper() for word in words)
    all_large = all(word.said.isupper() for word in words)
    if all_large or (len(words) > 3 and capitals > _MOSTLY * len(words)):
        return [replace(word, said=word.low) for word in words]
    return words


def _titled(words: Sequence[_Word], at: int) -> bool:
    if words[at].low not in _TITLES:
        return False
    particles = list(takewhile(lambda word: word.is_little, words[at + 1 : at + 4]))
    name = _next(words, at + len(particles))
    if name is None or name.may_name:
        return name is not None
    owned = at > 0 and words[at].follows and words[at - 1].low in _OWNERS
    return not owned and not any(word.low == "van" for word in particles) and name.is_unusual


def _called(words: Sequence[_Word], at: int) -> bool:
    name = _next(words, at)
    if words[at].low not in _CALLED or name is None:
        return False
    return name.may_name or (at > 0 and words[at - 1].low == "ik" and name.is_unusual)


def _introduced(words: Sequence[_Word], at: int) -> bool:
    name = _next(words, at)
    if name is None:
        return False
    before = [word.low for word in words[max(0, at - 2) : at + 1]]
    if before[-2:] == ["ik", "ben"]:
        return name.may_name
    return before[1:] == ["naam", "is"] and (name.may_name or (before[0] in _MINE and name.is_unusual))


def _known_as(words: Sequence[_Word], at: int) -> bool:
    name = _next(words, at)
    return words[at].low in _ROLES and name is not None and name.may_name


def _full(words: Sequence[_Word], at: int) -> bool:
    """Whether a first and a last name start here; what stands beside a known name belongs to that."""
    first = words[at]
    if first.opens or not first.may_name or (first.follows and words[at - 1].is_known):
        return False
    others = list(takewhile(lambda word: word.is_part, words[at + 1 : at + _LONGEST_NAME]))
    beside = _next(words, at + len(others))
    return any(word.may_name for word in others) and not (beside is not None and beside.is_known)


def _next(words: Sequence[_Word], at: int) -> _Word | None:
    """The word that follows in one breath."""
    return words[at + 1] if at + 1 < len(words) and words[at + 1].follows else None
