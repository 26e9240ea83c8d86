"""Finds people's names in what is seen of a text, also in lower case; who somebody is ("mijn moeder") is no name.

A word that can only be a name is one wherever it stands. A word that is a name and a word ("roos") is one where what
is around it says so: a title, a role, "heet", "met … van het buurtteam", "… zei".
"""

import re
from collections.abc import Callable, Iterator, Sequence

from dialogs.personal.no_names import COMMON, KNOWN, PLACES
from dialogs.spelling import wordset
from research.deidentify.kinds import Finding, Kind
from research.deidentify.pieces import Word, words
from research.deidentify.vocabulary import Vocabulary

TITLES = wordset(
    "mevrouw mevr mw mvr mvrw meneer mijnheer heer hr dhr mnr dokter dr juf juffrouw meester mr tante oom opa oma pastor"
    " dominee imam pater zuster broeder prof professor drs ing ds mej pastoor tantje omi meneertje mevrouwtje"
)
"""Words before a name; they stay."""
_KIN = wordset("tante oom opa oma zuster broeder meester")
ROLES = wordset(
    "buurvrouw buurman buurmeisje buurjongen begeleider begeleidster collega hulpverlener hulpverleenster medewerker"
    " medewerkster coach consulent consulente wijkverpleegkundige verpleegkundige werker werkster maatschappelijk zoon"
    " zoontje dochter dochtertje vriend vriendin broer broertje zus zusje nicht nichtje neef neefje man vrouw ex exman"
    " ex-man ex-vrouw huisarts stagiair stagiaire vrijwilliger vrijwilligster mentor moeder vader schoonmoeder"
    " schoonvader schoonzus zwager kleinzoon kleindochter kleinkind oppas casemanager klantmanager jongerenwerker"
    " wijkagent agent bewindvoerder contactpersoon therapeut psycholoog psychiater advocaat advocate docent docente"
    " leraar lerares baas chef arts tandarts fysio thuishulp huishoudelijke schuldhulpverlener ambulant jeugdwerker"
    " regisseur gezinscoach tolk kraamhulp kind baby jongen meisje partner verloofde echtgenoot echtgenote mama papa"
    " mam pap stiefvader stiefmoeder pleegmoeder pleegvader pleegzoon pleegdochter voogd beheerder huismeester"
    " receptionist receptioniste balie hulp zoons dochters vriendje vriendinnetje buddy maatje makelaar postbode"
    " leidster leider trainer kapper imam peettante peetoom huisbaas verhuurder kennis client cliënt teamleider"
)
"""Words for who somebody is; a name may follow, and they stay."""

_CALLED = wordset("heet heette heten genaamd ene naam")
_NAMING = wordset("noem noemen noemde noemden noemt")
_NAMED = wordset("hem haar mij me hun ze die")
_GREETING = wordset("beste hoi hallo hai hey lieve dag groetjes groeten groet gr liefs bedankt dank dankje geachte")
_WITH = wordset(
    "met door tegen aan belde bel vroeg vraag bedank bedankte bedanken sprak gesproken via namens volgens naar voor"
)
_SURELY_WITH = wordset("met door tegen aan volgens namens")
_STARTS = wordset("en maar want toen dus dat of als omdat die daarna dan gisteren vandaag nu later volgens")
_DOES = wordset(
    "zei zegt zeg belde belt hielp helpt vroeg vraagt vertelde vertelt luisterde luistert kwam komt regelde regelt schreef"
    " heeft had ging wilde mailde appte beloofde zou kon deed gaf nam stuurde was is werkt werkte wist kent begreep liet"
    " legde bracht haalde zorgt zorgde tolkte vertaalde schrijft snapte weet ziet woont woonde bleef maakte zat"
)
_OF = wordset("van")
_TEAMS = wordset(
    "buurtteam buurtteams wijkteam team gemeente kerk moskee overkant balie woningbouw woningcorporatie school uwv ggd"
    " politie buurthuis bank thuiszorg jeugdzorg kantoor beneden boven hiernaast stadsloket sociale dienst werk"
)
_ARTICLES = wordset(
    "de het een 'n die deze dit dat mijn m'n mn jouw zijn z'n haar ons onze hun uw geen elke welke zo'n"
)
_PARTICLES = wordset("van de der den el al ben bin ten ter te la bou ait oğlu oglu von du da dos di abu ould st vd v.d")
_HARD_PARTICLES = wordset("van de der den ten ter te")
_ILLNESSES = wordset(
    "parkinson alzheimer crohn asperger down korsakov korsakoff tourette huntington hodgkin graves lyme pfeiffer"
)
"""Illnesses that are called by the name of a doctor of long ago."""
_NO_NAME = COMMON | KNOWN | TITLES | ROLES | _ILLNESSES
_PAST = re.compile(r"ge\w+(?:d|t|en)|\w+(?:te|de|den|ten)")
_INITIALS = re.compile(
    r"(?<![\w.])(?:[A-Z]\.[ ]?){1,4}(?:(?:van|de|der|den|el|al|ten|ter|te|von) ){0,3}[A-ZÀ-Þ][\w'’\-]{1,30}"
)
_LONGEST = 6

