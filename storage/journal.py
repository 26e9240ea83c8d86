"""A list, beside the database and its copies, of what was taken away for good; knows ids and days only.

A copy of yesterday has a story that was withdrawn today. If the database is lost, this list is what knows of it. So a
line is on the disk before the withdrawal is committed. Each program has a file of its own for each day, and whoever
reads takes them all. A file is sorted by ids, which are random: nothing in it tells what was taken away together.
"""

import re
import secrets
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from storage.erased import Erased, Kind
from storage.private_files import create_file, make_folder, put

NAME = re.compile(r"weggehaald-(\d{4}-\d\d-\d\d)-[0-9a-f]+\.txt")
BESIDE = ".nieuw"
_LEFT = re.compile(rf"{NAME.pattern}({re.escape(BESIDE)})?")
_LINE = re.compile(rf"(\d{{4}}-\d\d-\d\d) ({'|'.join(Kind)}) (\S{{1,200}}) \.")
"""The point says that the line is whole: whoever copies a file may have half of it."""


class Journal:
    """The list in a folder, which is made when there is something to put in it. Raises OSError."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._name = secrets.token_hex(4)

    def note(self, gone: Sequence[Erased]) -> None:
        """Writes it down and waits until it is on the disk. Twice does no harm."""
        for day in sorted({item.day for item in gone}):
            self._add(day, {item for item in gone if item.day == day})

    def begin(self, day: str) -> None:
        """Leaves word that there is a list on this day, also while nothing stands in it."""
        if not any(_day(file) == day for file in self._files()):
            self._add(day, set())

    def reaches(self, day: str) -> bool:
        """Whether there is a list of this day or later: one that is not there is no empty one."""
        return any(_day(file) >= day for file in self._files())

    def every(self) -> set[Erased]:
        """All that any program wrote down; a line that is not whole is none."""
        return {item for file in self._files() for item in _read(file)}

    def forget(self, before: date) -> None:
        """Takes away what was written before this day: no copy holds any of it."""
        for file in self._files(_LEFT):
            if _day(file) < before.isoformat():
                file.unlink(missing_ok=True)

    def _files(self, name: re.Pattern[str] = NAME) -> list[Path]:
        if not self._folder.is_dir():
            return []
        return sorted(file for file in self._folder.iterdir() if name.fullmatch(file.name))

    def _add(self, day: str, gone: set[Erased]) -> None:
        """The whole file anew, beside the old one until it is on the disk."""
        file = self._folder / f"weggehaald-{day}-{self._name}.txt"
        make_folder(self._folder)
        every = gone | (set(_read(file)) if file.exists() else set())
        lines = [f"{item.day} {item.kind} {item.id} .\n" for item in sorted(every, key=lambda item: item.id)]
        beside = file.with_name(file.name + BESIDE)
        beside.unlink(missing_ok=True)
        create_file(beside, "".join([f"{day} lijst .\n", *lines]).encode())
        put(beside, file)


def _day(file: Path) -> str:
    match = _LEFT.fullmatch(file.name)
    return match[1] if match else ""


def _read(file: Path) -> Iterable[Erased]:
    for line in file.read_text(encoding="utf-8", errors="replace").splitlines():
        if match := _LINE.fullmatch(line):
            yield Erased(Kind(match[2]), match[3], match[1])
