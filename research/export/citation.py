"""How an export wants to be cited, in the Citation File Format; knows no story."""

import json
from collections.abc import Iterator
from datetime import UTC

from research.export.content import Content
from research.export.safe_text import safe

FILE = "CITATION.cff"

AUTHOR = "Vertellers van Amsterdam"
"""The format wants an author: those whose stories it is."""

RESTRICTED = "Toegang beperkt: alleen voor wie deze uitvoer kreeg."
"""The format has no field for it."""


def citation(content: Content) -> str:
    """The text of the file. Every value is a JSON string, which YAML reads as what it says and as nothing else."""
    return "".join(f"{line}\n" for line in _lines(content))


def _lines(content: Content) -> Iterator[str]:
    about = content.about
    yield "cff-version: 1.2.0"
    yield f"message: {_said('Gebruikt u deze verhalen, noem dan waar ze vandaan komen.')}"
    yield "type: dataset"
    yield f"title: {_said(about.title)}"
    yield "authors:"
    yield f"  - name: {_said(AUTHOR)}"
    yield f"version: {_said(content.version)}"
    yield f'date-released: "{content.at.astimezone(UTC):%Y-%m-%d}"'
    told = dict.fromkeys(f"{item.title}." for item in content.sets)
    yield f"abstract: {_said(' '.join((*told, RESTRICTED)))}"
    yield "keywords:"
    yield from (f"  - {_said(word)}" for word in ("verhalen", "Buurtteam", "Amsterdam", "toegang beperkt"))


def _said(text: str) -> str:
    return json.dumps(safe(text), ensure_ascii=False)
