"""The columns of the wide table as a statistical program wants them described; knows no file and no story."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from dialogs.questions import (
    AnyOption,
    ClosedQuestion,
    Question,
    QuestionSet,
    ReviewQuestion,
    ScaleQuestion,
    StoryQuestion,
    TriadQuestion,
)
from research.export.coarsening import HIDDEN, HIDDEN_CODE
from research.export.columns import SHARES, Column, Part, columns_of
from research.export.fixed import FixedColumn, Holds
from research.export.missing import CODES


class Measure(StrEnum):
    """What may be done with the values of a variable."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    SCALE = "scale"


@dataclass(frozen=True)
class Variable:
    """One column of the wide table.

    `title` is what it is called in a few words and `text` what was asked or what it means. `labels` say what a code
    means, in the words of the newest version that has it; `missing` does so for the codes that say why there is none.
    `question` is the id of what it was made from; "" for what every story has. Names are at most 32 of a-z, 0-9 and _.
    """

    name: str
    title: str
    text: str
    holds: Holds
    measure: Measure
    labels: tuple[tuple[int, str], ...] = ()
    missing: tuple[tuple[int, str], ...] = ()
    question: str = ""
    part: Part | None = None


def variables(
    fixed: Sequence[FixedColumn], found: Sequence[Column], sets: Sequence[QuestionSet], coarse: bool = False
) -> tuple[Variable, ...]:
    """All of them, in the order of the columns. `coarse`: what a teller is known by may not be shown."""
    questions = [_of_column(column, sets) for column in found]
    about_teller = {item.id for group in sets for item in group.questions if item.of == "verteller"}
    if coarse:
        questions = [_may_be_hidden(item) if item.question in about_teller else item for item in questions]
    return (*map(_of_fixed, fixed), *questions)


def _may_be_hidden(variable: Variable) -> Variable:
    return replace(variable, missing=(*variable.missing, (HIDDEN_CODE, HIDDEN))) if variable.labels else variable


def _of_fixed(column: FixedColumn) -> Variable:
    measure = Measure.SCALE if column.holds is Holds.NUMBER else Measure.NOMINAL
    return Variable(column.name, column.title, column.meaning, column.holds, measure, column.labels)


def _of_column(column: Column, sets: Sequence[QuestionSet]) -> Variable:
    asked = [question for question in _versions(column, sets) if column in columns_of(question)]
    newest = asked[-1]
    is_code = column.part is Part.CODE
    return Variable(
        column.name,
        _title(column, newest),
        _text(newest),
        _holds(column.part),
        _measure(column.part, newest),
        tuple(sorted(dict(label for question in asked for label in _labels(question)).items())) if is_code else (),
        tuple((code, reason.value) for reason, code in CODES.items()) if is_code else (),
        column.question,
        column.part,
    )


def _versions(column: Column, sets: Sequence[QuestionSet]) -> list[Question]:
    """The question in every set that has it, oldest version first."""
    ordered = sorted(sets, key=lambda item: item.version)
    return [question for item in ordered for question in item.questions if question.id == column.question]


def _title(column: Column, question: Question) -> str:
    match column.part, question:
        case Part.VALUE, _:
            return f"{question.name} (0 tot en met 100)"
        case ((Part.SHARE_A | Part.SHARE_B | Part.SHARE_C), TriadQuestion()):
            return f"{question.name}: {corner(column.part, question)} (procent)"
        case Part.CODE, StoryQuestion():
            return f"{question.name}: op welke vraag"
        case _:
            return question.name


def corner(part: Part, question: TriadQuestion) -> str:
    """The label of the corner that a column of shares is about."""
    at = SHARES.index(part)
    return next((option.label for option in question.options if option.shares and option.shares[at] == 100), "")


def _text(question: Question) -> str:
    match question:
        case StoryQuestion():
            return question.prompts[0].text
        case ReviewQuestion():
            return ""
        case _:
            return question.text


def _holds(part: Part) -> Holds:
    match part:
        case Part.TEXT:
            return Holds.WORDS
        case Part.CODE:
            return Holds.CODE
        case _:
            return Holds.NUMBER


def _measure(part: Part, question: Question) -> Measure:
    match part:
        case Part.TEXT:
            return Measure.NOMINAL
        case Part.CODE:
            return Measure.ORDINAL if isinstance(question, ScaleQuestion) else Measure.NOMINAL
        case _:
            return Measure.SCALE


def _labels(question: Question) -> Iterator[tuple[int, str]]:
    match question:
        case StoryQuestion():
            yield from ((prompt.code, prompt.id) for prompt in question.prompts)
        case _ if isinstance(question, ClosedQuestion):
            options: Sequence[AnyOption] = question.options
            yield from ((option.code, option.label) for option in options)
        case _:
            return
