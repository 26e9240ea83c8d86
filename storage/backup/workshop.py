"""A private folder for a copy that is half made, and a name that it gets when it is whole; knows not what is in it."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storage.faults import StorageFault
from storage.private_files import FILE_MODE, make_folder, settle

PREFIX = ".bezig-"


@contextmanager
def workshop(folder: Path) -> Iterator[Path]:
    """A new folder in `folder`, for one program at a time; it goes at the end, and so does what a killed one left."""
    make_folder(folder)
    with alone(folder):
        for left in folder.glob(f"{PREFIX}*"):
            shutil.rmtree(left)
        place = Path(tempfile.mkdtemp(prefix=PREFIX, dir=folder))
        try:
            yield place
        finally:
            shutil.rmtree(place)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """No other program of ours is at work in this folder meanwhile; a killed one lets go of it by itself."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise StorageFault(
            f"In {folder} is een ander programma van Vertelbot bezig. Probeer het straks nog eens."
        ) from None
    finally:
        os.close(opened)


def put(file: Path, place: Path) -> None:
    """Gives a file that is whole its name, for its owner only, so that it is there also after a power cut."""
    file.chmod(FILE_MODE)
    with file.open("rb") as whole:
        os.fsync(whole.fileno())
    file.replace(place)
    settle(place.parent)
