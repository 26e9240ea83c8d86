"""The page with numbers: what is on it, of whom, and what is left out."""

from datetime import timedelta

from bot.staff.place_links import Wish
from dialogs.daytime import date_of
from storage import tallies
from storage.database import Work
from storage.tallies import Kind, Mode, Tally
from tests.bot.team.house import PLACE, House
from tests.bot.web_visits import Neighbourhood


async def test_how_far_people_were_who_stopped_stands_there_by_area_mode_and_week(
    site: Neighbourhood, house: House
) -> None:
    link = await house.link(Wish(place=PLACE, district="noord"))
    day = date_of(site.clock())
    stopped = {"verhaal": 9, "gevoel": 7, "tijd": 6}
    happened = [
        Tally(day, link.code, Mode.SELF, Kind.STOPPED, at) for at, times in stopped.items() for _ in range(times)
    ]
    happened += [Tally(day, link.code, Mode.HELPED, Kind.STOPPED, "tijd")]

    async def unit(work: Work) -> None:
        await tallies.add(work, happened)

    await house.intake.database.run(unit)
    async with house.signed_in() as noor:
        assert "Wie stopte: hoe ver" not in (await noor.get("/team/cijfers")).words
    site.clock.wait(timedelta(days=1))
    async with house.signed_in() as noor:
        found = (await noor.get("/team/cijfers")).words
    assert (
        "Wie Tot en met het verhaal Na het verhaal alles samen 6 12 Noord 6 12 zelf 6 12 week 10 van 2026 6 12" in found
    )
    assert "Gestopt 23" in found
