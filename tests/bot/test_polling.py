"""Whether updates are fetched, kept and confirmed in the right order, whatever comes between them.

What holds for updates that are brought as well is in `test_coming_in.py`. What comes to the database here runs on both
engines; what is only about reading an update, or about a webhook beside it, in a file.
"""

from aiohttp import ClientSession

from tests.bot.another_program import amounts, held, refusing, tables
from tests.bot.running import House, message_of, number_of
from tests.bot.story import FIRST, OPENING, SECOND, says
from tests.botapi.faults import Fault, too_many
from tests.botapi.people import person, private_chat
from tests.botapi.wire import Object, Values, a_number
from tests.postgres import BOTH_ENGINES

ANNE, BO, CHRIS = 4201, 4202, 4203
THANKS = "Dank u wel. U mag nog meer vertellen."
WELCOME = "Wat maakte u mee met het Buurtteam"
NUMBERS = "Praat alstublieft met een mens"


def seen(house: House) -> set[int]:
    """The updates that the database knows."""
    return {a_number(row["update_id"]) for row in tables(house.url)["seen"]}


@BOTH_ENGINES
async def test_an_update_is_confirmed_only_when_it_is_kept(house: House) -> None:
    confirmed: list[tuple[int, set[int]]] = []

    def look(method: str, values: Values) -> Fault | None:
        if method == "getUpdates":
            confirmed.append((a_number(values.get("offset", 0)), seen(house)))
        return None

    async with house.serving():
        phone = house.phone(ANNE)
        await phone.tell(OPENING)
        house.telegram.faults = look
        told = []
        for number in range(30):
            told.append(number_of(phone.say(f"Deel {number}.")))
            if number % 10 == 0:
                await house.quiet()
        await house.quiet()
    assert max(offset for offset, _ in confirmed) > max(told)
    for offset, kept in confirmed:
        assert [number for number in told if number < offset and number not in kept] == []


async def test_one_that_cannot_be_reached_before_consent_holds_up_no_other(house: House) -> None:
    held = True

    def plan(method: str, values: Values) -> Fault | None:
        return too_many(3) if held and method == "sendMessage" and values["chat_id"] == ANNE else None

    async with house.serving():
        anne, bo = house.phone(ANNE), house.phone(BO)
        house.telegram.faults = plan
        anne.say("/start")
        await house.telegram.wait_for(lambda: bool(house.tried(ANNE)))
        bo.say("/start")
        await house.telegram.wait_for(lambda: bo.reads(WELCOME))
        assert house.sent(ANNE) == []
        held = False
        await house.telegram.wait_for(lambda: anne.reads(WELCOME))


POISON: list[Object] = [
    {"message": "vergif"},
    {"message": {"message_id": 1, "chat": None}},
    {"callback_query": {"id": "1", "from": person(CHRIS), "message": {"chat": private_chat(CHRIS)}}},
    {"hologram": {"chat": private_chat(ANNE)}},
    {"edited_message": {"chat": private_chat(ANNE), "text": {"diep": [[[[]]]]}}},
    {"message": {"message_id": "x", "chat": {**private_chat(ANNE), "id": 2**70}, "text": "\ud800"}},
]


async def test_what_cannot_be_read_between_good_messages_is_passed_by(house: House) -> None:
    async with house.serving():
        phone = house.phone(ANNE)
        await phone.tell(OPENING)
        for number, poison in enumerate(POISON):
            house.telegram.push(poison)
            phone.say(f"Deel {number}.")
        await house.quiet()
        assert await phone.pieces() == [f"Deel {number}." for number in range(len(POISON))]


async def test_an_update_without_a_usable_number_does_not_stop_the_others(house: House) -> None:
    house.telegram.push({"update_id": "zeven", "message": {}})
    async with house.serving():
        phone = house.phone(ANNE)
        await house.telegram.wait_for(lambda: bool(house.telegram.calls_of("getUpdates")))
        phone.say("/start b-noord7")
        await house.telegram.wait_for(lambda: phone.reads(WELCOME))


@BOTH_ENGINES
async def test_numbers_that_jump_back_are_no_duplicates_and_are_confirmed(house: House) -> None:
    """After a week without updates Telegram chooses the next number at random."""
    updates = house.telegram.account.updates
    async with house.serving():
        phone = house.phone(ANNE)
        await phone.tell(OPENING)
        for number, piece in ((updates.next_id - 600_000_000, FIRST), (updates.next_id + 600_000_000, SECOND)):
            updates.next_id = number
            assert number_of(phone.say(piece)) == number
            await house.quiet()
            assert updates.waiting == ()
    async with house.serving():
        await house.quiet()
    assert await phone.pieces() == [FIRST, SECOND]
    assert len([text for text in phone.texts() if THANKS in text]) == 1


