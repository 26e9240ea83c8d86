"""What a cell may hold when NarraFirma reads it; knows no question and no file.

NarraFirma trims every cell, cuts some at `|` and keeps lists with a line for each item. A story called "testing123" is
passed over without a word, and one without words comes in empty.
"""

import re
from collections.abc import Iterable, Mapping

from research.export.safe_text import safe
from research.export.tables import Cell

SKIPPED = "testing123"

SHORT = 20
"""Characters that a name may have: NarraFirma's pictures have no room for more."""

TAKEN = ("Story title", "Story text", "Collection date", "Language", "Eliciting question", "Participant ID")
"""What NarraFirma calls that which it keeps of a story beside the answers."""

FORMULAS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""With what a cell begins that some program for tables works out; the wide ones are for one that writes so."""

UNSEEN = "\u200b\u200e\u200f\u061c"
"""What may stand before it and is not seen."""


def one_line(text: str) -> str:
    """`text` without line ends and without the sign at which NarraFirma cuts."""
    return " ".join(safe(text).replace("|", "/").split())


def label(text: str) -> str:
    """What stands on a button, as an answer in a list: the sign between two cells is not in it either."""
    return re.sub(r" ?, ?", " – ", one_line(text)).strip()


def labels(told: Iterable[tuple[int, str]]) -> Mapping[int, str]:
    """Answers by their code; NarraFirma knows them by their words only, so no two are alike and none is empty."""
    found: dict[int, str] = {}
    for code, words in told:
        shown = label(words) or str(code)
        found[code] = f"{shown} ({code})" if shown in found.values() else shown
    return found


def words_of(cell: Cell, otherwise: str) -> str:
    """The words of a teller, or `otherwise` where there are none."""
    words = safe(str(cell or "")).strip("\ufeff").strip() or otherwise
    return f"{words}." if words.lower() == SKIPPED else words


def guarded(cell: str) -> str:
    """`cell` with a space first where a program for tables would see a formula; NarraFirma takes that away again."""
    return f" {cell}" if cell.lstrip(UNSEEN).startswith(FORMULAS) else cell


def short_name(wanted: str, fallback: str, taken: set[str]) -> str:
    """The first of both that fits and that nobody has, else the second with a number; adds it to those `taken`."""
    names = (wanted, fallback, *(f"{fallback[: SHORT - 3]} {number}" for number in range(2, 99)))
    found = next(name for name in names if 0 < len(name) <= SHORT and name.casefold() not in taken)
    taken.add(found.casefold())
    return found
