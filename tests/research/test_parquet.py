"""The Parquet file: what pyarrow and polars read in it, and how it is cut up."""

import json
from datetime import date
from pathlib import Path

import polars as pl
import pyarrow as pa
from pyarrow import parquet as pq

from dialogs.interview import Interview
from research.export.formats import parquet
from research.export.formats.parquet import AT_ONCE, TOGETHER
from research.export.tables import Cell
from tests.research.told import BEWONER, SETS, nth, skipping, tell
from tests.research.written import clock_of, content_of, row_of, write


def made(folder: Path, told: list[Interview]) -> Path:
    """The file of these stories."""
    return write(parquet.opened, folder, told) / "parquet" / "verhalen.parquet"


def test_columns_have_types_and_what_their_codes_mean(tmp_path: Path) -> None:
    schema = pq.read_schema(made(tmp_path, [tell(BEWONER, nth(1))]))
    types = {
        name: schema.field(name).type for name in ("verhaal_id", "verhaal", "vragenset", "tijd", "tijd_a", "datum")
    }
    assert types == {
        "verhaal_id": pa.string(),
        "verhaal": pa.string(),
        "vragenset": pa.dictionary(pa.int32(), pa.string()),
        "tijd": pa.int32(),
        "tijd_a": pa.int32(),
        "datum": pa.date32(),
    }
    about = schema.field("makkelijk").metadata
    assert (about[b"titel"].decode(), about[b"meetniveau"]) == ("Hulp krijgen", b"ordinal")
    assert json.loads(about[b"labels"])["888"] == "🤷 Weet ik niet"
    assert json.loads(about[b"ontbreekt"]) == {
        "-97": "overgeslagen",
        "-98": "niet_van_toepassing",
        "-99": "niet_gevraagd",
    }
    assert schema.metadata[b"gemaakt_op"] == b"2026-06-01T10:00:00+00:00"


def test_words_are_as_they_were_told_and_absent_where_there_are_none(tmp_path: Path) -> None:
    told = [tell(BEWONER, nth(0, "a\u202eb\u2028c\ud83d\ude14".encode("utf-16", "surrogatepass").decode("utf-16")))]
    frame = pl.read_parquet(made(tmp_path, [*told, tell(BEWONER, skipping)]))
    assert sorted(frame["titel"].to_list(), key=str) == [None, "a\u202eb\u2028c😔"]
    assert set(frame["datum"].to_list()) == {date(2026, 6, 1)}


def test_a_file_without_stories_has_all_columns(tmp_path: Path) -> None:
    table = pq.read_table(made(tmp_path, []))
    assert table.num_rows == 0
    assert table.column_names == [item.name for item in content_of().variables]


def test_words_do_not_stand_among_the_bounds_of_a_column(tmp_path: Path) -> None:
    path = made(tmp_path, [tell(BEWONER, nth(0, "Onmiskenbaar dit verhaal"))])
    group = pq.read_metadata(path).row_group(0)
    bounded = {group.column(at).path_in_schema for at in range(group.num_columns) if group.column(at).is_stats_set}
    assert {"titel", "verhaal"}.isdisjoint(bounded)
    assert {"vragenset", "tijd"} <= bounded


def test_stories_go_to_the_disk_in_groups_so_that_memory_does_not_grow_with_them(tmp_path: Path) -> None:
    group = AT_ONCE * TOGETHER
    few, many = (most_memory(tmp_path / str(groups), groups * group) for groups in (2, 6))
    assert many < 1.1 * few
    about = pq.read_metadata(tmp_path / "6" / "parquet" / "verhalen.parquet")
    assert [about.row_group(at).num_rows for at in range(about.num_row_groups)] == [group] * 6


def most_memory(folder: Path, stories: int) -> int:
    """The most bytes that Arrow held while so many stories went by."""
    cells: list[Cell] = [None] * len(content_of().variables)
    row = row_of(tell(BEWONER, nth(0)))
    folder.mkdir()
    most = 0
    with parquet.opened(folder, content_of()) as writer:
        for number in range(stories):
            writer.write(row, [f"verhaal{number:09}", *cells[1:]])
            if number % AT_ONCE == 0:
                most = max(most, pa.total_allocated_bytes())
    return most


def test_the_same_stories_give_the_same_bytes_whatever_the_clock_says(tmp_path: Path) -> None:
    told = [tell(item, nth(number)) for item in SETS for number in range(3)]
    with clock_of("Pacific/Kiritimati"):
        first = made(tmp_path / "een", told).read_bytes()
    with clock_of("Pacific/Niue"):
        second = made(tmp_path / "twee", told).read_bytes()
    assert first == second