_Rule = Callable[[Sequence[Word], int, Vocabulary], bool]


def names(text: str, known: Vocabulary) -> Iterator[Finding]:
    """Names in what is seen of a text, each without the title or the role before it."""
    for match in _INITIALS.finditer(text):
        yield Finding(*match.span(), Kind.NAME, "voorletters")
    found = words(PLACES.sub(_lowered, text))
    at = 0
    while at < len(found):
        rule = next((name for name, holds in _RULES if holds(found, at, known)), "")
        if rule:
            start, last = at, _last(found, at, known)
            yield Finding(found[start].start, found[last].end, Kind.NAME, rule)
            at = last
        at += 1


def _lowered(place: re.Match[str]) -> str:
    return place.group().lower()


def _first_name(found: Sequence[Word], at: int, known: Vocabulary) -> bool:
    """A name wherever it stands; also somebody's: "fatmas broer"."""
    word = found[at]
    if word.low in _NO_NAME:
        return False
    if word.low in known.first_names:
        return True
    owns = word.low.endswith("s") and word.low[:-1] in known.first_names and word.low not in known.words
    return owns and at + 1 < len(found) and found[at + 1].low in ROLES


def _capital(found: Sequence[Word], at: int, known: Vocabulary) -> bool:
    """A first or last name with a capital within a sentence."""
    word = found[at]
    if not word.capital or word.opens or word.low in _NO_NAME:
        return False
    return word.low in known.maybe_names or (word.low in known.surnames and word.low not in known.words)


def _titled(found: Sequence[Word], at: int, known: Vocabulary) -> bool:
    """Behind a title, with the little words before a last name: "meneer van den berg"."""
    if at == 0 or not found[at].follows:
        return False
    title = found[at - 1].low
    if title not in TITLES:
        return False
    owned = at > 1 and found[at - 2].low in _ARTICLES and found[at - 1].follows
    last = _skip_little(found, at)
    if last > at:
        return _is_last_name(found[last], known, little=True, owned=owned)
    return _is_after(found[at], known, kin=title in _KIN, owned=owned)


def _is_after(word: Word, known: Vocabulary, *, kin: bool, owned: bool) -> bool:
    """Whether a word right behind a title is a name."""
    if word.capital and word.low in known.maybe_names and not owned:
        return True
    if word.low in _NO_NAME or word.low in known.usual_words:
        return word.capital and not owned and word.low in known.surnames and word.low not in KNOWN
    if word.capital or known.is_first_name(word.low):
        return True
    if word.low in known.words:
        return False
    return word.low in known.surnames or not (kin or owned or len(word.low) < 3 or bool(_PAST.fullmatch(word.low)))


def _is_last_name(word: Word, known: Vocabulary, *, little: bool, owned: bool) -> bool:
    if word.low in KNOWN or word.low in _TEAMS or word.low in ROLES:
        return False
    if word.capital or (word.low in (known.surnames | known.little_surnames) and little and not owned):
        return True
    return word.low not in known.words and word.low not in known.usual_words and not owned


def _roled(found: Sequence[Word], at: int, known: Vocabulary) -> bool:
    """Behind what somebody is: "mijn buurvrouw roos", "de consulent, Patrick"."""
    if at == 0 or found[at].opens or found[at - 1].low not in ROLES:
        return False
    word = found[at]
    if known.is_first_name(word.low):
        return True
    if word.low in _HARD_PARTICLES and word.capital:
        return True
    if word.low in _NO_NAME or word.low in known.usual_words:
        return False
    return word.capital and word.follows


def _called(found: Sequence[Word], at: int, known: Vocabulary) -> bool:
    """Behind "heet", "mijn naam is", "ik noem haar"."""
    before = [word.low for word in found[max(0, at - 3) : at]]
    if not before or not found[at].follows:
        return False
    word = found[at]
    if before[-1] in _CALLED - {"naam"} or before[-2:] == ["naam", "is"]:
        return _may_name(word, known) or _leads(found, at, known)
    if before[-1] in _NAMED and any(low in _NAMING for low in before[:-1]):
        return _may_name(word, known)
    return before[-2:] == ["ik", "ben"] and (
        word.low in known.maybe_names and word.capital or (word.capital and _may_name(word, known))
    )


