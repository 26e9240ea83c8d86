"""Whether what Telegram brings is kept and thanked for, once, and whoever else brings something is turned away.

What holds for updates that are fetched as well is in `test_coming_in.py`. What comes to the database here runs on both
engines; what is about who brings it, how it is written and where to, in a file.
"""

import json
from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import replace
from io import BytesIO

import pytest
from aiohttp import ClientSession

from bot.telegram.webhook import BIGGEST
from tests.bot.another_program import amounts, held, tables
from tests.bot.raw import member
from tests.bot.running import House, number_of
from tests.bot.story import FIRST, OPENING, SECOND, STORY
from tests.botapi.courier import SECRET
from tests.botapi.faults import Fault
from tests.botapi.people import message, person
from tests.botapi.server import FakeTelegram
from tests.botapi.wire import Json, Object, Values, a_number, a_text
from tests.postgres import BOTH_ENGINES

ANNE, BO = 4201, 4202
THANKS = "Dank u wel. U mag nog meer vertellen."
WELCOME = "Wat maakte u mee met het Buurtteam"
NUMBERS = "Praat alstublieft met een mens"


@pytest.fixture
def house(house: House) -> House:
    """A house that Telegram brings its updates to."""
    return replace(house, brought=True)


def seen(house: House) -> list[int]:
    """The updates that the database knows."""
    return [a_number(row["update_id"]) for row in tables(house.url)["seen"]]


def typed(telegram: FakeTelegram, words: str, **given: Json) -> Object:
    """An update that nobody queued: Anne typed this."""
    telegram.meet(ANNE)
    number = telegram.account.screen.next_id()
    update: Object = {"message": message(person(ANNE), number, telegram.account.now(), {"text": words})}
    return {"update_id": telegram.account.updates.next_id, **update, **given}


async def posted(telegram: FakeTelegram, body: bytes, headers: Mapping[str, str] | None = None) -> int:
    """What whoever brings this body is answered; without `headers` Telegram itself brings it."""
    shown = {SECRET: telegram.account.webhook_secret} if headers is None else dict(headers)
    url = a_text(telegram.account.webhook["url"])
    async with ClientSession() as session, session.post(url, data=BytesIO(body), headers=shown) as got:
        return got.status


async def set_up(house: House) -> None:
    """Waits until Telegram knows where to bring updates."""
    await house.telegram.wait_for(lambda: bool(house.telegram.account.webhook["url"]))


async def test_a_whole_story_is_told_without_a_call_that_is_turned_down(house: House) -> None:
    async with house.serving():
        phone = house.phone(ANNE)
        await phone.tell(STORY)
    assert phone.reads("Uw verhaal is verstuurd.")
    assert house.telegram.rejected == []
    assert house.telegram.calls_of("getUpdates") == []
    assert {delivery.status for delivery in house.telegram.deliveries} == {200}


async def test_a_tap_is_answered_with_the_thanks_for_it_and_not_by_a_call_of_its_own(house: House) -> None:
    """Telegram makes the call that it finds there: so much less is asked of it, and the button lets go as soon."""
    counted: list[str] = []

    def count(method: str, values: Values) -> Fault | None:
        counted.append(method)
        return None

    async with house.serving():
        phone = house.phone(ANNE)
        house.telegram.faults = count
        await phone.tell(STORY)
    taps = [move for move in STORY if move.taps]
    assert len(house.telegram.calls_of("answerCallbackQuery")) == len(taps)
    assert "answerCallbackQuery" not in counted
    assert house.telegram.account.open_taps == set()


@BOTH_ENGINES
async def test_an_update_is_thanked_for_only_when_it_is_kept(house: House) -> None:
    async with house.serving():
        phone = house.phone(ANNE)
        await phone.tell(OPENING)
        for number in range(10):
            update = typed(house.telegram, f"Deel {number}.", update_id=900_000_000 + number)
            assert await house.telegram.bring(update) == [200]
            assert number_of(update) in seen(house)
        await house.quiet()
    assert await phone.pieces() == [f"Deel {number}." for number in range(10)]


