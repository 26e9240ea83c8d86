"""Pages of a PDF as they come out of a printer: their size, their words and where they stand, their codes in pixels."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium
import zxingcpp
from numpy.typing import NDArray

POINTS = 72
MILLIMETRES = 25.4
DPI = 150
"""What a cheap printer and the camera of an old phone leave of a page together."""

Box = tuple[float, float, float, float]
"""Left, bottom, right and top in millimetres from the lower left corner of the page."""


@dataclass(frozen=True)
class Page:
    """One page."""

    page: pypdfium2.PdfPage

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in whole millimetres."""
        width, height = (round(side / POINTS * MILLIMETRES) for side in self.page.get_size())
        return width, height

    @cached_property
    def words(self) -> str:
        """All that is to be read, with single spaces."""
        return " ".join(self.page.get_textpage().get_text_bounded().split())

    def words_below(self, height: float) -> str:
        """What is to be read lower than so many millimetres from the foot."""
        text = self.page.get_textpage().get_text_bounded(top=height / MILLIMETRES * POINTS)
        return " ".join(text.split())

    @cached_property
    def letters(self) -> str:
        """The same without any space: where a line ends says nothing of what is said."""
        return squeezed(self.words)

    @cached_property
    def runs(self) -> tuple[Box, ...]:
        """Where each run of letters stands."""
        text = self.page.get_textpage()
        return tuple(_millimetres(text.get_rect(number)) for number in range(text.count_rects()))

    @cached_property
    def strokes(self) -> tuple[Box, ...]:
        """Where each line and box stands."""
        return tuple(
            _millimetres(item.get_bounds()) for item in self.page.get_objects() if item.type == pdfium.FPDF_PAGEOBJ_PATH
        )

    @cached_property
    def fonts(self) -> set[str]:
        """The names of the fonts that are used, without the mark that each part of a font gets in a file."""
        texts = (item for item in self.page.get_objects() if item.type == pdfium.FPDF_PAGEOBJ_TEXT)
        return {text.get_font().get_base_name().partition("+")[2] for text in texts}

    @cached_property
    def sizes(self) -> set[float]:
        """How large the letters are, in points."""
        texts = (item for item in self.page.get_objects() if item.type == pdfium.FPDF_PAGEOBJ_TEXT)
        return {round(text.get_font_size(), 1) for text in texts}

    @cached_property
    def pixels(self) -> NDArray[np.uint8]:
        """The page in grey."""
        pixels: NDArray[np.uint8] = self.page.render(scale=DPI / POINTS, grayscale=True).to_numpy()
        return np.ascontiguousarray(pixels.reshape(pixels.shape[:2]))

    def codes(self) -> list[str]:
        """What a camera reads in it."""
        return codes_in(self.pixels)


def pages(pdf: bytes) -> list[Page]:
    """The pages of a file."""
    return [Page(page) for page in pypdfium2.PdfDocument(pdf)]


def codes_in(pixels: NDArray[np.uint8]) -> list[str]:
    """The texts of all QR codes in a picture."""
    return [
        code.text
        for code in zxingcpp.read_barcodes(pixels, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
    ]


def squeezed(words: str) -> str:
    """Words without their spaces."""
    return "".join(words.split())


def overlapping(boxes: tuple[Box, ...], slack: float) -> Iterator[tuple[Box, Box]]:
    """The pairs that lie over each other by more than `slack` millimetres both ways."""
    for number, one in enumerate(boxes):
        for other in boxes[number + 1 :]:
            wide = min(one[2], other[2]) - max(one[0], other[0])
            high = min(one[3], other[3]) - max(one[1], other[1])
            if wide > slack and high > slack:
                yield one, other


def _millimetres(box: tuple[float, float, float, float]) -> Box:
    left, bottom, right, top = (side / POINTS * MILLIMETRES for side in box)
    return left, bottom, right, top