def _may_name(word: Word, known: Vocabulary) -> bool:
    """Whether it is no usual word."""
    if word.low in _NO_NAME or word.low in known.usual_words or word.low[0].isdigit():
        return False
    return known.is_first_name(word.low) or word.low not in known.words


def _leads(found: Sequence[Word], at: int, known: Vocabulary) -> bool:
    """Whether the little words of a last name stand here: "ene van der meulen"."""
    last = _skip_little(found, at)
    return last > at and _is_last_name(found[last], known, little=True, owned=False)


def _greeted(found: Sequence[Word], at: int, known: Vocabulary) -> bool:
    """Behind a greeting: "beste Linda", "groetjes mo"."""
    if at == 0 or found[at - 1].low not in _GREETING:
        return False
    word = found[at]
    return known.is_first_name(word.low) or (word.capital and _may_name(word, known))


def _met(found: Sequence[Word], at: int, known: Vocabulary) -> bool:
    """Behind "met", "door", "tegen": a name with a capital, or one that is a word too and stands alone there."""
    if at == 0 or not found[at].follows or found[at - 1].low not in _WITH:
        return False
    word = found[at]
    if word.low in known.maybe_names:
        return found[at - 1].low in _SURELY_WITH | {"belde", "vroeg"} and _stands_alone(found, at)
    return word.capital and found[at - 1].low in _SURELY_WITH and _may_name(word, known)


def _stands_alone(found: Sequence[Word], at: int) -> bool:
    if at + 1 == len(found) or not found[at + 1].follows:
        return True
    return found[at + 1].low in _STARTS | _DOES | _OF | wordset("over heb ik had ging kon zij hij samen was te om wel")


def _of_a_team(found: Sequence[Word], at: int, known: Vocabulary) -> bool:
    """Before "van het buurtteam"."""
    if found[at].low not in known.maybe_names or (at and found[at - 1].low in _ARTICLES and found[at].follows):
        return False
    behind = [word.low for word in found[at + 1 : at + 4]]
    return behind[:1] == ["van"] and bool(_TEAMS & set(behind[1:]))


def _acts(found: Sequence[Word], at: int, known: Vocabulary) -> bool:
    """Where somebody does something: "roos zei", "amber hielp mij", at the start or behind a joining word."""
    if found[at].low not in known.maybe_names or at + 1 == len(found) or not found[at + 1].follows:
        return False
    if found[at + 1].low not in _DOES:
        return False
    stands_first = found[at].opens or not found[at].follows or found[at - 1].low in _STARTS
    weak = found[at + 1].low in ("is", "was", "had", "heeft", "komt", "kwam", "ging", "bleef", "zat", "maakte")
    return stands_first and (not weak or (at + 2 < len(found) and found[at + 2].low in _PERSONAL))


_PERSONAL = wordset(
    "mij me hem haar ons heel altijd nooit aardig lief boos geduldig vriendelijk er bij langs naar mijn samen met toen"
    " geholpen gebeld gezegd beloofd geregeld"
)


def _beside(found: Sequence[Word], at: int, known: Vocabulary) -> bool:
    """Beside another name: "kwame en abena", "Karima en Joke"."""
    if at < 2 or found[at - 1].low != "en" or not found[at].follows:
        return False
    word = found[at]
    first = found[at - 2]
    named = first.low in known.first_names or (first.capital and not first.opens and first.low not in _NO_NAME)
    return named and (word.low in known.maybe_names or (word.capital and _may_name(word, known)))


_RULES: tuple[tuple[str, _Rule], ...] = (
    ("voornaam", _first_name),
    ("achter aanspreking", _titled),
    ("hoofdletter", _capital),
    ("achter rol", _roled),
    ("zo heet iemand", _called),
    ("achter groet", _greeted),
    ("met iemand", _met),
    ("van een team", _of_a_team),
    ("iemand doet iets", _acts),
    ("naast een naam", _beside),
)


def _skip_little(found: Sequence[Word], at: int) -> int:
    """The word behind the little words that begin here."""
    last = at
    while last + 1 < len(found) and found[last].low in _PARTICLES and found[last + 1].follows and last - at < 3:
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
    if word.low in _NO_NAME or word.opens or found[at].opens:
        return False
    if last > at:
        return _is_last_name(word, known, little=True, owned=False)
    if word.capital:
        return True
    if word.low in known.first_names:
        return True
    if word.low not in known.surnames or word.low in known.usual_words or word.low in _DOES:
        return False
    return word.low not in known.words or _does_next(found, last)


def _does_next(found: Sequence[Word], at: int) -> bool:
    """Whether somebody does something right behind this word: "henk bakker had", not "akosua bracht soep"."""
    return at + 1 < len(found) and found[at + 1].follows and found[at + 1].low in _DOES
