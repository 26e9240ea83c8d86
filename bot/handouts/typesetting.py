"""Typesets a sheet: a template of this package and the values in it. Knows no text and no address.

Values come to a template as JSON that it reads, never as its source: whatever a name holds, it is only drawn. No font
of the machine is used and nothing is fetched, so that a sheet is the same everywhere, byte for byte. A page takes some
hundredths of a second of the processor and a form of many copies seconds: a loop leaves it to a thread.
"""

import json
from collections.abc import Mapping
from importlib.resources import files
from typing import Literal

from bot.handouts.letters import PACKAGE, Value, all_drawn

TEMPLATES = files("bot.handouts") / "templates"
ICON = files("bot") / "browser" / "static" / "icon.svg"
SINCE = 0
"""The day that stands in every file as the one of its making, so that the same sheet is the same file."""

STANDARD: Literal["ua-1"] = "ua-1"
"""PDF/UA: a program that reads aloud finds the order, the language, and what a picture shows."""

Template = Literal["poster", "table_card", "business_cards", "paper"]


def pdf(template: Template, values: Mapping[str, Value], drawings: Mapping[str, bytes]) -> bytes:
    """The sheet as PDF. `drawings` are SVG by the name that the template calls them."""
    import typst

    return typst.compile(
        str(TEMPLATES / f"{template}.typ"),
        format="pdf",
        timestamp=SINCE,
        pdf_standards=[STANDARD],
        root=str(TEMPLATES),
        font_paths=[str(files(PACKAGE) / "files")],
        ignore_system_fonts=True,
        sys_inputs=_inputs(values, drawings),
    )


def _inputs(values: Mapping[str, Value], drawings: Mapping[str, bytes]) -> dict[str, str]:
    """What a template reads: `sheet` are the values, `drawings` the pictures."""
    shown = {name: svg.decode() for name, svg in drawings.items()} | {"icon": ICON.read_text(encoding="utf-8")}
    return {"sheet": json.dumps(all_drawn(values)), "drawings": json.dumps(shown)}
