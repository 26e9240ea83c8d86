"""A batch of updates of which one cannot be read: the others still can; pure.

JSON may hold what Python's reader refuses: thousands of levels, a number of thousands of digits, bytes that are no
text. One such update would make all that came with it unreadable, now and every time it is offered again. Here the
answer is cut into its updates first, without reading them, and each is read by itself.
"""

import json
import re
from typing import Any

_BEGIN = re.compile(rb'\s*\{\s*"ok"\s*:\s*true\s*,\s*"result"\s*:\s*\[')
_PIECE = re.compile(rb'"(?:[^"\\]|\\.)*+"|[\[\]{}]', re.DOTALL)
"""Brackets, and words in which there may be brackets that are none."""

_NUMBER = re.compile(rb"\s*:\s*(-?\d{1,19})\s*[,}]")
_LIST, _INSIDE = 2, 3
"""How deep in the answer the list of updates stands, and what an update is made of."""


def sifted(answer: bytes) -> dict[str, Any] | None:
    """The answer to a poll, in which an update that cannot be read is one of which only the number is told.

    None where it is no answer to a poll, or not a whole one: then nothing of it may be taken for true.
    """
    if not _BEGIN.match(answer):
        return None
    depth, begin, number = 0, 0, None
    found: list[object] = []
    for piece in _PIECE.finditer(answer):
        mark = piece[0]
        if mark in b"[{":
            begin, number = (piece.start(), None) if depth == _LIST else (begin, number)
            depth += 1
        elif mark in b"]}":
            depth -= 1
            if depth == _LIST:
                found.append(_read(answer[begin : piece.end()], number))
        elif depth == _INSIDE and mark == b'"update_id"' and (told := _NUMBER.match(answer, piece.end())):
            number = int(told[1])
    return {"ok": True, "result": found} if depth == 0 else None


def _read(update: bytes, number: int | None) -> object:
    try:
        return json.loads(update)
    except (ValueError, RecursionError):
        return {"update_id": number, "message": None}
