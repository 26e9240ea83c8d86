"""The manifest: what an export holds, out of what, and how to see that it is still whole; knows no story."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias

from dialogs.questions import CANNOT_SAY, QuestionSet
from research.export.missing import CODES
from research.faults import ResearchFault

Described: TypeAlias = dict[str, str | int]
"""A file: its name below the folder, its bytes and their SHA-256; and its rows, where it has any."""


@dataclass(frozen=True)
class Order:
    """What was asked for, when (aware), and of which version of the program. `question_set` None: every set.

    `with_test`: also what was told to try the chat out.
    """

    question_set: str | None
    at: datetime
    software: str
    with_test: bool = False


@dataclass(frozen=True)
class Tally:
    """How many went in and came out, and by reason how many did not come out. A story that nobody counts is a fault."""

    seen: int
    exported: int
    left_out: Mapping[str, int]


def tally(counts: Mapping[str, int], question_set: str | None, exported: int, test: int, withdrawn: int) -> Tally:
    """Weighs what was written against `storage.stories.counts` of the same snapshot; raises where they differ.

    `test`: how many were passed over, as told to try the chat out. `withdrawn`: how many the export names as gone.
    """
    wanted = counts["stories"] if question_set is None else counts.get(f"stories/{question_set}", 0)
    if exported + test != wanted:
        raise ResearchFault(
            f"Van {wanted} verhalen kwamen er {exported} in de bestanden, en er waren er {test} om te proberen."
            " Er is niets uitgevoerd."
        )
    if withdrawn != counts["withdrawn"]:
        raise ResearchFault(
            f"Van {counts['withdrawn']} ingetrokken verhalen kwamen er {withdrawn} in de lijst. Er is niets uitgevoerd."
        )
    left_out = {
        "concept": counts["drafts"],
        "ingetrokken": counts["withdrawn"],
        "andere_vragenset": counts["stories"] - wanted,
        "proef": test,
    }
    return Tally(counts["drafts"] + counts["stories"] + counts["withdrawn"], exported, left_out)


def manifest(order: Order, sets: Sequence[QuestionSet], counted: Tally, files: Sequence[Described]) -> str:
    """The text of the manifest. `files` are all others of the export."""
    content = {
        "gemaakt_op": order.at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        "programma": {"naam": "vertelbot", "versie": order.software},
        "keuze": {"vragenset": order.question_set, "met_proef": order.with_test},
        "verhalen": {"in": counted.seen, "uit": counted.exported, "niet_uit": dict(counted.left_out)},
        "vragensets": [{"id": item.id, "versie": item.version, "titel": item.title} for item in sets],
        "ontbreekt": {str(code): reason.value for reason, code in CODES.items()},
        "kan_niet_zeggen": {str(code): option for option, code in CANNOT_SAY.items()},
        "bestanden": files,
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def described(folder: Path, rows: Mapping[str, int]) -> list[Described]:
    """What every file below the folder must be to be the one that was written: read back from the disk, by name."""
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return [_described(name, path, rows.get(name)) for name, path in sorted(files.items())]


def _described(name: str, path: Path, rows: int | None) -> Described:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    counted = {} if rows is None else {"rijen": rows}
    return {"naam": name, **counted, "bytes": path.stat().st_size, "sha256": digest}
