"""Whether `vertelbot start` without a token is a conversation in a browser, which outlives the process."""

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from aiohttp import ClientConnectionError

from tests import canaries
from tests.bot.browser import Browser, browser
from tests.bot.command import COMMAND, Folder
from tests.bot.disk import amounts
from tests.bot.running import free_port
from tests.bot.story import CANARIES, LINK, STORY

WITHIN = 10.0
"""Seconds in which the process is gone after a signal: a promise to whoever runs it."""

PATIENCE = 60.0


@dataclass
class Program:
    """The command in a folder, on a port of its own."""

    folder: Folder
    port: int

    @asynccontextmanager
    async def running(self, visitor: Browser) -> AsyncIterator[asyncio.subprocess.Process]:
        """The process, from when it can be visited; killed at the end, if it still runs."""
        canaries.read(self.folder.place / "alles.log")
        with (self.folder.place / "alles.log").open("ab") as log:
            process = await asyncio.create_subprocess_exec(
                *COMMAND, "start", cwd=self.folder.place, env=self._environment(), stdout=log, stderr=log
            )
        try:
            await self._answers(visitor, process)
            yield process
        finally:
            if process.returncode is None:
                process.kill()
            await process.wait()

    def log(self) -> str:
        """All that it printed and logged."""
        return (self.folder.place / "alles.log").read_text(encoding="utf-8")

    def _environment(self) -> dict[str, str]:
        return {**self.folder.whole_environment(), "VERTELBOT_WEB__PORT": str(self.port)}

    async def _answers(self, visitor: Browser, process: asyncio.subprocess.Process) -> None:
        async with asyncio.timeout(PATIENCE):
            while process.returncode is None:
                try:
                    if (await visitor.get("/hulp")).status == 200:
                        return
                except ClientConnectionError:
                    await asyncio.sleep(0.05)
        raise AssertionError(self.log())


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(Folder(tmp_path), free_port())


async def test_a_story_outlives_a_kill_between_any_two_answers(program: Program) -> None:
    moves = list(STORY[1:])
    async with browser(program.port) as anne:
        async with program.running(anne):
            await anne.get(f"/v/{LINK}")
            found = await anne.tap(moves[0].words)
        for start in range(1, len(moves), 5):
            async with program.running(anne):
                for move in moves[start : start + 5]:
                    found = await (anne.tap(move.words) if move.taps else anne.say(move.words))
                    assert found.status == 200
        assert "Uw code is" in found.html
    kept = amounts(program.folder.database)
    assert (kept["stories"], kept["interviews"]) == (1, 0)
    assert [words for words in (*CANARIES, anne.token, LINK) if words in program.log()] == []


async def test_it_says_where_the_conversation_is_and_ends_when_it_is_told_to(program: Program) -> None:
    async with browser(program.port) as anne, program.running(anne) as process:
        health = await anne.get("/healthz")
        process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(process.wait(), WITHIN) == 0
    assert health.status == 200
    assert f"het gesprek staat op http://127.0.0.1:{program.port}/" in program.log()
    assert "Traceback" not in program.log()
