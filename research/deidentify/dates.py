"""Finds days and ages in what is seen of a text; a month or a year by itself is nobody's, and stays."""

import re
from collections.abc import Iterator

from dialogs.personal.figures import DATE
from research.deidentify.kinds import Finding, Kind
from research.deidentify.pieces import spans

_MONTH = (
    r"(?:januari|jan|februari|feb|febr|maart|mrt|april|apr|mei|juni|jun|juli|jul|augustus|aug|september|sept|sep"
    r"|oktober|okt|november|nov|december|dec)\b\.?"
)
_WEEKDAY = r"(?:maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|ma|di|wo|do|vr|za|zo)"
_ORDINAL = (
    r"(?:eerste|tweede|derde|vierde|vijfde|zesde|zevende|achtste|negende|tiende|elfde|twaalfde|dertiende|veertiende"
    r"|vijftiende|zestiende|zeventiende|achttiende|negentiende|twintigste|(?:een|twee|drie|vier|vijf|zes|zeven|acht"
    r"|negen)[eë]ntwintigste|dertigste|eenendertigste)"
)
_UNIT = r"(?:een|één|twee|drie|vier|vijf|zes|zeven|acht|negen)"
_TEEN = r"(?:tien|elf|twaalf|dertien|veertien|vijftien|zestien|zeventien|achttien|negentien)"
_TENS = r"(?:twintig|dertig|veertig|vijftig|zestig|zeventig|tachtig|negentig)"
_SPELLED = rf"(?:{_UNIT}[eë]n{_TENS}|{_TENS}|{_TEEN}|{_UNIT})"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_YEAR = r"(?:19|20)\d\d|['’`]\d\d"
_NAMED = re.compile(
    rf"(?<![\w.,])(?:{_WEEKDAY} )?(?:{_DAY}(?:e|ste|de)?|{_ORDINAL}|{_TEEN}|{_UNIT}(?= (?!mei\b)))"
    rf"(?: van)?[ .\-]{{0,2}}{_MONTH}(?:[ \-,]{{1,2}}(?:{_YEAR})(?!\d))?",
    re.IGNORECASE,
)
_TURNED = re.compile(rf"\b{_MONTH} {_DAY}(?:,? (?:{_YEAR}))?(?![\w:.,]*\d)(?! (?:uur|keer|euro))", re.IGNORECASE)
_SHORT = re.compile(
    r"(?<![\d\-/.,])(?:0?[1-9]|[12]\d|3[01])(?P<p>[-/.])(?:0?[1-9]|1[0-2])(?P=p)['’]?\d\d(?![\d\-/.,]\d|\d)"
)
_NO_YEAR = re.compile(
    r"(?<![\d\-/.,])(?!24/7(?!\d))(?:(?:1[3-9]|2\d|3[01])[/\-](?:0?[1-9]|1[0-2])|0[1-9][/\-](?:0[1-9]|1[0-2]))(?![\-/\w]|[.,]\d)"
)
_BORN = re.compile(
    r"\b(?:geboren|geb|geboortejaar|jaargang|bouwjaar|(?:ik ben|hij is|zij is|ze is) van)\.?"
    r"(?: ben| ik| is| in| op| sinds|:| het jaar| jaar){0,3} "
    r"(?P<it>(?:19|20)\d\d|['’]\d\d)(?!\d)",
    re.IGNORECASE,
)
_BORN_BEFORE = re.compile(r"\b(?:in|uit|van) (?P<it>(?:19|20)\d\d) (?:ben ik |is (?:zij|hij) )?geboren", re.IGNORECASE)

