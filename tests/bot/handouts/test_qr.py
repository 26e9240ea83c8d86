"""QR codes by themselves: what is read in them, how large they come, how much of them may be gone."""

from io import BytesIO

import numpy as np
import pytest
import typst
from numpy.typing import NDArray
from PIL import Image

from bot.handouts import qr
from tests.printing.printed import codes_in

ADDRESS = "https://vertel.voorbeeld.nl/v/k7pm4tx9r2"
ADDRESSES = [ADDRESS, "https://v.nl/v/k7pm4tx9r2", f"https://{'lange-naam.' * 8}nl/v/k7pm4tx9r2"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_code_is_read_back(address: str) -> None:
    assert codes_in(_picture(qr.png(address))) == [address]
    assert codes_in(_picture(_drawn(qr.svg(address)))) == [address]


def test_a_code_is_seven_centimetres_at_what_a_printing_house_asks_for() -> None:
    picture = Image.open(BytesIO(qr.png(ADDRESS)))
    assert 65 < picture.width / qr.DPI * 25.4 < 75
    assert picture.info["dpi"] == pytest.approx((qr.DPI, qr.DPI), abs=0.1)


def test_around_a_code_four_modules_stay_empty() -> None:
    picture = _picture(qr.png(ADDRESS))
    quiet = qr.QUIET * qr.PIXELS
    dark = np.argwhere(picture < 128)
    assert dark.min(axis=0).tolist() == [quiet, quiet]
    assert (picture.shape - dark.max(axis=0) - 1).tolist() == [quiet, quiet]


def test_a_code_that_lost_a_piece_is_still_read() -> None:
    picture = _picture(qr.png(ADDRESS))
    side = len(picture)
    picture[side // 2 : side * 3 // 4, side // 2 : side * 3 // 4] = 255
    assert codes_in(picture) == [ADDRESS]


def test_a_drawing_says_its_own_size_in_modules_only() -> None:
    svg = qr.svg(ADDRESS).decode()
    assert 'viewBox="0 0 41 41"' in svg
    assert "width=" not in svg


def test_the_same_address_is_the_same_file() -> None:
    assert qr.png(ADDRESS) == qr.png(ADDRESS)
    assert qr.svg(ADDRESS) == qr.svg(ADDRESS)


def _drawn(svg: bytes) -> bytes:
    """A drawing as a picture, one module ten points wide: drawn by the library that puts it on the sheets."""
    page = (
        '#set page(width: auto, height: auto, margin: 0pt)\n#image(bytes(sys.inputs.svg), format: "svg", width: 410pt)'
    )
    made = typst.compile(page.encode(), format="png", ppi=72.0, sys_inputs={"svg": svg.decode()})
    assert isinstance(made, bytes)
    return made


def _picture(png: bytes) -> NDArray[np.uint8]:
    """A picture in grey."""
    return np.array(Image.open(BytesIO(png)).convert("L"))