@BOTH_ENGINES
async def test_while_the_database_is_busy_a_story_of_a_crisis_is_answered_once_and_kept_later(house: House) -> None:
    words = "Ik wil niet meer leven."
    async with house.serving():
        phone = house.phone(ANNE)
        await phone.tell(OPENING)
        async with held(house.url):
            update = number_of(phone.say(words))
            await house.telegram.wait_for(lambda: phone.reads(NUMBERS), timeout=60)
            tried = len(house.telegram.calls_of("getUpdates"))
            await house.telegram.wait_for(lambda: len(house.telegram.calls_of("getUpdates")) > tried + 1, timeout=60)
            assert [waiting.update_id for waiting in house.telegram.account.updates.waiting] == [update]
            assert len([text for text in phone.texts() if NUMBERS in text]) == 1
        await house.telegram.wait_for(lambda: house.telegram.account.updates.waiting == ())
        await house.quiet()
    assert await phone.pieces() == [words]


@BOTH_ENGINES
async def test_while_the_database_is_busy_a_crisis_in_a_message_that_is_changed_is_answered_too(house: House) -> None:
    async with house.serving():
        phone = house.phone(ANNE)
        await phone.tell(OPENING)
        message = message_of(phone.say(FIRST))
        await house.quiet()
        async with held(house.url):
            house.telegram.edit(ANNE, message, "Ik wil niet meer leven.")
            await house.telegram.wait_for(lambda: phone.reads(NUMBERS), timeout=60)
        await house.telegram.wait_for(lambda: house.telegram.account.updates.waiting == ())
        await house.quiet()
    assert await phone.pieces() == ["Ik wil niet meer leven."]


@BOTH_ENGINES
async def test_what_was_sent_is_not_sent_again_because_it_could_not_be_noted(house: House) -> None:
    async with house.serving():
        phone = house.phone(ANNE)
        await phone.tell(OPENING)
        async with refusing(house.url, "DELETE ON outbox"):
            phone.say(FIRST)
            await house.telegram.wait_for(lambda: phone.reads(THANKS))
            await house.telegram.quiet()
        await house.quiet()
    assert len([text for text in phone.texts() if THANKS in text]) == 1


async def test_another_bot_is_not_answered(house: House) -> None:
    async with house.serving():
        other: Object = {**person(77), "is_bot": True}
        chat = private_chat(77)
        sent: Object = {"message_id": 9001, "from": other, "chat": chat, "date": 1_772_625_600, "text": "/start"}
        house.telegram.push({"message": sent})
        await house.quiet()
    assert house.sent(77) == []


@BOTH_ENGINES
async def test_words_before_consent_are_answered_with_the_question(house: House) -> None:
    async with house.serving():
        phone = house.phone(ANNE)
        await phone.tell([OPENING[0], says(f"{FIRST} {SECOND}")])
    assert phone.reads("Ik heb uw bericht niet bewaard.")
    assert amounts(house.url)["seen"] == 0


@BOTH_ENGINES
async def test_a_tap_that_is_offered_again_leaves_the_screen_as_it_is(house: House) -> None:
    async with house.serving():
        anne = house.phone(ANNE)
        await anne.tell(OPENING)
        tapped = house.telegram.tap(ANNE, "🔄 Een andere vraag")
        await house.quiet()
        before = anne.screen()
        house.telegram.push(tapped)
        await house.quiet()
        assert anne.screen() == before
        assert "Denk aan iets wat u nooit meer vergeet" in before[-1].text
        assert before[-1].keyboard


async def test_a_webhook_that_somebody_sets_beside_it_is_taken_away_and_nothing_is_lost(house: House) -> None:
    phone = house.phone(ANNE)
    async with house.serving():
        await phone.tell(OPENING)
        async with ClientSession() as session:
            there = f"{house.telegram.url}/bot{house.telegram.token}/setWebhook"
            async with session.post(there, json={"url": "https://example.org/telegram"}) as answer:
                assert answer.status == 200
        await phone.tell([says(FIRST)])
    assert await phone.pieces() == [FIRST]
    # Once at the start, and once more.
    assert [call.params.get("drop_pending_updates") for call in house.telegram.calls_of("deleteWebhook")] == [False] * 2