@BOTH_ENGINES
@pytest.mark.parametrize("at_once", [True, False])
async def test_the_same_update_twice_gives_one_answer(house: House, at_once: bool) -> None:
    async with house.serving():
        phone = house.phone(ANNE)
        await phone.tell(OPENING)
        update = typed(house.telegram, FIRST)
        if at_once:
            assert await house.telegram.bring(*[update] * 5) == [200] * 5
        else:
            assert [status for _ in range(5) for status in await house.telegram.bring(update)] == [200] * 5
        await house.quiet()
    assert await phone.pieces() == [FIRST]
    assert len([text for text in phone.texts() if THANKS in text]) == 1


@BOTH_ENGINES
async def test_of_two_updates_with_one_number_the_first_wins(house: House) -> None:
    async with house.serving():
        phone = house.phone(ANNE)
        await phone.tell(OPENING)
        first = typed(house.telegram, FIRST)
        second = typed(house.telegram, SECOND, update_id=first["update_id"])
        for update in (first, second):
            assert await house.telegram.bring(update) == [200]
        await house.quiet()
    assert await phone.pieces() == [FIRST]


@BOTH_ENGINES
async def test_updates_that_come_late_and_out_of_order_are_all_kept(house: House) -> None:
    async with house.serving():
        phone = house.phone(ANNE)
        await phone.tell(OPENING)
        numbers = [900_000_005, 900_000_002, 17, 900_000_004, 3]
        for place, number in enumerate(numbers):
            assert await house.telegram.bring(typed(house.telegram, f"Stuk {place}.", update_id=number)) == [200]
        await house.quiet()
    assert await phone.pieces() == [f"Stuk {place}." for place in range(len(numbers))]


@BOTH_ENGINES
async def test_two_devices_at_once_tap_and_type_and_both_are_heard(house: House) -> None:
    async with house.serving():
        phone = house.phone(ANNE)
        await phone.tell(OPENING)
        told = [typed(house.telegram, f"Stuk {number}.", update_id=900_000_000 + number) for number in range(6)]
        assert await house.telegram.bring(*told) == [200] * 6
        await house.quiet()
    assert sorted(await phone.pieces()) == [f"Stuk {number}." for number in range(6)]
    assert house.telegram.rejected == []


# Who is turned away, and what is set aside.


@pytest.mark.parametrize("headers", [{}, {SECRET: ""}, {SECRET: "geheim"}, {SECRET: "0" * 64}, {SECRET: "é"}])
async def test_who_does_not_know_the_secret_is_turned_away_and_nothing_is_read(
    house: House, headers: dict[str, str]
) -> None:
    async with house.serving():
        await set_up(house)
        body = json.dumps(typed(house.telegram, "/start")).encode()
        assert await posted(house.telegram, body, headers) == 403
        await house.telegram.quiet()
        assert house.sent(ANNE) == []
        assert await posted(house.telegram, body) == 200
        await house.telegram.wait_for(lambda: bool(house.sent(ANNE)))


async def test_the_secret_is_the_same_after_a_restart_and_nobody_can_guess_it(house: House) -> None:
    secrets = []
    for _ in range(2):
        async with house.serving():
            await set_up(house)
            secrets.append(house.telegram.account.webhook_secret)
        house.telegram.account.webhook = {"url": ""}
    assert secrets[0] == secrets[1]
    assert len(secrets[0]) == 64
    assert house.telegram.token not in secrets[0]


