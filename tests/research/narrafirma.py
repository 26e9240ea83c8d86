"""What NarraFirma 1.6 makes of a form and a table, as its guide and its importer have it; knows not who made them.

It does without whatever it cannot place: what gets lost here without a word there, is a fault here.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path

HEADER = ["Data column name", "Type", "About", "Short name", "Long name", "Options", "Answers"]
ONE_OF = {"Single choice", "Radiobuttons"}
WORDS = {"Text", "Textarea"}
FORM_TEXTS = {"Title", "Start text", "Choose question text", "Enter story text", "Name story text", "End text"}
OWN_NAMES = {"Story title", "Story text", "Collection date", "Language", "Eliciting question", "Participant ID"}


@dataclass(frozen=True)
class Question:
    """A question of a form; `answers` by what stands for them in the table."""

    name: str
    text: str
    kind: str
    about: str
    answers: Mapping[str, str]
    write_in: bool


@dataclass(frozen=True)
class Form:
    """A form that was read: questions by their column, and columns by what they are to NarraFirma."""

    questions: Mapping[str, Question]
    columns: Mapping[str, Sequence[str]]
    prompts: Mapping[str, str]
    texts: Mapping[str, str]


@dataclass
class Told:
    """A story that was taken in; `answers` are those about the story, by the short name of the question."""

    title: str
    text: str
    teller: str
    prompt: str
    date: str
    language: str
    answers: dict[str, str] = field(default_factory=dict)
    write_ins: dict[str, str] = field(default_factory=dict)


@dataclass
class Collection:
    """What stands in NarraFirma afterwards. `tellers` has their answers; `faults` is all that got lost, or would."""

    stories: list[Told] = field(default_factory=list)
    tellers: dict[str, dict[str, str]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def rows(path: Path) -> list[list[str]]:
    """The rows of a file: cells are trimmed, and empty rows and rows that begin with `;` are not there."""
    content = path.read_bytes().decode("utf-8").removeprefix("\ufeff")
    found = [[_trimmed(cell) for cell in row] for row in csv.reader(StringIO(content, newline=""), strict=True)]
    return [row for row in found if any(row) and not row[0].startswith(";")]


def _trimmed(cell: str) -> str:
    """As JavaScript does it: a mark of the order of bytes is white to it as well, and some controls are not."""
    return cell.strip(
        "\t\n\v\f\r \xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029"
        "\u202f\u205f\u3000\ufeff"
    )


def form(path: Path) -> Form:
    """Reads a form. AssertionError with what NarraFirma would warn for, or read as something else than it is."""
    header, *lines = rows(path)
    assert header == HEADER, header
    questions: dict[str, Question] = {}
    columns: dict[str, Sequence[str]] = {}
    prompts: dict[str, str] = {}
    texts: dict[str, str] = {}
    for line in lines:
        column, kind, about, short, long, options, *given = line
        answers = [answer for answer in given if answer]
        assert not any("\n" in answer for answer in answers), (column, "lists are kept with a line for each answer")
        match about:
            case "eliciting":
                prompts = dict(_prompt(answer) for answer in answers)
                columns["eliciting"] = [column]
            case "import":
                columns[kind] = answers
            case "form":
                assert kind in FORM_TEXTS, kind
                texts[kind] = answers[0]
            case "story" | "participant":
                assert column not in questions, column
                questions[column] = _question(kind, about, short, long, options, answers)
            case _:
                raise AssertionError(line)
    _check_names([question.name for question in questions.values()])
    return Form(questions, columns, prompts, texts)


def _prompt(answer: str) -> tuple[str, str]:
    """Three parts: what stands in the table, a short name, and the whole question."""
    in_table, short, text = answer.split("|")
    assert text, answer
    assert len(short) <= 20, short
    return in_table, short


def _question(kind: str, about: str, short: str, long: str, options: str, answers: Sequence[str]) -> Question:
    assert long, short
    told = dict(option.split("=") for option in options.split("|") if option)
    assert told in ({}, {"writeInTextBoxLabel": "Opmerking", "writeInTextsAreInSeparateColumn": "yes"}), told
    match kind:
        case "Scale":
            # A fourth cell would be the least value there is, and stand for "does not apply".
            assert len(answers) in (2, 3), (short, answers)
        case "Single choice":
            assert len(answers) >= 2, (short, answers)
        case _:
            assert kind in WORDS, kind
            assert not answers, (short, answers)
    assert [answer for answer in answers if "|" in answer or "," in answer] == [], short
    assert len(set(answers)) == len(answers), (short, answers)
    return Question(short, long, kind, about, {answer: answer for answer in answers}, bool(told))


def _check_names(names: Sequence[str]) -> None:
    """The same name twice overwrites an answer, whether it is about the story or about the teller."""
    assert len({name.casefold() for name in names}) == len(names), sorted(names)
    assert [name for name in names if not 0 < len(name) <= 20 or name in OWN_NAMES] == []


def collection(form: Form, path: Path) -> Collection:
    """Takes the table in. Whatever NarraFirma would not keep is told in `faults`."""
    header, *lines = rows(path)
    into = Collection()
    roles = {column: role for role, columns in form.columns.items() for column in columns}
    known = {*roles, *form.questions, *(f"WRITEIN_{name}" for name, item in form.questions.items() if item.write_in)}
    into.faults += [f"nothing takes column {name}" for name in header if name not in known]
    into.faults += [f"column {name} is there twice" for name in header if header.count(name) > 1]
    for role in ("Story title column name", "Story text column name"):
        assert form.columns[role][0] in header, role
    for line in lines:
        _take_in(form, dict(zip(header, line, strict=True)), into)
    return into


def _take_in(form: Form, cells: Mapping[str, str], into: Collection) -> None:
    def of(role: str) -> str:
        return cells[form.columns[role][0]] if role in form.columns else ""

    title, text = of("Story title column name"), of("Story text column name")
    if "testing123" in {title.lower(), text.lower()} or not title or not text:
        into.faults.append(f"a story is passed over or has no words: {title!r} {text!r}")
    prompt, date = of("eliciting"), of("Story collection date column name")
    if prompt not in form.prompts:
        into.faults.append(f"for prompt {prompt!r} the first is taken")
    told = Told(
        title, text, of("Participant ID column name"), form.prompts.get(prompt, ""), date, of("Language column name")
    )
    about_teller: dict[str, str] = {}
    for column, question in form.questions.items():
        kept = about_teller if question.about == "participant" else told.answers
        if column in cells and (cell := cells[column]):
            into.faults += _lost(question, cell)
            kept[question.name] = question.answers.get(cell, cell)
        if write_in := cells.get(f"WRITEIN_{column}"):
            (about_teller if question.about == "participant" else told.write_ins)[f"WRITEIN {question.name}"] = write_in
    into.stories.append(told)
    # The last story of a teller decides: what it does not say, nobody said.
    into.tellers[told.teller] = about_teller


def _lost(question: Question, cell: str) -> Iterator[str]:
    if question.kind in ONE_OF and cell not in question.answers:
        yield f"{question.name} has no answer {cell!r}"
    if question.kind == "Scale" and not (cell.isdecimal() and 0 <= int(cell) <= 100):
        yield f"{question.name} has no place {cell!r}"
