"""Makes everything that was encrypted with an older key anew with the newest one; knows which columns those are.

It can be killed at any moment and begun again, and it runs beside the bot: what another program changes meanwhile is
left as that made it. The proof of the keys goes last, so that it tells whether the work was done to the end.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from storage.database import Database, Row, Value, Work
from storage.faults import StorageFault
from storage.rows import text_or_none
from storage.secrets import KeyRing
from storage.tables import Table, of_today

ENCRYPTED: Mapping[str, tuple[str, ...]] = {
    "interviews": ("chat", "link", "aside", "about", "waiting", "told"),
    "parts": ("words",),
    "stories": ("link",),
    "story_parts": ("words",),
    "outbox": ("chat", "payload"),
    "links": ("place",),
    "staff": ("name", "team"),
    "papers": ("receipt",),
    "second_texts": ("words", "masks", "reviewer"),
    "exports": ("recipient", "reason", "made_by", "wish"),
    "downloads": ("downloaded_by",),
    "export_copies": ("made_by",),
    "canary": ("sealed",),
}
"""Every column with tokens of the key ring. `stories.origin` has a key of its own: its receipt, with the hash key."""

PROOF = "canary"

_CHANGE = "UPDATE {name} SET {column} = $1 WHERE {column} = $2 AND {keys}"


@dataclass(frozen=True)
class Renewed:
    """How many tokens were made anew, and how many no key opens: those are as they were."""

    changed: int = 0
    unreadable: int = 0


@dataclass(frozen=True)
class _Cell:
    """A token that is not of the newest key, where it stands, and what it becomes."""

    statement: str
    key: tuple[Value, ...]
    old: str
    new: str


async def is_done(db: Database, keys: KeyRing) -> bool:
    """Whether the last rotation was done to its end: then the next one needs a new key."""
    async with db.reading() as work:
        rows = await work.fetch("SELECT sealed FROM canary")
    return all(keys.is_of_newest(text_or_none(row, "sealed") or "") for row in rows)


async def renew(db: Database, keys: KeyRing) -> Renewed:
    """Makes anew what has to be, until nothing is left of that; programs that write see the newest key by then."""
    ordered = sorted(_tables(), key=lambda table: table.name == PROOF)
    total = Renewed()
    while True:
        found = [await _renewed(db, keys, table) for table in ordered]
        changed = sum(item.changed for item in found)
        total = Renewed(total.changed + changed, sum(item.unreadable for item in found))
        if not changed:
            return total


async def older(work: Work, keys: KeyRing) -> int:
    """How many tokens only an older key than the newest opens."""
    amount = 0
    for table in _tables():
        last: tuple[Value, ...] = ()
        while page := await work.fetch(table.page(last), *last):
            amount += sum(_needs_older(keys, token) for row in page for _, token in _tokens(table, row))
            last = table.place(page[-1])
    return amount


def _needs_older(keys: KeyRing, token: str) -> bool:
    if keys.is_of_newest(token):
        return False
    try:
        keys.decrypt(token)
    except StorageFault:
        return False
    return True


def _tables() -> list[Table]:
    return [table for table in of_today() if table.name in ENCRYPTED]


async def _renewed(db: Database, keys: KeyRing, table: Table) -> Renewed:
    """One table, in pages: turns go between them."""
    changed = unreadable = 0
    last: tuple[Value, ...] = ()
    while page := await _page(db, table, last):
        cells = []
        for row in page:
            for column, token in _tokens(table, row):
                if keys.is_of_newest(token):
                    continue
                try:
                    cells.append(_Cell(_change(table, column), table.place(row), token, keys.renewed(token)))
                except StorageFault:
                    unreadable += 1
        changed += await db.run(partial(_write, cells)) if cells else 0
        last = table.place(page[-1])
    return Renewed(changed, unreadable)


async def _page(db: Database, table: Table, last: tuple[Value, ...]) -> list[Row]:
    async with db.reading() as work:
        return await work.fetch(table.page(last), *last)


async def _write(cells: list[_Cell], work: Work) -> int:
    """How many still said what they said when they were read: the others were changed meanwhile, with words of now."""
    return sum([await work.execute(cell.statement, cell.new, cell.old, *cell.key) for cell in cells])


def _tokens(table: Table, row: Row) -> Iterator[tuple[str, str]]:
    for column in ENCRYPTED[table.name]:
        if token := text_or_none(row, column):
            yield column, token


def _change(table: Table, column: str) -> str:
    places = " AND ".join(f"{name} = ${place}" for place, name in enumerate(table.key, 3))
    return _CHANGE.replace("{name}", table.name).replace("{column}", column).replace("{keys}", places)
