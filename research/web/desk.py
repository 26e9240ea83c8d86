"""All that researchers may do on their pages. Each thing says by whom, and is refused there if it may not be."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, auto
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO

from counting.numbers import Numbers
from dialogs.library import Library
from pages.permissions import Action, Refused, insist, may
from pages.signing_in import SigningIn
from research.deidentify.reviewing import Review
from research.export.archive import new_archive
from research.export.choosing import Heard
from research.export.content import Format
from research.export.order import Order
from research.export.tiers import Tier
from research.exporting import Handing, hand_out
from research.faults import ResearchFault
from research.opening import opened
from research.reviews import Desk as ReviewDesk
from research.web import handed
from research.web.handed import Handed
from research.web.jobs import Job, Jobs, State
from storage import downloads, exports, second_texts, stories
from storage.database import Database, Work
from storage.faults import StorageFault
from storage.second_texts import SecondTexts
from storage.secrets import KeyRing
from storage.settings import StorageSettings
from storage.staff import Person

OF_TIER: Mapping[Tier, Action] = MappingProxyType(
    {
        Tier.RAW: Action.EXPORT_RAW,
        Tier.DEIDENTIFIED: Action.EXPORT_DEIDENTIFIED,
        Tier.TABLES: Action.EXPORT_TABLES,
        Tier.CARDS: Action.EXPORT_CARDS,
    }
)

TAKEN_BACK = "Iemand haalde een verhaal weg dat in dit bestand stond. Maak daarom een nieuw bestand."

LOST = "Wij kunnen dit bestand niet meer lezen. Maak een nieuw bestand."


class Taking(Enum):
    """What comes of asking for a file. LATE: it was downloaded before."""

    FIRST = auto()
    LATE = auto()
    TAKEN_BACK = auto()


@dataclass(frozen=True)
class Audit:
    """What was handed out, the newest first, and how many stories each reviewer looked at on a day.

    `ready`: the ids of the exports whose file waits on these pages.
    """

    handed: Sequence[Handed]
    ready: Collection[str]
    reviewed: Sequence[tuple[str, str, int]]


@dataclass(frozen=True)
class Desk:
    """Over one database. `clock` gives the time in UTC; `storage` is where a thread opens it once more."""

    database: Database
    keys: KeyRing
    library: Library
    clock: Callable[[], datetime]
    signing_in: SigningIn
    numbers: Numbers
    jobs: Jobs
    storage: StorageSettings = field(repr=False)

    async def export(self, by: Person, order: Order, formats: Sequence[Format], locks: Sequence[str]) -> Job:
        """Begins to make an export. Raises `Refused`, and `Full` where there are too many files."""
        insist(by, OF_TIER[order.tier])
        async with self.database.reading() as work:
            total = (await stories.counts(work))["stories"]
        makes = partial(self._make, order, formats, locks)
        return self.jobs.begin(by, order, total, ".zip.age" if locks else ".zip", makes)

    async def _make(
        self, order: Order, formats: Sequence[Format], locks: Sequence[str], file: Path, heard: Heard
    ) -> None:
        async with opened(self.storage, read_only=False) as (database, keys):
            handing = Handing(new_archive(file, order.folder, locks), heard)
            await hand_out(database, keys, self.library, order, formats, handing)

    def exports_of(self, by: Person) -> list[Job]:
        """What somebody made. Raises `Refused`."""
        _insist_any(by)
        return self.jobs.of(by)

    def export_of(self, by: Person, job_id: str) -> Job | None:
        """One export, if it is of whoever asks. Raises `Refused`."""
        _insist_any(by)
        return self.jobs.one(by, job_id)

    async def handed(self, by: Person, job: Job) -> Handed | None:
        """What is written down of an export of whoever asks; None while nothing is. Raises `Refused`."""
        _insist_any(by)
        if job.state in (State.MAKING, State.FAILED):
            return None
        async with self.database.reading() as work:
            return await handed.one(work, self.keys, job.order.snapshot)

    def throw_away(self, by: Person, job: Job) -> bool:
        """Takes away an export of whoever asks, unread; False where it is being made or was taken. Raises `Refused`."""
        insist(by, OF_TIER[job.order.tier])
        return self.jobs.throw_away(job)

    async def take(self, by: Person, job: Job) -> BinaryIO | None:
        """The file, if somebody may have it now: once, and only while nobody took back a story that is in it.

        It is open and written down before it goes, and it is on the disk no more. Raises `Refused`.
        """
        insist(by, OF_TIER[job.order.tier])
        # Nobody else comes between these two lines: of two who ask at once one is first.
        if job.state is not State.READY:
            return None
        job.state = State.GONE
        with ExitStack() as closing:
            try:
                file = closing.enter_context(job.file.open("rb"))
            except OSError:
                self.jobs.fail(job, LOST)
                return None
            try:
                taking = await self.database.run(partial(self._take, by, job))
            except StorageFault:
                job.state = State.READY
                raise
            if taking is Taking.TAKEN_BACK:
                self.jobs.fail(job, TAKEN_BACK)
                return None
            job.file.unlink(missing_ok=True)
            if taking is Taking.LATE:
                return None
            closing.pop_all()
            return file

    async def _take(self, by: Person, job: Job, work: Work) -> Taking:
        if job.order.snapshot in await _with_recalls(work):
            return Taking.TAKEN_BACK
        first = await downloads.keep(work, self.keys, job.order.snapshot, named(by), self.clock())
        return Taking.FIRST if first else Taking.LATE

    async def recall(self) -> None:
        """Takes away the files in which there is a story that was taken back since."""
        if not self.jobs.ready():
            return
        async with self.database.reading() as work:
            with_recalls = await _with_recalls(work)
        for job in self.jobs.ready():
            if job.order.snapshot in with_recalls:
                self.jobs.fail(job, TAKEN_BACK)

    async def waiting(self, by: Person) -> list[str]:
        """The stories that wait for a review. Raises `Refused`."""
        return await self._reviewing(by).waiting()

    async def begun(self, by: Person, story_id: str, *, again: bool = False) -> tuple[Review, SecondTexts] | None:
        """The review of a story, if it waits for one, or with `again` if it can have one. Raises `Refused`."""
        try:
            return await self._reviewing(by).begun(story_id, again=again)
        except ResearchFault:
            # It was taken back meanwhile.
            return None

    async def keep(self, by: Person, review: Review, seen: SecondTexts) -> bool:
        """Keeps a review; False where somebody else was first. Raises `Refused`."""
        return await self._reviewing(by).keep(review, seen)

    async def audit(self, by: Person) -> Audit:
        """What was handed out and reviewed, by whom. Raises `Refused`."""
        insist(by, Action.AUDIT)
        async with self.database.reading() as work:
            listed = await handed.every(work, self.keys)
            reviews = await second_texts.reviews(work, self.keys)
        counted = Counter((day, reviewer) for _, day, reviewer in reviews)
        reviewed = [(day, reviewer, amount) for (day, reviewer), amount in sorted(counted.items(), reverse=True)]
        return Audit(listed, {job.order.snapshot for job in self.jobs.ready()}, reviewed)

    def _reviewing(self, by: Person) -> ReviewDesk:
        insist(by, Action.REVIEW)
        return ReviewDesk(self.database, self.keys, self.library, named(by), self.clock)


def named(person: Person) -> str:
    """Somebody as the list names them."""
    return f"{person.name} ({person.team})" if person.team else person.name


async def _with_recalls(work: Work) -> set[str]:
    """The exports in which there is a story that was taken back since, by their ids."""
    return {recall.export for recall in await exports.recalls(work)}


def _insist_any(person: Person) -> None:
    if not any(may(person, action) for action in OF_TIER.values()):
        raise Refused(Action.EXPORT_TABLES.value)
