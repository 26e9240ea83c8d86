"""Texts that do harm where a program takes them for more than words, made by rule from dangerous pieces."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice, product

from dialogs.interview import Answer, Interview, Part
from dialogs.questions import Question
from tests.research.told import BEWONER, BLANK, nth, tell

PIECES = (
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1)",
    "＝1+1",
    "=cmd|'/c calc'!A1",
    '=HYPERLINK("http://example.org";"klik")',
    "\t=1+1",
    "\n=1+1",
    " =1+1",
    "\u200b=1+1",
    "https://example.org",
    "mailto:iemand",
    "{=1+1}",
    "<r><t>x</t></r>",
    "</t></is></c><c><f>1+1</f></c>",
    "<![CDATA[",
    "]]>",
    "&amp;&#61;",
    "<script>alert(1)</script>",
    "_x0041_",
    "_x005F_x0041_",
    "_x000D_",
    '"',
    "'",
    ";",
    ",",
    "|",
    "\\",
    "\\n",
    "00123",
    "1-2",
    "12:30",
    "1e5",
    "5 mei",
    "100%",
    "WAAR",
    "\u202eabc",
    "\u2066abc\u2069",
    "\x07\x0b\x1b",
    "\u0085\u2028",
    "\ufeff",
    "\ufffe\uffff",
    "👩‍👩‍👧‍👦",
    "مرحبا",
    "é\u0301\u0301",
    "verhaal_id",
    "NULL",
    "#N/A",
    "#VERW!",
)
BETWEEN = ("", "\n", ";", '"', "\t")


def texts(number: int = 10_000) -> list[str]:
    """So many different ones: every piece before every other, with something between them."""
    made = list(islice(dict.fromkeys("".join(parts) for parts in product(PIECES, BETWEEN, PIECES)), number))
    assert len(made) == number, f"{len(PIECES)} pieces give only {len(made)} texts"
    return made


def tellings(said: Sequence[str]) -> list[Interview]:
    """Stories in which all of it was typed: as words, and beside the buttons."""
    left = iter(said)
    return [*_tellings(left, len(said))]


def _tellings(left: Iterator[str], number: int) -> Iterator[Interview]:
    typed = 0

    def choose(question: Question, telling: Interview) -> Answer:
        nonlocal typed
        typed += 1
        return replace(nth(typed)(question, telling), parts=(Part(next(left, "")),))

    while typed < number:
        yield tell(BEWONER, choose, replace(BLANK, voluntary=True))
