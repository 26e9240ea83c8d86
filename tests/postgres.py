"""A real PostgreSQL server for tests, which can be stopped and killed; knows no table.

The programs come from the package `pgserver`. They are started here and not by that package, so that the server is a
child of ours that can be killed, and so that nothing outside its own folder is changed.
"""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import Any, BinaryIO

import asyncpg
import psutil
import pytest

OWNER = "postgres"
STARTED_SECONDS = 60.0
ENGINES = ("sqlite", "postgres")
BOTH_ENGINES = pytest.mark.parametrize("url", ENGINES, indirect=True)
"""For a test over the fixture `url` (or what rests on it) that has to hold on either engine."""

PARTS = ("pgserver/pginstall/bin", "pgserver/pginstall/lib", "pgserver/pginstall/share", "pgserver.libs")
LOCALE = ("--locale=C", "--encoding=UTF8")
SETTINGS = (
    "listen_addresses=",
    "max_connections=200",
    "shared_buffers=64MB",
    "max_wal_size=512MB",
    "autovacuum=off",
    "log_min_messages=warning",
)
"""No port, only a socket. Nothing here makes a commit less certain: the driver refuses a server that is not sure."""


class PostgresServer:
    """A server in a folder of its own, for as long as the tests want it. The folder goes with `remove`."""

    def __init__(self, settings: Iterable[str] = (), *, init: Iterable[str] = LOCALE, locales: str = "") -> None:
        """`settings` as in postgresql.conf, `init` as initdb takes it; `locales` is a folder of more of them."""
        # Short: the path of a socket may have some hundred characters only.
        self.folder = Path(tempfile.mkdtemp(prefix="pg-"))
        self.data = self.folder / "data"
        self.log = self.folder / "log"
        self._settings = (*SETTINGS, *settings, f"unix_socket_directories={self.folder}")
        self._environment = {**os.environ, **({"LOCPATH": locales} if locales else {})}
        self._as = _someone_else()
        self._numbers = count(1)
        self._process: subprocess.Popen[bytes] | None = None
        self._programs = self._runnable(_programs())
        for place in (self.folder, *self.folder.rglob("*")) if self._as else ():
            os.chown(place, self._as["user"], self._as["group"])
        self._initialise(init)
        self.start()

    def url(self, database: str, user: str = OWNER) -> str:
        """How a program reaches a database of this server."""
        return f"postgresql://{user}@/{database}?host={self.folder}"

    async def database(self, *, like: str = "template0", options: str = "") -> str:
        """A new database, a copy of another one; its name."""
        name = f"test{next(self._numbers)}"
        await self.command(f"CREATE DATABASE {name} TEMPLATE {like} {options}")
        return name

    async def drop(self, database: str) -> None:
        """Takes a database away, whoever still uses it."""
        await self.command(f"DROP DATABASE {database} WITH (FORCE)")

    @contextmanager
    def asking_for_passwords(self, user: str) -> Iterator[None]:
        """From this user a password is asked, as a real server does from everybody."""
        rules = self.data / "pg_hba.conf"
        before = rules.read_text()
        rules.write_text(f"local all {user} scram-sha-256\n{before}")
        self._reload()
        try:
            yield
        finally:
            rules.write_text(before)
            self._reload()

    async def command(self, *statements: str, database: str = OWNER) -> None:
        """Has the server do something, as its owner."""
        connection = await asyncpg.connect(self.url(database))
        try:
            for statement in statements:
                await connection.execute(statement)
        finally:
            await connection.close()

    async def set(self, setting: str, value: str) -> None:
        """Changes one of its settings while it runs."""
        await self.command(f"ALTER SYSTEM SET {setting} = '{value}'")
        self._reload()

    def start(self) -> None:
        """Starts it, and waits until it takes connections; also after it was killed."""
        deadline = time.monotonic() + STARTED_SECONDS
        while not self._began(deadline):
            if time.monotonic() > deadline:
                raise TimeoutError(self.log.read_text())

    def stop(self) -> None:
        """A restart as an operator does it: connections are broken off, what was committed is on disk."""
        if self._process and self._process.poll() is None:
            # "Fast": it waits for nobody.
            self._process.send_signal(signal.SIGINT)
            self._process.wait(timeout=STARTED_SECONDS)

    def kill(self) -> None:
        """SIGKILL to all its processes at once, as when the machine goes."""
        if self._process is None:
            return
        with suppress(psutil.NoSuchProcess):
            main = psutil.Process(self._process.pid)
            family = [main, *main.children(recursive=True)]
            for process in family:
                with suppress(psutil.NoSuchProcess):
                    process.kill()
            while any(_lives(process) for process in family):
                time.sleep(0.01)
        self._process.wait()

    @contextmanager
    def standing_still(self) -> Iterator[None]:
        """As when the network is gone: nothing is answered, and no connection breaks."""
        assert self._process
        main = psutil.Process(self._process.pid)
        family = [main, *main.children(recursive=True)]
        for process in family:
            process.suspend()
        try:
            yield
        finally:
            for process in family:
                process.resume()

    def remove(self) -> None:
        """Stops it and takes its folder away."""
        self.kill()
        shutil.rmtree(self.folder)

    def _reload(self) -> None:
        """Has it read its rules again; new connections go by them a moment later."""
        assert self._process
        self._process.send_signal(signal.SIGHUP)
        time.sleep(0.2)

    def _began(self, deadline: float) -> bool:
        """Whether it takes connections; False where it ended, as it does while a killed one still leaves things."""
        ready = self.data / "postmaster.pid"
        with suppress(FileNotFoundError):
            ready.unlink()
        with self.log.open("ab") as log:
            options = [word for setting in self._settings for word in ("-c", setting)]
            self._process = self._run("postgres", "-D", str(self.data), *options, output=log)
        while self._process.poll() is None and time.monotonic() < deadline:
            with suppress(FileNotFoundError):
                if ready.read_text().rstrip().endswith("ready"):
                    return True
            time.sleep(0.02)
        return False

    def _initialise(self, init: Iterable[str]) -> None:
        with self.log.open("ab") as log:
            made = self._run("initdb", "-D", str(self.data), "-U", OWNER, "--auth=trust", "-N", *init, output=log)
        if made.wait():
            raise RuntimeError(self.log.read_text())

    def _run(self, program: str, *words: str, output: BinaryIO) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [self._programs / program, *words],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env=self._environment,
            cwd=self.folder,
            **self._as,
        )

    def _runnable(self, programs: Path) -> Path:
        """The programs where another user may run them: PostgreSQL does not run as root."""
        if self._as:
            for part in PARTS:
                shutil.copytree(programs / part, self.folder / "programs" / part, symlinks=True)
            programs = self.folder / "programs"
        return programs / "pgserver" / "pginstall" / "bin"


def _lives(process: psutil.Process) -> bool:
    """A child of a killed server may be left for the system to bury; it does nothing any more."""
    try:
        return str(process.status()) != "zombie"
    except psutil.NoSuchProcess:
        return False


def _programs() -> Path:
    """Found without importing the package, which makes folders as soon as it is imported."""
    found = find_spec("pgserver")
    assert found, "pgserver is not installed"
    assert found.origin
    return Path(found.origin).parents[1]


def _someone_else() -> dict[str, Any]:
    """Whom to run as, where that may not be ourselves."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


@asynccontextmanager
async def database_url(request: pytest.FixtureRequest, place: Path) -> AsyncIterator[str]:
    """For a fixture over both engines: a file in `place`, or a database of the server that all tests share.

    In a file too where the test does not say of which engine it wants one.
    """
    if getattr(request, "param", "sqlite") == "sqlite":
        yield f"sqlite:///{place}"
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    name = await server.database()
    yield server.url(name)
    await server.drop(name)
