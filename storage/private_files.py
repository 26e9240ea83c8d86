"""Files and folders that only their owner may open; knows not what is in them. Raises OSError."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from errno import ENOTDIR
from pathlib import Path

from storage.faults import StorageFault

FILE_MODE = 0o600
FOLDER_MODE = 0o700
OTHERS = 0o077
"""The permission bits of everyone but the owner."""

OTHERS_WRITING = 0o022


def make_folder(folder: Path) -> None:
    """Makes `folder` and what is missing above it, for the owner only. One that exists is left as it is."""
    if folder.is_dir():
        return
    if folder.exists():
        raise NotADirectoryError(ENOTDIR, os.strerror(ENOTDIR), str(folder))
    make_folder(folder.parent)
    folder.mkdir(mode=FOLDER_MODE, exist_ok=True)
    keep_owner(folder, folder.parent)


def create_file(path: Path, content: bytes) -> None:
    """Makes a new file for the owner only and waits until it is on the disk. FileExistsError where there is one.

    A file that could not be written whole is taken away again.
    """
    made = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, FILE_MODE)
    try:
        with os.fdopen(made, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        keep_owner(path, path.parent)
        settle(path.parent)
    except OSError:
        path.unlink(missing_ok=True)
        raise


def keep_owner(path: Path, like: Path) -> None:
    """What root makes is for the user whose folder or file (`like`) it is: else the bot could not read it.

    A root that may give nothing away, as in a container, keeps it.
    """
    if os.geteuid() == 0:
        seen = like.stat()
        with suppress(PermissionError):
            os.chown(path, seen.st_uid, seen.st_gid)


def tighten(path: Path) -> None:
    """Takes away what others than the owner may do with the file, if it exists."""
    if path.exists() and path.stat().st_mode & OTHERS:
        path.chmod(FILE_MODE)


def settle(folder: Path) -> None:
    """A new name is only safe from a power cut when its folder is on the disk too."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


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
    keep_owner(file, place if place.exists() else place.parent)
    with file.open("rb") as whole:
        os.fsync(whole.fileno())
    file.replace(place)
    settle(place.parent)
