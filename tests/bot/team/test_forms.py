"""Which forms of the pages for staff are taken: only those of our own pages, not too big and not too often."""

import re

import pytest

from pages.bounds import BIGGEST, OF_ONE
from pages.permissions import OPERATOR
from tests.bot.team.client import Visitor
from tests.bot.team.house import House

ELSEWHERE = [{"origin": "https://elders.example"}, {"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}]


@pytest.mark.parametrize("headers", ELSEWHERE)
async def test_a_form_of_another_site_does_nothing(house: House, noor: Visitor, headers: dict[str, str]) -> None:
    await noor.get("/team/nieuw")
    noor.headers = headers
    assert (await noor.post("/team/nieuw", place="Plein")).status == 403
    assert await house.team.desk.links.every(OPERATOR) == []


@pytest.mark.parametrize("headers", ELSEWHERE)
async def test_another_site_signs_nobody_in(house: House, headers: dict[str, str]) -> None:
    invitation = await house.invited()
    async with house.somebody() as noor:
        noor.headers = headers
        assert (await noor.post(f"/team/in/{invitation}")).status == 403
        assert noor.cookies() == {}
    assert await house.team.desk.signing_in.is_open(invitation)


@pytest.mark.parametrize("path", ["/team/nieuw", "/team/uit", "/team/link/{code}/stil", "/team/link/{code}/stop"])
async def test_a_form_without_the_token_of_this_browser_does_nothing(house: House, noor: Visitor, path: str) -> None:
    made = await house.link()
    async with house.signed_in() as other:
        await other.get("/team")
        for token in ("", "onzin", other.token):
            noor.token = token
            found = await noor.post(path.format(code=made.code))
            assert found.status == 403
            assert "Er is niets veranderd." in found.words
    assert (await noor.get("/team")).status == 200
    [now] = await house.team.desk.links.every(OPERATOR)
    assert now == made


async def test_what_is_no_form_or_too_big_is_not_read(house: House, noor: Visitor) -> None:
    await noor.get("/team/nieuw")
    assert (await noor.post("/team/nieuw", place="a" * (BIGGEST + 1))).status == 413
    url = f"http://127.0.0.1:{house.port}/team/nieuw"
    async with noor.http.post(url, json={"token": noor.token}) as answer:
        assert answer.status == 415


async def test_forms_that_come_too_often_do_nothing(house: House, noor: Visitor) -> None:
    await noor.get("/team/nieuw")
    statuses = [(await noor.post("/team/nieuw", until_day="gauw")).status for _ in range(OF_ONE + 1)]
    assert statuses == [*[422] * OF_ONE, 429]


async def test_every_page_says_to_keep_nothing_and_to_take_nothing_from_elsewhere(house: House, noor: Visitor) -> None:
    made = await house.link()
    for path in ("/team", "/team/nieuw", f"/team/link/{made.code}", f"/team/link/{made.code}/stop"):
        found = await noor.get(path)
        assert found.headers["cache-control"] == "no-store"
        assert found.headers["referrer-policy"] == "no-referrer"
        policy = found.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert " style=" not in found.html
        scripts = re.findall(r"<script[^>]*>", found.html)
        assert [tag for tag in scripts if not re.fullmatch(r'<script src="/team/static/[\w.-]+" defer>', tag)] == []
