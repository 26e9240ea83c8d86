"""What a power cut can leave of the files of SQLite: the log ends anywhere, or holds anything from there on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random

FRAME, HEADER = 4096 + 24, 32
SECTOR = 512
LOG = "-wal"


@dataclass(frozen=True)
class Files:
    """A database and its log as they were at one moment, when `done` of all that was done had been committed."""

    database: bytes
    log: bytes
    done: int

    @classmethod
    def of(cls, database: Path, done: int) -> "Files":
        """As they are now; nobody may be writing."""
        log = database.with_name(database.name + LOG)
        return cls(database.read_bytes(), log.read_bytes() if log.exists() else b"", done)

    def cut(self, target: Path, lot: Random) -> "Cut":
        """Puts them in the place of `target`, with the log damaged somewhere."""
        way = lot.choice(sorted(WAYS))
        target.write_bytes(self.database)
        target.with_name(target.name + "-shm").unlink(missing_ok=True)
        at = lot.randrange(len(self.log) + 1)
        damaged = WAYS[way](self.log, at, lot)
        target.with_name(target.name + LOG).write_bytes(damaged)
        sound = next(
            (place for place, (a, b) in enumerate(zip(self.log, damaged, strict=False)) if a != b), len(damaged)
        )
        return Cut(way, commits(self.log) - commits(self.log[:sound]))


@dataclass(frozen=True)
class Cut:
    """How a log was damaged, and how many commits at its end that takes away: not one more may be missing."""

    way: str
    lost: int


def commits(log: bytes) -> int:
    """Commits in a log, by the headers of its frames (sqlite.org/fileformat, "The Write-Ahead Log").

    Frames of before the log was begun anew have another salt, and count for nothing.
    """
    salt, found = log[16:24], 0
    for begin in range(HEADER, len(log) - FRAME + 1, FRAME):
        if log[begin + 8 : begin + 16] != salt:
            break
        found += any(log[begin + 4 : begin + 8])
    return found


def _ends(log: bytes, at: int, _lot: Random) -> bytes:
    return log[:at]


def _ends_in_noise(log: bytes, at: int, lot: Random) -> bytes:
    """The last page was being written."""
    return log[:at] + lot.randbytes((HEADER - at) % FRAME)


def _goes_on_in_noise(log: bytes, at: int, lot: Random) -> bytes:
    return log[:at] + lot.randbytes(len(log) - at)


def _goes_on_in_zeros(log: bytes, at: int, _lot: Random) -> bytes:
    """The disk knew how long the file was and not yet what stood in it."""
    return log[:at] + bytes(len(log) - at)


def _has_a_hole(log: bytes, at: int, _lot: Random) -> bytes:
    """A disk may write a later piece before an earlier one."""
    begin = at - at % SECTOR
    return log[:begin] + bytes(len(log[begin : begin + SECTOR])) + log[begin + SECTOR :]


WAYS: Mapping[str, Callable[[bytes, int, Random], bytes]] = {
    "ends": _ends,
    "ends in noise": _ends_in_noise,
    "goes on in noise": _goes_on_in_noise,
    "goes on in zeros": _goes_on_in_zeros,
    "has a hole": _has_a_hole,
}
