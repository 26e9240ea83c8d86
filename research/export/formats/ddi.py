"""The codebook as archives of data read it, DDI-Codebook 2.5: study, files, sets and columns; knows no story's words.

A variable is a column of `verhalen.csv`. Where versions of a question differ in words, each wording stands there with
the sets in which it was asked; which columns a version of a set has, is a group of variables.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC
from pathlib import Path
from xml.etree.ElementTree import Element, ElementTree, SubElement, indent

from dialogs.questions import Question, QuestionSet, ReviewQuestion, StoryQuestion
from research.export import codebook, long
from research.export.columns import columns_of
from research.export.content import Content
from research.export.fixed import Holds
from research.export.folder import new_file
from research.export.rows import StoryRow
from research.export.safe_text import safe
from research.export.tables import Cell
from research.export.variables import Measure, Variable
from storage.private_files import FOLDER_MODE

FOLDER = "ddi"
FILE = f"{FOLDER}/codeboek.xml"
NAMESPACE, VERSION = "ddi:codebook:2_5", "2.5"
WIDE_ID, LONG_ID = "F1", "F2"
LONG_VARIABLES = len(long.header())

DOMAINS = {Holds.WORDS: "text", Holds.CODE: "category", Holds.NUMBER: "numeric"}


class Cases:
    """How many stories and answers there are: all that is wanted of them."""

    _stories = answers = 0

    def write(self, row: StoryRow, _cells: Sequence[Cell]) -> None:
        """Counts one story."""
        self._stories += 1
        self.answers += len(row.answers)

    def rows(self) -> Mapping[str, int]:
        """A description has none."""
        return {}

    def stories(self) -> int:
        """As many as it says there are."""
        return self._stories


@contextmanager
def opened(folder: Path, content: Content) -> Iterator[Cases]:
    """Made at the end, when it is known how many stories there are."""
    cases = Cases()
    yield cases
    (folder / FOLDER).mkdir(mode=FOLDER_MODE)
    root = _codebook(content, cases)
    indent(root)
    with new_file(folder / FILE) as file:
        ElementTree(root).write(file, encoding="unicode", xml_declaration=True)
        file.write("\n")


def _codebook(content: Content, cases: Cases) -> Element:
    root = Element("codeBook", {"xmlns": NAMESPACE, "version": VERSION, "xml:lang": "nl"})
    _study(root, content)
    _file(root, WIDE_ID, codebook.WIDE, "Een rij voor elk verhaal.", (cases.stories(), len(content.variables)))
    _file(
        root,
        LONG_ID,
        codebook.LONG,
        "Een rij voor elke vraag van elk verhaal; codeboek.csv zegt wat de kolommen zijn.",
        (cases.answers, LONG_VARIABLES),
    )
    data = SubElement(root, "dataDscr")
    for item in content.sets:
        _group(data, item, content.variables)
    for variable in content.variables:
        _variable(data, variable, content.sets)
    return root


def _study(root: Element, content: Content) -> None:
    study = SubElement(root, "stdyDscr")
    citation = SubElement(study, "citation")
    titles = SubElement(citation, "titlStmt")
    _text(titles, "titl", content.about.title)
    _text(titles, "IDNo", content.version)
    made = SubElement(citation, "prodStmt")
    day = f"{content.at.astimezone(UTC):%Y-%m-%d}"
    _text(made, "prodDate", day, date=day)
    _text(made, "software", "vertelbot", version=safe(content.software))
    _text(SubElement(citation, "verStmt"), "version", content.version, date=day)
    about = SubElement(study, "stdyInfo")
    _text(about, "abstract", " ".join(dict.fromkeys(f"{item.title}." for item in content.sets)))
    covered = SubElement(about, "sumDscr")
    _text(covered, "nation", "Nederland", abbr="NL")
    _text(covered, "geogCover", "Amsterdam")
    _text(covered, "anlyUnit", "Een verhaal")
    _text(covered, "dataKind", "Verhalen in eigen woorden, met gesloten vragen erbij")
    use = SubElement(SubElement(study, "dataAccs"), "useStmt")
    _text(use, "restrctn", "Toegang alleen voor wie deze uitvoer kreeg.")
    _text(use, "conditions", "Neemt een verteller een verhaal terug, dan moet het ook hieruit weg.")


def _file(root: Element, key: str, name: str, contents: str, size: tuple[int, int]) -> None:
    text = SubElement(SubElement(root, "fileDscr", {"ID": key}), "fileTxt")
    _text(text, "fileName", name)
    _text(text, "fileCont", contents)
    dimensions = SubElement(text, "dimensns")
    for tag, number in zip(("caseQnty", "varQnty"), size, strict=True):
        _text(dimensions, tag, str(number))
    _text(text, "fileType", "text/csv; UTF-8, komma, eerste regel met namen", charset="UTF-8")


def _group(data: Element, item: QuestionSet, variables: Sequence[Variable]) -> None:
    """What was asked in one version of a set."""
    asked = {column.name for question in item.questions for column in columns_of(question)}
    held = " ".join(_id(variable) for variable in variables if variable.name in asked)
    group = SubElement(data, "varGrp", {"ID": f"G_{item.id}_{item.version}", "type": "section", "var": held})
    _text(group, "labl", f"{item.title}, versie {item.version}")
    _text(group, "txt", f"Vragenlijst {item.id}, versie {item.version}.")


def _variable(data: Element, variable: Variable, sets: Sequence[QuestionSet]) -> None:
    """The order in which things are told is that of the standard."""
    number = variable.holds is Holds.NUMBER
    kind = "contin" if variable.measure is Measure.SCALE else "discrete"
    named = {"ID": _id(variable), "name": variable.name, "files": WIDE_ID, "intrvl": kind, "dcml": "0"}
    element = SubElement(data, "var", named)
    _text(element, "labl", variable.title)
    for text, asked_in in _wordings(variable, sets).items():
        question = SubElement(element, "qstn", {"responseDomainType": DOMAINS.get(variable.holds, "text")})
        _text(question, "qstnLit", text)
        _text(question, "ivuInstr", f"Gevraagd in: {', '.join(asked_in)}.")
    if number and variable.question:
        SubElement(SubElement(element, "valrng"), "range", {"UNITS": "INT", "min": "0", "max": "100"})
    if variable.missing:
        wrong = SubElement(element, "invalrng")
        for code, _ in variable.missing:
            SubElement(wrong, "item", {"UNITS": "INT", "VALUE": str(code)})
    if not variable.question:
        _text(element, "txt", variable.text)
    for code, label in variable.labels:
        _category(element, code, label)
    for code, label in variable.missing:
        _category(element, code, label, missing="Y", missType=label)
    SubElement(element, "varFormat", _format(variable))


def _category(element: Element, code: int, label: str, **missing: str) -> None:
    category = SubElement(element, "catgry", missing)
    _text(category, "catValu", str(code))
    _text(category, "labl", label)


def _format(variable: Variable) -> dict[str, str]:
    match variable.holds:
        case Holds.CODE | Holds.NUMBER:
            return {"type": "numeric"}
        case Holds.DAY:
            return {"type": "character", "category": "date", "formatname": "yyyy-mm-dd"}
        case _:
            return {"type": "character"}


def _wordings(variable: Variable, sets: Sequence[QuestionSet]) -> dict[str, list[str]]:
    """Every text of the question, with the sets in which it was asked so."""
    found: dict[str, list[str]] = {}
    for item in sets:
        for question in item.questions:
            if question.id == variable.question and variable.name in {column.name for column in columns_of(question)}:
                for text in _texts(question):
                    found.setdefault(text, []).append(f"{item.id} versie {item.version}")
    return found


def _texts(question: Question) -> list[str]:
    match question:
        case ReviewQuestion():
            return []
        case StoryQuestion():
            return [prompt.text for prompt in question.prompts]
        case _:
            return [question.text]


def _id(variable: Variable) -> str:
    return f"V_{variable.name}"


def _text(parent: Element, tag: str, text: str, **more: str) -> None:
    SubElement(parent, tag, more).text = safe(text)
