"""What staff see where the database does not do what it is asked: nothing is half done."""

from bot.staff.permissions import OPERATOR
from tests.bot.another_program import refusing
from tests.bot.team.client import Visitor
from tests.bot.team.house import House
from tests.bot.web_visits import Neighbourhood

UNCHANGED = "Er is niets veranderd."


async def test_a_link_that_cannot_be_kept_is_not_there(house: House, noor: Visitor, site: Neighbourhood) -> None:
    await noor.get("/team/nieuw")
    async with refusing(site.url, "INSERT ON links"):
        found = await noor.post("/team/nieuw", question_set="bewoner", place="Plein")
    assert found.status == 503
    assert UNCHANGED in found.words
    assert await house.team.desk.links.every(OPERATOR) == []
    assert (await noor.post("/team/nieuw", question_set="bewoner", place="Plein")).path.startswith("/team/link/")


async def test_an_invitation_is_not_used_where_nobody_could_be_signed_in(house: House, site: Neighbourhood) -> None:
    invitation = await house.invited()
    async with house.somebody() as noor:
        async with refusing(site.url, "INSERT ON staff_sessions"):
            found = await noor.post(f"/team/in/{invitation}")
        assert found.status == 503
        assert UNCHANGED in found.words
        assert noor.cookies() == {}
        assert (await noor.post(f"/team/in/{invitation}")).path == "/team"


async def test_without_a_database_staff_are_told_and_others_find_nothing(house: House, noor: Visitor) -> None:
    await house.intake.database.close()
    assert (await noor.get("/team")).status == 503
    async with house.somebody() as anybody:
        assert (await anybody.get("/team")).status == 404
