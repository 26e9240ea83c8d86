"""Reads the question sets and the texts from their files, or says everything that is wrong with them.

The only module of this room that opens a file; it writes none.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from dialogs import check_library, check_options, check_sets, check_texts
from dialogs.check_library import Shelf
from dialogs.check_texts import Said, TextShape, texts_in
from dialogs.faults import Fault, Faults
from dialogs.library import Library
from dialogs.parse import parsed
from dialogs.questions import QuestionSet
from dialogs.set_keys import TEMPLATES, keys_at
from dialogs.shapes import Shape, fitted
from dialogs.tables import Table
from dialogs.texts import Text, settled

SETS = Path(__file__).parent / "sets"
TEXTS = Path(__file__).parent / "texts" / "nl.toml"

_UNREADABLE = {
    FileNotFoundError: "Dit bestand is er niet.",
    IsADirectoryError: "Dit is een map. Hier hoort een bestand.",
    PermissionError: "Dit bestand mag ik niet lezen.",
}


def load_library(study: Mapping[str, str], *, folder: Path = SETS, texts_file: Path = TEXTS) -> Library:
    """Every set (`*.toml`) of `folder` and the texts of `texts_file`, checked, with the values of the study filled in.

    `study` maps placeholders to values. An empty value is none: its lines are left out when they are said.
    Raises `Faults`, once, with every fault of every file.
    """
    given = {name: value for name, value in study.items() if value}
    files = sorted(file for file in folder.glob("*.toml") if not file.name.startswith("."))
    if not files:
        raise Faults([Fault(f"{folder.name}/", "", "In deze map staat geen enkele vragenlijst (*.toml).")])
    read = [_read(file) for file in (*files, texts_file)]
    sets = [_fitted_set(table, given) for table in _tables(read[:-1])]
    texts = [_fitted_text(table) for root in _tables(read[-1:]) for table in texts_in(root)]
    found = [*_faults(read), *_faults(sets), *_faults(texts), *_crossed(read)]
    if found:
        raise Faults(_by_file(found, read))
    return _library()
