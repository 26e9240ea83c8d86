"""Who may do what on the pages: every action with every kind of visitor, seen from outside."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from enum import StrEnum

import pytest

from pages.permissions import ALLOWED, OPERATOR, Action
from pages.signing_in import SESSION
from storage.staff import Role
from tests.bot.team.asked import ON_PAGES, Asked, is_done
from tests.bot.team.client import Answer, Visitor
from tests.bot.team.house import House
from tests.bot.web_visits import Neighbourhood

NOWHERE = "/bestaat-niet"


class Who(StrEnum):
    """Who visits."""

    ANYBODY = "anybody"
    RESIDENT = "resident"
    STAFF = "staff"
    RESEARCHER = "researcher"
    REMOVED = "removed"
    LATE = "late"


ROLES = {Who.STAFF: Role.STAFF, Who.RESEARCHER: Role.RESEARCHER}
ROWS = [(action, asked) for action, every in ON_PAGES.items() for asked in every]


def seen(found: Answer) -> tuple[int, bytes, dict[str, str]]:
    """All of an answer, but the time that stands in it."""
    return found.status, found.content, {name: value for name, value in found.headers.items() if name != "date"}


@asynccontextmanager
async def visits(who: Who, house: House, site: Neighbourhood) -> AsyncIterator[Visitor]:
    """Somebody of this kind, with the token of a page where there is one to be had."""
    async with AsyncExitStack() as stack:
        if who in (Who.ANYBODY, Who.RESIDENT):
            found = await stack.enter_async_context(house.somebody())
            await found.get("/" if who is Who.RESIDENT else NOWHERE)
        else:
            found = await stack.enter_async_context(house.signed_in(ROLES.get(who, Role.STAFF)))
            await found.get("/team/cijfers")
        if who is Who.REMOVED:
            for person in await house.team.desk.signing_in.people(OPERATOR):
                await house.team.desk.signing_in.remove(OPERATOR, person.person.id)
        if who is Who.LATE:
            site.clock.wait(SESSION + timedelta(seconds=1))
        found.follows = False
        yield found


@pytest.mark.parametrize("who", Who)
@pytest.mark.parametrize(("action", "asked"), ROWS, ids=[f"{asked.method} {asked.path}" for _, asked in ROWS])
async def test_each_may_do_what_the_table_says_and_finds_nothing_else(
    action: Action, asked: Asked, who: Who, house: House, site: Neighbourhood
) -> None:
    made = await house.link()
    async with visits(who, house, site) as visitor:
        filled = {name: value.format(code=made.code) for name, value in asked.fields.items()}
        fields = {"token": visitor.token, **filled} if asked.method == "POST" else None
        found = await visitor.ask(asked.method, asked.path.format(code=made.code), fields)
        nothing = await visitor.ask(asked.method, NOWHERE, fields)
    after = await house.team.desk.links.every(OPERATOR)
    if who is Who.LATE:
        assert (found.status, "Uw tijd is voorbij" in found.words) == (403, True)
        assert after == [made]
    elif who in ROLES and action in ALLOWED[ROLES[who]]:
        assert is_done(action, found.status), found.status
    else:
        assert seen(found) == seen(nothing)
        assert found.status == 404
        assert after == [made]


async def test_the_cookie_of_staff_shows_nothing_of_a_resident(house: House) -> None:
    async with house.signed_in() as staff, house.somebody() as anybody:
        before = staff.cookies()
        for path in ("/", "/gesprek", "/wissen"):
            theirs, others = await staff.get(path), await anybody.get(path)
            assert theirs.status == others.status
            assert theirs.words == others.words
        assert before.items() <= staff.cookies().items()
        staff.with_cookies({"vertelbot": before["vertelbot-team"]})
        assert (await staff.get("/team")).status == 404
