"""`vertelbot start` as a process of its own, which can be killed and started again; knows no dialog."""

import asyncio
import os
import signal
import sys
from dataclasses import dataclass, field
from pathlib import Path

from tests.botapi.server import FakeTelegram
from tests.talk.world import STUDY

LISTENING = "Telegram: verbonden, ik luister"


@dataclass
class Bot:
    """The bot in a folder, as an operator has it. Everything it logs (at DEBUG) and prints gathers in `log`."""

    telegram: FakeTelegram
    folder: Path
    log: Path = field(init=False)
    process: asyncio.subprocess.Process | None = None

    def __post_init__(self) -> None:
        self.log = self.folder / "alles.log"
        self.log.touch()

    @property
    def environment(self) -> dict[str, str]:
        """Settings as in the environment of a service."""
        study = {f"VERTELBOT_STUDY__{name.upper()}": value for name, value in STUDY.items()}
        return {
            "PATH": os.environ["PATH"],
            "VERTELBOT_TELEGRAM__TOKEN": self.telegram.token,
            "VERTELBOT_TELEGRAM__API_URL": self.telegram.url,
            "VERTELBOT_TELEGRAM__PER_SECOND": "10000",
            "VERTELBOT_TELEGRAM__PER_CHAT_PER_SECOND": "10000",
            "VERTELBOT_LOG__LEVEL": "DEBUG",
            "VERTELBOT_WEB__PORT": "0",
            **study,
        }

    async def start(self) -> None:
        """Starts it, and waits until it says that it listens."""
        before = self._said()
        self.process = await self._run("bot", "start")
        await self.telegram.wait_for(lambda: self._said() > before, timeout=60)

    def _said(self) -> int:
        return self.log.read_text().count(LISTENING)

    async def kill(self) -> None:
        """SIGKILL: nothing is finished, nothing is tidied."""
        if self.process and self.process.returncode is None:
            self.process.kill()
            await self.process.wait()

    async def stop(self) -> int:
        """SIGTERM; the exit code."""
        assert self.process
        self.process.send_signal(signal.SIGTERM)
        return await self.process.wait()

    async def export(self, target: Path) -> int:
        """`verhalen export` over the same database; the exit code."""
        return await (await self._run("research", "export", "--out", str(target))).wait()

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
