"""That an export is downloaded once, on a real database, and by whom."""

from storage import downloads, exports
from storage.database import Database
from storage.downloads import Download
from storage.secrets import KeyRing
from tests.storage.tellings import NOON
from tests.storage.test_exports import FIRST, SECOND


async def test_the_first_who_downloads_it_is_written_down_and_no_other(db: Database, keys: KeyRing) -> None:
    async with db.transaction() as work:
        for export in (FIRST, SECOND):
            await exports.keep(work, keys, export, [], [])
        assert await downloads.every(work, keys) == {}
        assert await downloads.keep(work, keys, FIRST.id, "Kees", NOON)
        assert not await downloads.keep(work, keys, FIRST.id, "Noor", NOON)
        assert await downloads.every(work, keys) == {FIRST.id: Download("Kees", NOON)}
        [row] = await work.fetch("SELECT * FROM downloads")
    assert "Kees" not in str(row)
