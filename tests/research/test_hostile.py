"""Ten thousand texts that do harm, in one export of everything there is: every file says the same of them."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from research.export.cell_texts import GUARD
from tests.research import test_ddi
from tests.research.alike import check_database, check_nested, in_parquet, in_spss, in_stata, visible
from tests.research.hostile import tellings, texts
from tests.research.in_excel import guarded_table, in_words, kept, sheet_rows, typed
from tests.research.kept import build, export, table


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An export in all formats."""
    place = tmp_path_factory.mktemp("uitvoer")
    return export(build(place / "huis", tellings(texts())), place / "uit", "--formats", "")


def test_the_tables_for_programs_hold_every_text_as_it_was_told(folder: Path) -> None:
    assert set(texts()) - set(typed(folder).values()) == set()


def test_the_objects_say_what_the_tables_say(folder: Path) -> None:
    check_nested(folder)


def test_the_parquet_file_holds_them_word_for_word(folder: Path) -> None:
    assert in_parquet(folder) == table(folder / "verhalen.csv")


def test_the_files_of_spss_and_stata_hold_what_can_be_seen_of_them(folder: Path) -> None:
    stories = visible(table(folder / "verhalen.csv"))
    assert in_spss(folder) == stories
    assert in_stata(folder) == stories


def test_the_database_holds_them(folder: Path) -> None:
    check_database(folder)


def test_the_workbook_holds_them(folder: Path) -> None:
    book = load_workbook(folder / "verhalen.xlsx", data_only=False)
    for sheet, stories in (("codes", table(folder / "verhalen.csv")), ("verhalen", in_words(folder))):
        expected = [{name: kept(cell) for name, cell in line.items()} for line in stories]
        assert sheet_rows(book[sheet]) == expected, sheet


def test_the_table_for_excel_holds_them_behind_a_mark_where_they_would_act(folder: Path) -> None:
    expected, found = visible(in_words(folder)), guarded_table(folder / "excel/verhalen.csv")
    cells = [(name, line[name], plain[name]) for line, plain in zip(found, expected, strict=True) for name in plain]
    assert [cell for cell in cells if cell[1] not in (cell[2], f"{GUARD}{cell[2]}")] == []


def test_the_description_is_of_these_tables(folder: Path) -> None:
    test_ddi.check(folder)