BAD: dict[str, bytes] = {
    "nothing": b"",
    "no JSON": b"geen JSON",
    "half JSON": b'{"update_id": 7, "mess',
    "no object": b"[]",
    "a number": b"7",
    "null": b"null",
    "no number": b'{"message": {}}',
    "words for a number": b'{"update_id": "zeven", "message": {}}',
    "no chat": b'{"update_id": 7, "message": {"message_id": 1, "chat": null}}',
    "bytes that are no text": b'{"update_id": 7, "message": "\xff\xfe\xfa"}',
    "a number that nobody can hold": b'{"update_id": ' + b"7" * 5_000 + b"}",
    "thousands of levels": b'{"update_id": 7, "message": ' + b"[" * 50_000 + b"]" * 50_000 + b"}",
    "far too much": b'{"update_id": 7, "message": "' + b"x" * BIGGEST + b'"}',
}


@pytest.mark.parametrize("kind", BAD)
async def test_whatever_is_brought_is_set_aside_and_the_next_update_is_answered(house: House, kind: str) -> None:
    async with house.serving():
        await set_up(house)
        assert await posted(house.telegram, BAD[kind]) == 200
        phone = house.phone(ANNE)
        phone.say("/start")
        await house.telegram.wait_for(lambda: phone.reads(WELCOME), timeout=1)
    assert house.telegram.rejected == []


async def test_a_group_is_left_and_another_method_is_not_served(house: House) -> None:
    group: Object = {"id": -1_001_234_567_890, "title": "Buurtgroep", "type": "supergroup"}
    async with house.serving():
        house.telegram.push(member(group, "member"))
        await house.telegram.wait_for(lambda: -1_001_234_567_890 in house.telegram.account.left)
        async with ClientSession() as session, session.get(a_text(house.telegram.account.webhook["url"])) as got:
            assert got.status == 405
    assert amounts(house.url)["seen"] == 0


# Coming and going.


async def test_whoever_fetches_takes_the_webhook_away_and_whoever_is_brought_to_sets_it(house: House) -> None:
    phone = house.phone(ANNE)
    for brought in (True, False, True):
        async with replace(house, brought=brought).serving():
            await phone.tell([*OPENING[:1]])
            assert bool(house.telegram.account.webhook["url"]) == brought
    assert [call.error for call in house.telegram.rejected] == []


async def test_a_webhook_that_somebody_took_away_is_set_back(house: House) -> None:
    async with replace(house, look_seconds=0.2).serving():
        await set_up(house)
        told = a_text(house.telegram.account.webhook["url"])
        house.telegram.account.webhook = {"url": ""}
        phone = house.phone(ANNE)
        phone.say("/start")
        await house.telegram.wait_for(lambda: phone.reads(WELCOME), timeout=30)
        assert house.telegram.account.webhook["url"] == told


@BOTH_ENGINES
async def test_at_a_stop_what_is_under_way_is_finished_and_the_rest_waits_at_telegram(house: House) -> None:
    phone = house.phone(ANNE)
    async with house.serving():
        await phone.tell(OPENING)
        house.telegram.latency = 0.5
        for number in range(10):
            phone.say(f"Stuk {number}.")
        await house.telegram.wait_for(lambda: bool(house.telegram.in_flight))
    house.telegram.latency = 0.0
    async with house.serving():
        await house.quiet()
    assert await phone.pieces() == [f"Stuk {number}." for number in range(10)]


@BOTH_ENGINES
async def test_nothing_is_over_its_time_until_telegram_holds_nothing_more(house: House) -> None:
    phone = house.phone(ANNE)
    async with house.serving():
        await phone.tell(OPENING)
    phone.say(FIRST)
    # Before the start: where nothing waits yet at the first look, nothing came while it was away.
    async with AsyncExitStack() as holding:
        await holding.enter_async_context(held(house.url))
        async with house.serving_behind() as intake:
            await house.telegram.wait_for(lambda: house.telegram.deliveries[-1].status == 503, timeout=30)
            assert intake.behind
            await holding.aclose()
            await house.telegram.wait_for(lambda: not intake.behind, timeout=30)
            assert house.telegram.account.updates.waiting == ()
    assert await phone.pieces() == [FIRST]
