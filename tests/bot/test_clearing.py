"""Whether a conversation can be taken from the screen, as far as Telegram allows, and what could not go is told.

Which messages there are is a table: what reads or empties it is tried on both engines. What Telegram makes of it, once.
"""

from collections import Counter
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from telegram import Bot as TelegramBot

from bot.housekeeping import tidy_up
from bot.telegram.api import Api, Lines
from bot.telegram.calling import Caller
from bot.telegram.clearing import Screen
from bot.telegram.pace import Pace
from bot.telegram.transport import AiohttpRequest
from storage import messages
from storage.addresses import Address
from storage.secrets import KeyRing
from tests.bot.another_program import amounts
from tests.bot.running import House, Phone, message_of
from tests.bot.story import FIRST, LINK, OPENING, SECOND, STORY, TELLING, Move, says, taps
from tests.botapi.desk import Call
from tests.botapi.faults import Fault, Plan, blocked, server_error
from tests.botapi.server import FakeTelegram
from tests.botapi.wire import Values, a_list
from tests.postgres import BOTH_ENGINES
from tests.talk.world import library

ANNE, BO = 4201, 4202
CLEARING = (says("/leegmaken"), taps("🧹 Ja, maak leeg"))
EMPTIED = "Ik heb dit gesprek leeggemaakt."
LEFT = "Sommige berichten zijn te oud voor mij."
UNWIPED = "Ik kan dit bericht niet weghalen."
ASKED = "Welke titel past erbij?"
HELPING = (
    says("/start h-1"),
    taps("Ja, wij doen het samen"),
    taps("▶️ Wij beginnen"),
    taps("✅ De verteller zegt ja"),
    *TELLING[:-1],
    taps("Langer dan 1 jaar"),
    taps("De verteller"),
    taps("Wij samen"),
    taps("✅ Ja, en versturen"),
)


