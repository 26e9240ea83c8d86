"""What SQLite is told to do, and what its files look like from outside; knows no table of ours."""

import asyncio
import errno
import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from storage.addresses import Address
from storage.database import Database
from storage.faults import StorageFault
from storage.interviews import load, save
from storage.opening import open_database
from storage.secrets import KeyRing
from tests.storage.tellings import DRAFT, NOON

KEEP_OPEN = """
import asyncio, sys
from storage.opening import open_database

async def main():
    db = await open_database(sys.argv[1])
    try:
        async with db.transaction() as work:
            await work.execute("CREATE TABLE things (thing TEXT)")
            raise SystemExit(3)
    finally:
        await db.close()

asyncio.run(main())
"""


@pytest.fixture
def url(place: Path) -> str:
    """Where the database is: this is about one engine only."""
    return f"sqlite:///{place}"


@pytest.fixture
def open_umask() -> Iterator[None]:
    """The usual umask of a server, under which new files may be read by anyone."""
    earlier = os.umask(0o022)
    yield
    os.umask(earlier)


def _modes(folder: Path) -> dict[str, int]:
    return {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}


@pytest.mark.parametrize(
    ("name", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("secure_delete", 1), ("foreign_keys", 1), ("trusted_schema", 0)],
)
async def test_writing_is_durable_and_thorough(db: Database, name: str, value: str | int) -> None:
    async with db.transaction() as work:
        assert await work.fetch(f"PRAGMA {name}") == [{name: value}]


@pytest.mark.usefixtures("open_umask")
async def test_only_the_owner_may_open_the_files_and_folders(tmp_path: Path) -> None:
    place = tmp_path / "new" / "deeper" / "a.db"
    db = await open_database(f"sqlite:///{place}")
    async with db.transaction() as work:
        await work.execute("CREATE TABLE things (thing TEXT)")
    assert _modes(place.parent) == {"a.db": 0o600, "a.db-wal": 0o600, "a.db-shm": 0o600}
    assert _modes(tmp_path) == {"new": 0o700}
    assert _modes(tmp_path / "new") == {"deeper": 0o700}
    await db.close()


@pytest.mark.usefixtures("open_umask")
async def test_files_that_were_too_open_are_tightened(tmp_path: Path) -> None:
    place = tmp_path / "a.db"
    with closing(sqlite3.connect(place)) as made:
        made.execute("PRAGMA journal_mode=WAL")
        made.execute("CREATE TABLE things (thing TEXT)")
        assert set(_modes(tmp_path).values()) == {0o644}
        db = await open_database(f"sqlite:///{place}")
        assert set(_modes(tmp_path).values()) == {0o600}
        await db.close()


@pytest.mark.parametrize("content", [b"een brief aan de buurt " * 99, b"SQLite format 3\0" + b"\xff" * 4096])
async def test_a_file_that_is_no_database_is_refused_and_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    place = tmp_path / "brief.txt"
    place.write_bytes(content)
    with pytest.raises(StorageFault, match="Dit bestand is geen database"):
        await open_database(f"sqlite:///{place}")
    assert place.read_bytes() == content


async def test_a_folder_in_the_place_of_a_database_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StorageFault):
        await open_database(f"sqlite:///{tmp_path}")
    (tmp_path / "file").touch()
    with pytest.raises(StorageFault, match="kan niet worden gemaakt"):
        await open_database(f"sqlite:///{tmp_path}/file/a.db")


async def test_another_program_that_goes_on_writing_is_said_to_keep_it_busy(db: Database, place: Path) -> None:
    async with db.transaction() as work:
        await work.fetch("PRAGMA busy_timeout=10")
    with closing(sqlite3.connect(place, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageFault, match="bezet door een ander programma"):
            async with db.transaction():
                pass
    async with db.transaction() as work:
        await work.execute("CREATE TABLE things (thing TEXT)")


async def test_a_full_disk_is_said_and_what_was_kept_stays(db: Database) -> None:
    async with db.transaction() as work:
        await work.execute("CREATE TABLE things (thing TEXT)")
        await work.execute("INSERT INTO things (thing) VALUES ($1)", "a")
    async with db.transaction() as work:
        [row] = await work.fetch("PRAGMA page_count")
        await work.fetch(f"PRAGMA max_page_count={row['page_count']}")
    with pytest.raises(StorageFault, match="schijf is vol"):
        async with db.transaction() as work:
            await work.execute("INSERT INTO things (thing) VALUES ($1)", "b" * 100_000)
    async with db.reading() as work:
        assert await work.fetch("SELECT thing FROM things") == [{"thing": "a"}]


async def test_scrubbing_waits_for_a_reading_of_ours(db: Database, place: Path) -> None:
    log = place.with_name(place.name + "-wal")
    async with db.reading() as work:
        await work.fetch("SELECT number FROM migrations")
        scrubbing = asyncio.create_task(db.scrub())
        await asyncio.sleep(0.01)
        assert not scrubbing.done()
        async with db.transaction() as writing:
            await writing.execute("CREATE TABLE things (thing TEXT)")
        assert log.stat().st_size > 0
    await scrubbing
    assert log.stat().st_size == 0


async def test_scrubbing_says_so_when_another_program_stands_in_the_way(db: Database, place: Path) -> None:
    with closing(sqlite3.connect(place, isolation_level=None)) as other:
        other.execute("BEGIN")
        other.execute("SELECT COUNT(*) FROM migrations").fetchall()
        async with db.transaction() as work:
            await work.execute("CREATE TABLE things (thing TEXT)")
        with pytest.raises(StorageFault, match="leest nog in de database"):
            await db.scrub()
    await db.scrub()
    async with db.transaction() as work:
        assert await work.fetch("PRAGMA busy_timeout") == [{"timeout": 2000}]


def test_a_program_that_ends_early_does_end(place: Path) -> None:
    ended = _run(place)
    assert (ended.returncode, ended.stderr) == (3, "")
    with closing(sqlite3.connect(place)) as left:
        assert left.execute("SELECT COUNT(*) FROM sqlite_master").fetchone() == (0,)


def test_a_program_that_could_not_open_its_database_does_end(tmp_path: Path) -> None:
    (tmp_path / "brief.txt").write_bytes(b"een brief aan de buurt " * 99)
    ended = _run(tmp_path / "brief.txt")
    assert ended.returncode == 1
    assert ended.stderr.splitlines()[-1].startswith("storage.faults.Damaged: Dit bestand is geen database")


def _run(place: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", KEEP_OPEN, f"sqlite:///{place}"]
    return subprocess.run(command, timeout=60, check=False, capture_output=True, text=True)


async def test_a_cell_with_bytes_in_the_place_of_a_text_is_a_fault(
    db: Database, keys: KeyRing, address: Address
) -> None:
    async with db.transaction() as work:
        await save(work, keys, address, None, DRAFT, NOON)
        await work.execute("UPDATE interviews SET teller = x'00ff'")
        with pytest.raises(StorageFault, match="In de kolom teller staat iets"):
            await load(work, keys, address)


async def test_a_disk_that_takes_nothing_though_it_says_it_does_is_found_when_it_is_opened(
    url: str, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So it was seen of ext4 that made itself read-only: it may be written to, its files can be read, and no more."""

    def refuse(path: Path) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(path))

    await (await open_database(url)).close()
    monkeypatch.setattr(os, "utime", refuse)
    with pytest.raises(StorageFault, match=r"kan niet worden gemaakt of geschreven: Read-only file system\."):
        await open_database(url)
    await (await open_database(url, read_only=True)).close()
