"""The head of a file of SPSS, where pyreadstat leaves something to be put right; knows no column and no story.

A text of more than 255 bytes stands there as segments, each with a name. SPSS only takes them together again if their
names begin with the first five letters of that of the first segment and no name is there twice, else it shows each as a
column of its own. ReadStat numbers them with one letter or digit, so that the 37th has the name of the first again, and
does not look whether a column has that name already.
"""

from collections.abc import Iterator, Sequence
from itertools import count, pairwise
from pathlib import Path
from struct import unpack
from typing import BinaryIO

STAMP_AT = 92
"""Where the moment of writing stands."""

LENGTH = 176
"""Bytes before the first record."""

VARIABLE, CONTINUED = 2, -1
"""The record of a segment, and the type of those that only say that it is longer than eight bytes."""

NAME = 8
OWN_LETTERS = 5


def correct(path: Path, stamp: bytes, widths: Sequence[int]) -> None:
    """Puts this moment and names of their own into the file. `widths`: bytes of every column of text, 0 for numbers."""
    with path.open("r+b") as file:
        file.seek(STAMP_AT)
        file.write(stamp)
        segments = list(_segments(file))
        for at, name in _renamed([name for _, name in segments], widths):
            file.seek(segments[at][0])
            file.write(name.ljust(NAME))


def segments_of(width: int) -> int:
    """How many segments a column of this width has."""
    return 1 if width <= 255 else (width + 251) // 252


def _renamed(names: Sequence[bytes], widths: Sequence[int]) -> Iterator[tuple[int, bytes]]:
    """The number of every segment that is not the first of its column, and its new name."""
    firsts = [0]
    for width in widths:
        firsts.append(firsts[-1] + segments_of(width))
    taken = {names[first].rstrip() for first in firsts[:-1]}
    for first, after in pairwise(firsts):
        stem = names[first].rstrip()[:OWN_LETTERS]
        free = (name for name in (stem + str(number).encode() for number in count(1)) if name not in taken)
        for at in range(first + 1, after):
            name = next(free)
            taken.add(name)
            yield at, name


def _segments(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Where the name of every segment stands, and what it is."""
    file.seek(LENGTH)
    while True:
        kind, width, labelled, missing = unpack("=4i", file.read(16))
        if kind != VARIABLE:
            return
        file.seek(8, 1)
        at, name = file.tell(), file.read(NAME)
        if labelled:
            (length,) = unpack("=i", file.read(4))
            file.seek(-(-length // 4) * 4, 1)
        file.seek(abs(missing) * 8, 1)
        if width != CONTINUED:
            yield at, name
