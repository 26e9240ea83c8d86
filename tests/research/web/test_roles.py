"""Who comes in at the pages for researchers, and who may do what there: every action with every kind of visitor."""

import re
from datetime import timedelta
from enum import StrEnum

import pytest

from pages.permissions import ALLOWED, OPERATOR, Action
from pages.signing_in import SESSION
from storage.staff import Role
from tests.bot.team.asked import Asked
from tests.bot.team.client import Answer, Visitor
from tests.research import kept
from tests.research.web.asked import ON_RESEARCH_PAGES
from tests.research.web.house import NAME, House, housed

LOOKED_AT = (200, 303, 422)
ROWS = [(action, asked) for action, every in ON_RESEARCH_PAGES.items() for asked in every]
IDS = [f"{asked.method} {asked.path} {asked.fields.get('tier', '')}" for _, asked in ROWS]
NOWHERE = "/bestaat-niet"
PATHS = ("/", "/cijfers", "/nakijken", "/uitvoer", "/uitvoer/AAAA", "/lijst", "/uit", "/team", "/metrics", "/gesprek")


class Who(StrEnum):
    """Who visits."""

    ANYBODY = "anybody"
    STAFF = "staff"
    RESEARCHER = "researcher"
    REMOVED = "removed"
    LATE = "late"


ROLES = {Who.STAFF: Role.STAFF}
"""Everybody else is a researcher."""


def seen(found: Answer) -> tuple[int, bytes, dict[str, str]]:
    """All of an answer, but the time that stands in it."""
    return found.status, found.content, {name: value for name, value in found.headers.items() if name != "date"}


@pytest.mark.parametrize("who", Who)
@pytest.mark.parametrize(("action", "asked"), ROWS, ids=IDS)
async def test_each_may_do_what_the_table_says_and_finds_nothing_else(
    action: Action, asked: Asked, who: Who, house: House
) -> None:
    async with house.somebody() as somebody:
        if who is not Who.ANYBODY:
            await somebody.post(f"/in/{await house.invited(ROLES.get(who, Role.RESEARCHER))}")
            await somebody.get("/")
        await as_(who, house)
        somebody.follows = False
        path = asked.path.format(code=kept.story_id(0))
        fields = {"token": somebody.token, **asked.fields} if asked.method == "POST" else None
        found = await somebody.ask(asked.method, path, fields)
        nothing = await somebody.ask(asked.method, NOWHERE, fields)
    if who is Who.LATE:
        assert (found.status, "Uw tijd is voorbij" in found.words) == (403, True)
    elif who is Who.RESEARCHER and action in ALLOWED[Role.RESEARCHER]:
        assert found.status in LOOKED_AT
    else:
        assert seen(found) == seen(nothing)
        assert found.status == 404
    assert house.files() == []


async def as_(who: Who, house: House) -> None:
    """What happens to somebody of this kind after they signed in."""
    if who is Who.REMOVED:
        for one in await house.desk.signing_in.people(OPERATOR):
            await house.desk.signing_in.remove(OPERATOR, one.person.id)
    if who is Who.LATE:
        house.clock.wait(SESSION + timedelta(seconds=1))


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"])
@pytest.mark.parametrize("path", PATHS)
async def test_who_is_not_signed_in_is_answered_as_where_nothing_is(house: House, path: str, method: str) -> None:
    async with house.somebody() as anybody:
        nothing = seen(await anybody.ask(method, NOWHERE))
        assert nothing[0] == 404
        assert seen(await anybody.ask(method, path)) == nothing
        anybody.with_cookies({"verhalen-onderzoek": "A" * 43})
        assert seen(await anybody.ask(method, path)) == nothing


async def test_who_is_signed_in_finds_the_way_back_where_nothing_is_and_another_hears_whom_to_ask(
    house: House, kees: Visitor
) -> None:
    async with house.somebody() as anybody:
        for path in (NOWHERE, "/uitvoer/AAAA"):
            found, kept_out = await kees.get(path), await anybody.get(path)
            assert (found.status, "Dit bestaat niet (meer)." in found.words) == (404, True)
            assert '<a class="go" href="/">' in found.html
            assert "Vraag de beheerder om een nieuwe link." in kept_out.words
            assert 'href="/"' not in kept_out.html


