"""Staff who have Telegram: from an invitation to a link by which a resident tells; for anybody else nothing."""

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

import pytest

from bot.handouts.qr import png
from bot.intake import fresh, now
from bot.staff.permissions import ALLOWED, OPERATOR, Action
from bot.staff.signing_in import INVITATION, SESSION, new_secret
from bot.telegram.staff_asks import TAP, Chose, Stage, asked
from bot.telegram.staff_says import NEEDED
from dialogs.events import Chosen
from dialogs.replies import PlainTap
from dialogs.taps import LIMIT, encode
from storage import links, tallies
from storage.database import Work
from storage.links import Made
from storage.staff import Person, Role
from storage.tallies import Kind, Mode, Tally, week_of
from tests import canaries
from tests.bot.another_program import tables
from tests.bot.running import House, Phone
from tests.bot.story import FIRST, OPENING, SECOND, STORY, Move, says, taps
from tests.botapi.faults import Fault, nothing_wrong, silence
from tests.botapi.screen import Shown
from tests.botapi.server import SETTLE
from tests.botapi.wire import Object, Upload, Values
from tests.postgres import BOTH_ENGINES
from tests.talk.world import Clock

SANNE, ANNE, BO = 4301, 4302, 4303
PLACE = "Huis van de Wijk Zwabberdek"
LINK = (says("/link"), taps("Bewoners"), taps("Noord"), says(PLACE))
UNKNOWN = "/onbekendwoord"
TAG = re.compile(r"q:[0-9a-f]{6}")


EITHER_WAY = pytest.mark.parametrize("house", [False, True], ids=["fetched", "brought"], indirect=True)


@pytest.fixture
def clock() -> Clock:
    """A time that a test may let pass."""
    return Clock()


@pytest.fixture
def house(house: House, clock: Clock, request: pytest.FixtureRequest) -> House:
    """A house that fetches its updates; for who asks `EITHER_WAY` also one that they are brought to."""
    return replace(house, clock=clock, brought=getattr(request, "param", False))


@dataclass(frozen=True)
class Colleague:
    """Somebody who was invited, and the phone they have."""

    person: Person
    token: str
    phone: Phone

    async def comes_in(self) -> None:
        """Opens the bot by the invitation."""
        await self.phone.tell([says(f"/start in-{self.token}")])


async def invited(house: House, role: Role = Role.STAFF, chat: int = SANNE) -> Colleague:
    """Somebody whom the operator invited just now."""
    async with house.intake() as intake:
        invitation = await house.desk(intake).signing_in.invite(OPERATOR, "Sanne Zwabberman", "Noord", role)
    canaries.plant(invitation.token, invitation.person.name)
    return Colleague(invitation.person, invitation.token, house.phone(chat))


async def removed(house: House, who: Colleague) -> None:
    """The operator took them away."""
    async with house.intake() as intake:
        assert await house.desk(intake).signing_in.remove(OPERATOR, who.person.id)


async def made(house: House) -> list[Made]:
    """All links, as they were kept."""
    async with house.intake() as intake, intake.database.reading() as work:
        return await links.every(work, house.keys)


@asynccontextmanager
async def killed_at(house: House, words: str) -> AsyncIterator[None]:
    """The bot runs until it is about to say this, and then is no more."""
    dying = asyncio.Event()

    def strike(method: str, values: Values) -> Fault | None:
        if words in str(values.get("text")):
            dying.set()
        return silence(SETTLE) if dying.is_set() else None

    running = asyncio.create_task(house.serve(asyncio.Event()))
    house.telegram.faults = strike
    yield
    await dying.wait()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    house.telegram.faults = nothing_wrong


@asynccontextmanager
async def begun_anew(house: House) -> AsyncIterator[None]:
    """Another program in the place of the one that was there."""
    house.telegram.account.webhook = {"url": ""}
    async with house.serving():
        yield


async def offered_again(house: House, update: Object) -> None:
    """Telegram was not told that this was taken. What was confirmed it fetches for no program that goes on."""
    if house.brought:
        await house.telegram.wait_for(lambda: bool(house.telegram.account.webhook["url"]))
        assert await house.telegram.bring(update) == [200]
    else:
        house.telegram.push(update)
    await house.quiet()


