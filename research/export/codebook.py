"""The codebook: what stands in every column and what every code means; knows no story and no file."""

from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, fields, replace
from types import MappingProxyType

from dialogs.questions import (
    UNFIT,
    UNKNOWN,
    AnyOption,
    ClosedQuestion,
    OpenQuestion,
    Question,
    QuestionSet,
    ReviewQuestion,
    ScaleOption,
    StoryQuestion,
    TriadOption,
    TriadQuestion,
)
from research.export import long, withdrawn
from research.export.asked import Asked, Times, Version
from research.export.coarsening import HIDDEN, HIDDEN_CODE, HIDDEN_MEANING, LANGUAGE, LINK, ROLE
from research.export.columns import Column, Part, columns, columns_of
from research.export.missing import CODES, MEANINGS, Reason
from research.export.rows import KINDS
from research.export.tables import Cell
from research.export.tiers import LEAVING, Leaving, Tier
from research.export.variables import corner

ALL = LEAVING[Tier.RAW]

WIDE, LONG = "verhalen.csv", "antwoorden.csv"

_NEVER: Asked = MappingProxyType({})

CANNOT_SAY = {
    UNKNOWN: "Een antwoord: de verteller weet het niet. Geen plaats op een schaal.",
    UNFIT: "Een antwoord: de vraag past niet bij het verhaal. Geen plaats op een schaal.",
}

TOLD_EARLIER = "De woorden zijn verteld in een andere vragenlijst, en van daar meegekomen."

PART_MEANINGS = {
    Part.TEXT: "Eigen woorden. Leeg waar er geen zijn; antwoorden.csv zegt waarom."
    " Wat getypt is bij een vraag met knoppen staat in antwoorden.csv, kolom opmerking.",
    Part.VALUE: "Plaats op de schaal, 0 tot en met 100. Leeg waar er geen is; de code zegt waarom.",
    Part.SHARE_A: "Deel van deze hoek in procenten. Leeg waar er geen is; de code zegt waarom.",
    Part.SHARE_B: "Deel van deze hoek in procenten. Leeg waar er geen is; de code zegt waarom.",
    Part.SHARE_C: "Deel van deze hoek in procenten; samen met de andere twee 100.",
}


@dataclass(frozen=True)
class Entry:
    """One line: a column, or one code in a column. The names are those of the columns of the codebook itself.

    `variabele` is the question that a column is made from, `over` what that question is about, `versies` the versions
    of the set for which the line holds, `gevraagd_van` and `gevraagd_tot` when those were asked: see `asked`.
    """

    bestand: str
    kolom: str
    variabele: str = ""
    naam: str = ""
    vragenset: str = ""
    versies: str = ""
    gevraagd_van: str = ""
    gevraagd_tot: str = ""
    vraagtekst: str = ""
    soort: str = ""
    thema: str = ""
    over: str = ""
    code: Cell = None
    waarde: Cell = None
    label: str = ""
    betekenis: str = ""


HEADER = [field.name for field in fields(Entry)]


def line(entry: Entry) -> list[Cell]:
    """The cells of a line, in the order of `HEADER`."""
    return list(astuple(entry))


def entries(sets: Sequence[QuestionSet], leaving: Leaving = ALL, asked: Asked = _NEVER) -> Iterator[Entry]:
    """First the columns that every story has, then those of the questions, then those of the other files."""
    for fixed in leaving.fixed:
        yield Entry(WIDE, fixed.name, betekenis=fixed.meaning)
        for code, label in fixed.labels:
            yield Entry(WIDE, fixed.name, code=code, label=label)
        if leaving.coarse and fixed.name in (LINK, ROLE, LANGUAGE):
            yield Entry(WIDE, fixed.name, label=HIDDEN, betekenis=HIDDEN_MEANING)
    times = Times(asked, leaving)
    for column in columns(sets):
        yield from _of_column(column, sets, times)
        if leaving.coarse and column.part is Part.CODE:
            yield Entry(
                WIDE, column.name, variabele=column.question, code=HIDDEN_CODE, label=HIDDEN, betekenis=HIDDEN_MEANING
            )
    for shared in long.STORY:
        yield Entry(LONG, shared.name, betekenis=shared.meaning)
    for name, meaning in long.ANSWER.items():
        yield Entry(LONG, name, betekenis=meaning)
    for name, meaning in withdrawn.COLUMNS:
        yield Entry(withdrawn.FILE, name, betekenis=meaning)


def _of_column(column: Column, sets: Sequence[QuestionSet], times: Times) -> Iterator[Entry]:
    """What holds alike for several versions of a set stands there once."""
    versions: dict[Entry, list[Version]] = {}
    for item in sets:
        for question in item.questions:
            for entry in _in_set(column, item, question):
                versions.setdefault(entry, []).append((item.id, item.version))
    for entry, held in versions.items():
        first, last = times.of(held)
        names = " ".join(str(number) for _, number in held)
        yield replace(entry, versies=names, gevraagd_van=first, gevraagd_tot=last)
    if column.part is Part.CODE:
        yield from _missing(column)


def _in_set(column: Column, item: QuestionSet, question: Question) -> Iterator[Entry]:
    if column not in columns_of(question) or isinstance(question, ReviewQuestion):
        return
    about = Entry(
        WIDE,
        column.name,
        variabele=question.id,
        naam=question.name,
        vragenset=item.id,
        vraagtekst="" if isinstance(question, StoryQuestion) else question.text,
        soort=KINDS[question.kind],
        thema=question.theme or "",
        over=question.of,
    )
    match question:
        case StoryQuestion() if column.part is Part.CODE:
            for prompt in question.prompts:
                yield replace(about, vraagtekst=prompt.text, code=prompt.code, label=prompt.id)
        case StoryQuestion() | OpenQuestion():
            yield replace(about, betekenis=PART_MEANINGS[column.part])
        case _:
            yield from _closed(about, column, question)


def _closed(about: Entry, column: Column, question: ClosedQuestion) -> Iterator[Entry]:
    if column.part is not Part.CODE:
        label = corner(column.part, question) if isinstance(question, TriadQuestion) else ""
        yield replace(about, label=label, betekenis=PART_MEANINGS[column.part])
        return
    for option in question.options:
        value = option.value if isinstance(option, ScaleOption) else None
        yield replace(about, code=option.code, waarde=value, label=option.label, betekenis=_meaning(option))


def _meaning(option: AnyOption) -> str:
    if isinstance(option, TriadOption) and option.shares:
        return "Aandelen: " + ", ".join(str(share) for share in option.shares) + "."
    if option.leads_to:
        return f"Wie dit kiest, gaat verder met de vragenlijst {option.leads_to}."
    return CANNOT_SAY.get(option.id, "")


def _missing(column: Column) -> Iterator[Entry]:
    of_story = column.name != column.question
    meanings = {**MEANINGS, Reason.NOT_APPLICABLE: TOLD_EARLIER} if of_story else MEANINGS
    for reason, code in CODES.items():
        meaning = meanings[reason]
        yield Entry(WIDE, column.name, variabele=column.question, code=code, label=reason.value, betekenis=meaning)