_PERSON = (
    r"(?:zoon|zoontje|dochter|dochtertje|kind|kindje|kinderen|jongen|jongens|jongetje|meisje|meisjes|baby|peuter|kleuter"
    r"|tiener|puber|moeder|vader|man|vrouw|oma|opa|broer|broertje|zus|zusje|kleinkind|kleinkinderen|kleinzoon"
    r"|kleindochter|neef|neefje|nicht|nichtje|oudste|jongste|middelste|mens|dame|heer|bewoner|buurvrouw|buurman|vriend"
    r"|vriendin|partner|tweeling|weduwe|oom|tante|schoon(?:moeder|vader|zoon|dochter|zus|broer)|(?:stief|pleeg)\w{3,8}"
    r"|moeder van|iemand|eentje|een|eén|één)"
)
_AGE = rf"(?:1[01]\d|\d{{1,2}}|{_SPELLED})"
_BARE = rf"(?:1[01]\d|\d{{1,2}}|{_UNIT}[eë]n{_TENS}|{_TENS}|{_TEEN})"
"""An age without "jaar": a small number in words is as often how many there are."""
_YEARS = r"(?:[ \-]?(?:jaar|jr|jarige?|maanden|maand|mnd|weken)\b\.?(?: oud)?)"
_UP_TO = r"(?!\w| ?(?:jaar|jr|maand|week|weken|dag|uur|min|keer|x\b|euro|€|%|procent|mensen|kind))"
_STOPS = r"(?=[ ]?(?:$|[.,;:!?)\n]|(?:en|of|maar|toen|dus|nu|als|want|met|die|oud|geworden|zonder)\b))"
_ADVERB = (
    r"(?: (?:nu|net|bijna|al|pas|ook|ongeveer|inmiddels|(?:volgende|deze) (?:week|maand)|dit jaar|volgend jaar"
    r"|nog maar|nog|zelf|dan|toen|intussen|rond de|ruim))?"
)
_AGES = (
    re.compile(rf"(?<![\w.,])(?P<it>{_AGE}[ \-](?:jaar|jr\.?|maanden|weken) (?:oud|jong)(?:e)?)\b", re.IGNORECASE),
    re.compile(rf"(?<![\w.,])(?P<it>{_AGE}[ \-]?jarige?)\b", re.IGNORECASE),
    re.compile(
        rf"\b{_PERSON} van{_ADVERB} (?P<it>{_AGE}{_YEARS}|{_BARE})"
        r"(?!\w| ?(?:euro|keer|uur|kind|mensen|zoon|zoons|dochters))",
        re.IGNORECASE,
    ),
    re.compile(rf"\bvan (?P<it>{_AGE})(?= en \d{{1,2}} jaar\b)", re.IGNORECASE),
    re.compile(rf"\b(?:{_PERSON}|hij|zij|ze|ik|ex) ?[(]{{1}}(?P<it>{_AGE}{_YEARS}?)[)]", re.IGNORECASE),
    re.compile(rf"\b{_PERSON} [^\W\d_]+ [(](?P<it>\d{{1,2}}{_YEARS}?)[)]", re.IGNORECASE),
    re.compile(
        rf"\b(?:mijn|m'n|mn|zijn|z'n|haar|onze|ons|hun) [^\W\d_]+ [(](?P<it>\d{{1,2}}{_YEARS})[)]", re.IGNORECASE
    ),
    re.compile(rf"\b[A-ZÀ-Þ][\w'’\-]+ [(](?P<it>\d{{1,2}}{_YEARS}?)[)]"),
    re.compile(
        rf"\b(?:ben|was|is|bent|word|wordt|werd|zijn|waren){_ADVERB} (?P<it>{_BARE}"
        rf"(?:[ ](?:jaar|jr)\b(?: oud)?)?){_STOPS}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:toen|terwijl|omdat|dat|sinds|tot|als|nu) (?:ik|hij|zij|ze|we|mijn \w+) (?P<it>{_AGE}(?: jaar| jr)?)"
        r" (?:was|ben|is|werd|word|wordt|waren)\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:op|sinds|vanaf|voor|na|tot|rond) (?:mijn|m'n|mn|zijn|z'n|haar|de leeftijd van) "
        r"(?P<it>\d{1,2}(?:e|ste|de)|\d{1,2}(?: jaar)?)(?!\w)",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?<![\w.,])(?P<it>{_AGE} (?:jaar|jr\.?)) (?=(?:man|vrouw|alleenstaand|weduwe|jongen|meisje)\b)",
        re.IGNORECASE,
    ),
    re.compile(rf"\bleeftijd(?: is| van|:)? (?P<it>{_AGE}(?: jaar)?)\b", re.IGNORECASE),
    re.compile(rf"\bals {_AGE}-?jarige?", re.IGNORECASE),
)
_MORE_AGES = re.compile(rf"(?:, ?| en )(?P<it>{_AGE}{_YEARS}|{_BARE}){_UP_TO}", re.IGNORECASE)
_PRONOUN = re.compile(
    r"\b(?:huur|prijs|kosten|bedrag|het|dat|dit|er|nummer|rij|temperatuur|tram|bus|lijn)\s+$", re.IGNORECASE
)


def dates(text: str) -> Iterator[Finding]:
    """Days in what is seen of a text, with or without their year, and years in which somebody was born."""
    for pattern in (DATE, _NAMED, _TURNED, _SHORT, _NO_YEAR):
        yield from (Finding(*span, Kind.DATE, "dag") for span in spans(pattern, text))
    for pattern in (_BORN, _BORN_BEFORE):
        yield from (Finding(*span, Kind.DATE, "geboortejaar") for span in spans(pattern, text, "it"))


def ages(text: str) -> Iterator[Finding]:
    """How old somebody is; how long something took is none ("3 jaar geleden")."""
    for pattern in _AGES:
        for match in pattern.finditer(text):
            if _PRONOUN.search(text, max(0, match.start() - 20), match.start()):
                continue
            yield Finding(*match.span("it" if "it" in pattern.groupindex else 0), Kind.AGE, "leeftijd")
            yield from _more_ages(text, match.end())


def _more_ages(text: str, after: int) -> Iterator[Finding]:
    """Those that follow in a row: "van 3, 5 en 8"."""
    while match := _MORE_AGES.match(text, after):
        yield Finding(*match.span("it"), Kind.AGE, "leeftijd in rij")
        after = match.end()