def heard(phone: Phone, after: int) -> list[tuple[str, str]]:
    """What the bot said since so many messages, with its buttons; by which interview is left out."""
    return [(shown.text, TAG.sub("q:", str(shown.keyboard))) for shown in phone.screen()[after:]]


async def answer(phone: Phone, *moves: Move) -> list[tuple[str, str]]:
    """What is said to these moves."""
    before = len(phone.screen())
    await phone.tell(moves)
    return heard(phone, before)


def with_picture(phone: Phone) -> list[Shown]:
    """The messages that hold a picture."""
    return [shown for shown in phone.screen() if shown.attached == "photo"]


@BOTH_ENGINES
@EITHER_WAY
async def test_from_an_invitation_to_a_link_by_which_a_resident_tells(house: House) -> None:
    sanne = await invited(house)
    async with house.serving():
        await sanne.comes_in()
        assert sanne.phone.reads("U bent aangemeld tot")
        assert sanne.phone.reads("/link Maak een link voor een plek")
        await sanne.phone.tell(LINK)
        [link] = await made(house)
        assert (link.place, link.district, link.question_set) == (PLACE, "noord", "bewoner")
        assert (link.helped, link.test, link.made_by) == (False, False, sanne.person.id)
        address = f"https://vertel.example/v/{link.code}"
        assert sanne.phone.reads(f"De plek: {PLACE}")
        assert sanne.phone.reads(f"In een browser: {address}\nIn Telegram: https://t.me/voorbeeld?start={link.code}")
        [picture] = with_picture(sanne.phone)
        assert picture.text == f"De QR-code leidt naar {address}"
        [sent] = house.telegram.calls_of("sendPhoto")
        assert sent.params["photo"] == Upload("qr.png", "image/png", png(address))
        assert sanne.phone.texts()[-1].splitlines()[2] == address
        anne = house.phone(ANNE)
        await anne.tell([says(f"/start {link.code}"), *STORY[1:4]])
        draft = await anne.draft()
        assert draft
        assert (draft.link, draft.answer("stadsdeel").option) == (link.code, "noord")
    assert house.telegram.rejected == []


async def test_each_set_has_a_link_and_a_place_needs_no_name_and_no_district(house: House) -> None:
    sanne = await invited(house)
    skip = taps("⏭ Overslaan")
    async with house.serving():
        await sanne.comes_in()
        await sanne.phone.tell([says("/link"), taps("Bewoners met een helper"), taps("Heel de stad"), skip])
        await sanne.phone.tell([says("/LINK@voorbeeld"), taps("Medewerkers, organisaties"), skip])
        await sanne.phone.tell([says("/link "), taps("Professionals over hun werk"), taps("Heel de stad"), skip])
    found = [(link.question_set, link.helped, link.district, link.place) for link in await made(house)]
    assert sorted(found) == [
        ("bewoner", True, "", ""),
        ("medewerker", False, "", ""),
        ("professional", False, "stad", ""),
    ]
    assert not sanne.phone.reads("De plek:")
    assert sanne.phone.keyboards() == []


async def test_a_name_that_does_not_fit_is_asked_for_again(house: House) -> None:
    sanne = await invited(house)
    async with house.serving():
        await sanne.comes_in()
        await sanne.phone.tell([*LINK[:3], says("Plek " * 20), says(PLACE)])
    assert sanne.phone.reads("De naam van de plek is te lang: hooguit 60 tekens.")
    assert [link.place for link in await made(house)] == [PLACE]


async def test_a_picture_that_is_turned_down_holds_up_nothing(house: House) -> None:
    """The address stands in words as well."""
    sanne = await invited(house)
    async with house.serving():
        await sanne.comes_in()
        house.telegram.faults = lambda method, values: Fault(400, "Bad Request") if method == "sendPhoto" else None
        await sanne.phone.tell(LINK)
    [link] = await made(house)
    address = f"https://vertel.example/v/{link.code}"
    assert sanne.phone.texts()[-3] == f"De QR-code leidt naar {address}"
    assert address in sanne.phone.texts()[-1]
    assert with_picture(sanne.phone) == []


