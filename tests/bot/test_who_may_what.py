"""Who may do what, whichever way they ask: every role with every action at every face, in one table.

How each refusal looks from outside is in tests/bot/team/test_roles.py and tests/bot/staff_chat/test_roles.py.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import pytest

from bot.intake import Intake
from bot.staff import at_desk
from bot.telegram.staff_says import NEEDED
from pages.permissions import ALLOWED, EXPORTS, OPERATOR, Action, may
from research.web.serving import DOOR
from storage.staff import Role
from tests.bot.command import Folder
from tests.bot.running import House
from tests.bot.staff.test_permissions import ASKED
from tests.bot.staff_chat.colleague import BO, UNKNOWN, answer, invited
from tests.bot.story import says
from tests.bot.team.asked import ON_PAGES, is_done
from tests.bot.team.client import Visitor
from tests.bot.team.house import housed
from tests.bot.web_visits import Neighbourhood
from tests.research import kept
from tests.research.told import BEWONER, nth, tell
from tests.research.web.asked import ON_RESEARCH_PAGES
from tests.research.web.house import housed as for_researchers


@dataclass(frozen=True)
class Row:
    """How an action is asked for: on the command line, on the pages (as `ON_PAGES` has it) and in Telegram, and on the
    pages for researchers, which are another program on another port.

    None where there is no way to ask for it there: `but` says for each of those why.
    """

    command: tuple[str, ...] | None
    pages: bool
    telegram: str | None
    but: str = ""
    research: bool = False

    @property
    def faces(self) -> tuple[bool, ...]:
        """Where it can be asked for."""
        return self.command is not None, self.pages, self.telegram is not None, self.research


IN_TELEGRAM = "In Telegram there is a link and there are numbers: what needs a screen or a printer is on the pages."
OF_STAFF = "What is of staff is not on the pages for researchers."
STORIES = "Only in the program that shows stories; whoever has the machine has `verhalen`."
AT_A_TABLE = f"{IN_TELEGRAM} An operator sits beside nobody."

TABLE: dict[Action, Row] = {
    Action.SEE_LINKS: Row(("link", "list"), pages=True, telegram=None, but=IN_TELEGRAM),
    Action.MAKE_LINK: Row(("link", "make"), pages=True, telegram="/link", but=OF_STAFF),
    Action.CHANGE_LINK: Row(("link", "pause", "{code}"), pages=True, telegram=None, but=IN_TELEGRAM),
    Action.VISIT: Row(None, pages=True, telegram=None, but=AT_A_TABLE),
    Action.PRINT: Row(("paper", "--link", "{code}"), pages=True, telegram=None, but=IN_TELEGRAM),
    Action.TYPE_IN: Row(None, pages=True, telegram=None, but=AT_A_TABLE),
    Action.NUMBERS: Row(("numbers",), pages=True, telegram="/cijfers", research=True),
    Action.STAFF: Row(("staff", "list"), pages=False, telegram=None, but="Only an operator invites, at the machine."),
    **dict.fromkeys(
        sorted({*EXPORTS, Action.REVIEW, Action.AUDIT}),
        Row(None, pages=False, telegram=None, but=STORIES, research=True),
    ),
}

INVITED = (Role.STAFF, Role.RESEARCHER)
"""Who can be signed in; whoever has the machine is an operator, and an operator needs no page and no chat."""

DESK = Path(at_desk.__file__).parent
FIRST = ("link", "make", "--place", "Bibliotheek")
FOR_RESEARCH = (200, 303, 422)
"""What is shown or done, or is said to be wrong in what was filled in."""

ON_A_FACE = list(product(INVITED, Action))


def ids(value: object) -> str:
    """As the output of pytest names it."""
    return str(value)


def test_every_action_stands_in_the_table_and_every_gap_says_why() -> None:
    assert set(TABLE) == set(Action)
    assert set(ALLOWED) == {*INVITED, Role.OPERATOR}
    assert [action for action, row in TABLE.items() if bool(row.but) == all(row.faces)] == []


def test_the_table_has_the_faces_that_there_are() -> None:
    assert {action for action, row in TABLE.items() if row.pages} == set(ON_PAGES)
    in_telegram = {action: f"/{word}" for word, action in NEEDED.items() if action}
    assert {action: row.telegram for action, row in TABLE.items() if row.telegram} == in_telegram
    assert {action for action, row in TABLE.items() if row.research} == set(ON_RESEARCH_PAGES)
    assert {action for action, row in TABLE.items() if row.command} == {action for action, _ in by_command()}


def test_whatever_is_typed_is_asked_by_an_operator() -> None:
    assert {by for _, by in by_command()} == {"OPERATOR"}
    assert {action for action, _ in by_command()} == {action for action in Action if may(OPERATOR, action)}


def by_command() -> Iterator[tuple[Action, str]]:
    """What the commands ask the desk for, and by whom."""
    for file in (DESK / "at_desk.py", *DESK.glob("*_command*.py")):
        for node in ast.walk(ast.parse(file.read_text())):
            match node:
                # As `at.links.make(OPERATOR, …)`.
                case ast.Call(func=ast.Attribute(value=ast.Attribute(), attr=name), args=[by, *_]) if name in ASKED:
                    yield ASKED[name][0], ast.unparse(by)


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> tuple[Folder, str]:
    """A folder in which a link was made, and its code."""
    folder = Folder(tmp_path_factory.mktemp("machine"))
    return folder, folder.run(*FIRST).stdout.split("\n")[0].removeprefix("De link is klaar: ")


@pytest.mark.parametrize("action", [action for action, row in TABLE.items() if row.command], ids=ids)
def test_on_the_command_line_an_operator_does_what_may_be_done(machine: tuple[Folder, str], action: Action) -> None:
    folder, code = machine
    done = folder.run(*(word.format(code=code) for word in TABLE[action].command or ()))
    assert (done.returncode == 0) is may(OPERATOR, action)
    assert done.stdout


@pytest.mark.parametrize(("role", "action"), ON_A_FACE, ids=ids)
async def test_on_the_pages_each_does_what_may_be_done(
    site: Neighbourhood, intake: Intake, role: Role, action: Action
) -> None:
    async with housed(intake, site.port) as house, house.signed_in(role) as somebody:
        code = (await house.link()).code
        await somebody.get("/team/cijfers")
        somebody.follows = False
        answers = [await asked(somebody, way.method, way.path, code, way.fields) for way in ON_PAGES.get(action, ())]
    assert bool(answers) is TABLE[action].pages
    done = [is_done(action, status) for status in answers]
    assert done == [action in ALLOWED[role]] * len(answers)
    assert {status for status in answers if not is_done(action, status)} <= {404}


@pytest.fixture
def stories(tmp_path: Path) -> kept.House:
    """A story that waits for somebody to look at it."""
    house = kept.build(tmp_path, [tell(BEWONER, nth(0))])
    kept.review(house, but=[kept.story_id(0)])
    return house


@pytest.mark.parametrize(("role", "action"), ON_A_FACE, ids=ids)
async def test_on_the_pages_for_researchers_each_does_what_may_be_done(
    stories: kept.House, role: Role, action: Action
) -> None:
    async with for_researchers(stories) as house, house.signed_in(role) as somebody:
        await somebody.get("/")
        somebody.follows = False
        ways = ON_RESEARCH_PAGES.get(action, ())
        answers = [await asked(somebody, way.method, way.path, kept.story_id(0), way.fields) for way in ways]
    assert bool(answers) is TABLE[action].research
    may_be_done = role in DOOR and action in ALLOWED[role]
    assert [status in FOR_RESEARCH for status in answers] == [may_be_done] * len(answers)
    assert {status for status in answers if status not in FOR_RESEARCH} <= {404}


async def asked(somebody: Visitor, method: str, path: str, code: str, fields: dict[str, str]) -> int:
    """The status of what comes of it."""
    filled = {name: value.format(code=code) for name, value in fields.items()}
    sent = {"token": somebody.token, **filled} if method == "POST" else None
    return (await somebody.ask(method, path.format(code=code), sent)).status


@pytest.mark.parametrize("role", INVITED, ids=ids)
async def test_in_telegram_each_does_what_may_be_done(house: House, role: Role) -> None:
    somebody, nobody = await invited(house, role), house.phone(BO)
    async with house.serving():
        await somebody.comes_in()
        for action, row in TABLE.items():
            if row.telegram:
                is_done = await answer(somebody.phone, says(row.telegram)) != await answer(nobody, says(UNKNOWN))
                assert is_done == (action in ALLOWED[role])
                assert somebody.phone.reads(f"{row.telegram} ") == (action in ALLOWED[role])
        assert (await answer(somebody.phone, says("/uit")))[0][0] == "U bent nu afgemeld."
