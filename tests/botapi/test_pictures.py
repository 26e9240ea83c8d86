"""A photo is taken or turned down as Telegram does, within the bounds of the Bot API."""

import struct

import pytest

from bot.handouts.qr import png
from tests.botapi.pictures import BIGGEST, photo_size
from tests.botapi.wire import Refused, Upload


def picture(width: int, height: int, more: bytes = b"") -> Upload:
    """The head of a PNG of this size, with whatever follows it."""
    head = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", width, height)
    return Upload("qr.png", "image/png", head + more)


def test_a_real_picture_is_read() -> None:
    width, height = photo_size(Upload("qr.png", "image/png", png("https://vertel.example/v/abcdefghjk")))
    assert width == height > 500


@pytest.mark.parametrize("size", [(1, 1), (5_000, 5_000), (20, 400)])
def test_what_fits_is_taken(size: tuple[int, int]) -> None:
    assert photo_size(picture(*size)) == size


@pytest.mark.parametrize(
    "upload",
    [picture(5_000, 5_001), picture(20, 401), picture(0, 5), picture(5, 5, bytes(BIGGEST))],
    ids=["too large", "too long", "nothing", "too heavy"],
)
def test_what_does_not_fit_is_turned_down(upload: Upload) -> None:
    with pytest.raises(Refused, match="PHOTO_INVALID_DIMENSIONS"):
        photo_size(upload)


@pytest.mark.parametrize("content", [b"", b"a", b"<svg/>", picture(5, 5).content[:-1]])
def test_what_is_no_picture_is_turned_down(content: bytes) -> None:
    with pytest.raises(Refused, match="IMAGE_PROCESS_FAILED"):
        photo_size(Upload("qr.png", "image/png", content))
