"""Stories as people read them: what was chosen in words, and in words why there is nothing; knows no file."""

from collections.abc import Mapping, Sequence

from research.export.coarsening import HIDDEN, HIDDEN_MEANING
from research.export.missing import MEANINGS
from research.export.safe_text import safe
from research.export.tables import Cell
from research.export.variables import Variable


class Reader:
    """Makes lines of the wide table into lines to read. `variables` are their columns, in another order.

    After the id of the story come its words and what was chosen; what every story has, comes last.
    """

    def __init__(self, variables: Sequence[Variable]) -> None:
        story, *others = enumerate(variables)
        ordered = [story, *sorted(others, key=lambda place: not place[1].question)]
        self.variables = [variable for _, variable in ordered]
        self.places = {variable.name: number for number, variable in enumerate(self.variables)}
        self._plan = [(at, dict(choices(variable))) for at, variable in ordered]

    def read(self, cells: Sequence[Cell]) -> list[Cell]:
        """One line of the wide table. A number that stands for nothing else stays one."""
        return [_word(cells[at], words) for at, words in self._plan]


def _word(cell: Cell, words: dict[int, str]) -> Cell:
    match cell:
        case str():
            return in_words(cell) if cell == HIDDEN else safe(cell)
        case int():
            return words.get(cell, cell)
        case _:
            return None


def choices(variable: Variable) -> list[tuple[int, str]]:
    """What can stand in a column of codes, in words: first what can be chosen, then why nothing is."""
    return [*((code, safe(label)) for code, label in variable.labels), *missing(variable)]


def missing(variable: Variable) -> list[tuple[int, str]]:
    """Why no answer can be read in a column, in words."""
    return [(code, in_words(reason)) for code, reason in variable.missing]


def reasons(variables: Sequence[Variable]) -> Mapping[str, str]:
    """Every word for why no answer can be read, and what it means."""
    meanings = [*MEANINGS.items(), (HIDDEN, HIDDEN_MEANING)]
    found = {word for variable in variables for _, word in missing(variable)}
    return {in_words(reason): meaning for reason, meaning in meanings if in_words(reason) in found}


def in_words(name: str) -> str:
    """A name for programs as people write it."""
    return name.replace("_", " ")
