"""The columns of the wide file: which there are, what they are called and what stands in them; knows no file.

Names come from the ids of questions, never from their wording, and have to suit every program that reads them.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from operator import attrgetter

from dialogs.questions import (
    ClosedQuestion,
    OpenQuestion,
    Question,
    QuestionSet,
    ReviewQuestion,
    ScaleQuestion,
    StoryQuestion,
    TriadQuestion,
)
from research.export.missing import CODES, Reason
from research.export.rows import StoryRow
from research.export.tables import Cell
from research.faults import ConfigurationFault

NAME = re.compile(r"[a-z][a-z0-9_]{0,31}")
"""Stata takes no more than 32 characters, and R and SPSS no hyphen or space."""

RESERVED = frozenset({"all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with"})
"""Words that SPSS takes for its own."""

OWN_LETTERS = 5
"""Letters in which two columns of long text must differ: SPSS cuts a text into pieces that are named after them."""


class Part(StrEnum):
    """What of an answer stands in a column."""

    TEXT = "tekst"
    CODE = "code"
    VALUE = "waarde"
    SHARE_A = "a"
    SHARE_B = "b"
    SHARE_C = "c"


SHARES = (Part.SHARE_A, Part.SHARE_B, Part.SHARE_C)

FIELDS = {
    Part.TEXT: "text",
    Part.CODE: "choice.code",
    Part.VALUE: "choice.value",
    Part.SHARE_A: "choice.share_a",
    Part.SHARE_B: "choice.share_b",
    Part.SHARE_C: "choice.share_c",
}
"""Where each part stands in the row of an answer."""


@dataclass(frozen=True)
class Column:
    """One part of the answers to one question, under whichever set or version it was asked."""

    name: str
    question: str
    part: Part


@dataclass(frozen=True)
class FixedColumn:
    """Something that every story has, whatever was asked. `labels` say what its codes mean, where it has any."""

    name: str
    meaning: str
    cell: Callable[[StoryRow], Cell]
    labels: tuple[tuple[int, str], ...] = ()


YES_NO = ((1, "ja"), (0, "nee"))

FIXED = (
    FixedColumn("verhaal_id", "Het verhaal: een willekeurig kenmerk, in elk bestand gelijk.", lambda row: row.story.id),
    FixedColumn("vragenset", "De vragenlijst die de verteller kreeg.", lambda row: row.story.question_set),
    FixedColumn("versie", "De versie van die vragenlijst.", lambda row: row.story.version),
    FixedColumn(
        "verteller",
        "De verteller: een willekeurig kenmerk dat niet naar een persoon leidt.",
        lambda row: row.story.teller,
    ),
    FixedColumn("kanaal", "Waarmee het verhaal verteld is.", lambda row: row.story.channel),
    FixedColumn("link", "De link of QR-code waarmee de verteller kwam. Leeg: zonder.", lambda row: row.story.link),
    FixedColumn("rol", "Hoe de verteller bij de Buurtteams hoort.", lambda row: row.story.role),
    FixedColumn("geholpen", "Of een helper voorlas en typte.", lambda row: int(row.story.helped), YES_NO),
    FixedColumn(
        "helper",
        "Als wie de helper kwam, bij een bezoek aan meer vertellers na elkaar: buurtteam, organisatie, vrijwilliger of"
        " onderzoek. Nooit een naam. Leeg: geen bezoek.",
        lambda row: row.story.helper or None,
    ),
    FixedColumn(
        "eigen_team",
        "Of het verhaal gaat over het team waar de helper zelf werkt. Leeg: geen bezoek.",
        lambda row: None if row.story.own_team is None else int(row.story.own_team),
        YES_NO,
    ),
    FixedColumn(
        "proef",
        "Of het verteld is met een link om te proberen. Zulke verhalen zitten er alleen in met --with-test.",
        lambda row: int(row.story.test),
        YES_NO,
    ),
    FixedColumn(
        "taal",
        "De taal van het verhaal: de code van een taal, zoals nl of tr, of die van een schrift (ISO 15924), zoals arab."
        " Leeg: niemand weet het.",
        lambda row: row.story.language.code or None,
    ),
    FixedColumn(
        "taal_kans",
        "Hoe zeker de herkenning zegt te zijn, in hele procenten. Praktisch altijd 100, en geen kans dat het klopt."
        " Leeg: niet gemeten.",
        lambda row: row.story.language.certainty,
    ),
    FixedColumn(
        "taal_bron",
        "Waaraan de taal te zien was. herkend: aan de woorden. schrift: aan de letters. telegram, web of terminal: aan"
        " de taal van de app, en die kan een andere zijn dan die van het verhaal. Leeg: nergens aan.",
        lambda row: row.story.language.source or None,
    ),
    FixedColumn("datum", "De dag van versturen in Amsterdam (jaar-maand-dag).", lambda row: row.day.isoformat()),
    FixedColumn("week", "De week van versturen (ISO 8601).", lambda row: row.week),
    FixedColumn(
        "citeren",
        "Of de verteller het goed vond dat een stukje in een rapport komt te staan.",
        lambda row: int(row.story.quote),
        YES_NO,
    ),
    FixedColumn(
        "toestemming_tekst",
        "Onder welke naam de tekst van de toestemming in het programma staat.",
        lambda row: row.story.consent.text,
    ),
    FixedColumn(
        "toestemming_versie",
        "Kenmerk van de woorden die de verteller zag: andere woorden, ander kenmerk. Lees dit als tekst.",
        lambda row: row.story.consent.fingerprint,
    ),
)


def columns(sets: Sequence[QuestionSet]) -> tuple[Column, ...]:
    """The columns for the questions of all these sets: first words, then what was chosen, as the sets have them.

    `ConfigurationFault` with every name that some program could not read.
    """
    questions = [question for item in sets for question in item.questions]
    found = dict.fromkeys(column for question in sorted(questions, key=_turn) for column in columns_of(question))
    faults = name_faults(tuple(found))
    if faults:
        raise ConfigurationFault("\n".join(faults))
    return tuple(found)


def columns_of(question: Question) -> Iterator[Column]:
    """The columns of one question; the review has none."""
    match question:
        case ReviewQuestion():
            return
        case OpenQuestion():
            yield Column(question.id, question.id, Part.TEXT)
        case StoryQuestion():
            yield Column(question.id, question.id, Part.TEXT)
            yield Column(f"{question.id}_vraag", question.id, Part.CODE)
        case _:
            yield Column(question.id, question.id, Part.CODE)
            yield from (Column(f"{question.id}_{part}", question.id, part) for part in _numbers(question))


def name_faults(found: Sequence[Column]) -> list[str]:
    """What is wrong with names, a Dutch sentence each."""
    names = [*(column.name for column in FIXED), *(column.name for column in found)]
    starts = [column.name[:OWN_LETTERS] for column in found if column.part is Part.TEXT]
    return [
        *(f"De kolom '{name}' zou er twee keer zijn. Geef een vraag een andere id." for name in _twice(names)),
        *(f"Twee vragen met eigen woorden beginnen met '{start}': dat kan SPSS niet aan." for start in _twice(starts)),
        *(f"'{name}' kan geen kolom heten." for name in names if name in RESERVED or not NAME.fullmatch(name)),
    ]


def header(found: Sequence[Column]) -> list[str]:
    """The first line of the wide file."""
    return [*(column.name for column in FIXED), *(column.name for column in found)]


def line_of(found: Sequence[Column]) -> Callable[[StoryRow], list[Cell]]:
    """What makes the line of a story in the wide file; where its set lacks a question, the code that says so."""
    places = [(column.question, attrgetter(FIELDS[column.part]), _not_asked(column)) for column in found]

    def line(row: StoryRow) -> list[Cell]:
        answers = row.answers
        asked = [part(answers[question]) if question in answers else absent for question, part, absent in places]
        return [*(column.cell(row) for column in FIXED), *asked]

    return line


def _not_asked(column: Column) -> int | None:
    return CODES[Reason.NOT_ASKED] if column.part is Part.CODE else None


def _numbers(question: ClosedQuestion) -> tuple[Part, ...]:
    match question:
        case ScaleQuestion():
            return (Part.VALUE,)
        case TriadQuestion():
            return SHARES
        case _:
            return ()


def _turn(question: Question) -> int:
    """Short words, then the story, then what was chosen."""
    return 0 if isinstance(question, OpenQuestion) else 1 if isinstance(question, StoryQuestion) else 2


def _twice(names: Sequence[str]) -> list[str]:
    return [name for name in dict.fromkeys(names) if names.count(name) > 1]