@BOTH_ENGINES
@EITHER_WAY
async def test_what_is_offered_again_makes_no_second_link(house: House) -> None:
    """By a program that lives on in silence; by one that began anew with the same answer."""
    sanne = await invited(house)
    updates = [says(f"/start in-{sanne.token}"), says("/link"), taps("Bewoners"), taps("Noord"), taps("⏭ Overslaan")]
    seen: list[Object] = []
    async with house.serving():
        for move in updates:
            seen.append(sanne.phone.do(move))
            await house.quiet()
        told = sanne.phone.texts()
        for update in seen:
            await offered_again(house, update)
        assert sanne.phone.texts() == told
    async with begun_anew(house):
        await offered_again(house, seen[0])
        await offered_again(house, seen[-1])
        assert sanne.phone.texts() == [*told, told[0], *told[-4:]]
    assert len(await made(house)) == 1


async def test_a_button_that_is_tapped_twice_makes_one_link(house: House) -> None:
    sanne = await invited(house)
    async with house.serving():
        await sanne.comes_in()
        await sanne.phone.tell(LINK[:3])
        under = sanne.phone.screen()[-1]
        [[(_, data)]] = under.keyboard
        for _ in range(2):
            house.telegram.tap_data(SANNE, under.message_id, data)
            await house.quiet()
    assert len(await made(house)) == 1


@pytest.mark.parametrize("last", [says(PLACE), taps("⏭ Overslaan")], ids=["named", "unnamed"])
async def test_a_link_that_was_made_when_the_bot_was_killed_is_told_once_it_is_back(house: House, last: Move) -> None:
    """Between the commit and the first word of it: Telegram was told nothing, and offers it again."""
    sanne = await invited(house)
    async with killed_at(house, "Uw link is klaar"):
        await sanne.comes_in()
        await sanne.phone.tell(LINK[:3])
        sanne.phone.do(last)
    assert not sanne.phone.reads("Uw link is klaar")
    [link] = await made(house)
    async with house.serving_behind():
        await house.quiet()
    assert sanne.phone.reads(f"In een browser: https://vertel.example/v/{link.code}")
    assert await made(house) == [link]


@BOTH_ENGINES
@EITHER_WAY
async def test_who_signs_out_is_nobody_and_hears_so_once_more_where_it_is_offered_again(house: House) -> None:
    sanne = await invited(house)
    async with house.serving():
        await sanne.comes_in()
        out = sanne.phone.say("/uit")
        await house.quiet()
        assert sanne.phone.texts()[-1] == "U bent nu afgemeld."
        assert await answer(sanne.phone, says("/link")) == await answer(sanne.phone, says(UNKNOWN))
        assert await answer(sanne.phone, says("/uit")) == await answer(sanne.phone, says(UNKNOWN))
    async with begun_anew(house):
        await offered_again(house, out)
        assert sanne.phone.texts()[-1] == "U bent nu afgemeld."
    assert tables(house.url)["staff_sessions"] == []


async def test_the_numbers_are_those_of_the_board_without_the_small_ones(house: House, clock: Clock) -> None:
    sanne, week = await invited(house, Role.RESEARCHER), week_of(clock())
    counted = {Kind.STARTED: 17, Kind.SENT: 8}
    async with house.intake() as intake:

        async def unit(work: Work) -> None:
            await tallies.add(work, [Tally(week, "", Mode.SELF, kind) for kind, n in counted.items() for _ in range(n)])

        await intake.database.run(unit)
    async with house.serving():
        await sanne.comes_in()
        [(said, _)] = await answer(sanne.phone, says("/cijfers"))
        assert said.splitlines()[:3] == ["Verhalen deze week: 8", "Alle verhalen: 8", "Niet afgemaakt: 9"]
        await house.phone(ANNE).tell(STORY)
        [(said, _)] = await answer(sanne.phone, says("/cijfers"))
        assert said.splitlines()[:3] == ["Verhalen deze week: 9", "Alle verhalen: 9", "Niet afgemaakt: 9"]


