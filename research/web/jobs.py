"""Exports that are being made beside the pages, and their files until they are downloaded; knows no page.

Each is made in a thread of its own with a database connection of its own, so that the pages go on. Its file is there
for whoever asked for it, once, for a day at most, and never after a restart.
"""

import asyncio
import logging
import secrets
import threading
from collections import Counter
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum, auto
from pathlib import Path
from typing import Any

from research.export.choosing import Heard
from research.export.folder import sweep
from research.export.order import Order
from research.faults import MayNotLeave
from research.web.faults import OURS, said
from storage.private_files import FOLDER_MODE, make_folder
from storage.staff import Person

KEPT = timedelta(hours=24)
"""So long a file waits to be downloaded."""

MOST = 3
"""Exports that are made at the same time."""

MOST_WAITING = 20
"""Files that stand on the disk at the same time."""

_NAME = "uitvoer-{tier}-{snapshot}{ending}"
_NAMED = [_NAME.format(tier="[abcd]", snapshot="????-??-??-??????", ending=ending) for ending in (".zip", ".zip.age")]
"""What a name of ours looks like: a file of somebody else in the folder is left alone."""

log = logging.getLogger(__name__)


class State(Enum):
    """How far an export is. GONE: it was downloaded, or its time is over."""

    MAKING = auto()
    READY = auto()
    FAILED = auto()
    GONE = auto()


class BrokenOff(Exception):
    """The program ends."""


class Full(Exception):
    """There are as many files as there may be."""


@dataclass
class Job:
    """One export of somebody (`owner`, by id). `done` of `total` stories are done with.

    `said`: why there is none; `to_review`: the story that has to be reviewed once more first.
    """

    owner: str
    order: Order
    file: Path
    total: int
    at: datetime
    id: str = field(default_factory=lambda: secrets.token_urlsafe(12))
    done: int = 0
    state: State = State.MAKING
    said: str = ""
    to_review: str = ""

    @property
    def percent(self) -> int:
        """How much of it is done."""
        return min(99, 100 * self.done // self.total) if self.total else 0


Makes = Callable[[Path, Heard], Coroutine[Any, Any, object]]
"""Makes the file of an export."""


class Jobs:
    """Those of one program. `folder` is its own; `clock` gives the time in UTC."""

    def __init__(self, folder: Path, clock: Callable[[], datetime]) -> None:
        self._folder = folder
        self._clock = clock
        self._jobs: dict[str, Job] = {}
        self._threads: list[threading.Thread] = []
        self._ending = threading.Event()

    def prepare(self) -> None:
        """Makes the folder, for its owner only. What an earlier program left in it goes. Raises OSError."""
        make_folder(self._folder)
        self._folder.chmod(FOLDER_MODE)
        sweep(self._folder)
        for pattern in _NAMED:
            for left in self._folder.glob(pattern):
                left.unlink()

    def begin(self, person: Person, order: Order, total: int, ending: str, makes: Makes) -> Job:
        """Begins to make one; `ending` is that of the name of its file. Raises `Full`."""
        if self._is_full():
            raise Full
        file = self._folder / _NAME.format(tier=order.tier.value, snapshot=order.snapshot, ending=ending)
        job = Job(person.id, order, file, total, self._clock())
        self._jobs[job.id] = job
        thread = threading.Thread(target=self._run, args=(job, makes), name="uitvoer", daemon=True)
        self._threads = [*(one for one in self._threads if one.is_alive()), thread]
        thread.start()
        return job

    def of(self, person: Person) -> list[Job]:
        """Those of somebody, the newest first."""
        self.sweep()
        return [job for job in reversed(self._jobs.values()) if job.owner == person.id]

    def one(self, person: Person, job_id: str) -> Job | None:
        """One of somebody; None where it is of somebody else, or there is none."""
        self.sweep()
        job = self._jobs.get(job_id)
        return job if job and job.owner == person.id else None

    def ready(self) -> list[Job]:
        """Those whose file waits, of everybody."""
        return [job for job in self._jobs.values() if job.state is State.READY]

    def fail(self, job: Job, said: str) -> None:
        """Takes away a file that may not or cannot be downloaded any more; its maker is told why."""
        job.file.unlink(missing_ok=True)
        job.state, job.said = State.FAILED, said

    def sweep(self) -> None:
        """Takes away what waited for too long."""
        late = [job for job in self._jobs.values() if job.state is not State.MAKING and self._clock() - job.at >= KEPT]
        for job in late:
            self._drop(job)

    def throw_away(self, job: Job) -> bool:
        """Takes away one that is ready or failed, and its file; False where it is being made, or is on its way."""
        if job.state not in (State.READY, State.FAILED):
            return False
        job.state = State.GONE
        self._drop(job)
        return True

    async def settled(self, patience: float | None = None) -> None:
        """Waits until nothing is being made any more, or so many seconds for each."""
        for thread in self._threads:
            await asyncio.to_thread(thread.join, patience)

    async def end(self, patience: float) -> None:
        """Breaks off what is being made, and takes away every file."""
        self._ending.set()
        await self.settled(patience)
        for job in self._jobs.values():
            job.file.unlink(missing_ok=True)

    def _is_full(self) -> bool:
        self.sweep()
        states = Counter(job.state for job in self._jobs.values())
        return states[State.MAKING] >= MOST or states[State.MAKING] + states[State.READY] >= MOST_WAITING

    def _drop(self, job: Job) -> None:
        job.file.unlink(missing_ok=True)
        del self._jobs[job.id]

    def _run(self, job: Job, makes: Makes) -> None:
        def heard(stories: int) -> None:
            if self._ending.is_set():
                raise BrokenOff
            job.done += stories

        try:
            asyncio.run(makes(job.file, heard))
        except BrokenOff:
            job.state = State.FAILED
        except Exception as fault:
            job.said = said(fault)
            job.to_review = fault.story if isinstance(fault, MayNotLeave) else ""
            if job.said == OURS:
                log.exception("een uitvoer is niet gelukt")
            job.state = State.FAILED
        else:
            job.state = State.READY
