"""The workbook of an export, as openpyxl reads it: the same as the tables for programs, and nothing in it acts."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.workbook import Workbook

from research.export import codebook
from research.export.cell_texts import GOES_ON, LIMIT
from research.export.coarsening import HIDDEN, HIDDEN_CODE, HIDDEN_MEANING
from research.export.codebook_sheets import write_codebook
from research.export.formats import workbook
from research.export.tiers import Tier
from tests.research.hostile import tellings, texts
from tests.research.in_excel import in_words, kept, sheet_rows, shown, typed, typed_in
from tests.research.kept import House, build, export, manifest, story_id, table
from tests.research.told import BEWONER, MEDEWERKER, NOON, SETS, every_option, nth, remarking, skipping, tell
from tests.research.written import clock_of, content_of, row_of, write

SHEETS = ["verhalen", "opmerkingen", "codes", "keuzes", "codeboek", "versies", "leesmij"]


@pytest.fixture
def house(tmp_path: Path) -> House:
    """Stories with every option, skipped questions and remarks."""
    told = [tell(BEWONER, remarking("zo was het")), tell(MEDEWERKER, skipping), *every_option()]
    return build(tmp_path / "huis", told)


def opened(folder: Path, name: str = "verhalen.xlsx") -> Workbook:
    """A workbook, with formulas as they are written where there are any."""
    return load_workbook(folder / name, data_only=False)


def test_the_sheets_hold_what_the_tables_for_programs_hold(house: House, tmp_path: Path) -> None:
    folder = export(house, tmp_path / "uit", "--formats", "csv,xlsx")
    book, wide = opened(folder), table(folder / "verhalen.csv")
    assert book.sheetnames == SHEETS
    assert sheet_rows(book["codes"]) == wide
    assert [list(line) for line in sheet_rows(book["codes"])][:1] == [list(wide[0])]
    assert sheet_rows(book["verhalen"]) == in_words(folder) != wide


def test_numbers_are_numbers_days_are_days_and_the_rest_is_text(house: House, tmp_path: Path) -> None:
    book = opened(export(house, tmp_path / "uit", "--formats", "xlsx"))
    kinds: dict[str, set[str]] = {}
    for row in book["codes"].iter_rows(min_row=2):
        for cell, heading in zip(row, book["codes"][1], strict=True):
            if cell.value is not None:
                kinds.setdefault(str(heading.value), set()).add(cell.data_type)
    assert {name for name, found in kinds.items() if found == {"d"}} == {"datum"}
    assert {"makkelijk", "makkelijk_waarde", "tijd_a", "versie"} <= {name for name in kinds if kinds[name] == {"n"}}
    assert {"verhaal_id", "verhaal", "titel", "week"} <= {name for name in kinds if kinds[name] == {"s"}}


def test_words_come_first_for_who_reads_and_every_row_says_which_story_it_is(house: House, tmp_path: Path) -> None:
    book = opened(export(house, tmp_path / "uit", "--formats", "xlsx"))
    assert [cell.value for cell in book["verhalen"][1]][:4] == ["verhaal_id", "titel", "verhaal", "verhaal_vraag"]
    assert {cell.value for cell in book["verhalen"][1]} == {cell.value for cell in book["codes"][1]}


def test_headings_stay_in_view_choose_rows_and_say_what_was_asked(house: House, tmp_path: Path) -> None:
    book = opened(export(house, tmp_path / "uit", "--formats", "xlsx"))
    rows = book["verhalen"].max_row
    frozen = {name: book[name].freeze_panes for name in SHEETS}
    assert frozen == dict.fromkeys(SHEETS, "B2") | {"keuzes": "A2", "codeboek": "C2", "leesmij": None}
    filtered = [str(book[name].auto_filter.ref) for name in ("verhalen", "codes")]
    assert [(ref.split(":")[0], ref.endswith(str(rows))) for ref in filtered] == [("A1", True)] * 2
    notes = {cell.value: cell.comment.text for cell in book["verhalen"][1] if cell.comment}
    assert notes["makkelijk"] == "Hulp krijgen\nWas het makkelijk of moeilijk om hulp te krijgen?"
    assert notes["verhaal"] == "Verhaal"
    assert notes.keys() == {cell.value for cell in book["verhalen"][1]}


def test_a_column_of_answers_offers_what_can_be_chosen(house: House, tmp_path: Path) -> None:
    book = opened(export(house, tmp_path / "uit", "--formats", "xlsx"))
    offered = {
        str(rule.sqref).split(":")[0].rstrip("0123456789"): rule
        for rule in book["verhalen"].data_validations.dataValidation
    }
    for column in book["verhalen"].iter_cols():
        heading, cells = column[0], {cell.value for cell in column[1:] if cell.value is not None}
        if rule := offered.pop(heading.column_letter, None):
            sheet, place = str(rule.formula1).split("!")
            listed = [cell.value for (cell,) in book[sheet][place.replace("$", "")]]
            assert cells <= {*listed}, heading.value
            assert None not in listed
            assert book[sheet][place.split(":")[0].replace("$", "")].offset(-1).value == heading.value
    assert offered == {}


def cells(book: Workbook) -> Iterator[Cell]:
    """Every cell that is not empty."""
    for sheet in book.worksheets:
        yield from (cell for row in sheet.iter_rows() for cell in row if cell.value is not None)


def where(cell: Cell) -> str:
    """The sheet and the place of a cell."""
    return f"{cell.parent.title}!{cell.coordinate}"


def test_hostile_words_are_words_and_nothing_else(tmp_path: Path) -> None:
    said = texts()
    folder = export(build(tmp_path / "huis", tellings(said)), tmp_path / "uit", "--formats", "csv,xlsx")
    book = opened(folder)
    assert [where(cell) for cell in cells(book) if cell.data_type not in ("s", "n", "d") or cell.hyperlink] == []
    found = typed_in(sheet_rows(book["verhalen"]), sheet_rows(book["opmerkingen"]))
    expected = {key: kept(text) for key, text in typed(folder).items()}
    assert {key: text for key, text in expected.items() if found.get(key, "") != text} == {}
    assert {kept(text) for text in said} - {""} <= {*found.values()}


def test_what_does_not_fit_in_a_cell_goes_on_on_another_sheet(tmp_path: Path) -> None:
    long, wide, fitting = "Ik zeg het nog eens. " * 2_000, "😀" * 40_000, "a" * (LIMIT - 1)
    told = [tell(BEWONER, nth(0, words)) for words in (long, wide, fitting)]
    book = opened(export(build(tmp_path / "huis", told), tmp_path / "uit", "--formats", "xlsx"))
    stories = {line["verhaal_id"]: line["verhaal"] for line in sheet_rows(book["verhalen"])}
    rest = {story_id(number): "" for number in range(3)}
    for line in sheet_rows(book["vervolg"]):
        if line["kolom"] == "verhaal":
            rest[line["verhaal_id"]] += line["tekst"]
    whole = [stories[key].removesuffix(GOES_ON) + rest[key] for key in rest]
    assert whole == [long, wide, fitting]
    assert rest[story_id(2)] == ""
    assert "vervolg" in [cell.value for cell in book["leesmij"]["A"]]


def test_the_same_snapshot_gives_the_same_bytes_and_no_time_but_its_own(house: House, tmp_path: Path) -> None:
    first = export(house, tmp_path / "een", "--formats", "xlsx,excel")
    with clock_of("Pacific/Kiritimati"):
        second = export(house, tmp_path / "twee", "--snapshot", str(manifest(first)["momentopname"]))
    names = ["verhalen.xlsx", "excel/verhalen.csv", "excel/antwoorden.csv"]
    assert [(first / name).read_bytes() == (second / name).read_bytes() for name in names] == [True] * 3
    moment = str(manifest(first)["gemaakt_op"])
    properties = opened(first).properties
    assert f"{properties.created.isoformat()}Z" == f"{properties.modified.isoformat()}Z" == moment
    with zipfile.ZipFile(first / "verhalen.xlsx") as file:
        assert {item.date_time for item in file.infolist()} == {(1980, 1, 31, 0, 0, 0)}


def test_an_export_without_stories_is_a_workbook_without_rows(tmp_path: Path) -> None:
    book = opened(export(build(tmp_path / "huis", []), tmp_path / "uit", "--formats", "xlsx"))
    assert [book[name].max_row for name in ("verhalen", "codes", "opmerkingen")] == [1, 1, 1]
    assert book["leesmij"]["B3"].value.startswith("0 verhalen, zoals ze waren op ")


def test_the_codebook_is_a_workbook_with_the_same_lines(tmp_path: Path) -> None:
    path = tmp_path / "codeboek.xlsx"
    explained = list(codebook.entries(SETS))
    number = write_codebook(path, explained, SETS, NOON)
    book = opened(tmp_path, "codeboek.xlsx")
    expected = [dict(zip(codebook.HEADER, map(shown, line), strict=True)) for line in map(codebook.line, explained)]
    assert sheet_rows(book["codeboek"]) == expected
    assert len(expected) == number
    assert [(line["vragenset"], line["versie"]) for line in sheet_rows(book["versies"])] == [
        (item.id, "1") for item in SETS
    ]
    assert [path.name for path in tmp_path.iterdir()] == ["codeboek.xlsx"]


def test_where_columns_are_left_out_the_rest_is_as_it_was(tmp_path: Path) -> None:
    told = [tell(BEWONER, nth(number)) for number in range(3)]
    book = opened(write(workbook.opened, tmp_path, told, content=content_of(tier=Tier.CARDS)))
    headings = [cell.value for cell in book["verhalen"][1]]
    assert [headings[0], *headings[-3:]] == ["verhaal_id", "vragenset", "versie", "taal"]
    assert [line["verhaal_id"] for line in sheet_rows(book["codes"])] == sorted(story_id(number) for number in range(3))


def test_an_answer_that_may_not_be_shown_says_so(tmp_path: Path) -> None:
    content = content_of(tier=Tier.DEIDENTIFIED)
    names = [variable.name for variable in content.variables]
    cells = [HIDDEN_CODE if name == "leeftijd" else HIDDEN if name == "link" else None for name in names]
    with workbook.opened(tmp_path, content) as stories:
        stories.write(row_of(tell(BEWONER, nth(0))), ["v1", *cells[1:]])
    book = opened(tmp_path)
    [shown_], [coded] = sheet_rows(book["verhalen"]), sheet_rows(book["codes"])
    assert (shown_["leeftijd"], shown_["link"], coded["leeftijd"]) == ("niet getoond", "niet getoond", str(HIDDEN_CODE))
    assert HIDDEN_MEANING in [cell.value for cell in book["leesmij"]["B"]]


def test_how_many_were_told_with_which_questions(house: House, tmp_path: Path) -> None:
    book = opened(export(house, tmp_path / "uit", "--formats", "xlsx"))
    told = {line["vragenset"]: line["verhalen"] for line in sheet_rows(book["versies"])}
    assert told == {"bewoner": "11", "medewerker": "11", "professional": "10"}
