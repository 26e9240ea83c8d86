"""Migrations and the canary, on real databases and on folders of other migrations; knows no noun."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.addresses import Address
from storage.database import Database
from storage.faults import OtherKeys, StorageFault, TableMissing
from storage.opening import open_database
from storage.schema import match_keys, migrate, newest, statements, version
from storage.secrets import KeyRing, create_key_file, read_key_file
from storage.turns import queue
from tests.storage.tellings import NOON

FIRST = "CREATE TABLE first (a TEXT);\nINSERT INTO first (a) VALUES ('een; twee');\n"
SECOND = "-- Why; this is.\nCREATE TABLE second (b TEXT); INSERT INTO second (b) SELECT a FROM first;"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two migrations and something else."""
    made = tmp_path / "migrations"
    made.mkdir()
    (made / "0002_second.sql").write_text(SECOND)
    (made / "0001_first.sql").write_text(FIRST)
    (made / "README.md").write_text("no migration")
    return made


@pytest.fixture
async def empty(url: str) -> AsyncIterator[Database]:
    """A database that has had no migration."""
    opened = await open_database(url)
    yield opened
    await opened.close()


async def _applied(db: Database) -> list[tuple[object, object]]:
    async with db.reading() as work:
        rows = await work.fetch("SELECT number, name FROM migrations ORDER BY number")
    return [(row["number"], row["name"]) for row in rows]


async def test_migrations_run_in_order_and_once(empty: Database, folder: Path) -> None:
    assert await version(empty, folder) == 0
    assert await migrate(empty, folder) == 2
    assert await migrate(empty, folder) == 2
    assert await version(empty, folder) == 2
    assert await _applied(empty) == [(1, "first"), (2, "second")]
    async with empty.reading() as work:
        assert await work.fetch("SELECT b FROM second") == [{"b": "een; twee"}]


async def test_a_migration_finds_the_rows_of_an_older_version(empty: Database, folder: Path) -> None:
    second = folder / "0002_second.sql"
    second.unlink()
    assert await migrate(empty, folder) == 1
    async with empty.transaction() as work:
        await work.execute("INSERT INTO first (a) VALUES ($1)", "kept")
    second.write_text(SECOND)
    assert await migrate(empty, folder) == 2
    async with empty.reading() as work:
        assert len(await work.fetch("SELECT b FROM second")) == 2


async def test_a_migration_that_fails_leaves_the_version_before_it(empty: Database, folder: Path) -> None:
    (folder / "0002_second.sql").write_text("CREATE TABLE second (b TEXT);\nINSERT INTO nowhere (c) VALUES (1);")
    with pytest.raises(TableMissing):
        await migrate(empty, folder)
    assert await version(empty, folder) == 1
    with pytest.raises(TableMissing):
        async with empty.reading() as work:
            await work.fetch("SELECT b FROM second")
    (folder / "0002_second.sql").write_text(SECOND)
    assert await migrate(empty, folder) == 2


async def test_two_programs_that_start_at_once_migrate_once(empty: Database, folder: Path, url: str) -> None:
    other = await open_database(url)
    both = await asyncio.gather(migrate(empty, folder), migrate(other, folder))
    assert list(both) == [2, 2]
    assert await _applied(other) == [(1, "first"), (2, "second")]
    await other.close()


async def test_a_newer_database_is_refused_and_left_as_it_is(empty: Database, folder: Path) -> None:
    await migrate(empty, folder)
    (folder / "0002_second.sql").unlink()
    for refused in (migrate, version):
        with pytest.raises(StorageFault, match=r"nieuwere versie \(2\) dan dit programma \(1\)"):
            await refused(empty, folder)
    assert await _applied(empty) == [(1, "first"), (2, "second")]


async def test_a_database_with_another_history_is_refused(empty: Database, folder: Path) -> None:
    await migrate(empty, folder)
    (folder / "0002_second.sql").rename(folder / "0002_other.sql")
    with pytest.raises(StorageFault, match="andere migratie 0002"):
        await migrate(empty, folder)


