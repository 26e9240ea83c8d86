"""An export from what somebody asked for to what they get, written down before they get it; knows no command."""

import secrets
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from dialogs.library import Library
from dialogs.receipts import ALPHABET
from research.export.choosing import Heard
from research.export.content import Format
from research.export.formats.every import available
from research.export.order import Order, Then, again, checked, written
from research.export.package import Made, write_export
from research.export.snapshot import Again, Snapshot, taken
from research.export.tiers import Tier
from research.faults import UsageFault
from storage import export_copies, exports
from storage.database import Database, Work
from storage.export_copies import Copy
from storage.exports import Export
from storage.secrets import KeyRing

SIGNS = 6
"""Behind the day: about thirty bits, so that two exports of a day have two names."""


@dataclass(frozen=True)
class Handing:
    """Where an export goes: `place` gives the folder to fill. `heard` hears of every story that is done with."""

    place: AbstractContextManager[Path]
    heard: Heard


def new_snapshot(at: datetime) -> str:
    """The id of a snapshot that is taken now: the day, and signs that nobody mistakes for another."""
    return f"{at:%Y-%m-%d}-{''.join(secrets.choice(ALPHABET.lower()) for _ in range(SIGNS))}"


async def hand_out(
    database: Database, keys: KeyRing, library: Library, order: Order, formats: Sequence[Format], handing: Handing
) -> Made:
    """Makes the export and writes down to whom it goes. Nothing is handed out that is not written down."""
    order = checked(replace(order, formats=tuple(item.name for item in formats)))

    async def record(made: Made) -> None:
        await _write_down(database, keys, made)

    async with database.reading() as work:
        snapshot = await taken(work, keys)
        return await write_export(handing.place, order, library, snapshot, formats, heard=handing.heard, record=record)


async def hand_out_again(
    database: Database, keys: KeyRing, library: Library, bare: Order, handing: Handing
) -> tuple[Made, Export]:
    """Makes an earlier export once more, and gives what it was then: the digests are equal if it is the same.

    Of `bare` the snapshot and the version of the program count, and by whom and when. What was taken back since is not
    in it. It is written down as well. `UsageFault` where there is no such snapshot.
    """

    async def record(made: Made) -> None:
        copy = Copy(bare.at, bare.by, made.digest)
        await database.run(lambda work: export_copies.keep(work, keys, bare.snapshot, copy))

    async with database.reading() as work:
        before = await exports.find(work, keys, bare.snapshot)
        if before is None:
            raise UsageFault(f"Momentopname {bare.snapshot} is er niet. Welke er zijn: verhalen exports")
        order, snapshot = await _as_it_was(work, keys, before, bare.software)
        formats = available(",".join(order.formats), order.tier)
        made = await write_export(handing.place, order, library, snapshot, formats, heard=handing.heard, record=record)
    return made, before


async def _as_it_was(work: Work, keys: KeyRing, before: Export, software: str) -> tuple[Order, Snapshot]:
    bare = Order(before.id, before.at, software, Tier(before.tier), recipient=before.recipient, reason=before.reason)
    order, then = again(replace(bare, by=before.made_by), before.wish)
    stories = await exports.stories_of(work, before.id)
    now = await taken(work, keys)
    withdrawn = [(key, day) for key, day in now.withdrawn if key in stories.taken_back or key in stories.handed_out]
    earlier = Again(before.id, stories.handed_out, then.left_out)
    return order, replace(now, again=earlier, withdrawn=withdrawn, asked=then.asked)


async def _write_down(database: Database, keys: KeyRing, made: Made) -> None:
    order = made.order
    export = Export(
        order.snapshot,
        order.at,
        order.tier.value,
        order.recipient,
        order.reason,
        order.by,
        written(order, Then(made.counted.reasons, made.asked)),
        made.digest,
    )

    async def unit(work: Work) -> None:
        await exports.keep(work, keys, export, made.stories, made.withdrawn)
        await exports.keep_hidden(work, export.id, made.hidden_to)

    await database.run(unit)
