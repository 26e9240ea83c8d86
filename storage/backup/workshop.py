"""A private folder for a copy that is half made, and the end of what a killed program left; knows not what is in it."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from storage.faults import StorageFault
from storage.private_files import alone, make_folder

PREFIX = ".bezig-"
LEFT = f"{PREFIX}*"


@contextmanager
def workshop(folder: Path) -> Iterator[Path]:
    """A new folder in `folder`, for one program at a time; it goes at the end, and so does what a killed one left."""
    make_folder(folder)
    with alone(folder):
        _clear(folder)
        place = Path(tempfile.mkdtemp(prefix=PREFIX, dir=folder))
        try:
            yield place
        finally:
            shutil.rmtree(place)


def clear_left(folder: Path) -> None:
    """Takes away what a killed program left in `folder`: it may hold what somebody took back since. Raises OSError.

    Where another program is at work there it is left alone; that one cleared the place when it began.
    """
    if folder.is_dir() and any(folder.glob(LEFT)):
        with suppress(StorageFault), alone(folder):
            _clear(folder)


def _clear(folder: Path) -> None:
    for left in folder.glob(LEFT):
        if left.is_dir() and not left.is_symlink():
            shutil.rmtree(left)
        else:
            left.unlink()
