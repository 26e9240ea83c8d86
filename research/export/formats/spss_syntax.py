"""Syntax of SPSS for what its files cannot hold: which corners of a triangle count, of which there may be several.

A triangle is one choice, but of a point between two corners both count. So each corner becomes a column of 1 and 0, and
the three together a multiple response set. Knows no story.
"""

from collections.abc import Iterator, Sequence

from dialogs.questions import TriadQuestion
from research.export.columns import SHARES, Part
from research.export.content import Content
from research.export.variables import Variable, corner

BYTE_ORDER_MARK = "\ufeff"
"""Without it SPSS reads syntax in the alphabet of the machine."""

HEAD = """\
* Wat in verhalen.sav niet past: bij elke driehoek welke hoeken meetellen, als vraag met meer antwoorden.
* Open eerst verhalen.sav, en voer dit daarna helemaal uit.
* Een hoek telt mee als zijn deel meer is dan nul. Leeg blijft wat geen plaats in de driehoek heeft.
"""

LABELS = "0 'telt niet mee' 1 'telt mee'"


def syntax(content: Content) -> str:
    """The whole file."""
    triads = list(_triads(content))
    blocks = ["\n".join(_block(question, columns)) for question, columns in triads]
    closing = "EXECUTE.\n" if blocks else "* In deze uitvoer zijn geen driehoeken.\n"
    return BYTE_ORDER_MARK + "\n".join([HEAD, *blocks, closing])


def _triads(content: Content) -> Iterator[tuple[TriadQuestion, list[Variable]]]:
    """Every triangle with the columns of its shares, as its newest version has it."""
    newest = {
        question.id: question
        for item in sorted(content.sets, key=lambda item: item.version)
        for question in item.questions
        if isinstance(question, TriadQuestion)
    }
    for question in newest.values():
        columns = [item for item in content.variables if item.question == question.id and item.part in SHARES]
        if columns:
            yield question, columns


def _block(question: TriadQuestion, columns: Sequence[Variable]) -> Iterator[str]:
    counting = [f"{column.name}_telt" for column in columns]
    for column, name in zip(columns, counting, strict=True):
        yield f"COMPUTE {name} = ({column.name} > 0)."
    for column, name in zip(columns, counting, strict=True):
        yield f"VARIABLE LABELS {name} {_quoted(_corner(column, question))}."
    together = " ".join(counting)
    yield f"VALUE LABELS {together} {LABELS}."
    yield f"FORMATS {together} (F1.0)."
    yield f"VARIABLE LEVEL {together} (NOMINAL)."
    yield "MRSETS"
    yield f"  /MDGROUP NAME=${question.id} LABEL={_quoted(f'{question.name}: hoeken die meetellen')}"
    yield "  CATEGORYLABELS=VARLABELS"
    yield f"  VARIABLES={together} VALUE=1.\n"


def _corner(column: Variable, question: TriadQuestion) -> str:
    return corner(column.part, question) if isinstance(column.part, Part) else column.title


def _quoted(text: str) -> str:
    return "'" + " ".join(text.split()).replace("'", "''") + "'"
