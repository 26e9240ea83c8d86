"""A list, beside the database and its copies, of what was taken away for good; knows ids and days only.

A copy of yesterday has a story that was withdrawn today. If the database is lost, this list is what knows of it. So a
line is on the disk before the withdrawal is committed. Each program has a file of its own for each day, and whoever
reads takes them all.
"""

import os
import re
import secrets
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from storage.erased import Erased, Kind
from storage.private_files import FILE_MODE, make_folder, settle

NAME = re.compile(r"weggehaald-(\d{4}-\d\d-\d\d)-[0-9a-f]+\.txt")
_LINE = re.compile(r"(\d{4}-\d\d-\d\d) (verhaal|concept) (\S{1,200}) \.")
"""The point says that the line is whole: a disk can be full half-way."""


class Journal:
    """The list in a folder, which is made when there is something to put in it. Raises OSError."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._name = secrets.token_hex(4)

    def note(self, gone: Sequence[Erased]) -> None:
        """Writes it down and waits until it is on the disk. Twice does no harm."""
        for day in sorted({item.day for item in gone}):
            lines = (f"{item.day} {item.kind} {item.id} .\n" for item in gone if item.day == day)
            self._write(self._folder / f"weggehaald-{day}-{self._name}.txt", "".join(lines))

    def every(self) -> set[Erased]:
        """All that any program wrote down; a line that is not whole is none."""
        return {item for file in self._files() for item in _read(file)}

    def forget(self, before: date) -> None:
        """Takes away what was written before this day: no copy holds any of it."""
        for file in self._files():
            if _day(file) < before.isoformat():
                file.unlink(missing_ok=True)

    def _files(self) -> list[Path]:
        if not self._folder.is_dir():
            return []
        return sorted(file for file in self._folder.iterdir() if NAME.fullmatch(file.name))

    def _write(self, file: Path, lines: str) -> None:
        make_folder(self._folder)
        is_new = not file.exists()
        opened = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, FILE_MODE)
        with os.fdopen(opened, "wb") as target:
            # The line before may be half a line, from when the disk was full.
            target.write(f"\n{lines}".encode())
            target.flush()
            os.fsync(target.fileno())
        if is_new:
            settle(self._folder)


def _day(file: Path) -> str:
    match = NAME.fullmatch(file.name)
    return match[1] if match else ""


def _read(file: Path) -> Iterable[Erased]:
    for line in file.read_text(encoding="utf-8", errors="replace").splitlines():
        if match := _LINE.fullmatch(line):
            yield Erased(Kind(match[2]), match[3], match[1])
