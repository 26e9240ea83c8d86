"""A new folder that gets its name only when everything in it is whole and on the disk; knows not what is in it.

Until then it stands under another name beside its place. Whoever makes it holds a lock on it that ends with the
process, however that ends: so a later run knows which folders were left behind, and clears them away.
"""

import errno
import fcntl
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from research.faults import ResearchFault
from storage.private_files import FILE_MODE, FOLDER_MODE, make_folder

UNFINISHED = ".verhalen-onaf-"
"""How the name of a folder begins that is not finished."""

_UNLOCKED = ".verhalen-nieuw-"
"""And before it is locked: it is empty then, and nobody clears it away."""


@contextmanager
def new_folder(target: Path) -> Iterator[Path]:
    """A folder to write in, for the owner only. At the end it is `target`; after an error or a kill there is nothing.

    `target` may not exist, or be empty. What is missing above it is made.
    """
    place = _free(target)
    with unfinished(place.parent) as made:
        yield made
        _name(made, place)


@contextmanager
def unfinished(parent: Path) -> Iterator[Path]:
    """A folder in `parent` that no other run takes for left behind; at the end it is gone, or has another name.

    `parent` and what is missing above it is made. What other runs left behind in it goes.
    """
    make_folder(parent)
    sweep(parent)
    signs = secrets.token_hex(4)
    place, unlocked = parent / f"{UNFINISHED}{signs}", parent / f"{_UNLOCKED}{signs}"
    unlocked.mkdir(mode=FOLDER_MODE)
    with _opened(unlocked) as hold:
        # Under the name that others clear away it stands only once it is ours: the lock goes with it.
        _lock(hold)
        unlocked.rename(place)
        try:
            yield place
        finally:
            shutil.rmtree(place, ignore_errors=True)


@contextmanager
def new_file(path: Path) -> Iterator[TextIO]:
    """A new file of UTF-8 text for the owner only, on the disk at the end. Line ends stay as they are written."""
    made = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, FILE_MODE)
    with os.fdopen(made, "w", encoding="utf-8", newline="") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


def settle(folder: Path) -> None:
    """Whatever was made below `folder`, by whichever library: for the owner only, and on the disk."""
    for path in sorted(folder.rglob("*")):
        path.chmod(FOLDER_MODE if path.is_dir() else FILE_MODE)
        if path.is_file():
            with path.open("rb") as file:
                os.fsync(file.fileno())


def name_file(made: Path, target: Path) -> None:
    """Gives a whole file its name, for good. `ResearchFault` where something came there meanwhile."""
    try:
        target.hardlink_to(made)
    except FileExistsError:
        raise ResearchFault(f"{target} bestaat al. Kies een andere naam; er is niets veranderd.") from None
    with _opened(target.resolve().parent) as parent:
        os.fsync(parent)


def sweep(parent: Path) -> None:
    """Clears away unfinished folders in `parent` that nobody is working on any more."""
    for left in parent.glob(f"{UNFINISHED}*"):
        if left.is_symlink() or not left.is_dir():
            continue
        # Whoever works on it may give it its name, or take it away, at any moment.
        with suppress(FileNotFoundError), _opened(left) as hold:
            if _lock(hold):
                shutil.rmtree(left, ignore_errors=True)


def _free(target: Path) -> Path:
    place = target.resolve()
    if place.is_mount():
        raise ResearchFault(f"{target} is zelf een schijf of een koppeling. Kies een nieuwe map daarin.")
    if place.exists() and (not place.is_dir() or any(place.iterdir())):
        raise _taken(target)
    return place


def _taken(target: Path) -> ResearchFault:
    return ResearchFault(f"{target} bestaat al en is niet leeg. Kies een nieuwe map; hierin is niets veranderd.")


def _name(made: Path, place: Path) -> None:
    """An empty folder under the name gives way; anything that came there meanwhile does not."""
    with _opened(made) as whole:
        os.fsync(whole)
    try:
        made.rename(place)
    except OSError as error:
        if error.errno in (errno.ENOTEMPTY, errno.EEXIST, errno.ENOTDIR):
            raise _taken(place) from None
        raise
    with _opened(place.parent) as parent:
        os.fsync(parent)


@contextmanager
def _opened(folder: Path) -> Iterator[int]:
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield opened
    finally:
        os.close(opened)


def _lock(folder: int) -> bool:
    """Whether the folder is now ours. On a disk that knows no locks it never is, and nothing is cleared away there."""
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
