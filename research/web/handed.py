"""What was handed out, as the list and the page of an export show it; knows no page and no person."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from research.export.order import Order, again
from research.export.selecting import LeftOut, Selection
from research.export.tiers import WITH_STORIES, Tier
from storage import downloads, export_copies, exports
from storage.database import Work
from storage.downloads import Download
from storage.export_copies import Copy
from storage.exports import Export, Recall
from storage.secrets import KeyRing


@dataclass(frozen=True)
class Handed:
    """An export, who downloaded it, and each time that it was made once more.

    `selection` is what was chosen. `stories` are in it, None of tables; `not_reviewed` are not, as nobody looked at
    them. `recalls`: those in it that were taken back since; none of tables, out of which no story can be taken.
    """

    export: Export
    download: Download | None
    copies: Sequence[Copy]
    selection: Selection
    stories: int | None
    not_reviewed: int
    recalls: Sequence[Recall]


async def every(work: Work, keys: KeyRing) -> list[Handed]:
    """All that was handed out, the newest first."""
    return await _of(work, keys, [*reversed(await exports.every(work, keys))])


async def one(work: Work, keys: KeyRing, export_id: str) -> Handed | None:
    """The export with this id, if it was handed out."""
    export = await exports.find(work, keys, export_id)
    return (await _of(work, keys, [export]))[0] if export else None


async def _of(work: Work, keys: KeyRing, items: Sequence[Export]) -> list[Handed]:
    taken = await downloads.every(work, keys)
    copies = await export_copies.every(work, keys)
    amounts = await exports.amounts(work)
    recalls = await _recalls(work)

    def handed(item: Export) -> Handed:
        order, then = again(Order(item.id, item.at, software="", tier=Tier(item.tier)), item.wish)
        about = item, taken.get(item.id), copies.get(item.id, ()), order.selection
        if order.tier not in WITH_STORIES:
            return Handed(*about, None, 0, ())
        not_reviewed = then.left_out.get(LeftOut.NOT_REVIEWED, 0)
        return Handed(*about, amounts.get(item.id, 0), not_reviewed, recalls.get(item.id, ()))

    return [handed(item) for item in items]


async def _recalls(work: Work) -> Mapping[str, Sequence[Recall]]:
    found: dict[str, list[Recall]] = defaultdict(list)
    for recall in await exports.recalls(work):
        found[recall.export].append(recall)
    return found
