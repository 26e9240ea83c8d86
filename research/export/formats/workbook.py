"""A workbook for spreadsheets: stories in words and in codes, and all that is needed to read them; knows no program."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import zip_longest
from pathlib import Path

from xlsxwriter.utility import xl_range_abs

from dialogs.questions import QuestionSet, StoryQuestion
from research.export.cell_texts import in_cells, remark_on, unmarked
from research.export.codebook_sheets import add_codebook, add_versions
from research.export.content import Content
from research.export.fixed import Holds
from research.export.formats.introduction import introduce
from research.export.labels import Reader, choices, in_words, missing, reasons
from research.export.rows import AnswerRow, StoryRow
from research.export.safe_text import safe
from research.export.tables import Cell
from research.export.variables import Variable
from research.export.workbooks import A3, Book, Heading, Look, Sheet, new_workbook

FILE = "verhalen.xlsx"

STORY, TITLE, SHORT = 80, 40, 16
"""Widths, in characters."""

REMARKS = (
    Heading("verhaal_id", SHORT),
    Heading("kolom", 20),
    Heading("gekozen", 30, Look.CHOSEN),
    Heading("opmerking", STORY, Look.WORDS),
)
RESTS = (
    Heading("verhaal_id", SHORT),
    Heading("kolom", 20),
    Heading("deel", 8),
    Heading("tekst", STORY, Look.WORDS),
)


class Stories:
    """The workbook, as far as it is written: the sheets of stories grow together."""

    def __init__(self, book: Book, content: Content) -> None:
        self._book, self._content = book, content
        self._reader = Reader(content.variables)
        self._names = list(self._reader.places)
        self._looks = [_look(variable) for variable in self._reader.variables]
        self._missing = [frozenset(word for _, word in missing(variable)) for variable in self._reader.variables]
        self._in_words = book.sheet("verhalen", [_heading(item, content.sets) for item in self._reader.variables])
        self._remarks = book.sheet("opmerkingen", REMARKS)
        self._in_codes = book.sheet("codes", [_narrow(_heading(item, content.sets)) for item in content.variables])
        self._places = [self._reader.places[variable.name] for variable in content.variables]
        self._plain = [look if look is Look.DAY else Look.PLAIN for look in map(_look, content.variables)]
        self._rests: Sheet | None = None
        self._told: Counter[tuple[str, int]] = Counter()

    def write(self, row: StoryRow, cells: Sequence[Cell]) -> None:
        """A row on the sheets of stories, and one for everything that was typed beside buttons."""
        read = self._fitting(cells[0], self._names, self._reader.read(cells))
        codes = [cell if isinstance(cell, int) else read[at] for cell, at in zip(cells, self._places, strict=True)]
        self._in_words.add(read, self._as_seen(read))
        self._in_codes.add(codes, self._plain)
        for question, answer in row.answers.items():
            if answer.remark:
                self._remark(cells[0], question, answer)
        self._told[row.story.question_set, row.story.version] += 1

    def rows(self) -> Mapping[str, int]:
        """How many stories there are."""
        return {FILE: self._in_words.rows}

    def stories(self) -> int | None:
        """A row each, on either sheet."""
        return min(self._in_words.rows, self._in_codes.rows)

    def finish(self) -> None:
        """The other sheets, when all stories are there."""
        self._choices()
        add_codebook(self._book, self._content.explained)
        add_versions(self._book, self._content.sets, self._told)
        told = reasons(self._content.variables)
        introduce(self._book, self._content.at, self._in_words.rows, told, went_on=self._rests is not None)
        for wide in (self._in_words, self._in_codes):
            wide.finish(A3, on_one_page=False)
        for narrow in filter(None, (self._remarks, self._rests)):
            narrow.finish()

    def _as_seen(self, read: Sequence[Cell]) -> list[Look]:
        """Why there is no answer looks other than an answer."""
        return [
            Look.MISSING if cell in reasons else look
            for cell, reasons, look in zip(read, self._missing, self._looks, strict=True)
        ]

    def _fitting(self, story: Cell, names: Sequence[str], cells: Sequence[Cell]) -> list[Cell]:
        """The cells, of which what does not fit goes to a sheet of its own. That is there when it is needed."""
        fitting, rests = in_cells(names, [unmarked(cell) if isinstance(cell, str) else cell for cell in cells])
        for rest in rests:
            self._rests = self._rests or self._book.sheet("vervolg", RESTS)
            self._rests.add([story, *rest], [Look.PLAIN, Look.PLAIN, Look.PLAIN, Look.WRAPPED])
        return fitting

    def _remark(self, story: Cell, question: str, answer: AnswerRow) -> None:
        choice = answer.choice
        chosen = safe(choice.label) or in_words(choice.reason)
        names = "verhaal_id", "kolom", "gekozen", remark_on(question)
        line = self._fitting(story, names, [story, question, chosen, safe(answer.remark)])
        look = Look.WRAPPED if choice.label else Look.MISSING
        self._remarks.add(line, [Look.PLAIN, Look.PLAIN, look, Look.WRAPPED])

    def _choices(self) -> None:
        """A sheet with what can be chosen for every question, which its column then offers."""
        coded = [(at, item) for at, item in enumerate(self._reader.variables) if item.holds is Holds.CODE]
        sheet = self._book.sheet(
            "keuzes", [Heading(item.name, _width(item), Look.CHOSEN) for _, item in coded], still=0
        )
        lists = [[label for _, label in choices(variable)] for _, variable in coded]
        for line in zip_longest(*lists):
            sheet.add(line, [Look.WRAPPED] * len(line))
        sheet.finish(A3, on_one_page=False)
        for place, ((at, _), labels) in enumerate(zip(coded, lists, strict=True)):
            self._in_words.offer(at, f"=keuzes!{xl_range_abs(1, place, len(labels), place)}")


@contextmanager
def opened(folder: Path, content: Content) -> Iterator[Stories]:
    """The workbook, with the headings of its first sheets."""
    with new_workbook(folder / FILE, "Verhalen", content.at) as book:
        stories = Stories(book, content)
        yield stories
        stories.finish()


def _look(variable: Variable) -> Look:
    match variable.holds:
        case Holds.WORDS | Holds.CODE:
            return Look.WRAPPED
        case Holds.DAY:
            return Look.DAY
        case _:
            return Look.PLAIN


def _heading(variable: Variable, sets: Sequence[QuestionSet]) -> Heading:
    """What every story has, words, and what was chosen each have a colour of their own."""
    look = Look.WORDS if variable.holds is Holds.WORDS else Look.CHOSEN if variable.question else Look.KNOWN
    stories = {item.id for questions in sets for item in questions.questions if isinstance(item, StoryQuestion)}
    asked = "" if variable.question in stories else variable.text
    width = STORY if variable.name in stories else _width(variable)
    return Heading(variable.name, width, look, safe(f"{variable.title}\n{asked}".strip()))


def _narrow(heading: Heading) -> Heading:
    return Heading(heading.name, min(heading.width, 30), heading.look, heading.note)


def _width(variable: Variable) -> int:
    """Room for the name with its button, and for most of what stands below it."""
    name = len(variable.name) + 4
    match variable.holds:
        case Holds.WORDS:
            return TITLE
        case Holds.CODE:
            return max(name, min(28, max((len(label) + 3 for _, label in choices(variable)), default=0)))
        case Holds.NUMBER:
            return name
        case _:
            return max(name, SHORT)