async def test_an_invitation_signs_in_once_and_looking_does_not_use_it(house: House) -> None:
    invitation = await house.invited()
    async with house.somebody() as kees, house.somebody() as other:
        assert "Dat kan één keer." in (await kees.get(f"/in/{invitation}")).words
        assert f"U bent aangemeld als {NAME}." in (await kees.post(f"/in/{invitation}")).words
        used = await other.post(f"/in/{invitation}")
        assert (used.status, "Deze link werkt niet meer" in used.words) == (410, True)


async def test_an_invitation_of_staff_opens_nothing_here_and_works_where_they_belong(house: House) -> None:
    invitation = await house.invited(Role.STAFF)
    async with house.somebody() as somebody:
        assert (await somebody.post(f"/in/{invitation}")).status == 410
        assert (await somebody.get("/cijfers")).status == 404
    assert await house.desk.signing_in.is_open(invitation)


async def test_who_signs_out_is_nobody_with_the_same_cookie(house: House, kees: Visitor) -> None:
    before = kees.cookies()
    await kees.get("/")
    assert "U bent afgemeld" in (await kees.post("/uit")).words
    kees.with_cookies(before)
    assert (await kees.get("/")).status == 404


async def test_the_cookie_is_as_strict_as_the_address_allows(stories: kept.House) -> None:
    async with housed(stories, public="https://onderzoek.example") as house, house.somebody() as kees:
        kees.follows = False
        found = await kees.post(f"/in/{await house.invited()}")
    cookie = found.headers["set-cookie"].lower()
    assert cookie.startswith("__host-verhalen-onderzoek=")
    assert {"httponly", "secure", "samesite=lax", "path=/"} <= set(cookie.split("; "))


@pytest.mark.parametrize("path", ["/uitvoer", "/uit", "/nakijken/{story}"])
async def test_a_form_without_the_token_of_this_browser_does_nothing(house: House, kees: Visitor, path: str) -> None:
    async with house.signed_in(name="Een ander") as other:
        await other.get("/uitvoer")
        for token in ("", "onzin", other.token):
            kees.token = token
            found = await kees.post(path.format(story=kept.story_id(0)), tier="c", do="goed")
            assert (found.status, "Er is niets veranderd." in found.words) == (403, True)
    assert house.files() == []
    assert (await kees.get("/")).status == 200


@pytest.mark.parametrize("headers", [{"origin": "https://elders.example"}, {"sec-fetch-site": "cross-site"}])
async def test_a_form_of_another_site_does_nothing(house: House, kees: Visitor, headers: dict[str, str]) -> None:
    await kees.get("/uitvoer")
    kees.headers = headers
    assert (await kees.post("/uitvoer", tier="c")).status == 403
    assert house.files() == []


async def test_every_page_says_to_keep_nothing_and_to_take_nothing_from_elsewhere(kees: Visitor) -> None:
    for path in ("/", "/cijfers", "/nakijken", f"/nakijken/{kept.story_id(0)}", "/uitvoer", "/lijst"):
        found = await kees.get(path)
        assert found.status == 200
        assert found.headers["cache-control"] == "no-store"
        assert "default-src 'none'" in found.headers["content-security-policy"]
        assert " style=" not in found.html
        scripts = re.findall(r"<script[^>]*>", found.html)
        assert [tag for tag in scripts if not re.fullmatch(r'<script src="/static/[\w.-]+" defer>', tag)] == []


async def test_every_page_says_which_one_it_is(kees: Visitor) -> None:
    for path in ("/", "/cijfers", "/nakijken", "/uitvoer", "/lijst"):
        assert re.findall(r'href="([^"]+)" aria-current="(page|true)"', (await kees.get(path)).html) == [(path, "page")]
    below = await kees.get(f"/nakijken/{kept.story_id(0)}")
    assert re.findall(r'href="([^"]+)" aria-current="(page|true)"', below.html) == [("/nakijken", "true")]


async def test_whoever_watches_over_it_hears_whether_the_database_answers(house: House) -> None:
    async with house.somebody() as watch:
        assert (await watch.get("/healthz")).html == '{"ok":true}'
