"""The fastest plain way to write a table in each format: what the same format of an export is measured beside.

`python -m tests.load.plain FORMAT verhalen.csv FOLDER` reads a table that was exported before, and writes it with the
library that everybody takes: no labels, no codebook, nothing checked.
"""

import csv
import json
import sqlite3
import sys
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from types import MappingProxyType


def write(name: str, source: Path, target: Path) -> None:
    """Makes the folder `target` with the table of `source` in the format of this name."""
    target.mkdir()
    WRITERS[name](source, target)


def _rows(source: Path) -> Iterator[list[str]]:
    with source.open(encoding="utf-8", newline="") as file:
        yield from csv.reader(file)


def _csv(source: Path, target: Path) -> None:
    with (target / "tabel.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(_rows(source))


def _jsonl(source: Path, target: Path) -> None:
    rows = _rows(source)
    names = next(rows)
    with (target / "tabel.jsonl").open("w", encoding="utf-8") as file:
        for row in rows:
            file.write(json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False) + "\n")


def _xlsx(source: Path, target: Path) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(str(target / "tabel.xlsx"), {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(_rows(source)):
            sheet.write_row(number, 0, row)


def _statistics(write_name: str, ending: str) -> Callable[[Path, Path], None]:
    def write_table(source: Path, target: Path) -> None:
        import polars as pl
        import pyreadstat

        frame = pl.read_csv(source, infer_schema_length=None)
        getattr(pyreadstat, write_name)(frame, str(target / f"tabel.{ending}"))

    return write_table


def _parquet(source: Path, target: Path) -> None:
    from pyarrow import csv as arrow_csv
    from pyarrow import parquet

    options = arrow_csv.ParseOptions(newlines_in_values=True)
    parquet.write_table(arrow_csv.read_csv(source, parse_options=options), target / "tabel.parquet")


def _sqlite(source: Path, target: Path) -> None:
    rows = _rows(source)
    names = next(rows)
    with closing(sqlite3.connect(target / "tabel.db")) as database, database:
        database.execute("CREATE TABLE tabel (names)".replace("names", ", ".join(names)))
        database.executemany("INSERT INTO tabel VALUES (?)".replace("?", ", ".join("?" * len(names))), rows)


def _texts(source: Path, target: Path) -> None:
    rows = _rows(source)
    at = next(rows).index("verhaal")
    with zipfile.ZipFile(target / "teksten.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for number, row in enumerate(rows):
            archive.writestr(f"{number}.txt", row[at])


WRITERS: Mapping[str, Callable[[Path, Path], None]] = MappingProxyType(
    {
        "csv": _csv,
        "excel": _csv,
        "r": _csv,
        "narrafirma": _csv,
        "jsonl": _jsonl,
        "xlsx": _xlsx,
        "spss": _statistics("write_sav", "sav"),
        "stata": _statistics("write_dta", "dta"),
        "parquet": _parquet,
        "datasette": _sqlite,
        "qda": _texts,
    }
)
"""By the name of the format. A description alone (ddi) has nothing to be measured beside."""


if __name__ == "__main__":
    write(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
