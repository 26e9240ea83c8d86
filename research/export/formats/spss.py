"""Stories as a file of SPSS, with syntax for what such a file cannot hold; knows no story.

SPSS wants to know how many stories there are and how long the longest is before the first, so all of them are kept as
columns until the last. Every text takes as much room as the longest, one byte for every eight that stay empty.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from research.export.content import Content
from research.export.fixed import Holds
from research.export.folder import new_file
from research.export.formats import spss_pieces, spss_syntax
from research.export.formats.columnar import Columns
from research.export.formats.labelling import cut, label_of, labels_of
from research.export.formats.readstat import put_stamp, spss_stamp, write_file
from research.export.variables import Measure, Variable

if TYPE_CHECKING:
    import polars as pl

FOLDER, DATA, SYNTAX = "spss", "verhalen.sav", "verhalen.sps"

MISSING_LIMIT = 3
"""Codes for nothing that SPSS takes where they are said one by one."""

LABEL_LIMIT, VALUE_LABEL_LIMIT = 255, 120
"""Bytes of the label of a column, and of a code."""

STAMP_AT = 92
"""The byte at which the moment of writing begins."""

SEGMENT = 255
"""The most that SPSS says of the width of a text."""

FORMATS = {Holds.CODE: "F3.0", Holds.NUMBER: "F3.0", Holds.DAY: "EDATE10"}
"""How what is not text is shown."""

SHOWN = {Holds.WORDS: 40, Holds.NAME: 16}
"""How many characters wide a column is on the screen."""

NOTES = [
    "Wat elke kolom en elke code betekent, staat in codeboek.csv.",
    "-97 overgeslagen, -98 niet van toepassing, -99 niet gevraagd.",
]
"""What stands in the file about it, at most 80 bytes a line."""


@contextmanager
def opened(folder: Path, content: Content) -> Iterator[Columns]:
    """Columns that become both files when the last story is in."""
    columns = Columns(content.variables, f"{FOLDER}/{DATA}")
    yield columns
    write_data(folder / FOLDER / DATA, columns.frame(), content)
    with new_file(folder / FOLDER / SYNTAX) as file:
        file.write(spss_syntax.syntax(content))


def write_data(path: Path, frame: "pl.DataFrame", content: Content) -> None:
    """Makes the file of SPSS of all stories; texts that do not fit in one column go on in the next."""
    from pyreadstat import write_sav

    frame, variables = spss_pieces.in_pieces(frame, content.variables)
    widths = _widths(frame)
    write_file(
        path,
        write_sav,
        frame,
        file_label=f"Verhalen, uitvoer van {content.at:%Y-%m-%d}",
        note=NOTES,
        row_compress=True,
        column_labels={item.name: cut(label_of(item, content.sets), LABEL_LIMIT) for item in variables},
        variable_value_labels={item.name: _value_labels(item) for item in variables if labels_of(item)},
        missing_ranges={item.name: _missing(item) for item in variables if item.missing},
        variable_format={item.name: _format(item, widths) for item in variables},
        variable_measure={item.name: _measure(item) for item in variables},
        variable_display_width={item.name: SHOWN.get(item.holds, 10) for item in variables},
    )
    put_stamp(path, STAMP_AT, spss_stamp(content.at))


def _missing(variable: Variable) -> list[int | Mapping[str, int]]:
    """The codes for nothing: up to three by themselves, or from the lowest to the highest."""
    codes = [code for code, _ in variable.missing]
    return [*codes] if len(codes) <= MISSING_LIMIT else [{"lo": min(codes), "hi": max(codes)}]


def _widths(frame: "pl.DataFrame") -> Mapping[str, int]:
    """How many bytes each column of text is wide, which is never none."""
    from polars import String

    return {
        column.name: max(1, _number(column.str.len_bytes().max()))
        for column in frame
        if isinstance(column.dtype, String)
    }


def _number(found: object) -> int:
    return found if isinstance(found, int) else 0


def _value_labels(variable: Variable) -> Mapping[int, str]:
    return {code: cut(label, VALUE_LABEL_LIMIT) for code, label in labels_of(variable).items()}


def _format(variable: Variable, widths: Mapping[str, int]) -> str:
    if variable.name in widths:
        return f"A{min(widths[variable.name], SEGMENT)}"
    return FORMATS[variable.holds]


def _measure(variable: Variable) -> str:
    """To SPSS a day is a number."""
    return (Measure.SCALE if variable.holds is Holds.DAY else variable.measure).value
