"""Whether a copy is made every hour beside the turns, and not when it is not due, not wanted or not possible."""

import asyncio
import logging
import os
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.copying import AGAIN, EVERY, is_due, keep_copies, newest_copy
from bot.settings import BackupSettings, Settings, read_settings
from storage.backup.ring import copies, name
from storage.opening import open_database
from storage.schema import match_keys, migrate
from storage.secrets import create_key_file, read_key_file
from storage.settings import StorageSettings

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
OFTEN = 0.05
CANARY = "12345:kanarie"


@pytest.fixture
async def settings(tmp_path: Path) -> Settings:
    """Of a house with an empty database."""
    storage = StorageSettings(url=f"sqlite:///{tmp_path}/v.db", key_file=tmp_path / "geheim" / "sleutels")
    create_key_file(storage.key_file)
    database = await open_database(storage.url)
    await migrate(database)
    await match_keys(database, read_key_file(storage.key_file))
    await database.close()
    return Settings(storage=storage, backup=BackupSettings(folder=tmp_path / "kopieen"))


@asynccontextmanager
async def keeping(settings: Settings) -> AsyncIterator["asyncio.Task[None]"]:
    stop = asyncio.Event()
    task = asyncio.create_task(keep_copies(settings, stop, OFTEN))
    try:
        yield task
    finally:
        stop.set()
        await task


async def until(found: Callable[[], bool]) -> None:
    """Looks often, and gives up after a long time."""
    for _ in range(12_000):
        if found():
            return
        await asyncio.sleep(0.005)
    pytest.fail("waited in vain")


async def test_a_copy_is_made_beside_the_turns_and_one_is_enough_for_an_hour(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    async with keeping(settings):
        await until(lambda: "Reservekopie gemaakt en nagekeken" in caplog.text)
        await asyncio.sleep(10 * OFTEN)
    [copy] = copies(settings.backup.folder)
    assert newest_copy(settings) == copy.taken_at
    assert caplog.text.count("Reservekopie") == 1


async def test_copies_that_cannot_be_made_are_told_once_and_hold_up_nothing(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.backup.folder.touch()
    async with keeping(settings) as task:
        await until(lambda: "een reservekopie maken lukte niet: Dit lukt niet: Not a directory" in caplog.text)
        await asyncio.sleep(10 * OFTEN)
        assert not task.done()
    assert caplog.text.count("lukte niet") == 1
    assert newest_copy(settings) is None


async def test_whoever_makes_copies_another_way_gets_none(settings: Settings) -> None:
    backup = settings.backup.model_copy(update={"hourly": False})
    async with keeping(settings.model_copy(update={"backup": backup})):
        await asyncio.sleep(20 * OFTEN)
    assert not settings.backup.folder.exists()


async def test_copies_that_are_over_their_time_go_also_where_none_is_made(settings: Settings) -> None:
    settings.backup.folder.mkdir()
    now = datetime.now(UTC)
    staying = {name(now - timedelta(days=days)) for days in (9, 10, 11)}
    for file in (*staying, name(now - timedelta(days=20))):
        (settings.backup.folder / file).touch()
    backup = settings.backup.model_copy(update={"hourly": False})
    async with keeping(settings.model_copy(update={"backup": backup})):
        await until(lambda: len(copies(settings.backup.folder)) == len(staying))
    assert {file.name for file in settings.backup.folder.iterdir()} == staying


async def test_the_program_that_makes_a_copy_is_not_given_the_token_by_anyone(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown, program = tmp_path / "omgeving", tmp_path / "programma"
    program.write_text(f"#!/bin/sh\nenv > {shown}.half && mv {shown}.half {shown}\n")
    program.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(program))
    handed_over = tmp_path / "overhandigd"
    handed_over.mkdir()
    (handed_over / "VERTELBOT_TELEGRAM__TOKEN").write_text(CANARY)
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(handed_over))
    monkeypatch.setenv("VERTELBOT_TELEGRAM__TOKEN", CANARY)
    monkeypatch.setenv("vertelbot_telegram", f'{{"token": "{CANARY}"}}')
    async with keeping(settings):
        await until(shown.exists)
    given = dict(line.split("=", 1) for line in shown.read_text().splitlines())
    assert CANARY not in shown.read_text()
    assert "CREDENTIALS_DIRECTORY" not in given
    assert given["VERTELBOT_STORAGE__URL"] == settings.storage.url
    monkeypatch.undo()
    (tmp_path / "config.toml").write_text(f'[telegram]\nmode = "webhook"\ntoken = "{CANARY}"\n')
    monkeypatch.chdir(tmp_path)
    for variable in [variable for variable in os.environ if variable.startswith("VERTELBOT_")]:
        monkeypatch.delenv(variable)
    for variable in (variable for variable in given if variable.startswith("VERTELBOT_")):
        monkeypatch.setenv(variable, given[variable])
    read = read_settings()
    assert (read.telegram.token, read.storage, read.backup.folder) == (None, settings.storage, settings.backup.folder)


async def test_a_stop_does_not_wait_for_a_copy_and_nothing_half_is_left(settings: Settings) -> None:
    async with keeping(settings):
        await until(settings.backup.folder.exists)
    assert list(settings.backup.folder.glob(".*")) == []


def test_a_copy_is_due_after_an_hour_and_after_a_failure_a_while_later() -> None:
    assert is_due(None, None, NOW)
    assert is_due(NOW - EVERY, None, NOW)
    assert not is_due(NOW - EVERY + MINUTE, None, NOW)
    assert not is_due(NOW - EVERY, NOW - AGAIN + MINUTE, NOW)
    assert is_due(NOW - EVERY, NOW - AGAIN, NOW)


def test_a_clock_that_was_ahead_keeps_no_copy_from_being_made(settings: Settings) -> None:
    settings.backup.folder.mkdir()
    for at in (NOW + timedelta(days=9), NOW - 2 * EVERY):
        (settings.backup.folder / name(at)).touch()
    assert newest_copy(settings, NOW) == NOW - 2 * EVERY
    assert is_due(NOW - 2 * EVERY, NOW + timedelta(days=9), NOW)


async def test_copies_neither_come_nor_go_while_the_clock_is_wrong(settings: Settings) -> None:
    settings.backup.folder.mkdir(parents=True)
    for days in range(400, 410):
        (settings.backup.folder / name(datetime.now(UTC) - timedelta(days=days))).touch()
    stop, asked = asyncio.Event(), asyncio.Event()

    def is_right() -> bool:
        asked.set()
        return False

    keeping = asyncio.create_task(keep_copies(settings, stop, OFTEN, is_right))
    await asyncio.wait_for(asked.wait(), 60)
    await asyncio.sleep(1)
    stop.set()
    await keeping
    assert len(list(settings.backup.folder.iterdir())) == 10