async def test_numbers_with_a_gap_are_refused(empty: Database, folder: Path) -> None:
    (folder / "0001_first.sql").unlink()
    with pytest.raises(StorageFault, match="zonder gat"):
        await migrate(empty, folder)


def test_statements_are_split_where_they_end() -> None:
    trigger = "CREATE TRIGGER t AFTER INSERT ON a BEGIN\n  DELETE FROM b; DELETE FROM c;\nEND;"
    text = "CREATE TABLE a (x TEXT DEFAULT ';'); -- one; two\nSELECT 1;/* three; */\n"
    assert list(statements(f"{text}{trigger}\n-- the end")) == [
        "CREATE TABLE a (x TEXT DEFAULT ';');",
        "-- one; two\nSELECT 1;",
        f"/* three; */\n{trigger}",
    ]
    assert list(statements("-- nothing; at all\n")) == []


@pytest.mark.parametrize("text", ["SELECT 1; SELECT 2", "SELECT 1", "SELECT ';", "SELECT 1; /* open; "])
def test_a_file_that_ends_within_a_statement_is_refused(text: str) -> None:
    with pytest.raises(StorageFault, match="midden in een opdracht"):
        list(statements(text))


async def test_the_code_knows_the_version_that_it_makes(db: Database) -> None:
    assert await version(db) == newest() == await migrate(db)


async def test_a_database_that_is_only_read_tells_its_version_and_its_keys(
    db: Database, keys: KeyRing, url: str
) -> None:
    await match_keys(db, keys)
    readable = await open_database(url, read_only=True)
    assert await version(readable) == newest()
    await match_keys(readable, keys)
    await readable.close()


async def test_a_database_remembers_its_keys(db: Database, keys: KeyRing, tmp_path: Path) -> None:
    await match_keys(db, keys)
    await match_keys(db, keys)
    create_key_file(tmp_path / "other" / "sleutels.toml")
    with pytest.raises(StorageFault, match="horen niet bij deze database"):
        await match_keys(db, read_key_file(tmp_path / "other" / "sleutels.toml"))


async def test_of_two_programs_that_bring_new_keys_at_once_one_is_refused(
    db: Database, keys: KeyRing, tmp_path: Path, url: str
) -> None:
    create_key_file(tmp_path / "other" / "sleutels.toml")
    both = (keys, read_key_file(tmp_path / "other" / "sleutels.toml"))
    second = await open_database(url)
    found = await asyncio.gather(match_keys(db, both[0]), match_keys(second, both[1]), return_exceptions=True)
    assert [type(item) for item in found].count(OtherKeys) == 1
    await match_keys(db, both[0 if found[0] is None else 1])
    await second.close()


@pytest.mark.parametrize("wrong", ["encrypt", "hash"])
async def test_each_of_the_two_keys_has_to_fit(db: Database, tmp_path: Path, wrong: str) -> None:
    create_key_file(tmp_path / "one.toml")
    create_key_file(tmp_path / "two.toml")
    one, two = ((tmp_path / name).read_text().splitlines() for name in ("one.toml", "two.toml"))
    mixed = [right if not right.startswith(f"{wrong} =") else other for right, other in zip(one, two, strict=True)]
    assert mixed != one
    await match_keys(db, read_key_file(tmp_path / "one.toml"))
    (tmp_path / "one.toml").write_text("\n".join(mixed))
    with pytest.raises(StorageFault, match="horen niet bij deze database"):
        await match_keys(db, read_key_file(tmp_path / "one.toml"))


async def test_a_used_database_without_a_canary_gets_no_other_keys(db: Database, keys: KeyRing) -> None:
    async with db.transaction() as work:
        await queue(work, keys, Address("telegram", "1"), ["{}"], NOON)
    with pytest.raises(StorageFault, match="in gebruik"):
        await match_keys(db, keys)


async def test_keys_of_a_database_without_tables_are_a_fault(empty: Database, keys: KeyRing) -> None:
    with pytest.raises(TableMissing, match="nog niet ingericht"):
        await match_keys(empty, keys)
