"""LibreOffice without a screen: opens a file as people do, and says of every cell what it became."""

import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from tests.system.machine import program

AS_EXCEL_IN_DUTCH = "Text - txt - csv (StarCalc):59,34,76,1,,1043,false,true"
"""Semicolons, UTF-8, the language of the Netherlands, and numbers and dates found in words: as with a double click."""

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_VALUES = {"float": "value", "date": "date-value", "boolean": "boolean-value", "time": "time-value"}


class OfficeCell(NamedTuple):
    """A cell: "string", "float", "date" or something else, what is in it, and whether it is a formula or a link.

    Tabs are not told: in a text of several lines LibreOffice does not write them into its own file.
    """

    kind: str
    content: str
    acts: bool


Sheets = dict[str, list[list[OfficeCell]]]


def opened(path: Path, place: Path, how: str = "") -> Sheets:
    """Every sheet of a file: its rows up to the last cell with something in it. `how`: what a CSV is read as."""
    with_filter = [f"--infilter={how}"] if how else []
    profile = f"-env:UserInstallation={(place / 'profiel').as_uri()}"
    command = [program("soffice"), profile, "--headless", *with_filter, "--convert-to", "fods", "--outdir", str(place)]
    done = subprocess.run([*command, str(path)], capture_output=True, text=True, check=False, timeout=300)
    made = place / f"{path.stem}.fods"
    assert made.exists(), f"{done.stdout}{done.stderr}"
    tree = etree.parse(str(made), etree.XMLParser(huge_tree=True))
    return {sheet.get(f"{_TABLE}name"): list(_rows(sheet)) for sheet in tree.iter(f"{_TABLE}table")}


def _rows(sheet: etree._Element) -> Iterator[list[OfficeCell]]:
    empty = 0
    for row in sheet.iter(f"{_TABLE}table-row"):
        cells = list(_cells(row))
        if cells:
            yield from ([] for _ in range(empty))
            empty = 0
            yield from (cells for _ in range(int(row.get(f"{_TABLE}number-rows-repeated", "1"))))
        else:
            empty += int(row.get(f"{_TABLE}number-rows-repeated", "1"))


def _cells(row: etree._Element) -> Iterator[OfficeCell]:
    empty = 0
    for element in row.iter(f"{_TABLE}table-cell"):
        times = int(element.get(f"{_TABLE}number-columns-repeated", "1"))
        if element.get(f"{_OFFICE}value-type") is None:
            empty += times
        else:
            yield from (OfficeCell("", "", acts=False) for _ in range(empty))
            empty = 0
            yield from (_cell(element) for _ in range(times))


def _cell(element: etree._Element) -> OfficeCell:
    kind = element.get(f"{_OFFICE}value-type", "")
    acts = element.get(f"{_TABLE}formula") is not None or element.find(f".//{_TEXT}a") is not None
    if kind in _VALUES:
        return OfficeCell(kind, element.get(f"{_OFFICE}{_VALUES[kind]}", ""), acts)
    return OfficeCell(kind, "\n".join("".join(_words(line)) for line in element.findall(f"{_TEXT}p")), acts)


def _words(element: etree._Element) -> Iterator[str]:
    if element.tag == f"{_TEXT}s":
        yield " " * int(element.get(f"{_TEXT}c", "1"))
    yield element.text or ""
    for child in element:
        yield from _words(child)
        yield child.tail or ""
