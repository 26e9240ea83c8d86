"""The command that serves the pages for researchers: a process of its own, from its start to a signal."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from pathlib import Path

import pytest
from aiohttp import ClientConnectionError, ClientSession

from research.__main__ import run
from tests.bot.running import free_port
from tests.canaries import read
from tests.research import kept

ROOT = Path(__file__).parents[3]
UNKNOWN = """
import sys
import bot.running
import bot.__main__
print([name for name in sys.modules if name.partition(".")[0] == "research"])
"""


async def started(house: kept.House, port: int, log: Path) -> Process:
    """The command, which logs to a file."""
    read(log)
    with log.open("wb") as said:
        return await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "research", "serve", "--config", str(house.config)),
            cwd=ROOT,
            env={
                **os.environ,
                "VERTELBOT_RESEARCH__PORT": str(port),
                "VERTELBOT_RESEARCH__FOLDER": str(house.folder / "uitvoer"),
            },
            stderr=said,
        )


async def answer(port: int, path: str) -> int:
    """The status of what is asked, as soon as anything answers."""
    async with ClientSession() as http:
        while True:
            try:
                async with http.get(f"http://127.0.0.1:{port}{path}") as found:
                    return found.status
            except ClientConnectionError:
                await asyncio.sleep(0.1)


async def test_it_serves_until_it_is_told_to_end_and_leaves_no_file(stories: kept.House, tmp_path: Path) -> None:
    port, log = free_port(), tmp_path / "log"
    left = tmp_path / "uitvoer" / "uitvoer-a-2026-03-01-k7pm4t.zip"
    left.parent.mkdir()
    left.write_bytes(b"van een vorige keer")
    process = await started(stories, port, log)
    try:
        assert [await answer(port, path) for path in ("/healthz", "/", "/team")] == [200, 404, 404]
        assert not left.exists()
        assert left.parent.stat().st_mode & 0o777 == 0o700
    finally:
        process.send_signal(signal.SIGTERM)
    assert await process.wait() == 0
    assert f"staan op http://127.0.0.1:{port}/" in log.read_text()


async def test_the_process_of_residents_knows_nothing_of_it() -> None:
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", UNKNOWN, cwd=ROOT, stdout=PIPE)
    said, _ = await process.communicate()
    assert (process.returncode, said.decode().strip()) == (0, "[]")


def test_a_port_that_is_off_is_said(
    stories: kept.House, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("VERTELBOT_RESEARCH__PORT", "0")
    assert run(["serve", "--config", str(stories.config)]) == 78
    assert "research.port: 0 zet deze pagina's uit." in capsys.readouterr().err
