"""A visit that is under way, for whoever holds its code: where it is, how many told, and its end; knows no staff."""

from dataclasses import dataclass

from bot.intake import Intake
from dialogs.daytime import date_of
from dialogs.links import is_code
from storage import links
from storage.database import Work
from storage.links import Made


@dataclass(frozen=True)
class Underway:
    """`place` is the name of where it is, "" where that has none; so many stories were sent during it."""

    place: str
    told: int


class Visits:
    """Over the database of a corridor."""

    def __init__(self, intake: Intake) -> None:
        self._intake = intake

    async def of(self, code: str) -> Underway | None:
        """The visit with this code; None where there is none, or where it is over."""
        if not is_code(code):
            return None
        async with self._intake.database.reading() as work:
            found = await links.one(work, self._intake.keys, code)
            if found is None or not await self._goes_on(work, found):
                return None
            place = await links.one(work, self._intake.keys, found.visit_of)
        return Underway(place.place if place else "", found.told)

    async def end(self, code: str) -> None:
        """From now on nobody comes in by it. The link of its place goes on."""
        today = date_of(self._intake.clock())

        async def unit(work: Work) -> None:
            found = await links.one(work, self._intake.keys, code) if is_code(code) else None
            if found and found.visit_of:
                await links.end(work, code, today)

        await self._intake.database.run(unit)

    async def _goes_on(self, work: Work, found: Made) -> bool:
        return bool(found.visit_of) and await links.works(work, found, self._intake.clock())
