"""A story as one text, and which words of it answer which question; knows no file and no program."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dialogs.questions import QuestionSet, title_of
from research.export.columns import Part
from research.export.formats.qda_codes import REMARK, key_of_open, key_of_prompt
from research.export.rows import StoryRow
from research.export.safe_text import safe
from research.export.tables import Cell
from research.export.variables import Variable

NO_WORDS = "(zonder woorden)"
"""Some programs open no empty text."""

MARK = "\ufeff"
"""At the start of a text it is taken for the mark of an encoding: every position after it would move by one."""


@dataclass(frozen=True)
class Passage:
    """Words from character `start` to just before character `end`, as Unicode counts them; `code` is the key of one."""

    start: int
    end: int
    code: str


@dataclass(frozen=True)
class _Answer:
    """Where an answer in words stands among the cells; `prompts` are those it may have been told to, by their code."""

    question: str
    at: int
    prompts: dict[int, str] | None
    prompt_at: int

    def code(self, cells: Sequence[Cell]) -> str:
        """The key of its code; "" of what was told in another set."""
        if self.prompts is None:
            return key_of_open(self.question)
        prompt = self.prompts.get(int(cells[self.prompt_at] or 0))
        return key_of_prompt(self.question, prompt) if prompt else ""


class Texts:
    """Makes the texts of stories that were told along one set."""

    def __init__(self, questions: QuestionSet, variables: Sequence[Variable]) -> None:
        self._names = {item.id: item.name for item in questions.questions}
        titled = title_of(questions)
        at = {(item.question, item.part): number for number, item in enumerate(variables)}
        self._title = at.get((titled.id, Part.TEXT)) if titled else None
        self._shown = {question for question, _ in at if question in self._names}
        told = [question for question in self._names if (question, Part.TEXT) in at]
        answers = [_answer(question, at, variables) for question in told]
        self._answers = [answer for answer in answers if answer.at != self._title]

    def title(self, cells: Sequence[Cell]) -> str:
        """What the teller called the story; "" without."""
        return "" if self._title is None else _words(cells[self._title])

    def of(self, row: StoryRow, cells: Sequence[Cell]) -> tuple[str, list[Passage]]:
        """The story, then other answers in words, then what was typed beside buttons, each below what was asked."""
        text, passages = "", []
        for head, words, code in self._parts(row, cells):
            text += f"\n\n{head}" if text else head
            if code:
                passages.append(Passage(len(text), len(text) + len(words), code))
            text += words
        return text or NO_WORDS, passages

    def _parts(self, row: StoryRow, cells: Sequence[Cell]) -> Iterator[tuple[str, str, str]]:
        for answer in self._answers:
            if words := _words(cells[answer.at]):
                head = "" if answer.prompts is not None else f"[{self._names[answer.question]}]\n"
                yield head, words, answer.code(cells)
        for question, given in row.answers.items():
            if question in self._shown and (words := _words(given.remark)):
                chosen = f": {safe(given.choice.label)}" if given.choice.label else ""
                yield f"[{self._names[question]}{chosen}]\n", words, REMARK


def _answer(question: str, at: dict[tuple[str, Part | None], int], variables: Sequence[Variable]) -> _Answer:
    prompt_at = at.get((question, Part.CODE))
    if prompt_at is None:
        return _Answer(question, at[question, Part.TEXT], None, 0)
    return _Answer(question, at[question, Part.TEXT], dict(variables[prompt_at].labels), prompt_at)


def _words(cell: Cell) -> str:
    return safe(str(cell or "")).lstrip(MARK)
