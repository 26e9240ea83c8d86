"""A script that reads the table for programs into R, with types, labels and reasons; knows no story.

R needs no package for it. What R does stands in reading.R; here is only what it has to know of the columns.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

from dialogs.questions import QuestionSet, ScaleQuestion
from research.export.content import Content
from research.export.fixed import Holds
from research.export.folder import new_file
from research.export.formats.labelling import label_of
from research.export.rows import StoryRow
from research.export.tables import Cell
from research.export.variables import Measure, Variable
from storage.private_files import make_folder

FOLDER, FILE = "r", "lees_verhalen.R"

HEAD = """\
# Leest verhalen.csv van deze uitvoer in R, zonder pakketten: source("r/lees_verhalen.R")
# Daarna is er `verhalen`: een rij per verhaal, keuzes als factor met labels, schalen op volgorde, dagen als Date.
# Waar geen keuze is, staat NA, en in de kolom erachter (_reden) waarom. Lange teksten blijven heel.

"""


class Script:
    """What has no part in the stories: it is whole before the first."""

    def write(self, row: StoryRow, cells: Sequence[Cell]) -> None:
        """Nothing: the script reads the stories from the table."""

    def rows(self) -> Mapping[str, int]:
        """None: it has no stories."""
        return {}

    def stories(self) -> int | None:
        """It has none."""
        return None


@contextmanager
def opened(folder: Path, content: Content) -> Iterator[Script]:
    """The script."""
    make_folder(folder / FOLDER)
    with new_file(folder / FOLDER / FILE) as file:
        file.write(script(content))
    yield Script()


def script(content: Content) -> str:
    """All of it, in ASCII: R on some machines takes a script for another alphabet."""
    columns = ",\n".join(f"  {item.name} = list({', '.join(_about(item, content.sets))})" for item in content.variables)
    return f"{HEAD}KOLOMMEN <- list(\n{columns}\n)\n{files(__package__).joinpath('reading.R').read_text('utf-8')}"


def _about(variable: Variable, sets: Sequence[QuestionSet]) -> Iterator[str]:
    """What R has to know of a column."""
    yield f"soort = {_text(variable.holds.value)}"
    yield f"titel = {_text(label_of(variable, sets))}"
    if variable.holds is Holds.CODE:
        ordered = variable.measure is Measure.ORDINAL
        labels = _distinct(variable.labels)
        places = _places(variable, sets) if ordered else {code for code, _ in labels}
        yield f"schaal = {'TRUE' if ordered else 'FALSE'}"
        yield from _pairs("\n    codes", "labels", [item for item in labels if item[0] in places])
        nothing = [*variable.missing, *(item for item in labels if item[0] not in places)]
        yield from _pairs("\n    geen", "redenen", nothing)


def _places(variable: Variable, sets: Sequence[QuestionSet]) -> set[int]:
    """The codes that have a place on the scale."""
    return {
        option.code
        for item in sets
        for question in item.questions
        if isinstance(question, ScaleQuestion) and question.id == variable.question
        for option in question.options
        if option.value is not None
    }


def _distinct(labels: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    """R takes two codes with one label for the same."""
    words = [label for _, label in labels]
    return [(code, label if words.count(label) == 1 else f"{label} ({code})") for code, label in sorted(labels)]


def _pairs(codes: str, labels: str, pairs: Sequence[tuple[int, str]]) -> Iterator[str]:
    yield f"{codes} = c({', '.join(f'{code}L' for code, _ in pairs)})"
    yield f"{labels} = c({', '.join(_text(label) for _, label in pairs)})"


def _text(text: str) -> str:
    return '"' + "".join(map(_sign, text)) + '"'


def _sign(sign: str) -> str:
    if sign in '"\\':
        return f"\\{sign}"
    return sign if " " <= sign <= "~" else f"\\U{{{ord(sign):x}}}"
