"""What was taken back after it was handed out, for each recipient a list and a letter; knows no command.

A withdrawal takes a story out of the house at once. Whoever got it before can only be asked, and this is what asks.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from research.export import withdrawn
from research.export.folder import new_file
from research.export.tables import csv_line
from research.export.tiers import WITH_STORIES, Tier
from storage import exports
from storage.database import Work
from storage.exports import Export, Recall
from storage.secrets import KeyRing

LETTER, LIST = "brief.md", withdrawn.FILE

_UNFIT = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class Recalled:
    """What one recipient has to delete: of each export the stories, with the day on which each was taken back."""

    recipient: str
    exports: Mapping[str, Sequence[Recall]]

    @property
    def stories(self) -> Mapping[str, str]:
        """Every story once, and its day."""
        return {item.story: item.day for items in self.exports.values() for item in items}


async def recalled(work: Work, keys: KeyRing) -> Sequence[Recalled]:
    """For every recipient who has a story that was taken back since; in the order of their names."""
    handed_out = {item.id: item for item in await exports.every(work, keys) if Tier(item.tier) in WITH_STORIES}
    found: dict[str, list[tuple[Export, Recall]]] = defaultdict(list)
    for recall in await exports.recalls(work):
        if export := handed_out.get(recall.export):
            found[exports.recipient_mark(keys, export.recipient)].append((export, recall))
    return sorted((_of_recipient(items) for items in found.values()), key=lambda item: item.recipient.casefold())


def _of_recipient(items: Sequence[tuple[Export, Recall]]) -> Recalled:
    by_export: dict[str, list[Recall]] = defaultdict(list)
    for export, recall in items:
        by_export[export.id].append(recall)
    return Recalled(items[-1][0].recipient, by_export)


def write(folder: Path, found: Sequence[Recalled]) -> None:
    """For every recipient a folder with the list and the letter."""
    for number, item in enumerate(found, 1):
        place = folder / f"{number:02}-{_slug(item.recipient)}"
        place.mkdir(mode=0o700)
        with new_file(place / LIST) as file:
            file.write(csv_line(withdrawn.header()))
            file.writelines(csv_line(line) for line in sorted(item.stories.items()))
        with new_file(place / LETTER) as file:
            file.write(letter(item))


def letter(item: Recalled) -> str:
    """What the recipient is asked, in Markdown."""
    number = len(item.stories)
    which = "Eén verhaal dat u kreeg, is" if number == 1 else f"{number} verhalen die u kreeg, zijn"
    these, it = ("dit verhaal", "het") if number == 1 else ("deze verhalen", "ze")
    lines = [
        f"# Aan {item.recipient or 'wie deze verhalen kreeg'}",
        "",
        f"{which} door de verteller teruggenomen. Een verteller mag dat altijd.",
        "",
        "Wij vragen u:",
        "",
        f"1. Haal {these} weg uit alles wat u kreeg. In {LIST}, kolom verhaal_id, staat om welke het gaat.",
        f"2. Haal {it} ook weg uit kopieën, uit bestanden van andere programma's en uit reservekopieën.",
        f"3. Gebruik {it} niet meer. Wat al in een gedrukt verslag staat, kan blijven staan.",
        "4. Laat ons weten dat het gedaan is.",
        "",
        "Het gaat om deze uitvoer:",
        "",
        *(f"- {export}: {len(items)}" for export, items in sorted(item.exports.items())),
        "",
    ]
    return "\n".join(lines)


def _slug(name: str) -> str:
    """A name as a folder can have it."""
    return _UNFIT.sub("-", name.lower()).strip("-")[:40] or "zonder-naam"
