"""What LibreOffice and R's readxl, which know nothing of this project, find in the files that people open in Excel."""

from pathlib import Path

import pytest

from research.export.cell_texts import GOES_ON, GUARD, LIMIT
from tests.research.hostile import tellings, texts
from tests.research.in_excel import guarded_table, in_words, kept, typed, typed_in
from tests.research.kept import build, export, story_id, table
from tests.research.told import BEWONER, MEDEWERKER, every_option, nth, remarking, skipping, tell
from tests.system.office import AS_EXCEL_IN_DUTCH, OfficeCell, Sheets, opened
from tests.system.reading import Rows, quoted, read_by_r

SHEETS = ["verhalen", "opmerkingen", "codes", "keuzes", "codeboek", "versies", "leesmij"]
LONG = ["Ik zeg het nog eens. " * 2_000, "😀" * 16_000, "a" * (LIMIT - 1)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An export of stories with every option, skipped questions and remarks."""
    place = tmp_path_factory.mktemp("gewoon")
    told = [tell(BEWONER, remarking("zo was het")), tell(MEDEWERKER, skipping), *every_option()]
    return export(build(place / "huis", told), place / "uit", "--formats", "csv,xlsx,excel")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An export of 10,000 dangerous texts."""
    place = tmp_path_factory.mktemp("vijandig")
    return export(build(place / "huis", tellings(texts())), place / "uit", "--formats", "csv,xlsx,excel")


def lines(rows: list[list[OfficeCell]]) -> Rows:
    """What stands below the names of a sheet, as text."""
    names = [cell.content for cell in rows[0]]
    filled = [[cell.content for cell in row] + [""] * (len(names) - len(row)) for row in rows[1:]]
    return [dict(zip(names, row, strict=True)) for row in filled]


def acting(sheets: Sheets) -> list[str]:
    """The content of every cell that is a formula or a link."""
    return [cell.content for rows in sheets.values() for row in rows for cell in row if cell.acts]


def kinds(rows: list[list[OfficeCell]], name: str) -> set[str]:
    """What kinds of cells stand in a column, but for empty ones."""
    at = [cell.content for cell in rows[0]].index(name)
    return {row[at].kind for row in rows[1:] if at < len(row)} - {""}


def test_libreoffice_reads_in_the_workbook_what_the_tables_for_programs_say(folder: Path, tmp_path: Path) -> None:
    sheets = opened(folder / "verhalen.xlsx", tmp_path)
    assert [*sheets] == SHEETS
    assert lines(sheets["codes"]) == table(folder / "verhalen.csv")
    assert lines(sheets["verhalen"]) == in_words(folder)
    expected = {
        "datum": {"date"},
        "makkelijk_waarde": {"float"},
        "gevoel": {"string"},
        "toestemming_versie": {"string"},
    }
    assert {name: kinds(sheets["verhalen"], name) for name in expected} == expected
    assert acting(sheets) == []


def test_libreoffice_finds_every_hostile_text_in_the_workbook_and_nothing_that_acts(
    hostile: Path, tmp_path: Path
) -> None:
    sheets = opened(hostile / "verhalen.xlsx", tmp_path)
    assert acting(sheets) == []
    found = typed_in(lines(sheets["verhalen"]), lines(sheets["opmerkingen"]))
    expected = {key: kept(text).replace("\t", "") for key, text in typed(hostile).items()}
    assert {key: text for key, text in expected.items() if text and found.get(key) != text} == {}


def test_libreoffice_takes_every_text_in_a_table_for_excel_as_text(hostile: Path, tmp_path: Path) -> None:
    for name in ("verhalen", "antwoorden"):
        [rows] = opened(hostile / "excel" / f"{name}.csv", tmp_path, AS_EXCEL_IN_DUTCH).values()
        assert acting({name: rows}) == []
        written = guarded_table(hostile / "excel" / f"{name}.csv")
        assert lines(rows) == [{column: cell.replace("\t", "") for column, cell in line.items()} for line in written]
        words = ("titel", "verhaal") if name == "verhalen" else ("tekst", "opmerking", "label")
        assert [(column, *kinds(rows, column)) for column in words] == [(column, "string") for column in words]


def test_a_table_without_the_mark_in_front_would_be_something_else(tmp_path: Path) -> None:
    said = {"=1+1": "float", "00123": "float", "1-2": "date", "5 mei": "date", "WAAR": "boolean", "1e5": "float"}
    for guard, expected in ((GUARD, dict.fromkeys(said, "string")), ("", said)):
        path = tmp_path / "proef.csv"
        path.write_bytes("".join(["\ufefftekst\r\n", *(f"{guard}{text}\r\n" for text in said)]).encode())
        [rows] = opened(path, tmp_path, AS_EXCEL_IN_DUTCH).values()
        assert {text: row[0].kind for text, row in zip(said, rows[1:], strict=True)} == expected


def test_libreoffice_finds_long_texts_whole(tmp_path: Path) -> None:
    told = [tell(BEWONER, nth(0, words)) for words in LONG]
    folder = export(build(tmp_path / "huis", told), tmp_path / "uit", "--formats", "xlsx,excel")
    sheets = opened(folder / "verhalen.xlsx", tmp_path)
    [stories] = opened(folder / "excel" / "verhalen.csv", tmp_path, AS_EXCEL_IN_DUTCH).values()
    [rest] = opened(folder / "excel" / "vervolg.csv", tmp_path, AS_EXCEL_IN_DUTCH).values()
    for begun, more in ((sheets["verhalen"], sheets["vervolg"]), (stories, rest)):
        whole = {line["verhaal_id"]: line["verhaal"].removesuffix(GOES_ON) for line in lines(begun)}
        for line in lines(more):
            whole[line["verhaal_id"]] += line["tekst"] if line["kolom"] == "verhaal" else ""
        assert [whole[story_id(number)] == words for number, words in enumerate(LONG)] == [True] * len(LONG)


def by_readxl(path: Path, sheet: str) -> tuple[Rows, dict[str, str]]:
    """A sheet as R reads it."""
    return read_by_r(
        f'as.data.frame(readxl::read_excel({quoted(path)}, "{sheet}", na = "", trim_ws = FALSE, guess_max = 1e5))'
    )


def test_r_reads_in_the_workbook_what_the_tables_for_programs_say(folder: Path) -> None:
    codes, found = by_readxl(folder / "verhalen.xlsx", "codes")
    assert codes == table(folder / "verhalen.csv")
    expected = {"datum": "POSIXct", "gevoel": "numeric", "verhaal": "character", "toestemming_versie": "character"}
    assert {name: found[name] for name in expected} == expected
    words, _ = by_readxl(folder / "verhalen.xlsx", "verhalen")
    assert words == in_words(folder)


def test_r_finds_every_hostile_text_in_the_workbook(hostile: Path) -> None:
    """A text of which nothing is seen is an empty cell to it; none is kept."""
    stories, _ = by_readxl(hostile / "verhalen.xlsx", "verhalen")
    remarks, _ = by_readxl(hostile / "verhalen.xlsx", "opmerkingen")
    expected = {key: kept(text) for key, text in typed(hostile).items()}
    found = typed_in(stories, remarks)
    assert {key: text for key, text in expected.items() if text.strip() and found.get(key) != text} == {}
