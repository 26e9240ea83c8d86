"""All that can be read in an export, whatever the files are packed in: to look for what may not stand there."""

import html
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pyarrow.parquet
import pypdfium2
import pyreadstat

from tests.printing.printed import pages
from tests.research.kept import made


def everything(folder: Path) -> str:
    """The text of all files, with what is inside archives, databases and tables, each file under its name."""
    return "\n".join(f"{name}\n{text}" for name, path in made(folder).items() for text in texts(path))


def texts(path: Path) -> Iterator[str]:
    """What a program would read of a file, and its bytes as they lie there."""
    yield path.read_bytes().decode("utf-8", errors="replace")
    match path.suffix:
        case ".xlsx" | ".qdpx" | ".zip":
            with zipfile.ZipFile(path) as archive:
                for name in archive.namelist():
                    yield name
                    yield html.unescape(archive.read(name).decode("utf-8", errors="replace"))
        case ".db":
            with closing(sqlite3.connect(path)) as database:
                yield "\n".join(database.iterdump())
        case ".sav":
            frame, about = pyreadstat.read_sav(path, output_format="dict")
            yield f"{frame}\n{vars(about)}"
        case ".dta":
            frame, about = pyreadstat.read_dta(path, output_format="dict")
            yield f"{frame}\n{vars(about)}"
        case ".parquet":
            table = pyarrow.parquet.read_table(path)
            yield f"{table.to_pydict()}\n{table.schema.metadata}"
        case ".pdf":
            yield f"{pypdfium2.PdfDocument(path).get_metadata_dict()}"
            yield from (page.words for page in pages(path.read_bytes()))
        case ".xml" | ".qdc":
            yield html.unescape(path.read_text(encoding="utf-8"))
        case _:
            return
