"""A visit that is under way, for whoever holds its code: where it is, how many told, and its end; knows no staff."""

from dataclasses import dataclass
from datetime import date, timedelta

from bot.intake import Intake
from dialogs.daytime import AMSTERDAM
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
            if found is None or not self._goes_on(found):
                return None
            place = await links.one(work, self._intake.keys, found.visit_of)
        return Underway(place.place if place else "", found.told)

    async def end(self, code: str) -> None:
        """From now on nobody comes in by it. The link of its place goes on."""
        if await self.of(code) is None:
            return

        async def unit(work: Work) -> bool:
            return await links.end(work, code, self._today - timedelta(days=1))

        await self._intake.database.run(unit)

    def _goes_on(self, found: Made) -> bool:
        return bool(found.visit_of) and found.works_on(self._today)

    @property
    def _today(self) -> date:
        return self._intake.clock().astimezone(AMSTERDAM).date()
