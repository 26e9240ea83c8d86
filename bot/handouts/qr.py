"""A QR code of an address, to print; knows no sheet.

ISO/IEC 18004 (the standard of QR codes) names four levels of correction: L, M, Q and H restore about 7, 15, 25 and 30
percent of a damaged symbol. It asks for a quiet zone of four modules (squares) on every side.
"""

from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from segno import QRCode

LEVEL = "q"
"""A quarter may be gone: a poster in a hallway is scratched, and a card comes out of a pocket."""

QUIET = 4
"""The quiet zone, in modules, which ISO/IEC 18004 asks for."""

PIXELS = 20
"""Pixels to a module: the address of a link has 41 modules with its quiet zone, so 7 centimetres at 300 dpi."""

DPI = 300
"""What a printing house asks for; a PNG carries it, so that it is placed at that size."""

INK, PAPER = "#14181f", "#ffffff"


def png(address: str) -> bytes:
    """The code as a picture of squares, about 7 centimetres wide where it is placed at its own size."""
    out = BytesIO()
    _code(address).save(out, kind="png", scale=PIXELS, border=QUIET, dpi=DPI, dark=INK, light=PAPER)
    return out.getvalue()


def svg(address: str) -> bytes:
    """The code as a drawing that is sharp at any size; one unit is one module."""
    out = BytesIO()
    _code(address).save(out, kind="svg", border=QUIET, dark=INK, light=PAPER, nl=False, omitsize=True)
    return out.getvalue()


def _code(address: str) -> "QRCode":
    """As small a symbol as the level allows; where a higher level costs nothing, it gets that."""
    import segno

    return segno.make_qr(address, error=LEVEL, boost_error=True)
