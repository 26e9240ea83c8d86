"""Whether a start on a PostgreSQL server makes keys for a new database only, and says what is missing elsewhere."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.check import faults
from bot.opening import STARTING, opened
from bot.settings import Settings, StudySettings
from storage.faults import StorageFault
from storage.opening import open_database
from storage.postgres import STATEMENT_SECONDS
from storage.schema import newest, version
from storage.settings import StorageSettings
from tests.bot.command import Folder
from tests.postgres import PostgresServer
from tests.talk.world import STUDY


@pytest.fixture
async def url(postgres: PostgresServer) -> AsyncIterator[str]:
    """A new database on a server."""
    name = await postgres.database()
    yield postgres.url(name)
    await postgres.drop(name)


def settings(url: str, folder: Path) -> Settings:
    """Those of a program in this folder."""
    storage = StorageSettings(url=url, key_file=folder / "vertelbot.key")
    return Settings(storage=storage, study=StudySettings.model_validate(STUDY))


async def started(told: Settings) -> int:
    """Starts and stops; the version that the database then has."""
    async with opened(told) as intake:
        return await version(intake.database)


async def test_a_first_start_makes_keys_and_tables_and_later_ones_go_on_with_them(url: str, tmp_path: Path) -> None:
    told = settings(url, tmp_path)
    assert await started(told) == newest()
    keys = told.storage.key_file.read_bytes()
    assert await started(told) == newest()
    assert told.storage.key_file.read_bytes() == keys


async def test_several_first_starts_at_once_with_one_key_file_all_succeed(url: str, tmp_path: Path) -> None:
    told = settings(url, tmp_path)
    assert await asyncio.gather(*(started(told) for _ in range(3))) == [newest()] * 3


async def test_a_start_waits_for_another_that_takes_longer_than_any_turn_may(url: str, tmp_path: Path) -> None:
    """It may be changing large tables."""
    first = await open_database(url)
    async with first.transaction(about=STARTING):
        second = asyncio.create_task(started(settings(url, tmp_path)))
        await asyncio.wait((second,), timeout=STATEMENT_SECONDS + 2)
        assert not second.done()
    assert await second == newest()
    await first.close()


async def test_of_several_first_starts_at_once_with_key_files_of_their_own_one_succeeds(
    url: str, tmp_path: Path
) -> None:
    """The others are told to bring that one's keys, and leave none of their own behind."""
    several = [settings(url, tmp_path / name) for name in "abc"]
    found = await asyncio.gather(*(started(told) for told in several), return_exceptions=True)
    assert found.count(newest()) == 1
    assert sum("Er is geen sleutelbestand" in str(item) for item in found) == 2
    assert [told.storage.key_file.exists() for told in several] == [item == newest() for item in found]


async def test_a_lost_key_file_is_told_and_no_other_is_made(url: str, tmp_path: Path) -> None:
    told = settings(url, tmp_path)
    await started(told)
    told.storage.key_file.unlink()
    with pytest.raises(StorageFault, match="maar de database op de server is in gebruik"):
        await started(told)
    assert not told.storage.key_file.exists()
    assert [sentence for sentence in await _faults(told) if "in gebruik" in sentence]


async def test_an_empty_database_beside_keys_is_told_and_stays_empty(
    url: str, tmp_path: Path, postgres: PostgresServer
) -> None:
    told = settings(url, tmp_path)
    await started(told)
    name = await postgres.database()
    elsewhere = settings(postgres.url(name), tmp_path)
    with pytest.raises(StorageFault, match="De database op de server is leeg"):
        await started(elsewhere)
    assert [sentence for sentence in await _faults(elsewhere) if "is leeg" in sentence]
    await postgres.drop(name)


async def test_all_is_well_before_and_after_a_first_start(url: str, tmp_path: Path) -> None:
    told = settings(url, tmp_path)
    assert await _faults(told) == []
    await started(told)
    assert await _faults(told) == []


async def test_keys_of_another_database_are_refused(url: str, tmp_path: Path, postgres: PostgresServer) -> None:
    name = await postgres.database()
    await started(settings(url, tmp_path / "a"))
    await started(settings(postgres.url(name), tmp_path / "b"))
    with pytest.raises(StorageFault, match="horen niet bij deze database"):
        await started(settings(url, tmp_path / "b"))
    await postgres.drop(name)


@pytest.mark.parametrize(
    ("address", "code"), [("postgresql://jan:geheim@localhost:1/db", 70), ("mysql://jan:geheim@localhost/db", 78)]
)
def test_a_server_that_is_away_may_come_back_and_a_wrong_address_does_not(
    tmp_path: Path, address: str, code: int
) -> None:
    """A supervisor starts the program again after 70, not after 78."""
    folder = Folder(tmp_path)
    folder.environment["VERTELBOT_STORAGE__URL"] = address
    shown = folder.run("chat")
    assert shown.returncode == code
    assert len(shown.stderr.splitlines()) == 1
    assert "geheim" not in shown.stdout + shown.stderr


def test_what_a_conversation_ends_with_says_where_it_is_kept_without_the_password(url: str, tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.environment["VERTELBOT_STORAGE__URL"] = f"{url}&password=geheim"
    shown = folder.run("chat")
    assert (shown.returncode, shown.stderr) == (0, "")
    assert "staat versleuteld in postgresql://" in shown.stdout
    assert "geheim" not in shown.stdout


async def test_a_server_with_too_few_connections_now_may_have_more_later(
    url: str, tmp_path: Path, postgres: PostgresServer
) -> None:
    """It is there, and has room for one connection where a start needs two."""
    name = url.rpartition("?")[0].rpartition("/")[2]
    await postgres.command("CREATE ROLE krapper LOGIN CONNECTION LIMIT 1")
    await postgres.command("GRANT ALL ON SCHEMA public TO krapper", database=name)
    folder = Folder(tmp_path)
    folder.environment["VERTELBOT_STORAGE__URL"] = postgres.url(name, "krapper")
    shown = await asyncio.to_thread(folder.run, "chat")
    await postgres.command("DROP OWNED BY krapper", database=name)
    await postgres.command("DROP ROLE krapper")
    assert shown.returncode == 70
    assert "geen verbindingen" in shown.stderr
    assert len(shown.stderr.splitlines()) == 1


async def _faults(told: Settings) -> list[str]:
    """What `vertelbot check` says with these settings in a file."""
    config = told.storage.key_file.parent / "config.toml"
    lines = [f'[storage]\nurl = "{told.storage.url}"\nkey_file = "{told.storage.key_file}"\n[study]\n']
    config.write_text("".join((*lines, *(f'{name} = "{value}"\n' for name, value in STUDY.items()))))
    return await faults(config)
