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
from research.export.fixed import FIXED, FixedColumn
from research.export.missing import CODES, Reason
from research.export.rows import StoryRow
from research.export.tables import Cell
from research.faults import ConfigurationFault

NAME = re.compile(r"[a-z][a-z0-9_]{0,31}")
"""Stata takes no more than 32 characters, and R and SPSS no hyphen or space."""

RESERVED = frozenset(
    {"all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with", "rank", "rowid"}
)
"""Words that SPSS takes for its own, and two that a search index of SQLite does."""

OWN_LETTERS = 5
"""Letters in which two columns of long text must differ: SPSS cuts a text into pieces that are named after them."""

SHORT = 8
"""Letters of a name that old files of SPSS know. A text whose are taken loses its own five, and falls into pieces."""


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
    texts = [column.name for column in found if column.part is Part.TEXT]
    starts = [name[:OWN_LETTERS] for name in texts]
    shared = set(_twice([name[:SHORT] for name in dict.fromkeys(names)]))
    return [
        *(f"De kolom '{name}' zou er twee keer zijn. Geef een vraag een andere id." for name in _twice(names)),
        *(f"Twee vragen met eigen woorden beginnen met '{start}': dat kan SPSS niet aan." for start in _twice(starts)),
        *(
            f"'{name}' begint met dezelfde acht letters als een andere kolom: dat kan SPSS niet aan."
            for name in texts
            if name[:SHORT] in shared
        ),
        *(f"'{name}' kan geen kolom heten." for name in names if name in RESERVED or not NAME.fullmatch(name)),
    ]


def line_of(fixed: Sequence[FixedColumn], found: Sequence[Column]) -> Callable[[StoryRow], list[Cell]]:
    """What makes the line of a story in the wide file; where its set lacks a question, the code that says so."""
    places = [(column.question, attrgetter(FIELDS[column.part]), _not_asked(column)) for column in found]

    def line(row: StoryRow) -> list[Cell]:
        answers = row.answers
        asked = [part(answers[question]) if question in answers else absent for question, part, absent in places]
        return [*(column.cell(row) for column in fixed), *asked]

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
