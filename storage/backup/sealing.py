"""A file made unreadable in pieces that belong together, and readable again; knows not what is in it.

Each piece says of which copy it is, which number it has and whether it is the last: pieces that were swapped, left out
or taken from another copy are found, and so is an end that is missing. The first piece is what the copy says of itself.
"""

import secrets
import struct
from collections.abc import Iterator
from itertools import count
from typing import BinaryIO

from storage.faults import StorageFault
from storage.secrets import KeyRing

PIECE = 1024 * 1024
"""Bytes of the file in one piece: so much is in memory."""

_FIRST_LINE = b"Vertelbot reservekopie 1\n"
_HEAD = struct.Struct(">16sQ?")
_LONGEST_LINE = 2 * PIECE


class CopyFault(StorageFault):
    """This copy cannot be read, or is not whole."""


def seal(keys: KeyRing, about: bytes, source: BinaryIO, target: BinaryIO) -> None:
    """Writes what `source` holds to `target`, unreadable. `about` comes first, and can be read alone."""
    copy_id = secrets.token_bytes(16)
    target.write(_FIRST_LINE)
    piece, following = about, source.read(PIECE)
    for number in count():
        head = _HEAD.pack(copy_id, number, not following)
        target.write(keys.seal(head + piece) + b"\n")
        if not following:
            return
        piece, following = following, source.read(PIECE)


def about(keys: KeyRing, source: BinaryIO) -> bytes:
    """What a copy says of itself."""
    return next(pieces(keys, source))


def pieces(keys: KeyRing, source: BinaryIO) -> Iterator[bytes]:
    """What a copy says of itself, and then its file in pieces. `CopyFault` as soon as something is wrong with it."""
    if source.readline(_LONGEST_LINE) != _FIRST_LINE:
        raise CopyFault("Dit is geen reservekopie van Vertelbot, of zij is beschadigd.")
    first = b""
    for number in count():
        copy_id, place, is_last, piece = _opened(keys, source.readline(_LONGEST_LINE))
        first = first or copy_id
        if (copy_id, place) != (first, number):
            raise CopyFault("Deze reservekopie is beschadigd: de delen horen niet bij elkaar.")
        if is_last and source.read(1):
            raise CopyFault("Deze reservekopie is beschadigd: er staat iets achter het einde.")
        yield piece
        if is_last:
            return


def _opened(keys: KeyRing, line: bytes) -> tuple[bytes, int, bool, bytes]:
    if not line.endswith(b"\n"):
        raise CopyFault("Deze reservekopie is niet heel: het einde ontbreekt.")
    try:
        content = keys.open(line.rstrip(b"\n"))
        return (*_HEAD.unpack_from(content), content[_HEAD.size :])
    except StorageFault:
        raise CopyFault("Deze reservekopie is beschadigd, of zij is van andere sleutels.") from None
    except struct.error:
        raise CopyFault("Deze reservekopie is beschadigd.") from None
