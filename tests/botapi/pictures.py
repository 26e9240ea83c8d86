"""What Telegram makes of a picture that is sent as a photo; reads PNG only, and of that the size."""

import struct

from tests.botapi.wire import Upload, bad_request

BIGGEST = 10 * 1024 * 1024
SIDES = 10_000
RATIO = 20
"""Bounds of the Bot API (sendPhoto): bytes, both sides together, and how much longer one may be than the other."""

_HEAD = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"


def photo_size(upload: Upload) -> tuple[int, int]:
    """Width and height. Refused where it is no picture that this knows, or one that Telegram does not take."""
    if not upload.content.startswith(_HEAD) or len(upload.content) < len(_HEAD) + 8:
        raise bad_request("IMAGE_PROCESS_FAILED")
    width, height = struct.unpack_from(">II", upload.content, len(_HEAD))
    sides = sorted((width, height))
    if not sides[0] or sides[1] > RATIO * sides[0] or sum(sides) > SIDES or len(upload.content) > BIGGEST:
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return width, height