async def test_a_small_number_is_not_told(house: House) -> None:
    sanne = await invited(house)
    async with house.serving():
        await sanne.comes_in()
        await house.phone(ANNE).tell(STORY)
        [(said, _)] = await answer(sanne.phone, says("/cijfers"))
    assert said.splitlines()[:3] == ["Verhalen deze week: –", "Alle verhalen: –", "Niet afgemaakt: 0"]


# Beside a story of their own.


@EITHER_WAY
async def test_the_story_of_somebody_of_the_staff_hears_nothing_of_their_work(house: House) -> None:
    sanne = await invited(house)
    async with house.serving():
        await sanne.comes_in()
        await sanne.phone.tell([*OPENING, says(FIRST), *LINK, says(SECOND)])
        assert await sanne.phone.pieces() == [FIRST, SECOND]
        await sanne.phone.tell([taps("✅ Klaar")])
        assert sanne.phone.reads("Welke titel")
    assert [link.place for link in await made(house)] == [PLACE]


@pytest.mark.parametrize(
    "away", [says("/start"), says("/hulp"), taps("🔄 Een andere vraag")], ids=lambda move: move.words
)
async def test_who_went_on_with_something_else_names_no_place(house: House, away: Move) -> None:
    sanne = await invited(house)
    async with house.serving():
        await sanne.comes_in()
        await sanne.phone.tell([*OPENING, *LINK[:3], away, says(FIRST[:50])])
    assert await made(house) == []


async def test_who_is_in_need_is_heard_also_where_a_name_is_awaited(house: House) -> None:
    sanne = await invited(house)
    async with house.serving():
        await sanne.comes_in()
        await sanne.phone.tell([*LINK[:3], says("ik wil niet meer leven")])
        assert sanne.phone.reads("Praat alstublieft met een mens")
    assert await made(house) == []


# Who may what. A new action gets a row here.

ASKED_WITH: dict[Action, str] = {
    Action.SEE_LINKS: "",
    Action.MAKE_LINK: "/link",
    Action.CHANGE_LINK: "",
    Action.VISIT: "",
    Action.PRINT: "",
    Action.TYPE_IN: "",
    Action.NUMBERS: "/cijfers",
    Action.STAFF: "",
}
"""The command for each action; "" where there is none in Telegram."""

COMMANDS = ("/link", "/cijfers", "/uit")
INVITED = (Role.STAFF, Role.RESEARCHER)
"""Who can be signed in here; an operator has the machine, and stands in no table."""


def test_every_action_has_a_row_and_every_command_an_action() -> None:
    assert set(ASKED_WITH) == set(Action)
    assert {word for word in ASKED_WITH.values() if word} == {f"/{word}" for word, action in NEEDED.items() if action}
    assert set(ALLOWED) - set(INVITED) == {Role.OPERATOR}


@pytest.mark.parametrize("role", INVITED)
async def test_what_each_may_do_is_done_and_anything_else_is_an_unknown_word(house: House, role: Role) -> None:
    somebody, nobody = await invited(house, role), house.phone(BO)
    async with house.serving():
        await somebody.comes_in()
        for action, word in ASKED_WITH.items():
            asked = says(word or f"/{action.name.lower()}")
            is_known = bool(word) and action in ALLOWED[role]
            assert (await answer(somebody.phone, asked) != await answer(nobody, says(UNKNOWN))) == is_known
        assert somebody.phone.reads("/link Maak een link") == (role is Role.STAFF)
        assert (await answer(somebody.phone, says("/uit")))[0][0] == "U bent nu afgemeld."


async def a_teller(house: House, clock: Clock) -> None:
    """Nobody invited them."""


async def who_was_removed(house: House, clock: Clock) -> None:
    """They were signed in, and the operator took them away."""
    sanne = await invited(house)
    async with house.serving():
        await sanne.comes_in()
    await removed(house, sanne)


async def who_was_signed_in_yesterday(house: House, clock: Clock) -> None:
    """Their twelve hours are over."""
    sanne = await invited(house)
    async with house.serving():
        await sanne.comes_in()
    clock.wait(SESSION)