class Time:
    """The time of Telegram and of the bot alike, which goes on when a test says so."""

    def __init__(self) -> None:
        self.at = datetime(2026, 3, 2, 10, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def seconds(self) -> float:
        """As Telegram counts it."""
        return self.at.timestamp()


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
async def telegram(time: Time) -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram(pause=0.2, clock=time.seconds) as fake:
        yield fake


@pytest.fixture
def house(telegram: FakeTelegram, url: str, keys: KeyRing, time: Time) -> House:
    return House(telegram, url, keys, library(), time)


def everything(phone: Phone) -> list[str]:
    """The first line of each message on the screen, of the bot and of the teller."""
    return [shown.text.split("\n")[0] for shown in phone.house.telegram.messages(phone.chat)]


def batches(house: House) -> Iterator[Call]:
    """The calls that took messages away together."""
    yield from house.telegram.calls_of("deleteMessages")


@BOTH_ENGINES
async def test_the_whole_conversation_goes_and_the_question_comes_back(house: House) -> None:
    phone = house.phone(ANNE)
    async with house.serving():
        await phone.tell([*OPENING, says(FIRST), says(SECOND), taps("✅ Klaar"), *CLEARING])
    assert len(everything(phone)) == 2
    assert everything(phone)[0] == EMPTIED
    assert phone.reads(ASKED)
    assert not phone.reads(LEFT)
    assert house.telegram.rejected == []
    assert await phone.pieces() == [FIRST, SECOND]
    assert amounts(house.url)["messages"] == 2


async def test_what_is_told_after_it_can_go_once_more(house: House) -> None:
    phone = house.phone(ANNE)
    async with house.serving():
        await phone.tell([*OPENING, says(FIRST), *CLEARING, says(SECOND), *CLEARING])
    assert [words for words in everything(phone) if words == EMPTIED] == [EMPTIED]
    assert not phone.reads(LEFT)
    assert await phone.pieces() == [FIRST, SECOND]


@BOTH_ENGINES
async def test_messages_of_before_consent_go_too(house: House) -> None:
    phone = house.phone(ANNE)
    async with house.serving():
        await phone.tell([says("Hallo"), says("/start"), taps("Ik ben bewoner"), taps("ℹ️ Meer uitleg")])
        assert amounts(house.url)["messages"] == 0
        await phone.tell([taps("✅ Ja, ik doe mee"), *CLEARING])
    assert len(everything(phone)) == 2
    assert house.telegram.rejected == []


@BOTH_ENGINES
async def test_whoever_never_agreed_can_empty_the_screen_too_and_no_row_is_made(house: House) -> None:
    phone = house.phone(ANNE)
    async with house.serving():
        await phone.tell([says(f"/start {LINK}"), says("Hallo"), *CLEARING])
    assert everything(phone) == [EMPTIED]
    assert amounts(house.url)["messages"] == 0


@BOTH_ENGINES
async def test_after_a_restart_what_is_not_known_any_more_stays_and_that_is_said(house: House) -> None:
    phone = house.phone(ANNE)
    async with house.serving():
        await phone.tell([says(f"/start {LINK}")])
    early = len(everything(phone))
    async with house.serving():
        await phone.tell(CLEARING[:1])
        await phone.tell(CLEARING[1:])
    assert len(everything(phone)) == early + 1
    assert EMPTIED in everything(phone)


@BOTH_ENGINES
async def test_after_a_restart_between_the_question_and_ja_it_is_said_that_something_stays(house: House) -> None:
    phone = house.phone(ANNE)
    async with house.serving():
        await phone.tell(OPENING[:1])
    early = everything(phone)
    async with house.serving():
        await phone.tell([*OPENING[1:], says(FIRST), *CLEARING])
        assert phone.reads(LEFT)
        assert everything(phone)[: len(early)] == early
        assert FIRST not in everything(phone)
        await phone.tell([says(SECOND), *CLEARING])
    assert SECOND not in everything(phone)


@BOTH_ENGINES
async def test_after_a_restart_what_was_noted_goes(house: House) -> None:
    phone = house.phone(ANNE)
    async with house.serving():
        await phone.tell([*OPENING, says(FIRST)])
    async with house.serving():
        await phone.tell(CLEARING)
    assert len(everything(phone)) == 2
    assert house.telegram.rejected == []


async def test_what_is_too_old_stays_is_not_even_tried_and_that_is_said(house: House, time: Time) -> None:
    phone = house.phone(ANNE)
    async with house.serving():
        await phone.tell([*OPENING, says(FIRST)])
        old = everything(phone)
        time.at += timedelta(hours=48)
        await phone.tell([says(SECOND), *CLEARING])
    assert everything(phone)[: len(old)] == old
    assert SECOND not in everything(phone)
    assert phone.reads(LEFT)
    assert house.telegram.rejected == []


async def test_what_is_just_not_too_old_goes(house: House, time: Time) -> None:
    phone = house.phone(ANNE)
    async with house.serving():
        await phone.tell([*OPENING, says(FIRST)])
        time.at += timedelta(hours=47, minutes=59)
        await phone.tell(CLEARING)
    assert len(everything(phone)) == 2
    assert not phone.reads(LEFT)


@BOTH_ENGINES
async def test_many_messages_go_a_hundred_at_once(house: House) -> None:
    phone = house.phone(ANNE)
    async with house.serving():
        await phone.tell(OPENING)
        for number in range(230):
            phone.say(f"Deel {number}.")
        await house.quiet()
        await phone.tell(CLEARING)
    assert len(everything(phone)) == 2
    taken = [len(a_list(call.params["message_ids"])) for call in batches(house)]
    assert (max(taken), len(taken)) == (100, 3)


async def test_where_one_of_them_is_refused_the_others_go_by_themselves(house: House) -> None:
    phone = house.phone(ANNE)
    async with house.serving():
        await phone.tell(OPENING)
        sticking = message_of(phone.say(FIRST))
        await house.quiet()
        house.telegram.faults = _refusing(sticking)
        await phone.tell(CLEARING)
    assert everything(phone)[0] == FIRST
    assert len(everything(phone)) == 3
    assert phone.reads(LEFT)


def _refusing(message: int) -> Plan:
    def plan(method: str, values: Values) -> Fault | None:
        among = message in a_list(values.get("message_ids")) or values.get("message_id") == message
        return Fault(400, "Bad Request: message can't be deleted") if method.startswith("delete") and among else None

    return plan


@pytest.mark.parametrize("fault", [server_error(), blocked()], ids=["a fault", "blocked"])
async def test_where_nothing_can_go_the_conversation_goes_on_and_that_is_said(house: House, fault: Fault) -> None:
    phone = house.phone(ANNE)
    async with house.serving():
        await phone.tell([*OPENING, says(FIRST)])
        before = everything(phone)
        house.telegram.faults = lambda method, values: fault if method.startswith("delete") else None
        await phone.tell(CLEARING[:1])
        phone.do(CLEARING[1])
        await house.telegram.wait_for(lambda: phone.reads(LEFT), timeout=60)
        await house.quiet()
    assert everything(phone)[: len(before)] == before


async def test_one_screen_is_emptied_and_no_other(house: House) -> None:
    anne, bo = house.phone(ANNE), house.phone(BO)
    async with house.serving():
        await bo.tell([*OPENING, says(SECOND)])
        before = everything(bo)
        await anne.tell([*OPENING, says(FIRST), *CLEARING])
    assert everything(bo) == before


@BOTH_ENGINES
async def test_from_the_thanks_the_screen_can_be_emptied_and_the_code_goes_with_it(house: House) -> None:
    phone = house.phone(ANNE)
    async with house.serving():
        await phone.tell([*STORY, taps("🧹 Gesprek leegmaken")])
        assert phone.reads("Uw code is")
        await phone.tell(CLEARING[1:])
    assert everything(phone) == [EMPTIED]
    assert amounts(house.url)["stories"] == 1


async def test_a_number_of_a_person_can_be_wiped_from_the_screen(house: House) -> None:
    phone = house.phone(ANNE)
    async with house.serving():
        await phone.tell([*OPENING, says("Mijn BSN is 111222333.")])
        assert phone.reads("Misschien is het uw BSN")
        await phone.tell([taps(library().text("INV.bsn").buttons["wis"])])
    assert not [words for words in everything(phone) if "111222333" in words or "Ik zag een nummer" in words]
    assert phone.reads("Het bericht staat niet meer op uw scherm.")
    assert house.telegram.rejected == []


async def test_of_a_message_that_could_not_be_wiped_that_is_said(house: House) -> None:
    phone = house.phone(ANNE)
    async with house.serving():
        await phone.tell([*OPENING, says("Mijn BSN is 111222333.")])
        house.telegram.faults = lambda method, values: server_error() if method.startswith("delete") else None
        phone.do(taps(library().text("INV.bsn").buttons["wis"]))
        await house.telegram.wait_for(lambda: phone.reads(UNWIPED), timeout=60)
        await house.quiet()
    assert not phone.reads("Het bericht staat niet meer op uw scherm.")
    assert "Mijn BSN is 111222333." in everything(phone)


async def test_of_a_message_that_is_too_old_to_be_wiped_that_is_said(house: House, time: Time) -> None:
    phone = house.phone(ANNE)
    async with house.serving():
        await phone.tell([*OPENING, says("Mijn BSN is 111222333.")])
        time.at += timedelta(hours=49)
        await phone.tell([taps(library().text("INV.bsn").buttons["wis"])])
    assert phone.reads(UNWIPED)
    assert "Mijn BSN is 111222333." in everything(phone)


async def test_a_forged_button_to_wipe_something_ends_nothing(house: House) -> None:
    phone = house.phone(ANNE)
    async with house.serving():
        await phone.tell(OPENING)
        for wanted in ("x", "-1", "9" * 40, "\u0661"):
            house.telegram.tap_data(ANNE, 1, f"g:wis:{wanted}")
            await house.quiet()
        await phone.tell([says(FIRST)])
    assert await phone.pieces() == [FIRST]


async def test_the_message_that_brought_the_numbers_of_help_can_be_wiped(house: House) -> None:
    phone = house.phone(ANNE)
    async with house.serving():
        await phone.tell([*OPENING, says("Ik wil niet meer leven."), taps(library().text("CRISIS").buttons["wis"])])
    assert "Ik wil niet meer leven." not in everything(phone)
    assert not phone.reads("Praat alstublieft met een mens")
    assert await phone.pieces() == ["Ik wil niet meer leven."]


async def test_after_a_story_that_was_helped_only_the_code_is_left_and_then_not_even_that(house: House) -> None:
    phone = house.phone(ANNE)
    async with house.serving():
        for move in _helped():
            await phone.tell([move])
        assert everything(phone) == ["Dank u wel! Het verhaal is verstuurd."]
        await phone.tell([taps("➕ Volgende verteller")])
    assert everything(phone) == ["Lees dit voor aan de verteller:"]
    assert house.telegram.rejected == []


STOPPING = (says("/stop"), taps("🗑 Ja, gooi weg"))


@pytest.mark.parametrize("end", [STOPPING, (says("ik ben 12"), says("ja"))], ids=["stop", "too young"])
async def test_a_story_that_was_helped_and_thrown_away_leaves_no_word_on_the_screen(
    house: House, end: tuple[Move, ...]
) -> None:
    phone = house.phone(ANNE)
    async with house.serving():
        await phone.tell([*HELPING[:4], says(FIRST), *end])
        assert await phone.draft() is None
    assert len(everything(phone)) == 1
    assert not phone.reads(FIRST)
    assert house.telegram.rejected == []


@BOTH_ENGINES
async def test_where_somebody_helps_the_screen_is_empty_after_a_day_and_the_story_is_kept(
    house: House, time: Time
) -> None:
    phone = house.phone(ANNE)
    async with house.serving():
        await phone.tell([*HELPING[:4], says(FIRST)])
    time.at += timedelta(days=1)
    async with house.intake() as intake:
        await tidy_up(intake)
    async with house.serving():
        await house.quiet()
        assert everything(phone) == [EMPTIED]
        await phone.tell([says(SECOND)])
    assert await phone.pieces() == [FIRST, SECOND]
    assert house.telegram.rejected == []


def _helped() -> list[Move]:
    """A story that somebody else types, with the questions that come along then."""
    skipped = taps("➕ Nog 3 korte vragen")
    return [move for move in HELPING if move != skipped]


@BOTH_ENGINES
async def test_what_comes_on_the_screen_while_the_rest_is_noted_stays_remembered(house: House) -> None:
    address = Address("telegram", str(ANNE))
    async with house.serving():
        await house.phone(ANNE).tell(OPENING)
    lines = Lines(AiohttpRequest(), AiohttpRequest())
    api = Api(TelegramBot(house.telegram.token), lines, Caller(Pace(1, 1), Counter()))
    async with house.intake() as intake:
        screen = Screen(api, intake)
        screen.beside(address).extend([901, 902])
        known = (*screen.remembered(address), 903)
        async with intake.database.transaction() as work:
            screen.beside(address).append(904)
            assert await screen.noted(work, address, known)
        screen.was_noted(address, known)
        async with intake.database.reading() as work:
            shown = {item.message for item in await messages.shown(work, intake.keys, address)}
    assert screen.remembered(address) == (904,)
    assert {"901", "902", "903"} <= shown
    assert "904" not in shown
