"""A mark on a file that only one program has at a time, for as long as it lives; knows no database.

The system takes the mark away with the program, however that ended: whoever starts after a crash need not wait.
"""

import fcntl
import os
from pathlib import Path

from storage.faults import StorageFault
from storage.private_files import FILE_MODE, keep_owner


def mark_of(database_file: Path) -> Path:
    """The file that is marked by the program that is in turn on a database in a file."""
    return database_file.with_name(f"{database_file.name}-in-gebruik")


class SoleUse:
    """The mark of one program on `file`, which is made beside what it stands for."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._opened: int | None = None

    def take(self) -> bool:
        """Whether this program has the mark, anew or still."""
        if self._opened is not None:
            return True
        try:
            opened = os.open(self._file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, FILE_MODE)
        except OSError as error:
            raise StorageFault(f"{self._file} kan niet worden gemaakt: {error.strerror}.") from error
        try:
            keep_owner(self._file, self._file.parent)
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(opened)
            return False
        self._opened = opened
        return True

    def give_back(self) -> None:
        """Lets another have it. Twice does no harm."""
        if self._opened is not None:
            os.close(self._opened)
            self._opened = None
