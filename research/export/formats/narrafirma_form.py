"""The story form of NarraFirma: the questions of one set, and in which columns their answers stand; knows no story."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dialogs.questions import (
    ChoiceQuestion,
    ClosedQuestion,
    OpenQuestion,
    Question,
    QuestionSet,
    ReviewQuestion,
    ScaleOption,
    ScaleQuestion,
    StoryQuestion,
    TriadQuestion,
    story_of,
    title_of,
)
from research.export.columns import SHARES, Part
from research.export.fixed import Holds
from research.export.formats.narrafirma_cells import TAKEN, label, labels, one_line, short_name, words_of
from research.export.tables import Cell
from research.export.variables import Variable, corner

HEADER = ("Data column name", "Type", "About", "Short name", "Long name", "Options", "Answers")

CHOICE, SCALE, WORDS = "Single choice", "Scale", "Textarea"

ELICITING = "eliciting"
TITLE, TEXT, IGNORED = "Story title column name", "Story text column name", "Data columns to ignore"
TELLER = "Participant ID column name"
"""What NarraFirma calls the parts of a form that are no questions."""

KNOWN = {
    "verhaal_id": IGNORED,
    "verteller": TELLER,
    "datum": "Story collection date column name",
    "taal": "Language column name",
}
"""What columns that every story has are to NarraFirma. The first is that of the id: NarraFirma takes a row that begins
with `;` for a remark, and no id does."""

STORY, PARTICIPANT = "story", "participant"

FOUND = ("kanaal", "link", "rol", "helper")
"""Columns of names of which only the stories can say which there are."""

MOST = 100
"""Answers in one list."""

NO_WORDS = "(zonder woorden)"

ELSEWHERE = "andere_vragenlijst"
"""Stands for the prompt of what was told in another set: for an empty one, NarraFirma takes the first of the form."""

REMARKS = "writeInTextBoxLabel=Opmerking|writeInTextsAreInSeparateColumn=yes"

Reads = Callable[[Sequence[Cell]], str]
"""What makes a cell for NarraFirma out of the line of a story in the wide table."""


@dataclass(frozen=True)
class Known:
    """A column that is no question; `role` is what it is to NarraFirma."""

    column: str
    reads: Reads
    role: str


@dataclass(frozen=True)
class Asked:
    """A column with the answers to a question, and what the form says of it.

    `remarks`: the question beside whose buttons something may have been typed; "" where nothing can.
    """

    column: str
    reads: Reads
    kind: str
    about: str
    short: str
    long: str
    answers: tuple[str, ...] = ()
    remarks: str = ""


@dataclass(frozen=True)
class Form:
    """The form of one set. `prompts` are those that a story can have been told to: their name and their words."""

    title: str
    known: tuple[Known, ...]
    asked: tuple[Asked, ...]
    prompts: tuple[tuple[str, str], ...]

    def lines(self, found: Mapping[str, Sequence[str]]) -> Iterator[Sequence[str]]:
        """The lines of its file. `found` has the answers that stories turned out to have, of the columns of `FOUND`."""
        unused = [column for column, names in found.items() if not names]
        yield HEADER
        yield from (self._eliciting(item) for item in self.known if item.role == ELICITING)
        for item in self.asked:
            if item.column not in unused:
                yield _line(item, found.get(item.column, item.answers))
        for other in self.known:
            if other.role != ELICITING:
                more = unused if other.role == IGNORED else []
                yield ("", other.role, "import", "", "", "", other.column, *more)
        yield ("", "Title", "form", "", "", "", self.title)

    def _eliciting(self, item: Known) -> Sequence[str]:
        prompts = [f"{name}|{name}|{text}" for name, text in self.prompts]
        question = "Bij welke vraag is dit verhaal verteld?"
        return (item.column, ELICITING, ELICITING, "Vertelvraag", question, "", *prompts)


def _line(item: Asked, answers: Sequence[str]) -> Sequence[str]:
    """NarraFirma refuses a list of one answer, and nobody chooses from a very long one: such answers are words."""
    words = item.kind == WORDS or (item.kind == CHOICE and not 1 < len(answers) <= MOST)
    kind, shown = (WORDS, ("",)) if words else (item.kind, answers)
    return (item.column, kind, item.about, item.short, item.long, REMARKS if item.remarks else "", *shown)


def form_of(versions: Sequence[QuestionSet], variables: Sequence[Variable], names: Mapping[str, str]) -> Form:
    """The form for all versions of a set, of which the newest is the last. `names` are the short names of columns."""
    newest = versions[-1]
    questions = {question.id: question for item in versions for question in item.questions}
    prompts = {prompt.code: prompt for item in versions for prompt in story_of(item).prompts}
    told_to = {code: prompt.id for code, prompt in prompts.items()}
    titled = title_of(newest)
    known: list[Known] = []
    asked: list[Asked] = []
    for at, variable in enumerate(variables):
        question = questions.get(variable.question)
        if role := _role(variable, question, titled):
            known.append(Known(variable.name, _reads_known(role, at, told_to), role))
        elif (question or not variable.question) and (kind := _kind(variable, question)):
            asked.append(_asked(variable, at, kind, question, names[variable.name]))
    if TITLE not in {item.role for item in known}:
        known.append(Known("naam_verhaal", _name_of_story, TITLE))
    shown = [(prompt.id, one_line(prompt.text)) for _, prompt in sorted(prompts.items())]
    elsewhere = (ELSEWHERE, "Verteld bij een andere vragenlijst.")
    return Form(one_line(newest.title), tuple(known), tuple(asked), (*shown, elsewhere))


def short_names(variables: Sequence[Variable], sets: Sequence[QuestionSet]) -> Mapping[str, str]:
    """The name of every question, by its column. Those of all sets differ: they may come together in one project."""
    questions = {question.id: question for item in sets for question in item.questions}
    taken = {name.casefold() for name in TAKEN}
    found = {}
    for variable in variables:
        question = questions.get(variable.question)
        if _kind(variable, question):
            wanted = one_line(question.name if question else variable.title)
            if variable.part in SHARES and isinstance(question, TriadQuestion):
                wanted = one_line(f"{question.name}: {corner(variable.part, question)}")
            fallback = variable.question if variable.part is Part.VALUE else variable.name
            found[variable.name] = short_name(wanted, fallback, taken)
    return found


def _role(variable: Variable, question: Question | None, titled: Question | None) -> str:
    match question:
        case StoryQuestion():
            return TEXT if variable.part is Part.TEXT else ELICITING
        case OpenQuestion() if titled and question.id == titled.id:
            return TITLE
        case _:
            return KNOWN.get(variable.name, "")


def _reads_known(role: str, at: int, prompts: Mapping[int, str]) -> Reads:
    match role:
        case "eliciting":
            return lambda cells: prompts.get(int(cells[at] or 0), ELSEWHERE)
        case "Story text column name":
            return lambda cells: words_of(cells[at], NO_WORDS)
        case "Story title column name":
            return lambda cells: words_of(cells[at], _name_of_story(cells))
        case _:
            return lambda cells: one_line(str(cells[at] or ""))


def _name_of_story(cells: Sequence[Cell]) -> str:
    return f"Verhaal {cells[0]}"


def _kind(variable: Variable, question: Question | None) -> str:
    """Of which kind a column is to NarraFirma; "" where it is no question there, or another column says the same."""
    match question, variable.part:
        case None, None:
            return CHOICE if variable.holds is Holds.CODE or variable.name in FOUND else ""
        case ((ChoiceQuestion() | TriadQuestion()), Part.CODE):
            return CHOICE
        case (ScaleQuestion(), Part.VALUE) | (TriadQuestion(), (Part.SHARE_A | Part.SHARE_B | Part.SHARE_C)):
            return SCALE
        case OpenQuestion(), Part.TEXT:
            return WORDS
        case _:
            return ""


def _asked(variable: Variable, at: int, kind: str, question: Question | None, short: str) -> Asked:
    shown = labels(variable.labels)
    return Asked(
        variable.name,
        _reads_answer(variable, at, kind, shown),
        kind,
        PARTICIPANT if question and question.of == "verteller" else STORY,
        short,
        one_line(_long(variable, question)),
        tuple(shown.values()) if kind == CHOICE else _ends(variable, question),
        variable.question if isinstance(question, ClosedQuestion) and variable.part not in SHARES else "",
    )


def _reads_answer(variable: Variable, at: int, kind: str, shown: Mapping[int, str]) -> Reads:
    """An answer that is absent is an empty cell: NarraFirma knows no reasons."""
    if kind == WORDS:
        return lambda cells: words_of(cells[at], "")
    if kind == SCALE:
        return lambda cells: "" if cells[at] is None else str(cells[at])
    if variable.holds is Holds.CODE:
        return lambda cells: "" if cells[at] is None else shown.get(int(cells[at] or 0), "")
    return lambda cells: label(str(cells[at] or ""))


def _long(variable: Variable, question: Question | None) -> str:
    match question:
        case None:
            return variable.text
        case StoryQuestion() | ReviewQuestion():
            return question.name
        case TriadQuestion() if variable.part in SHARES:
            return f"{question.text} Deel van: {corner(variable.part, question)}"
        case TriadQuestion():
            return f"{question.text} (sterkste hoek)"
        case _:
            return question.text


def _ends(variable: Variable, question: Question | None) -> tuple[str, ...]:
    """The labels of a scale: left, right, and of not having a place on it, where a teller can say that."""
    match question:
        case ScaleQuestion():
            steps = sorted((option for option in question.options if option.value is not None), key=_place)
            without = [option.label for option in question.options if option.value is None]
            return tuple(map(label, (steps[0].label, steps[-1].label, *without[:1])))
        case TriadQuestion():
            without = [option.label for option in question.options if option.shares is None]
            return ("niets", "alles", *map(label, without[:1]))
        case _:
            return ()


def _place(option: ScaleOption) -> int:
    return option.value or 0
