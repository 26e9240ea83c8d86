"""`vertelbot start` as a process of its own, which can be killed and started again; knows no dialog."""

import asyncio
import os
import signal
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from tests import canaries
from tests.botapi.server import FakeTelegram
from tests.talk.world import STUDY

ROOT = Path(__file__).parent.parent.parent
LISTENING = "Telegram: verbonden, ik luister"


@dataclass
class Bot:
    """The bot in a folder, as an operator has it. Everything it logs (at DEBUG) and prints gathers in `log`.

    `more` are settings beside those that every bot here has. `async with` leaves no process behind.
    """

    telegram: FakeTelegram
    folder: Path
    more: Mapping[str, str] = field(default_factory=dict)
    log: Path = field(init=False)
    process: asyncio.subprocess.Process | None = None

    def __post_init__(self) -> None:
        self.log = self.folder / "alles.log"
        self.log.touch()
        canaries.read(self.log)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_fault: object) -> None:
        await self.kill()

    @property
    def environment(self) -> dict[str, str]:
        """Settings as in the environment of a service."""
        study = {f"VERTELBOT_STUDY__{name.upper()}": value for name, value in STUDY.items()}
        return {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "VERTELBOT_TELEGRAM__TOKEN": self.telegram.token,
            "VERTELBOT_TELEGRAM__API_URL": self.telegram.url,
            "VERTELBOT_TELEGRAM__PER_SECOND": "10000",
            "VERTELBOT_TELEGRAM__PER_CHAT_PER_SECOND": "10000",
            "VERTELBOT_LOG__LEVEL": "DEBUG",
            "VERTELBOT_WEB__PORT": "0",
            **study,
            **self.more,
        }

    async def start(self, until: str = LISTENING) -> None:
        """Starts it, and waits until it says that it listens, or something else."""
        before = self.said(until)
        await self.launch()
        await self.telegram.wait_for(lambda: self.said(until) > before, timeout=60)

    async def launch(self) -> None:
        """Starts it and waits for nothing."""
        self.process = await self._run("bot", "start")

    def said(self, words: str) -> int:
        """How often it said this so far."""
        return self.log.read_text().count(words)

    async def kill(self) -> None:
        """SIGKILL: nothing is finished, nothing is tidied."""
        if self.process and self.process.returncode is None:
            self.process.kill()
            await self.process.wait()

    async def stop(self, within: float | None = None) -> int:
        """SIGTERM; the exit code. Raises TimeoutError where that does not come `within` so many seconds."""
        assert self.process
        self.process.send_signal(signal.SIGTERM)
        return await asyncio.wait_for(self.process.wait(), within)

    async def export(self, target: Path) -> int:
        """`verhalen export` over the same database; the exit code."""
        raw = ("--tier", "a", "--recipient", "Onderzoek", "--reason", "beproeving", "--formats", "csv,jsonl")
        return await (await self._run("research", "export", "--out", str(target), *raw)).wait()

    async def _run(self, *words: str) -> asyncio.subprocess.Process:
        with self.log.open("ab") as log:
            return await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                *words,
                cwd=self.folder,
                env=self.environment,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
