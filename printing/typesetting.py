"""Typesets a sheet: a template and the values in it. Knows no text and no address.

Values come to a template as JSON that it reads, never as its source: whatever a name holds, it is only drawn. No font
of the machine is used and nothing is fetched, so that a sheet is the same everywhere, byte for byte. A page takes some
hundredths of a second of the processor and a form of many copies seconds: a loop leaves it to a thread.
"""

import json
from collections.abc import Iterable, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Literal

from printing.letters import FAMILIES, PACKAGE, Value

SINCE = 0
"""The day that stands in every file as the one of its making, so that the same sheet is the same file."""

STANDARD: Literal["ua-1"] = "ua-1"
"""PDF/UA: a program that reads aloud finds the order, the language, and what a picture shows."""


Widths = Mapping[str, float]
"""How wide each letter is, in parts of the size of the letters."""


class NotTypesetError(Exception):
    """A sheet that cannot be made: a letter that no typeface has, or a fault in a template. It holds no words."""


WIDTHS = files("printing") / "widths.typ"


def pdf(template: Traversable, values: Value, drawings: Mapping[str, bytes]) -> bytes:
    """The sheet as PDF. `values` hold only letters that can be drawn (`printing.letters`).

    A template may read the files beside it. It finds `values` as `sheet`, and `drawings`, which are SVG, by the name
    that it calls them. `NotTypesetError` where it cannot be made: nothing is ever drawn as an empty box.
    """
    import typst

    place = Path(str(template))
    try:
        return typst.compile(
            str(place),
            format="pdf",
            timestamp=SINCE,
            pdf_standards=[STANDARD],
            root=str(place.parent),
            font_paths=[_fonts()],
            ignore_system_fonts=True,
            sys_inputs=_inputs(values, drawings),
        )
    except typst.TypstError:
        # What it says quotes what somebody typed.
        raise NotTypesetError(place.name) from None


def widths(letters: Iterable[str]) -> tuple[Widths, Widths]:
    """How wide each of these letters is, in parts of their size: regular and bold, beside what the template draws."""
    import typst

    place = Path(str(WIDTHS))
    found = typst.query(
        str(place),
        "<widths>",
        field="value",
        one=True,
        root=str(place.parent),
        font_paths=[_fonts()],
        ignore_system_fonts=True,
        sys_inputs=_inputs({"letters": sorted(set(letters)), "families": FAMILIES}, {}),
    )
    regular, bold = json.loads(found)
    return regular, bold


def _fonts() -> str:
    return str(files(PACKAGE) / "files")


def _inputs(values: Value, drawings: Mapping[str, bytes]) -> dict[str, str]:
    shown = {name: svg.decode() for name, svg in drawings.items()}
    return {"sheet": json.dumps(values), "drawings": json.dumps(shown)}
