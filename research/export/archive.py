"""An export as one file: a zip whose bytes say nothing of when it was made, and that may be locked with age.

age is the format of https://age-encryption.org/v1: whoever has the key of one of the recipients opens it.
"""

import os
import shutil
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pyrage

from research.export.folder import name_file, unfinished
from research.faults import ResearchFault, UsageFault
from storage.private_files import FILE_MODE

EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The first time that a zip can hold."""


@contextmanager
def new_archive(target: Path, name: str, recipients: Sequence[str] = ()) -> Iterator[Path]:
    """A folder to write in; at the end `target` is one file with all of it, and the folder is gone.

    `name` is that of the folder inside it: whatever the file is called, the same files give the same zip.
    `recipients` are public keys of age or SSH, for whom alone it can be opened. Nothing may have the name of `target`.
    """
    keys = [key_of(typed) for typed in recipients]
    if target.exists():
        raise ResearchFault(f"{target} bestaat al. Kies een andere naam; er is niets veranderd.")
    with unfinished(target.resolve().parent) as place:
        folder = place / name
        folder.mkdir(mode=0o700)
        yield folder
        made = place / "uitvoer.zip"
        _zip(folder, made)
        shutil.rmtree(folder)
        if keys:
            locked = made.with_suffix(".zip.age")
            pyrage.encrypt_file(str(made), str(locked), keys)
            made = locked
        made.chmod(FILE_MODE)
        name_file(made, target)


def key_of(typed: str) -> "pyrage.x25519.Recipient | pyrage.ssh.Recipient":
    """The public key that somebody typed. `UsageFault` where it is none."""
    for kind in (pyrage.x25519.Recipient, pyrage.ssh.Recipient):
        try:
            return kind.from_str(typed.strip())
        except pyrage.RecipientError:
            continue
    raise UsageFault("Dit is geen sleutel om voor te versleutelen. Hij begint met age1, ssh-ed25519 of ssh-rsa.")


def _zip(folder: Path, made: Path) -> None:
    """Files by name, all of one time and for the owner only."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    with zipfile.ZipFile(made, "x", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for path in files:
            entry = zipfile.ZipInfo(f"{folder.name}/{path.relative_to(folder).as_posix()}", EARLIEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = FILE_MODE << 16
            with path.open("rb") as source, archive.open(entry, "w") as into:
                shutil.copyfileobj(source, into)
    with made.open("rb") as file:
        os.fsync(file.fileno())
