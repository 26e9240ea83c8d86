"""Who may do what at the desk itself, whichever face asks: every role with every action."""

from collections.abc import Awaitable, Callable

import pytest

from bot.staff.desk import Desk
from bot.staff.permissions import ALLOWED, OPERATOR, Action, Refused, may
from bot.staff.place_links import Wish
from storage.staff import Person, Role

STAFF = Person("p1", "Sanne", "Noord", Role.STAFF)
RESEARCHER = Person("p2", "Kees", "UvA", Role.RESEARCHER)
EVERYBODY = (STAFF, RESEARCHER, OPERATOR)

MATRIX = {
    Action.SEE_LINKS: (True, False, True),
    Action.MAKE_LINK: (True, False, True),
    Action.CHANGE_LINK: (True, False, True),
    Action.VISIT: (True, False, False),
    Action.PRINT: (True, False, True),
    Action.TYPE_IN: (True, False, False),
    Action.NUMBERS: (True, True, True),
    Action.STAFF: (False, False, True),
}
"""What staff, a researcher and an operator may do, written out once more: a table that is changed is noticed."""

ASKED: dict[str, tuple[Action, Callable[[Desk, Person, str], Awaitable[object]]]] = {
    "make": (Action.MAKE_LINK, lambda at, by, code: at.links.make(by, Wish())),
    "every": (Action.SEE_LINKS, lambda at, by, code: at.links.every(by)),
    "one": (Action.SEE_LINKS, lambda at, by, code: at.links.one(by, code)),
    "pause": (Action.CHANGE_LINK, lambda at, by, code: at.links.pause(by, code, on=True)),
    "end": (Action.CHANGE_LINK, lambda at, by, code: at.links.end(by, code)),
    "visit": (Action.VISIT, lambda at, by, code: at.links.visit(by, code, "buurtteam", own_team=False)),
    "told": (Action.VISIT, lambda at, by, code: at.links.told(by, code)),
    "invite": (Action.STAFF, lambda at, by, code: at.signing_in.invite(by, "Iemand")),
    "people": (Action.STAFF, lambda at, by, code: at.signing_in.people(by)),
    "remove": (Action.STAFF, lambda at, by, code: at.signing_in.remove(by, "niemand")),
}


def test_every_action_and_role_stands_in_the_table() -> None:
    assert set(MATRIX) == set(Action)
    assert set(ALLOWED) == set(Role)


@pytest.mark.parametrize("action", Action)
def test_what_each_may_do(action: Action) -> None:
    assert tuple(may(person, action) for person in EVERYBODY) == MATRIX[action]
    assert not may(None, action)


@pytest.mark.parametrize("name", ASKED)
@pytest.mark.parametrize("person", EVERYBODY, ids=lambda person: person.role)
async def test_the_desk_refuses_who_may_not(desk: Desk, name: str, person: Person) -> None:
    action, ask = ASKED[name]
    code = (await desk.links.make(OPERATOR, Wish())).code
    if may(person, action):
        await ask(desk, person, code)
    else:
        with pytest.raises(Refused):
            await ask(desk, person, code)
