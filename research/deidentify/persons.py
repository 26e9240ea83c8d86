"""Names as deduce finds them: a library that knows Dutch names with their capitals; knows no rule of ours."""

import json
import logging
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from research.deidentify.kinds import Finding, Kind
from research.faults import ConfigurationFault

_LISTS = ("names", "whitelist")
_NEEDED = (
    "institutions/lst_healthcare_institution",
    "institutions/lst_hospital",
    "institutions/lst_hospital_abbr",
    "locations/lst_placename",
    "locations/lst_street",
    "whitelist/lst_eponymous_disease",
)
"""Lists that deduce wants to be there, and that we do not use: with them it starts in a minute and a half."""

_NOTHING = "\u2400\n"
_GROUP = "names"
_PIECE = re.compile(r"[^\n]{1,240}(?:[.!?]+(?=\s)|\s|$)|[^\n]{1,400}")
"""What is looked at in one go: the library needs minutes for hundreds of names in a row."""


class Persons(Protocol):
    """What finds the names of people in a text."""

    def __call__(self, text: str) -> Iterator[Finding]:
        """Names in a text as it was typed, with the title before them."""
        ...


def lists() -> Path:
    """The folder with the lists of deduce. `ConfigurationFault` where it is not installed."""
    found = find_spec("deduce")
    if found is None or found.origin is None:
        raise ConfigurationFault("Om namen te herkennen is meer nodig dan er nu is. Doe eerst: make research")
    return Path(found.origin).parent / "data" / "lookup"


def load() -> Persons:
    """Loads deduce, with its names only: a third of a second. What it makes on the disk is gone afterwards."""
    source = lists()
    config = json.loads((source.parent.parent / "base_config.json").read_text(encoding="utf-8"))
    config["annotators"] = {name: one for name, one in config["annotators"].items() if one.get("group") == _GROUP}
    with TemporaryDirectory() as made, _quiet():
        place = Path(made)
        _copy_lists(source, place)
        module = import_module("deduce.deduce")
        model = module.Deduce(load_base_config=False, config=config, lookup_data_path=place, cache_path=place)

    def persons(text: str) -> Iterator[Finding]:
        for piece in _PIECE.finditer(text):
            for found in model.deidentify(piece.group()).annotations:
                yield Finding(piece.start() + found.start_char, piece.start() + found.end_char, Kind.NAME, "deduce")

    return persons


@contextmanager
def _quiet() -> Iterator[None]:
    """The library turns on a log of everything, on the screen, unless somebody listens already."""
    root, listens = logging.getLogger(), logging.NullHandler()
    root.addHandler(listens)
    try:
        yield
    finally:
        root.removeHandler(listens)


def _copy_lists(source: Path, target: Path) -> None:
    for name in _LISTS:
        shutil.copytree(source / "src" / name, target / "src" / name)
    for name in _NEEDED:
        folder = target / "src" / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        (folder / "items.txt").write_text(_NOTHING, encoding="utf-8")
