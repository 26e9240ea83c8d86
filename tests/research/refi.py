"""Projects of REFI-QDA as QualCoder opens them, and what the standard forbids; knows not how they were made."""

import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lxml import etree

from tests.research.others import READERS

SPACE = "{urn:QDA-XML:project:1.0}"
ALONE = {
    b"urn:QDA-XML:project:1.0": b"urn:QDA-XML:codebook:1.0",
    b'<xsd:element name="Project" type="ProjectType">': b'<xsd:element name="CodeBook" type="CodeBookType">',
}
"""What a schema of projects says, and what it says of codes alone."""

POINTS_AT = {
    "CodeRef": "Code",
    "VariableRef": "Variable",
    "SourceRef": "TextSource",
}


@dataclass(frozen=True)
class Source:
    """A text with what is known of it; `coded` has each piece of it with the names of its codes."""

    text: str
    memo: str
    attributes: Mapping[str, str]
    coded: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Opened:
    """What a program keeps of a project: sources by name, cases by name with the names of their sources."""

    software: str
    user: str
    categories: Mapping[str, Sequence[str]]
    variables: Mapping[str, str]
    sources: Mapping[str, Source]
    cases: Mapping[str, Sequence[str]]


def tree_of(project: Path) -> etree._Element:
    """The XML of a project."""
    with zipfile.ZipFile(project) as archive:
        return etree.fromstring(archive.read("project.qde"), etree.XMLParser(huge_tree=True, resolve_entities=False))


def faults(project: Path) -> list[str]:
    """What is not as the standard wants it: its schema, and the rules that a schema cannot say."""
    tree = tree_of(project)
    schema = _schema()
    schema.validate(tree)
    return [*map(str, schema.error_log), *_unresolved(tree), *_twice(tree), *_in_archive(project, tree)]


def code_faults(codes: etree._ElementTree) -> list[str]:
    """What is not as the standard wants it of a file of codes alone.

    A code and a book of codes are in such a file what they are in a project, in a namespace of its own, and beside them
    it may say of which program it comes (clause 5.2).
    """
    rules = _rules()
    for in_project, alone in ALONE.items():
        assert in_project in rules
        rules = rules.replace(in_project, alone)
    schema = etree.XMLSchema(etree.fromstring(rules))
    codes.getroot().attrib.pop("origin", None)
    schema.validate(codes)
    return [*map(str, schema.error_log)]


@cache
def _schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.fromstring(_rules()))


@cache
def _rules() -> bytes:
    """The schema of projects in the standard, as it comes with the program qualitative-coding."""
    [found] = READERS.parent.glob("lib/*/site-packages/qualitative_coding/refi_qda/schema.xsd")
    return found.read_bytes()


def _unresolved(tree: etree._Element) -> Iterator[str]:
    guids = {item.get("guid"): etree.QName(item).localname for item in tree.iter(etree.Element) if item.get("guid")}
    for item in tree.iter(etree.Element):
        kind = etree.QName(item).localname
        if kind in POINTS_AT and guids.get(item.get("targetGUID")) != POINTS_AT[kind]:
            yield f"{kind} {item.get('targetGUID')} leads to no {POINTS_AT[kind]}"
        users = [value for name, value in item.attrib.items() if name in {"creatingUser", "creatingUserGUID"}]
        yield from (f"{kind} is of nobody: {user}" for user in users if guids.get(user) != "User")


def _twice(tree: etree._Element) -> Iterator[str]:
    """GUIDs, and names that programs look things up by."""
    yield from _repeated("guid", [item.get("guid") for item in tree.iter(etree.Element) if item.get("guid")])
    for kind in ("Code", "Variable", "TextSource", "Case"):
        yield from _repeated(kind, [item.get("name") for item in tree.iter(f"{SPACE}{kind}")])


def _repeated(what: str, found: Sequence[str]) -> Iterator[str]:
    for name in {name for name in found if found.count(name) > 1} if len(set(found)) < len(found) else ():
        yield f"{what} {name} is there more than once"


def _in_archive(project: Path, tree: etree._Element) -> Iterator[str]:
    """Texts in a flat folder, of which the name is a GUID, in UTF-8 without a mark and with one kind of line end."""
    with zipfile.ZipFile(project) as archive:
        named = [f"sources/{_path(source)}" for source in tree.iter(f"{SPACE}TextSource")]
        yield from set(archive.namelist()) ^ {*named, "project.qde"}
        for source, name in zip(tree.iter(f"{SPACE}TextSource"), named, strict=True):
            content = archive.read(name)
            if name != f"sources/{source.get('guid')}.txt" or content.startswith(b"\xef\xbb\xbf") or b"\r" in content:
                yield f"{name} is no plain text of its source"
            for item in source.iter(f"{SPACE}PlainTextSelection"):
                if not 0 <= int(item.get("startPosition")) < int(item.get("endPosition")) <= len(content.decode()):
                    yield f"{name} has no characters {item.get('startPosition')} to {item.get('endPosition')}"


def _path(source: etree._Element) -> str:
    return str(source.get("plainTextPath")).removeprefix("internal://")


def opened(project: Path) -> Opened:
    """As QualCoder does it: what it cannot find it does without, and an element is what its own children say."""
    tree = tree_of(project)
    codes = {item.get("guid"): item.get("name") for item in tree.iter(f"{SPACE}Code")}
    variables = {item.get("guid"): item.get("name") for item in tree.iter(f"{SPACE}Variable")}
    with zipfile.ZipFile(project) as archive:
        sources = {
            item.get("name"): _source(item, archive.read(f"sources/{_path(item)}").decode(), codes, variables)
            for item in tree.iter(f"{SPACE}TextSource")
        }
    names = {item.get("guid"): item.get("name") for item in tree.iter(f"{SPACE}TextSource")}
    cases = {
        item.get("name"): [names[source.get("targetGUID")] for source in item.iter(f"{SPACE}SourceRef")]
        for item in tree.iter(f"{SPACE}Case")
    }
    types = {item.get("name"): item.get("typeOfVariable") for item in tree.iter(f"{SPACE}Variable")}
    [user] = tree.iter(f"{SPACE}User")
    return Opened(tree.get("origin"), user.get("name"), _categories(tree), types, sources, cases)


def _categories(tree: etree._Element) -> Mapping[str, Sequence[str]]:
    """A code is a category only where it says that it cannot be given."""
    groups = [item for item in tree.iter(f"{SPACE}Code") if item.get("isCodable") == "false"]
    return {item.get("name"): [code.get("name") for code in item.findall(f"{SPACE}Code")] for item in groups}


def _source(element: etree._Element, text: str, codes: Mapping[str, str], variables: Mapping[str, str]) -> Source:
    coded = [
        (text[int(item.get("startPosition")) : int(item.get("endPosition"))], codes[ref.get("targetGUID")])
        for item in element.findall(f"{SPACE}PlainTextSelection")
        for ref in item.iter(f"{SPACE}CodeRef")
    ]
    attributes = {
        variables[value[0].get("targetGUID")]: value[1].text for value in element.findall(f"{SPACE}VariableValue")
    }
    return Source(text, element.findtext(f"{SPACE}Description") or "", attributes, coded)