async def who_signed_out(house: House, clock: Clock) -> None:
    """They said so themselves."""
    sanne = await invited(house)
    async with house.serving():
        await sanne.comes_in()
        await sanne.phone.tell([says("/uit")])


async def who_is_signed_in_elsewhere(house: House, clock: Clock) -> None:
    """In a browser, under the name of this very chat; and in another chat."""
    async with house.intake() as intake:
        at = house.desk(intake).signing_in
        for secret in (f"telegram:{SANNE}", str(SANNE), new_secret()):
            invitation = await at.invite(OPERATOR, "Sanne Zwabberman")
            assert await at.sign_in(invitation.token, secret)
    bo = await invited(house, chat=BO)
    async with house.serving():
        await bo.comes_in()


EVERYBODY_ELSE = (a_teller, who_was_removed, who_was_signed_in_yesterday, who_signed_out, who_is_signed_in_elsewhere)


@EITHER_WAY
@pytest.mark.parametrize("become", EVERYBODY_ELSE, ids=lambda become: become.__name__)
async def test_anybody_else_gets_the_answer_to_an_unknown_word(
    house: House, clock: Clock, become: Callable[[House, Clock], Awaitable[None]]
) -> None:
    """To the letter, with all its buttons; also in the midst of a story, which goes on as if nothing was said."""
    await become(house, clock)
    somebody, nobody = house.phone(SANNE), house.phone(ANNE)
    async with house.serving():
        for opening in ((says("/start"),), OPENING, (says(FIRST),)):
            await somebody.tell(opening)
            await nobody.tell(opening)
            for command in COMMANDS:
                assert await answer(somebody, says(command)) == await answer(nobody, says(UNKNOWN))
            assert await tapped(house, somebody, "g:staf:w.b.e.") == await tapped(house, nobody, "g:vreemd:w.b.e.")
            assert await tapped(house, somebody, "g:staf:z.b.e.") == await tapped(house, nobody, "g:vreemd:z.b.e.")
        assert await somebody.pieces() == await nobody.pieces() == [FIRST]
    assert await made(house) == []


async def tapped(house: House, phone: Phone, data: str) -> list[object]:
    """What comes of a button that was made up: what is said over it, and what is said."""
    before = len(phone.screen())
    house.telegram.tap_data(phone.chat, phone.screen()[-1].message_id, data)
    await house.quiet()
    return [house.telegram.calls_of("answerCallbackQuery")[-1].params.get("text"), *heard(phone, before)]


async def test_an_invitation_that_works_no_more_is_a_link_that_leads_nowhere(house: House, clock: Clock) -> None:
    sanne, late = await invited(house), await invited(house, chat=BO)
    async with house.serving():
        await sanne.comes_in()
        strange = await answer(house.phone(ANNE), says(f"/start in-{new_secret()}"))
        assert await answer(house.phone(4304), says(f"/start in-{sanne.token}")) == strange
        clock.wait(INVITATION)
        assert await answer(late.phone, says(f"/start in-{late.token}")) == strange
        assert not late.phone.reads("aangemeld")


async def test_who_is_taken_away_while_a_name_is_awaited_names_no_place(house: House) -> None:
    sanne = await invited(house)
    async with house.serving():
        await sanne.comes_in()
        await sanne.phone.tell(LINK[:3])
        await removed(house, sanne)
        await sanne.phone.tell([LINK[3]])
    assert await made(house) == []


def test_a_button_carries_the_longest_choice() -> None:
    chosen = Chose(Stage.UNNAMED, "b", helped=True, district="x" * 16)
    assert asked(Chosen(at=now(), channel="telegram", fresh=fresh(), tap=chosen.tap)) == chosen
    assert len(encode(chosen.tap)) <= LIMIT


@pytest.mark.parametrize("rest", ["", "w", "w.b.e", "w.b.x.", "q.b.e.", "w.b.e.noord.more"])
def test_a_button_of_staff_that_was_made_up_is_none(rest: str) -> None:
    assert asked(Chosen(at=now(), channel="telegram", fresh=fresh(), tap=PlainTap(TAP, rest))) is None
