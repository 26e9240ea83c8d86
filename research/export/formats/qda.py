"""Stories for programs of qualitative analysis (REFI-QDA 1.5): a project, and its codes apart; knows no such program.

Memory grows with the stories by what a ZIP file remembers of each of its members, and by the id of each teller.
"""

import os
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC
from pathlib import Path
from shutil import copyfileobj
from stat import S_IFREG
from typing import BinaryIO
from xml.sax.saxutils import escape, quoteattr

from research.export.content import Content
from research.export.fixed import Holds
from research.export.folder import new_file
from research.export.formats.qda_codes import codes, guid, written
from research.export.formats.qda_text import Passage, Texts
from research.export.rows import StoryRow
from research.export.safe_text import safe
from research.export.tables import Cell
from research.export.variables import Variable
from storage.private_files import FILE_MODE, make_folder

FOLDER = "qda"
PROJECT, CODEBOOK = f"{FOLDER}/verhalen.qdpx", f"{FOLDER}/codeboek.qdc"

XML = '<?xml version="1.0" encoding="UTF-8"?>\n'

USER = guid("gebruiker", "vertelbot")

KINDS = {Holds.NAME: "Text", Holds.CODE: "Text", Holds.NUMBER: "Integer", Holds.DAY: "Date"}
"""What a variable holds. Words are no variable: they are the text."""

UNIX = 3
"""Where a ZIP file says that it was made: it tells others how to read the rights of its members."""

ABOUT = (
    "Elk verhaal is een bron. De naam is het kenmerk van het verhaal, de beschrijving de titel. Wat de verteller koos,"
    " staat als variabele bij de bron. Is er geen variabele, dan is er geen antwoord; verhalen.csv zegt waarom."
    " Woorden hebben de code van de vraag waar zij een antwoord op zijn. De thema's zijn nog nergens aan gegeven."
)


class Project:
    """The project, as far as it is written. Its sources wait in a file without a name until all of them are known."""

    def __init__(self, archive: zipfile.ZipFile, sources: BinaryIO, content: Content) -> None:
        self._archive, self._sources, self._content = archive, sources, content
        self._texts = {(item.id, item.version): Texts(item, content.variables) for item in content.sets}
        self._values = [(at, _value(item)) for at, item in enumerate(content.variables) if _is_told(item)]
        self._teller = next((at for at, item in enumerate(content.variables) if item.name == "verteller"), None)
        self._told: dict[str, tuple[str, ...]] = {}
        self._by = f'creatingUser="{USER}" creationDateTime="{_moment(content)}"'
        self._stories = 0

    def write(self, row: StoryRow, cells: Sequence[Cell]) -> None:
        """A source with its text, what was chosen, and which words answer which question."""
        name = row.story.id
        source = guid("bron", name)
        texts = self._texts[row.story.question_set, row.story.version]
        text, passages = texts.of(row, cells)
        self._archive.writestr(_member(f"sources/{source}.txt", self._content), text.encode())
        start = f'<TextSource guid="{source}" name={quoteattr(safe(name))} plainTextPath="internal://{source}.txt"'
        selections = "".join([self._selection(name, passage) for passage in passages])
        values = "".join([value(cells[at]) for at, value in self._values])
        described = f"{start} {self._by}>{_described(texts.title(cells))}"
        self._sources.write(f"{described}{selections}{values}</TextSource>\n".encode())
        if self._teller is not None and cells[self._teller]:
            teller = str(cells[self._teller])
            self._told[teller] = (*self._told.get(teller, ()), source)
        self._stories += 1

    def rows(self) -> Mapping[str, int]:
        """How many sources there are."""
        return {PROJECT: self._stories}

    def stories(self) -> int | None:
        """A source each."""
        return self._stories

    def finish(self) -> None:
        """Writes the project itself, of which the first part can only be told when all of it is known."""
        self._sources.seek(0)
        sources = ("<Sources>\n", "</Sources>") if self._stories else ("", "")
        with self._archive.open(_member("project.qde", self._content), "w") as file:
            file.write(f"{_start(self._content)}{self._cases()}{sources[0]}".encode())
            copyfileobj(self._sources, file)
            file.write(f"{sources[1]}{_described(ABOUT)}</Project>\n".encode())

    def _selection(self, name: str, passage: Passage) -> str:
        at = f"{name}/{passage.start}"
        place = f'startPosition="{passage.start}" endPosition="{passage.end}"'
        return (
            f'<PlainTextSelection guid="{guid("selectie", at)}" {place} {self._by}>'
            f'<Coding guid="{guid("codering", at)}" {self._by}>'
            f'<CodeRef targetGUID="{guid("code", passage.code)}"/></Coding></PlainTextSelection>'
        )

    def _cases(self) -> str:
        cases = "".join(_case(teller, sources) for teller, sources in self._told.items() if len(sources) > 1)
        return f"<Cases>{cases}</Cases>" if cases else ""


