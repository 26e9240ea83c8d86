"""Who may do what at the desk itself, whichever face asks: every role with every action."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime
from inspect import isfunction, signature

import pytest

from bot.staff.desk import Desk
from bot.staff.papers import Papers
from bot.staff.place_links import PlaceLinks, Wish
from counting.numbers import Numbers
from dialogs.paper import Written
from pages.permissions import ALLOWED, EXPORTS, OPERATOR, Action, Refused, may
from pages.signing_in import SigningIn, Unfit
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
    Action.REVIEW: (False, True, False),
    Action.EXPORT_RAW: (False, True, False),
    Action.EXPORT_DEIDENTIFIED: (False, True, False),
    Action.EXPORT_TABLES: (False, True, False),
    Action.EXPORT_CARDS: (False, True, False),
    Action.AUDIT: (False, True, False),
}
"""What staff, a researcher and an operator may do, written out once more: a table that is changed is noticed."""

OF_RESEARCHERS = EXPORTS | {Action.REVIEW, Action.AUDIT}
"""Asked at a desk of their own, in another program: tests/research/web/test_roles.py."""

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
FORM = "K7P-M4T-X9R"

ASKED: dict[str, tuple[Action, Callable[[Desk, Person, str], Awaitable[object]]]] = {
    "make": (Action.MAKE_LINK, lambda at, by, code: at.links.make(by, Wish())),
    "made_once": (Action.MAKE_LINK, lambda at, by, code: at.links.made_once(by, "een knop")),
    "every": (Action.SEE_LINKS, lambda at, by, code: at.links.every(by)),
    "one": (Action.SEE_LINKS, lambda at, by, code: at.links.one(by, code)),
    "rename": (Action.CHANGE_LINK, lambda at, by, code: at.links.rename(by, code, "Buurtkamer")),
    "pause": (Action.CHANGE_LINK, lambda at, by, code: at.links.pause(by, code, on=True)),
    "end": (Action.CHANGE_LINK, lambda at, by, code: at.links.end(by, code)),
    "visit": (Action.VISIT, lambda at, by, code: at.links.visit(by, code, "buurtteam", own_team=False)),
    "visit_faults": (Action.VISIT, lambda at, by, code: at.links.visit_faults(by, code, "", own_team=None)),
    "printed": (Action.PRINT, lambda at, by, code: at.papers.printed(by, "bewoner", code)),
    "questions_on": (Action.TYPE_IN, lambda at, by, code: at.papers.questions_on(by, FORM)),
    "type_in": (Action.TYPE_IN, lambda at, by, code: at.papers.type_in(by, FORM, Written(agreed=True, on=NOON))),
    "seen": (Action.NUMBERS, lambda at, by, code: at.numbers.seen(by)),
    "invite": (Action.STAFF, lambda at, by, code: at.signing_in.invite(by, "Iemand")),
    "invite_again": (Action.STAFF, lambda at, by, code: at.signing_in.invite_again(by, "niemand")),
    "people": (Action.STAFF, lambda at, by, code: at.signing_in.people(by)),
    "remove": (Action.STAFF, lambda at, by, code: at.signing_in.remove(by, "niemand")),
}
"""All that can be asked for at the desk, by its name there."""

AT_ONCE = {"faults": Action.MAKE_LINK}
"""What is asked without waiting: `test_what_is_looked_over_is_refused_too`."""


def test_every_action_and_role_stands_in_the_table() -> None:
    assert set(MATRIX) == set(Action)
    assert set(Action) - OF_RESEARCHERS == {action for action, _ in ASKED.values()}
    assert set(ALLOWED) == set(Role)


def test_all_that_somebody_asks_for_at_the_desk_stands_in_the_table() -> None:
    rooms = (SigningIn, PlaceLinks, Papers, Numbers)
    methods = [method for room in rooms for method in vars(room).values() if isfunction(method)]
    asked = {method.__name__ for method in methods if "by" in signature(method).parameters}
    assert asked == set(ASKED) | set(AT_ONCE)


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
        # There is no such form and nobody of that name: they may ask, and are told so.
        with suppress(Unfit):
            await ask(desk, person, code)
    else:
        with pytest.raises(Refused):
            await ask(desk, person, code)


@pytest.mark.parametrize("person", EVERYBODY, ids=lambda person: person.role)
def test_what_is_looked_over_is_refused_too(desk: Desk, person: Person) -> None:
    if may(person, AT_ONCE["faults"]):
        assert desk.links.faults(person, Wish()) == []
    else:
        with pytest.raises(Refused):
            desk.links.faults(person, Wish())
