"""How staff come in at their pages, and who does not."""

from datetime import timedelta

import pytest

from bot.intake import Intake
from pages.permissions import OPERATOR
from pages.signing_in import INVITATION, SESSION
from storage.staff import Role
from tests.bot.another_program import refusing
from tests.bot.team.client import Answer, Visitor
from tests.bot.team.house import NAME, House, housed
from tests.bot.web_visits import Neighbourhood

PATHS = ("/team", "/team/", "/team/nieuw", "/team/link/BCDFGHJKMN", "/team/cijfers", "/team/uit", "/team/wat-dan-ook")
NOWHERE = "/bestaat-niet"


def seen(found: Answer) -> tuple[int, bytes, dict[str, str]]:
    """All of an answer, but the time that stands in it."""
    return found.status, found.content, {name: value for name, value in found.headers.items() if name != "date"}


async def test_an_invitation_signs_in_with_one_button(house: House) -> None:
    invitation = await house.invited()
    async with house.somebody() as noor:
        asked = await noor.get(f"/team/in/{invitation}")
        assert (asked.status, asked.html.count("<button")) == (200, 1)
        found = await noor.post(f"/team/in/{invitation}")
    assert (found.path, found.status) == ("/team", 200)
    assert NAME in found.words


async def test_a_program_that_shows_where_a_link_leads_does_not_use_it(house: House) -> None:
    invitation = await house.invited()
    async with house.somebody() as preview:
        for method in ("GET", "HEAD", "GET"):
            assert (await preview.ask(method, f"/team/in/{invitation}")).status == 200
        assert preview.cookies() == {}
        assert (await preview.post(f"/team/in/{invitation}")).path == "/team"


async def test_an_invitation_works_once(house: House, noor: Visitor) -> None:
    invitation = await house.invited()
    async with house.somebody() as first, house.somebody() as second:
        await first.post(f"/team/in/{invitation}")
        for found in (await second.get(f"/team/in/{invitation}"), await second.post(f"/team/in/{invitation}")):
            assert found.status == 410
            assert "Vraag een nieuwe link" in found.words
        assert second.cookies() == {}


async def test_an_old_invitation_works_no_more(house: House, site: Neighbourhood) -> None:
    invitation = await house.invited()
    site.clock.wait(INVITATION + timedelta(minutes=1))
    async with house.somebody() as noor:
        assert (await noor.get(f"/team/in/{invitation}")).status == 410
        assert (await noor.post(f"/team/in/{invitation}")).status == 410


async def test_what_can_be_no_invitation_leads_nowhere(house: House) -> None:
    async with house.somebody() as noor:
        assert seen(await noor.get("/team/in/kort")) == seen(await noor.get(NOWHERE))


async def test_the_same_invitation_can_be_used_in_telegram(house: House, site: Neighbourhood) -> None:
    invitation = await house.invited()
    async with house.somebody() as noor:
        shown = await noor.get(f"/team/in/{invitation}")
    assert f'href="https://t.me/voorbeeld?start=in-{invitation}"' in shown.html


async def test_without_a_bot_there_is_no_way_in_by_telegram(intake: Intake, site: Neighbourhood) -> None:
    async with housed(intake, site.port, bot=False) as house, house.somebody() as noor:
        assert "Telegram" not in (await noor.get(f"/team/in/{await house.invited()}")).words


async def test_the_cookie_is_as_strict_as_the_address_allows(intake: Intake, site: Neighbourhood) -> None:
    async with housed(intake, site.port, public="https://vertel.example") as house, house.somebody() as noor:
        noor.follows = False
        found = await noor.post(f"/team/in/{await house.invited()}")
    assert found.status == 303
    cookie = found.headers["set-cookie"].lower()
    assert cookie.startswith("__host-vertelbot-team=")
    assert {"httponly", "secure", "samesite=lax", "path=/"} <= set(cookie.split("; "))


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"])
@pytest.mark.parametrize("path", PATHS)
async def test_who_is_not_signed_in_is_answered_as_where_nothing_is(house: House, path: str, method: str) -> None:
    async with house.somebody() as anybody:
        nothing = seen(await anybody.ask(method, NOWHERE))
        assert nothing[0] == 404
        assert seen(await anybody.ask(method, path)) == nothing
        anybody.with_cookies({"vertelbot-team": "A" * 43})
        assert seen(await anybody.ask(method, path)) == nothing


