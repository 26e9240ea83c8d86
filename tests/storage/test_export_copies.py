"""That an export was made once more is written down each time, on a real database."""

from storage import export_copies, exports
from storage.database import Database
from storage.export_copies import Copy
from storage.secrets import KeyRing
from tests.storage.tellings import NOON
from tests.storage.test_exports import FIRST, SECOND


async def test_each_time_is_written_down_with_its_export(db: Database, keys: KeyRing) -> None:
    copy, same = (Copy(NOON, by, FIRST.digest) for by in ("Kees", "Noor"))
    async with db.transaction() as work:
        for export in (FIRST, SECOND):
            await exports.keep(work, keys, export, [], [])
        assert await export_copies.every(work, keys) == {}
        for made in (copy, same, copy):
            await export_copies.keep(work, keys, FIRST.id, made)
        found = await export_copies.every(work, keys)
        rows = await work.fetch("SELECT * FROM export_copies")
    assert found.keys() == {FIRST.id}
    assert sorted(item.made_by for item in found[FIRST.id]) == ["Kees", "Kees", "Noor"]
    assert {copy, same} == set(found[FIRST.id])
    assert "Kees" not in str(rows)
