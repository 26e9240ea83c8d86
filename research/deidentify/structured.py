"""Finds what can be told by its shape: numbers of people and of their papers, addresses on the net; knows no name."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from dialogs.personal.accounts import accounts
from dialogs.personal.bsn import bsns
from dialogs.personal.emails import emails
from dialogs.personal.figures import PHONE, PRICE, PUBLIC
from dialogs.personal.postcodes import postcodes
from dialogs.personal.seeing import Span
from research.deidentify.kinds import Finding, Kind
from research.deidentify.pieces import spans

_LINK = re.compile(r"\bhttps?://\S+|\bwww\.\S+|\b(?:facebook|instagram|linkedin|tiktok)\.com/\S+", re.IGNORECASE)

_SPELLED_BEFORE = re.compile(r"(?:[^\W_]{1,30} (?:punt|dot|streepje|underscore) )+$", re.IGNORECASE)
"""What comes before the part of a spelled e-mail address that is found by its @: "carla punt "."""

_PLATFORM = (
    r"(?:insta(?:gram)?|ig|tik ?tok|snap(?:chat)?|twitter|facebook|fb|telegram|discord|messenger|signal|linkedin|x)"
)
_HANDLE = re.compile(
    rf"(?<![\w.@])@(?P<at>[\w.\-]{{2,30}}\w)"
    rf"|\b{_PLATFORM}(?:account|naam)?(?: is| op| heet|:| als| ben ik| naam| account){{0,3}}[ :]+"
    rf"(?P<name>(?=[\w.\-]*(?:\d|_|[a-z]\.[a-z]))[\w.\-]{{3,30}}\w)",
    re.IGNORECASE,
)

_ON_PLATFORM = re.compile(rf"{_PLATFORM} {{1,2}}@", re.IGNORECASE)
"""What seems an e-mail address with spaces: "insta @bea.noord"."""

_PLATE = re.compile(
    r"(?<![\w\-])(?:[a-z]{2}-\d{2}-\d{2}|\d{2}-\d{2}-[a-z]{2}|\d{2}-[a-z]{2}-\d{2}|[a-z]{2}-\d{2}-[a-z]{2}"
    r"|[a-z]{2}-[a-z]{2}-\d{2}|\d{2}-[a-z]{2}-[a-z]{2}|\d{2}-[a-z]{3}-\d|\d-[a-z]{3}-\d{2}|[a-z]{2}-\d{3}-[a-z]"
    r"|[a-z]-\d{3}-[a-z]{2}|[a-z]{3}-\d{2}-[a-z]|[a-z]-\d{2}-[a-z]{3}|\d-[a-z]{2}-\d{3}|\d{3}-[a-z]{2}-\d)(?![\w\-])",
    re.IGNORECASE,
)
"""Dutch plates of sidecode 1 to 14, with their dashes."""

_NAMED_PLATE = re.compile(
    r"\b(?:kenteken(?:plaat)?|nummerbord|nummerplaat)(?: is| was| met|:|,)*[ ]+"
    r"(?P<it>(?=[a-z\d \-]{0,9}\d)(?=[a-z\d \-]{0,9}[a-z])[a-z\d]{1,6}(?:[ \-]?[a-z\d]{1,3}){0,3})(?!\w)",
    re.IGNORECASE,
)

_CASE_WORD = (
    r"(?:zaak|dossier|aanvra?ag|aanvraag|client|cliënt|klant|klacht|beschikking|besluit|parket|polis|referentie"
    r"|registratie|inschrijf|inschrijvings|melding|meldings|bezwaar|relatie|debiteur|debiteuren|factuur|contract|patient"
    r"|patiënt|patienten|patiënten|pas|paspoort|rijbewijs|id|identiteits|document|documents|vreemdelingen|v|lid"
    r"|lidmaatschap|order|ticket|personeels|studenten|student|rol|zorgpas|verzekerde|verzekerden|uzovi|kvk|wmo)"
)
_CASE = re.compile(
    rf"\b(?:{_CASE_WORD}[ \-]?(?:nummer|nr|num|no)?s?|kenmerk|ref|briefnummer|nummer van (?:de|het) \w+)\b\.?"
    r"(?:[ ]?(?:nummer|nr\.?|is|was|heeft|met|van mij|staat op|:|=|#))*[ :]{0,2}"
    r"(?P<it>(?=[\w/.\-]*\d[\w/.\-]*\d[\w/.\-]*\d)[a-z\d](?:[\w]|[/.\-](?=\w)){3,29})",
    re.IGNORECASE,
)
_CASE_SHAPE = re.compile(
    r"(?<![\w/\-])(?:[A-Z]{1,5}[/\-.](?:[A-Z0-9]{1,6}[/\-.]){0,2}\d{3,8}|\d{2}/\d{5,6}-\d{2}|[A-Z]{2,5}\d{5,10})(?![\w/\-])"
)
_BROKEN_PHONE = re.compile(
    r"(?<![\d.,])(?!06([-./])\d\d?\1(?:19|20)\d\d)(?:(?:0|\bo)[ ]?6|\bnul[ ,.\-]{1,3}zes)(?:[ .,\-/]{0,3}\d){8}(?!\d)",
    re.IGNORECASE,
)
"""In other groups than a phone shows, or with letters in front ("o6 12345678"); the sixth of a month is none."""
_FIGURE = "(?:nul|een|één|twee|drie|vier|vijf|zes|zeven|acht|negen)"
_SPELLED_PHONE = re.compile(rf"\bnul[ ,.\-]{{1,3}}{_FIGURE}(?:[ ,.\-]{{1,3}}{_FIGURE}){{6,12}}\b", re.IGNORECASE)
_LONG_NUMBER = re.compile(r"(?<![\d.,€/\-])\d{6,}(?![\d.,]\d|\d)")


def surest(text: str) -> Iterator[Finding]:
    """What may never leave, in what is seen of a text: a BSN, an account, a phone number, an e-mail or a home address.

    Also where it is spelled out ("omar apenstaartje live punt nl"); a home is found by its postcode and number.
    """
    yield from _found(Kind.BSN, "bsn", bsns(text))
    yield from _found(Kind.IBAN, "iban", accounts(text))
    yield from _found(Kind.PHONE, "telefoon", (match.span() for match in PHONE.finditer(text)))
    yield from _found(Kind.PHONE, "telefoon in stukken", chain(spans(_BROKEN_PHONE, text), spans(_SPELLED_PHONE, text)))
    for start, end in emails(text):
        if _ON_PLATFORM.match(text, start, end):
            continue
        before = _SPELLED_BEFORE.search(text, 0, start)
        yield Finding(before.start() if before else start, end, Kind.EMAIL, "e-mail")
    yield from _found(Kind.POSTCODE, "postcode met huis", postcodes(text))


def numbers(text: str) -> Iterator[Finding]:
    """Other numbers of a person: plate, case, and any other long number."""
    yield from _found(Kind.PLATE, "kenteken", spans(_PLATE, text))
    yield from _found(Kind.PLATE, "kenteken bij woord", spans(_NAMED_PLATE, text, "it"))
    yield from _found(Kind.CASE, "nummer bij woord", spans(_CASE, text, "it"))
    yield from _found(Kind.CASE, "vorm van zaaknummer", spans(_CASE_SHAPE, text))
    public = [span for pattern in (PUBLIC, PRICE) for span in spans(pattern, text)]
    long = (span for span in spans(_LONG_NUMBER, text) if not any(a < span[1] and span[0] < b for a, b in public))
    yield from _found(Kind.NUMBER, "lang nummer", long)


def addresses(text: str) -> Iterator[Finding]:
    """Other addresses: pages, and names on networks."""
    yield from _found(Kind.LINK, "webadres", spans(_LINK, text))
    for match in _HANDLE.finditer(text):
        if match["at"]:
            yield Finding(*match.span(), Kind.HANDLE, "account met @")
        else:
            yield Finding(*match.span("name"), Kind.HANDLE, "account bij netwerk")


def _found(kind: Kind, rule: str, spans: Iterable[Span]) -> Iterator[Finding]:
    return (Finding(*span, kind, rule) for span in spans)
