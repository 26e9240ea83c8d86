"""The command `vertelbot` as an operator types it in a folder, with a terminal or without; knows no dialog."""

import os
import pty
import subprocess
import sys
import termios
from codecs import getincrementaldecoder
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from select import select

from tests.talk.world import STUDY

ROOT = Path(__file__).parent.parent.parent
COMMAND = (sys.executable, "-m", "bot")
ASKING = "\x1b[?2004h"
"""With this a terminal is told that a line is read from now on, so that what is pasted comes as one."""

PATIENCE = 60.0
"""Seconds after which a command that says nothing is given up; no measure of anything."""


def filled_in() -> dict[str, str]:
    """The environment of an operator who filled in what the study asks for."""
    study = {f"VERTELBOT_STUDY__{name.upper()}": value for name, value in STUDY.items()}
    # Tests run beside each other on one machine, which has each port once.
    return {"VERTELBOT_WEB__PORT": "0", **study}


@dataclass(frozen=True)
class Folder:
    """A folder that the command is typed in, and the environment that it is given."""

    place: Path
    environment: dict[str, str] = field(default_factory=filled_in)

    @property
    def database(self) -> Path:
        """Where the database is when nothing else is set."""
        return self.place / "data" / "vertelbot.db"

    @property
    def key_file(self) -> Path:
        """Where the keys are when nothing else is set."""
        return self.place / "secrets" / "vertelbot.key"

    def files(self) -> list[str]:
        """Every file in the folder, but for what SQLite lays beside a database while it is read."""
        files = [path.relative_to(self.place) for path in self.place.rglob("*") if path.is_file()]
        return sorted(str(path) for path in files if path.suffix not in (".db-wal", ".db-shm"))

    def run(self, *words: str, lines: str = "") -> "subprocess.CompletedProcess[str]":
        """The command with these words, given these lines through a pipe, until it ends."""
        return self._done([*COMMAND, *words], lines)

    def run_code(self, code: str, *words: str) -> "subprocess.CompletedProcess[str]":
        """A program of our own in the place of the command, given these words, until it ends."""
        return self._done([sys.executable, "-c", code, *words], "")

    def _done(self, command: list[str], lines: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            command,
            cwd=self.place,
            env=self.whole_environment(),
            input=lines,
            capture_output=True,
            encoding="utf-8",
            timeout=PATIENCE,
            check=False,
        )

    @contextmanager
    def terminal(self, *words: str) -> Iterator["Terminal"]:
        """The command with these words, on a terminal of its own."""
        ours, theirs = pty.openpty()
        termios.tcsetwinsize(theirs, (40, 100))
        environment = {**self.whole_environment(), "TERM": "xterm-256color", "PROMPT_TOOLKIT_NO_CPR": "1"}
        with subprocess.Popen(
            [*COMMAND, *words], cwd=self.place, env=environment, stdin=theirs, stdout=theirs, stderr=theirs
        ) as process:
            os.close(theirs)
            try:
                yield Terminal(ours, process)
            finally:
                process.kill()
                os.close(ours)

    def whole_environment(self) -> dict[str, str]:
        """What the command finds in its environment."""
        return {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **self.environment}


class Terminal:
    """The other side of a terminal: what is typed on it, and all that it showed."""

    def __init__(self, line: int, process: "subprocess.Popen[bytes]") -> None:
        self.shown = ""
        self._line = line
        self._process = process
        self._decoder = getincrementaldecoder("utf-8")("replace")
        self._seen = 0

    def wait_for(self, words: str) -> None:
        """Waits until these words come, after all that was waited for before."""
        while (found := self.shown.find(words, self._seen)) < 0:
            assert select([self._line], [], [], PATIENCE)[0], f"no {words!r} in {self.shown[self._seen :]!r}"
            self.shown += self._decoder.decode(os.read(self._line, 65_536))
        self._seen = found + len(words)

    def answer(self, words: str) -> None:
        """Types a line when it is asked for."""
        self.wait_for(ASKING)
        os.write(self._line, f"{words}\r".encode())

    def leave(self) -> int:
        """Ctrl-D where a line is asked for; the exit code."""
        return self.press(b"\x04")

    def press(self, key: bytes) -> int:
        """A key where a line is asked for, that ends the command; the exit code."""
        self.wait_for(ASKING)
        os.write(self._line, key)
        # Reading fails when the other end is closed.
        with suppress(OSError):
            while select([self._line], [], [], PATIENCE)[0]:
                self.shown += self._decoder.decode(os.read(self._line, 65_536))
        return self._process.wait(PATIENCE)
