"""Stories as a Parquet file, with what columns and codes mean beside them; knows no story and no program."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING

from research.export.content import Content
from research.export.fixed import Holds
from research.export.folder import new_file
from research.export.formats.columnar import read
from research.export.rows import StoryRow
from research.export.tables import Cell
from research.export.variables import Variable
from storage.private_files import make_folder

if TYPE_CHECKING:
    import pyarrow as pa
    from pyarrow.parquet import ParquetWriter

FOLDER, FILE = "parquet", "verhalen.parquet"

AT_ONCE = 500
"""Stories that wait as Python's own objects, which are large, before they go into columns."""

TOGETHER = 8
"""So many times that many make a group of rows in the file: what a program reads at once."""


class Groups:
    """The file, as far as it is written, and the stories that wait for the rest of their group."""

    def __init__(self, writer: "ParquetWriter", schema: "pa.Schema", variables: Sequence[Variable]) -> None:
        self._writer, self._schema, self._variables = writer, schema, variables
        self._waiting: list[Sequence[Cell]] = []
        self._packed: list[pa.RecordBatch] = []
        self._stories = 0

    def write(self, row: StoryRow, cells: Sequence[Cell]) -> None:
        """Adds one story, with its words as they are."""
        self._waiting.append(cells)
        if len(self._waiting) == AT_ONCE:
            self._pack()

    def rows(self) -> Mapping[str, int]:
        """How many stories there are in the file."""
        return {f"{FOLDER}/{FILE}": self._stories}

    def stories(self) -> int | None:
        """A row each."""
        return self._stories

    def finish(self) -> None:
        """Writes what still waits."""
        if self._waiting:
            self._pack()
        self._write_group()

    def _pack(self) -> None:
        import pyarrow as pa

        columns = zip(*self._waiting, strict=True)
        arrays = [
            pa.array(read(variable.holds, cells), field.type)
            for variable, cells, field in zip(self._variables, columns, self._schema, strict=True)
        ]
        self._packed.append(pa.RecordBatch.from_arrays(arrays, schema=self._schema))
        self._waiting = []
        if len(self._packed) == TOGETHER:
            self._write_group()

    def _write_group(self) -> None:
        import pyarrow as pa

        if self._packed:
            group = pa.Table.from_batches(self._packed).unify_dictionaries().combine_chunks()
            self._writer.write_table(group, row_group_size=AT_ONCE * TOGETHER)
            self._stories += group.num_rows
        self._packed = []


@contextmanager
def opened(folder: Path, content: Content) -> Iterator[Groups]:
    """The file, with no story in it yet."""
    from pyarrow.parquet import ParquetWriter

    path = folder / FOLDER / FILE
    make_folder(path.parent)
    with new_file(path):
        """It exists, for the owner only, before there is a word in it."""
    schema = _schema(content)
    # All that decides on a byte stands here, and no word stands a second time among the bounds of its column.
    with ParquetWriter(
        path,
        schema,
        version="2.6",
        data_page_version="1.0",
        compression="snappy",
        use_dictionary=[item.name for item in content.variables if item.holds is not Holds.WORDS],
        write_statistics=[item.name for item in content.variables if item.holds is not Holds.WORDS],
    ) as writer:
        groups = Groups(writer, schema, content.variables)
        yield groups
        groups.finish()


def _schema(content: Content) -> "pa.Schema":
    import pyarrow as pa

    types = {Holds.CODE: pa.int32(), Holds.NUMBER: pa.int32(), Holds.DAY: pa.date32(), Holds.WORDS: pa.string()}
    first, *others = content.variables
    # The id is what stories are joined on with other files, where it is a text.
    fields = [pa.field(first.name, pa.string(), metadata=_described(first))]
    names = pa.dictionary(pa.int32(), pa.string())
    fields += [pa.field(item.name, types.get(item.holds, names), metadata=_described(item)) for item in others]
    made = content.at.astimezone(UTC).isoformat(timespec="seconds")
    return pa.schema(fields, metadata={"gemaakt_op": made, "programma": f"vertelbot {content.software}"})


def _described(variable: Variable) -> Mapping[str, str]:
    """What goes with a column. `labels` and `ontbreekt` are objects of JSON: from code to words."""
    described = {"titel": variable.title, "meetniveau": variable.measure.value}
    codes = {"labels": variable.labels, "ontbreekt": variable.missing}
    return described | {name: json.dumps(dict(found), ensure_ascii=False) for name, found in codes.items() if found}
