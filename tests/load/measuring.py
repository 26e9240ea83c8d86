"""A bot as a process: started, watched from outside (processor time, memory), and stopped."""

import asyncio
import signal
import socket
from pathlib import Path

import psutil

from tests.load.bots import Command, environment

LOOK_SECONDS = 0.2
STOP_SECONDS = 20.0


class BotProcess:
    """A bot under test. `cpu` and `memory` count its children as well."""

    def __init__(self, process: asyncio.subprocess.Process, log: Path) -> None:
        self._process = process
        self._watched = psutil.Process(process.pid)
        self._log = log
        self.peak = 0

    @classmethod
    async def start(cls, command: Command, folder: Path) -> "BotProcess":
        """Starts it in a folder; what it says goes to a file there."""
        log = folder / "bot.log"
        with log.open("ab") as output:
            process = await asyncio.create_subprocess_exec(
                *command.words,
                cwd=folder,
                env=environment(command),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=output,
                stderr=output,
            )
        return cls(process, log)

    @property
    def is_running(self) -> bool:
        """Whether it has not ended."""
        return self._process.returncode is None

    @property
    def pid(self) -> int:
        """Its number."""
        return self._process.pid

    def said(self) -> str:
        """The end of what it said."""
        return self._log.read_text(errors="replace")[-2000:]

    def cpu(self) -> float:
        """Processor seconds so far, of user and system together."""
        times = [process.cpu_times() for process in self._family()]
        return sum(float(spent.user + spent.system) for spent in times)

    def memory(self) -> int:
        """Bytes in memory now."""
        used = sum(int(process.memory_info().rss) for process in self._family())
        self.peak = max(self.peak, used)
        return used

    async def watch(self) -> None:
        """Keeps the peak, until cancelled."""
        while self.is_running:
            self.memory()
            await asyncio.sleep(LOOK_SECONDS)

    async def stop(self, first: signal.Signals = signal.SIGTERM) -> int:
        """This signal, and SIGKILL where that does not help; the exit code."""
        if self.is_running:
            self._process.send_signal(first)
        try:
            return await asyncio.wait_for(self._process.wait(), STOP_SECONDS)
        except TimeoutError:
            self._process.kill()
            return await self._process.wait()

    def _family(self) -> list[psutil.Process]:
        return [self._watched, *self._watched.children(recursive=True)]


def free_port() -> int:
    """A port of loopback on which nobody listens."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port
