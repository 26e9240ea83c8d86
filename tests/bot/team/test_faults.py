"""What staff see where the database does not do what it is asked: nothing is half done."""

import re
from datetime import timedelta
from html import unescape

import pytest

from pages.permissions import OPERATOR
from pages.signing_in import SESSION
from tests.bot.another_program import refusing
from tests.bot.team.client import Answer, Visitor
from tests.bot.team.house import NAME, House
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


async def test_what_was_typed_over_stays_where_it_cannot_be_kept_and_can_be_sent_once_more(
    house: House, noor: Visitor, site: Neighbourhood
) -> None:
    number = (await house.team.desk.papers.printed(OPERATOR, "bewoner")).copies[0].number
    typed = {"number": number, "agreed": "ja", "w.verhaal": 'Een "kwakelbrief" <b>', "w.titel": "Zwabber"}
    await noor.get("/team/papier")
    async with refusing(site.url, "INSERT ON stories"):
        found = await noor.post("/team/papier/bewaren", **typed)
    assert (found.status, UNCHANGED in found.words) == (503, True)
    assert kept_in(found) == {**typed, "token": noor.token}
    token, noor.token = noor.token, "van een oude bladzijde"
    old = await noor.post("/team/papier/bewaren", **typed)
    assert (old.status, noor.token) == (403, token)
    sent = await noor.ask("POST", "/team/papier/bewaren", kept_in(old))
    assert "Het verhaal is bewaard." in sent.words


async def test_what_was_typed_over_stays_when_the_time_of_who_typed_it_ran_out(
    house: House, noor: Visitor, site: Neighbourhood
) -> None:
    number = (await house.team.desk.papers.printed(OPERATOR, "bewoner")).copies[0].number
    typed = {"number": number, "agreed": "ja", "w.verhaal": 'Een "kwakelbrief" <b>', "w.titel": "Zwabber"}
    await noor.get("/team/papier")
    site.clock.wait(SESSION + timedelta(minutes=1))
    tried = [await noor.post("/team/papier/bewaren", **typed) for _ in range(2)]
    for over in tried:
        assert (over.status, "Uw tijd is voorbij" in over.words, NAME in over.words) == (403, True, False)
        assert kept_in(over) == {**typed, "token": noor.token}
    await noor.post(f"/team/in/{await house.invited()}")
    again = await noor.ask("POST", "/team/papier/bewaren", kept_in(tried[-1]))
    sent = await noor.ask("POST", "/team/papier/bewaren", kept_in(again))
    assert (again.status, "Het verhaal is bewaard." in sent.words) == (403, True), sent.words


@pytest.mark.parametrize("token", ["", "van een ander"])
async def test_whose_time_ran_out_gets_back_no_words_that_another_site_sent(
    noor: Visitor, site: Neighbourhood, token: str
) -> None:
    await noor.get("/team/papier")
    site.clock.wait(SESSION + timedelta(minutes=1))
    noor.token = token
    over = await noor.post("/team/papier/bewaren", **{"w.verhaal": "Een kwakelbrief"})
    assert (over.status, "kwakelbrief" in over.html, kept_in(over)) == (403, False, {})


def kept_in(page: Answer) -> dict[str, str]:
    """What the form on a page sends."""
    fields = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', page.html.split("<footer")[0])
    return {unescape(name): unescape(value) for name, value in fields}