@contextmanager
def opened(folder: Path, content: Content) -> Iterator[Project]:
    """Both files: the codes are whole at once, the project when the context ends."""
    make_folder(folder / FOLDER)
    with new_file(folder / CODEBOOK) as file:
        file.write(_codebook(content))
    made = os.open(folder / PROJECT, os.O_CREAT | os.O_EXCL | os.O_RDWR, FILE_MODE)
    with (
        os.fdopen(made, "w+b") as place,
        zipfile.ZipFile(place, "w") as archive,
        tempfile.TemporaryFile(dir=folder) as sources,
    ):
        project = Project(archive, sources, content)
        yield project
        project.finish()


def _codebook(content: Content) -> str:
    start = f'<CodeBook xmlns="urn:QDA-XML:codebook:1.0" origin={_origin(content)}>'
    return f"{XML}{start}{written(codes(content.sets))}</CodeBook>\n"


def _start(content: Content) -> str:
    """Everything before the cases and the sources; the order is that of the standard."""
    by = f'creatingUserGUID="{USER}" creationDateTime="{_moment(content)}"'
    project = f'<Project xmlns="urn:QDA-XML:project:1.0" name="Verhalen" origin={_origin(content)} {by}>'
    variables = "".join(_variable(item) for item in content.variables if _is_told(item))
    return (
        f'{XML}{project}<Users><User guid="{USER}" name="Vertelbot"/></Users>'
        f"<CodeBook>{written(codes(content.sets))}</CodeBook><Variables>{variables}</Variables>"
    )


def _origin(content: Content) -> str:
    return quoteattr(safe(f"Vertelbot {content.software}"))


def _moment(content: Content) -> str:
    return f"{content.at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _member(name: str, content: Content) -> zipfile.ZipInfo:
    """The same whatever the clock, the machine and the rights of whoever makes it."""
    at = content.at.astimezone(UTC)
    member = zipfile.ZipInfo(name, (at.year, at.month, at.day, at.hour, at.minute, at.second))
    member.compress_type = zipfile.ZIP_DEFLATED
    member.create_system = UNIX
    member.external_attr = (S_IFREG | FILE_MODE) << 16
    return member


def _is_told(variable: Variable) -> bool:
    """Not what is the name of the source already, nor its text."""
    return variable.name != "verhaal_id" and variable.holds in KINDS


def _variable(variable: Variable) -> str:
    start = f'<Variable guid="{guid("variabele", variable.name)}" name="{variable.name}"'
    described = _described(f"{variable.title}\n{variable.text}".strip())
    return f'{start} typeOfVariable="{KINDS[variable.holds]}">{described}</Variable>'


def _value(variable: Variable) -> Callable[[Cell], str]:
    """What makes the value of a variable out of its cell: nothing at all where there is none."""
    kind = KINDS[variable.holds]
    start = f'<VariableValue><VariableRef targetGUID="{guid("variabele", variable.name)}"/><{kind}Value>'
    end = f"</{kind}Value></VariableValue>"
    if variable.holds is Holds.CODE:
        values = {code: f"{start}{escape(safe(label))}{end}" for code, label in variable.labels}
        return lambda cell: "" if cell is None else values.get(int(cell), "")
    return lambda cell: "" if cell in {None, ""} else f"{start}{escape(safe(str(cell)))}{end}"


def _case(teller: str, sources: Sequence[str]) -> str:
    """A teller with several stories."""
    told = "".join(f'<SourceRef targetGUID="{source}"/>' for source in sources)
    return f'<Case guid="{guid("verteller", teller)}" name={quoteattr(safe(teller))}>{told}</Case>'


def _described(text: str) -> str:
    return f"<Description>{escape(safe(text))}</Description>" if text else ""
