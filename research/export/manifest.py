"""The manifest: what an export holds, out of what, and how to see that it is still whole; knows no story."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from typing import TypeAlias

from dialogs.questions import CANNOT_SAY, QuestionSet
from research.export.missing import CODES
from research.export.order import Order
from research.export.selecting import LeftOut, Selection
from research.faults import ResearchFault

ALWAYS = (LeftOut.DRAFT, LeftOut.WITHDRAWN, LeftOut.OTHER_SET, LeftOut.TEST)
"""Reasons that are counted in every export, also where there was nothing to leave out."""

Described: TypeAlias = dict[str, str | int]
"""A file: its name below the folder, its bytes and their SHA-256; and its rows, where it has any."""


@dataclass(frozen=True)
class Tally:
    """How many went in and came out, and by reason how many did not come out. A story that nobody counts is a fault."""

    seen: int
    exported: int
    left_out: Mapping[LeftOut, int]

    @property
    def reasons(self) -> dict[str, int]:
        """`left_out`, by the words of the reasons, always in the same order."""
        return {reason.value: self.left_out[reason] for reason in LeftOut if reason in self.left_out}


def tally(counts: Mapping[str, int], exported: int, left_out: Mapping[LeftOut, int], withdrawn: int) -> Tally:
    """Weighs what was written against `storage.stories.counts` of the same snapshot; raises where they differ.

    `left_out`: how many stories stayed, by reason. `withdrawn`: how many the export names as gone.
    """
    stayed = sum(left_out.values())
    if exported + stayed != counts["stories"]:
        raise ResearchFault(
            f"Van {counts['stories']} verhalen kwamen er {exported} in de bestanden, en van {stayed} is bekend waarom"
            " niet. Er is niets uitgevoerd."
        )
    if withdrawn != counts["withdrawn"]:
        raise ResearchFault(
            f"Van {counts['withdrawn']} ingetrokken verhalen kwamen er {withdrawn} in de lijst. Er is niets uitgevoerd."
        )
    reasons = {LeftOut.DRAFT: counts["drafts"], LeftOut.WITHDRAWN: counts["withdrawn"], **left_out}
    always = dict.fromkeys(ALWAYS, 0)
    return Tally(sum(reasons.values()) + exported, exported, {**always, **reasons})


def check_written(files: Mapping[str, int | None], exported: int) -> None:
    """Raises where a format has another number of stories in its `files` than were exported; None where it has none."""
    for name, written in files.items():
        if written not in (None, exported):
            raise ResearchFault(
                f"Van {exported} verhalen staan er {written} in de bestanden van {name}. Er is niets uitgevoerd."
            )


def tally_again(stories: int, exported: int, left_out: Mapping[LeftOut, int], then: Mapping[str, int]) -> Tally:
    """The same of an export that is made once more: so many `stories` it had, and these were left out of it `then`.

    `left_out` are those that were in it and cannot be now, though they are there.
    """
    reasons = Counter({LeftOut(reason): number for reason, number in then.items()})
    reasons.update(left_out)
    if gone := stories - exported - sum(left_out.values()):
        reasons[LeftOut.GONE_SINCE] += gone
    return Tally(sum(reasons.values()) + exported, exported, reasons)


@dataclass(frozen=True)
class Told:
    """What an export says of itself. `hidden`: how often each attribute was made coarse, by set."""

    order: Order
    sets: Sequence[QuestionSet]
    counted: Tally | None
    hidden: Mapping[str, Mapping[str, int]]


def manifest(told: Told, files: Sequence[Described]) -> str:
    """The text of the manifest. `files` are all others of the export."""
    order, counted = told.order, told.counted
    content = {
        "momentopname": order.snapshot,
        "gemaakt_op": order.at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        "programma": {"naam": "vertelbot", "versie": order.software},
        "soort": order.tier.value,
        "ontvanger": order.recipient or None,
        "reden": order.reason or None,
        "keuze": _chosen(order.selection),
        "verhalen": counted and {"in": counted.seen, "uit": counted.exported, "niet_uit": counted.reasons},
        "niet_getoond": {name: dict(hidden) for name, hidden in told.hidden.items()},
        "vragensets": [{"id": item.id, "versie": item.version, "titel": item.title} for item in told.sets],
        "ontbreekt": {str(code): reason.value for reason, code in CODES.items()},
        "kan_niet_zeggen": {str(code): option for option, code in CANNOT_SAY.items()},
        "bestanden": files,
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _chosen(selection: Selection) -> Mapping[str, str | bool | None]:
    return {
        "vragenset": selection.question_set,
        "vanaf": selection.since.isoformat() if selection.since else None,
        "tot_en_met": selection.until.isoformat() if selection.until else None,
        "gebied": selection.area,
        "link": selection.link,
        "taal": selection.language,
        "met_proef": selection.with_test,
    }


def described(folder: Path, rows: Mapping[str, int]) -> list[Described]:
    """What every file below the folder must be to be the one that was written: read back from the disk, by name."""
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return [_described(name, path, rows.get(name)) for name, path in sorted(files.items())]


def _described(name: str, path: Path, rows: int | None) -> Described:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    counted = {} if rows is None else {"rijen": rows}
    return {"naam": name, **counted, "bytes": path.stat().st_size, "sha256": digest}
