"""Files that pyreadstat writes, for SPSS and for Stata: private, and without the time of the clock; knows no column."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from research.export.folder import new_file
from research.faults import ResearchFault
from storage.private_files import make_folder

if TYPE_CHECKING:
    import polars as pl

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
"""As both programs write them, whatever language the machine speaks."""


def write_file(path: Path, write: Callable[..., None], frame: "pl.DataFrame", **described: object) -> None:
    """Has `write`, a function of pyreadstat, make the file. `ResearchFault` where it cannot."""
    from pyreadstat import PyreadstatError, ReadstatError

    make_folder(path.parent)
    with new_file(path):
        """It exists, for the owner only, before there is a word in it."""
    try:
        write(frame, path, **described)
    except (PyreadstatError, ReadstatError) as error:
        raise ResearchFault(
            f"{path.name} is niet te schrijven ({error}). Is de schijf vol? Er is niets uitgevoerd."
        ) from error


def put_stamp(path: Path, at: int, stamp: bytes) -> None:
    """Puts a moment in the place of that of the clock, which begins at this byte."""
    with path.open("r+b") as file:
        file.seek(at)
        file.write(stamp)


def spss_stamp(at: datetime) -> bytes:
    """A moment (UTC) as it stands in the head of a file of SPSS: 17 bytes."""
    moment = at.astimezone(UTC)
    return f"{moment:%d} {MONTHS[moment.month - 1]} {moment:%y%H:%M:%S}".encode()


def stata_stamp(at: datetime) -> bytes:
    """A moment (UTC) as it stands in the head of a file of Stata: 17 bytes."""
    moment = at.astimezone(UTC)
    return f"{moment:%d} {MONTHS[moment.month - 1]} {moment:%Y %H:%M}".encode()
