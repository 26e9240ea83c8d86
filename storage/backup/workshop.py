"""A private folder for a copy that is half made; knows not what is in it."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storage.private_files import alone, make_folder

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
