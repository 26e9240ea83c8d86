"""The answers of `languages.toml` and what comes out for each, as a table of text; knows no rule of the recogniser."""

import tomllib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from dialogs.load_language import load_recogniser

DUTCH = "nl"
SILENCE = "onbekend"
OUTSIDE = "buiten"
"""Languages the chat does not know: saying nothing is the best that can be done."""

NAMES = {
    DUTCH: "Nederlands",
    "en": "Engels",
    "tr": "Turks",
    "arab": "Arabisch schrift",
    "pl": "Pools",
    "es": "Spaans",
    "fr": "Frans",
    "de": "Duits",
    "schrift": "andere schriften",
    SILENCE: "te kort of geen woorden",
    OUTSIDE: "talen buiten de acht",
}
LENGTHS = {"1-3": range(4), "4-7": range(4, 8), "8-15": range(8, 16), "16+": range(16, 1000)}
"""In words, as spaces part them; a text of no words stands with the shortest."""


class Outcome(StrEnum):
    """What came out for an answer."""

    RIGHT = "goed"
    SILENT = "zwijgt"
    WRONG = "mis"


@dataclass(frozen=True)
class Answer:
    """A text, the code that must come out, its kind, and whether it is held apart from tuning."""

    text: str
    code: str
    kind: str
    apart: bool

    @property
    def row(self) -> str:
        """Where it is counted: scripts with a few answers each are one row."""
        return self.code if self.code in NAMES else "schrift"

    @property
    def outcome(self) -> Outcome:
        """What the recogniser makes of it. Silence is right for what is no language it can know."""
        code = load_recogniser().recognise(self.text).code
        wanted = "" if self.code in (SILENCE, OUTSIDE) else self.code
        return Outcome.RIGHT if code == wanted else Outcome.WRONG if code else Outcome.SILENT


@cache
def answers() -> tuple[Answer, ...]:
    """Every answer of `languages.toml`, in its order."""
    told = tomllib.loads((Path(__file__).parent / "languages.toml").read_text(encoding="utf-8"))
    return tuple(
        Answer(entry["tekst"], code, kind, entry.get("apart", False))
        for code, kinds in told.items()
        for kind, entries in kinds.items()
        for entry in entries
    )


def counted(these: Iterable[Answer]) -> Counter[Outcome]:
    """How often each outcome came out."""
    return Counter(answer.outcome for answer in these)


def table_lines() -> list[str]:
    """The table for the output of a test run: a row a language, right out of all for each length, at the end Dutch."""
    heading = _line("", ("antwoorden", *Outcome), (*LENGTHS, "apart"))
    dutch = [answer for answer in answers() if answer.row == DUTCH]
    foreign = sum(answer.outcome is Outcome.WRONG for answer in dutch)
    return [
        heading,
        *(_row(row, [answer for answer in answers() if answer.row == row]) for row in NAMES),
        "Rechts: goed van alle, naar aantal woorden en van het deel dat apart is. Onderste twee: zwijgen is goed.",
        f"Nederlands voor een andere taal gehouden: {foreign} van {len(dutch)}.",
    ]


def _row(row: str, these: list[Answer]) -> str:
    outcomes = counted(these)
    by_length = [_share([a for a in these if len(a.text.split()) in words]) for words in LENGTHS.values()]
    apart = _share([answer for answer in these if answer.apart])
    return _line(NAMES[row], (len(these), *(outcomes[outcome] for outcome in Outcome)), (*by_length, apart))


def _share(these: list[Answer]) -> str:
    return f"{counted(these)[Outcome.RIGHT]}/{len(these)}" if these else "-"


def _line(name: str, counts: Iterable[object], shares: Iterable[str]) -> str:
    return f"{name:<24}" + "".join(f"{count:>11}" for count in counts) + "".join(f"{share:>9}" for share in shares)
