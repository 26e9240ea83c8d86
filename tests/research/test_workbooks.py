"""What becomes of a workbook that cannot be made."""

import gc
from pathlib import Path

import pytest
from openpyxl import load_workbook

from research.export.cell_texts import LIMIT
from research.export.workbooks import Heading, Look, new_workbook
from research.faults import ResearchFault
from tests.research.told import NOON

HEADINGS = [Heading("verhaal_id", 16), Heading("tekst", 40)]


def test_a_text_that_would_be_cut_off_is_refused_with_what_it_belongs_to(tmp_path: Path) -> None:
    with (
        pytest.raises(ResearchFault, match=r"Wat bij 4c1f hoort, past niet op het blad 'proef'"),
        new_workbook(tmp_path / "proef.xlsx", "Proef", NOON) as book,
    ):
        book.sheet("proef", HEADINGS).add(["4c1f", "a" * (LIMIT + 1)], [Look.PLAIN, Look.WRAPPED])


def test_a_row_that_no_sheet_has_is_refused(tmp_path: Path) -> None:
    with new_workbook(tmp_path / "proef.xlsx", "Proef", NOON) as book:
        sheet = book.sheet("proef", HEADINGS)
        sheet.rows = 1_048_575
        with pytest.raises(ResearchFault, match="Er is niets uitgevoerd"):
            sheet.add(["4c1f", "tekst"], [Look.PLAIN, Look.PLAIN])


def test_what_the_disk_says_is_heard_and_no_file_stays_open(tmp_path: Path) -> None:
    (tmp_path / "proef.xlsx").mkdir()
    with pytest.raises(IsADirectoryError), new_workbook(tmp_path / "proef.xlsx", "Proef", NOON) as book:
        book.sheet("proef", HEADINGS).add(["4c1f", "tekst"], [Look.PLAIN, Look.PLAIN])
    gc.collect()


def test_a_high_row_is_as_high_as_its_lines_up_to_twelve(tmp_path: Path) -> None:
    with new_workbook(tmp_path / "proef.xlsx", "Proef", NOON) as book:
        sheet = book.sheet("proef", HEADINGS)
        for text in ("kort", "een\ntwee\ndrie", "lang " * 1_000):
            sheet.add(["4c1f", text], [Look.PLAIN, Look.WRAPPED])
    read = load_workbook(tmp_path / "proef.xlsx")["proef"]
    assert [read.row_dimensions[row].height for row in (2, 3, 4)] == [None, 45, 180]