async def test_the_cookie_of_a_resident_opens_nothing(house: House) -> None:
    async with house.somebody() as anne:
        await anne.get("/")
        assert set(anne.cookies()) == {"vertelbot"}
        assert seen(await anne.get("/team")) == seen(await anne.get(NOWHERE))
        anne.with_cookies({**anne.cookies(), "vertelbot-team": anne.cookies()["vertelbot"]})
        assert seen(await anne.get("/team")) == seen(await anne.get(NOWHERE))


async def test_after_twelve_hours_a_new_link_is_asked_for(house: House, noor: Visitor, site: Neighbourhood) -> None:
    await noor.get("/team")
    site.clock.wait(SESSION + timedelta(minutes=1))
    for found in (await noor.get("/team"), await noor.post("/team/nieuw", place="Plein")):
        assert found.status == 403
        assert "Uw tijd is voorbij" in found.words
        assert "Vraag om een nieuwe link" in found.words
        assert NAME not in found.words


async def test_who_was_removed_is_nobody_at_once(house: House, noor: Visitor) -> None:
    [person] = await house.team.desk.signing_in.people(OPERATOR)
    await house.team.desk.signing_in.remove(OPERATOR, person.person.id)
    assert seen(await noor.get("/team")) == seen(await noor.get(NOWHERE))


async def test_who_signs_out_is_nobody_with_the_same_cookie(house: House, noor: Visitor) -> None:
    before = noor.cookies()
    await noor.get("/team")
    assert "U bent afgemeld" in (await noor.post("/team/uit")).words
    assert noor.cookies() == {}
    noor.with_cookies(before)
    assert (await noor.get("/team")).status == 404


async def test_who_signs_in_again_leaves_no_session_behind(house: House, noor: Visitor) -> None:
    before = noor.cookies()
    await noor.post(f"/team/in/{await house.invited()}")
    after = noor.cookies()
    noor.with_cookies(before)
    assert (await noor.get("/team")).status == 404
    noor.with_cookies(after)
    assert (await noor.get("/team")).status == 200


async def test_a_researcher_comes_in_at_the_numbers(house: House) -> None:
    async with house.signed_in(Role.RESEARCHER) as researcher:
        researcher.follows = False
        found = await researcher.get("/team")
    assert (found.status, found.headers["location"]) == (303, "/team/cijfers")


@pytest.mark.parametrize("path", ["/uitvoer", "/nakijken", "/lijst", "/in/{invitation}"])
async def test_nothing_of_the_pages_for_researchers_is_on_the_port_of_residents(house: House, path: str) -> None:
    async with house.signed_in(Role.RESEARCHER) as researcher:
        found = await researcher.get(path.format(invitation=await house.invited(Role.RESEARCHER)))
        assert seen(found) == seen(await researcher.get(NOWHERE))


async def test_who_clears_the_device_is_signed_out_on_it(house: House, noor: Visitor, site: Neighbourhood) -> None:
    before = noor.cookies()
    await noor.get("/wissen")
    async with refusing(site.url, "DELETE ON staff_sessions"):
        assert (await noor.post("/wissen", number="1")).status == 503
    assert (await noor.get("/team")).status == 200
    cleared = await noor.post("/wissen", number="1")
    assert (cleared.status, noor.cookies()) == (200, {})
    noor.with_cookies(before)
    assert seen(await noor.get("/team")) == seen(await noor.get(NOWHERE))


async def test_a_teller_who_clears_the_device_of_a_visit_signs_nobody_out(house: House, noor: Visitor) -> None:
    made = await house.link()
    await noor.get("/team/bezoek")
    await noor.post("/team/bezoek", link=made.code, helper="vrijwilliger", own_team="nee", code="2580")
    before = noor.cookies()["vertelbot-team"]
    await noor.get("/wissen")
    await noor.post("/wissen", number="1")
    assert noor.cookies()["vertelbot-team"] == before
    noor.with_cookies({"vertelbot-team": before})
    assert (await noor.get("/team")).path == "/team/slot"
