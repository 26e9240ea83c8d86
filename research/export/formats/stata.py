"""Stories as a file of Stata; knows no story.

Stata wants to know how many stories there are before the first, so all of them are kept as columns until the last.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from research.export.content import Content
from research.export.fixed import Holds
from research.export.formats.columnar import Columns
from research.export.formats.labelling import label_of, labels_of
from research.export.formats.readstat import put_stamp, stata_stamp, write_file
from research.export.variables import Variable

if TYPE_CHECKING:
    import polars as pl

FOLDER, FILE = "stata", "verhalen.dta"

VERSION = 14
"""The file of Stata 14 and later. That of 15 is for more columns than most editions of Stata take."""

LABEL_LIMIT = 80
"""Characters of the label of a column."""

REASONS = "abcd"
"""Stata knows several kinds of nothing, .a to .z: one for every code that says why there is none."""

STAMP = b"<timestamp>\x11"
HEAD = 1024
"""Bytes in which the moment of writing stands."""


@contextmanager
def opened(folder: Path, content: Content) -> Iterator[Columns]:
    """Columns that become the file when the last story is in."""
    columns = Columns(content.variables, f"{FOLDER}/{FILE}")
    yield columns
    write_data(folder / FOLDER / FILE, columns.frame(), content)


def write_data(path: Path, frame: "pl.DataFrame", content: Content) -> None:
    """Makes the file of Stata of all stories."""
    from pyreadstat import write_dta

    coded = [item for item in content.variables if item.missing]
    write_file(
        path,
        write_dta,
        frame.with_columns(_with_reasons(frame[item.name], item) for item in coded),
        version=VERSION,
        file_label=f"Verhalen, uitvoer van {content.at:%Y-%m-%d}",
        column_labels={item.name: label_of(item, content.sets)[:LABEL_LIMIT] for item in content.variables},
        variable_value_labels={item.name: _value_labels(item) for item in content.variables if labels_of(item)},
        missing_user_values={item.name: list(_letters(item).values()) for item in coded},
        variable_format={item.name: "%tdCCYY-NN-DD" for item in content.variables if item.holds is Holds.DAY},
    )
    put_stamp(path, _stamp_at(path), stata_stamp(content.at))


def _letters(variable: Variable) -> Mapping[int, str]:
    letters = REASONS[: len(variable.missing)]
    return {code: letter for (code, _), letter in zip(variable.missing, letters, strict=True)}


def _with_reasons(column: "pl.Series", variable: Variable) -> "pl.Series":
    """The column with a letter where a code says why there is none, as pyreadstat wants it."""
    from polars import Object, Series

    letters = _letters(variable)
    values: Sequence[object] = [letters.get(code, code) for code in column]
    return Series(column.name, values, dtype=Object)


def _value_labels(variable: Variable) -> Mapping[int | str, str]:
    letters = _letters(variable) if variable.missing else {}
    return {letters.get(code, code): label for code, label in labels_of(variable).items()}


def _stamp_at(path: Path) -> int:
    """The byte at which the moment of writing begins: after a label of any length."""
    with path.open("rb") as file:
        return file.read(HEAD).index(STAMP) + len(STAMP)
