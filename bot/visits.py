"""A visit that is under way, for whoever holds its code: where it is, how many told, its lock and its end.

Knows of staff only the code with which a helper locked a device.
"""

from dataclasses import dataclass
from datetime import datetime

from bot.intake import Intake
from dialogs.daytime import date_of
from dialogs.links import is_code
from pages.signing_in import SigningIn
from storage import links
from storage.database import Work
from storage.links import Made


@dataclass(frozen=True)
class Underway:
    """`place` is the name of where it is, "" where that has none; so many stories were sent during it.

    `test`: they count nowhere. `until`: it is out of time, and whoever is telling may go on until then; None before it.
    """

    place: str
    told: int
    test: bool = False
    until: datetime | None = None


class Visits:
    """Over the database of a corridor."""

    def __init__(self, intake: Intake) -> None:
        self._intake = intake
        self._signing_in = SigningIn(intake.database, intake.keys, intake.clock)

    async def of(self, code: str) -> Underway | None:
        """The visit with this code; None where there is none, or where it is over."""
        if not is_code(code):
            return None
        async with self._intake.database.reading() as work:
            found = await links.one(work, self._intake.keys, code)
            if found is None or not found.visit_of:
                return None
            at = self._intake.clock()
            is_late = not await links.works(work, found, at)
            if is_late and not await links.is_finishing(work, found, at):
                return None
            place = await links.one(work, self._intake.keys, found.visit_of)
        return Underway(place.place if place else "", found.told, found.test, _until(found) if is_late else None)

    async def has_code(self, helper: str) -> bool:
        """Whether the one who shows this secret chose a code that opens the device of a visit."""
        return await self._signing_in.is_locked(helper)

    async def opens(self, helper: str, code: str) -> bool:
        """Whether this is it. After too many that were wrong there is none any more."""
        return await self._signing_in.knows(helper, code)

    async def end(self, code: str) -> None:
        """From now on nobody comes in by it. The link of its place goes on."""
        today = date_of(self._intake.clock())

        async def unit(work: Work) -> None:
            found = await links.one(work, self._intake.keys, code) if is_code(code) else None
            if found and found.visit_of:
                await links.end(work, code, today)

        await self._intake.database.run(unit)


def _until(found: Made) -> datetime:
    return found.made_at + links.VISIT + links.FINISHING
