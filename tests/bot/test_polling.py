"""Whether updates are fetched, kept, confirmed and answered in the right order, whatever comes between them."""

from dataclasses import replace

import pytest
from aiohttp import ClientSession

from bot.figures import Figures
from tests.bot.disk import amounts, change, held, tables
from tests.bot.running import House, message_of, number_of
from tests.bot.story import CANARIES, FIRST, OPENING, SECOND, TELLING, says
from tests.bot.test_sifting import UNREADABLE
from tests.botapi.faults import Fault, too_many
from tests.botapi.people import person, private_chat
from tests.botapi.wire import Object, Values, a_number

ANNE, BO, CHRIS = 4201, 4202, 4203
GROUP: Object = {"id": -1_001_234_567_890, "title": "Buurtgroep", "type": "supergroup"}
THANKS = "Dank u wel. U mag nog meer vertellen."
WELCOME = "Wat maakte u mee met het Buurtteam"
NUMBERS = "Praat alstublieft met een mens"


def seen(house: House) -> set[int]:
    """The updates that the database knows."""
    return {int(str(row[1])) for row in tables(house.database)["seen"]}


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


async def test_an_answer_is_sent_only_when_it_is_kept(house: House) -> None:
    waiting: list[int] = []

    def look(method: str, values: Values) -> Fault | None:
        if method == "sendMessage":
            waiting.append(amounts(house.database)["outbox"])
        return None

    async with house.serving():
        phone = house.phone(ANNE)
        await phone.tell(OPENING)
        house.telegram.faults = look
        await phone.tell(TELLING[:6])
    assert waiting
    assert 0 not in waiting
    assert amounts(house.database)["outbox"] == 0


async def test_many_quick_messages_of_one_chat_are_kept_in_order(house: House) -> None:
    pieces = [f"Deel {number}." for number in range(130)]
    async with house.serving():
        phone = house.phone(ANNE)
        await phone.tell(OPENING)
        for piece in pieces:
            phone.say(piece)
        await house.quiet()
        assert await phone.pieces() == pieces
    told, hushed = phone.texts()[-2:]
    assert (THANKS in told, hushed) == (True, "Het gaat even te snel voor mij. Wacht even.")
    assert [text for text in phone.texts() if THANKS in text] == [told]


async def test_everything_said_while_the_bot_was_away_is_taken_in_order(house: House) -> None:
    phone = house.phone(ANNE)
    async with house.serving():
        await phone.tell(OPENING)
    for piece in (FIRST, SECOND):
        phone.say(piece)
    async with house.serving():
        await house.quiet()
    assert await phone.pieces() == [FIRST, SECOND]


async def test_one_chat_that_cannot_be_reached_holds_up_no_other(house: House) -> None:
    held = True

    def plan(method: str, values: Values) -> Fault | None:
        return too_many() if held and method == "sendMessage" and values["chat_id"] == ANNE else None

    async with house.serving():
        anne, bo = house.phone(ANNE), house.phone(BO)
        await anne.tell(OPENING)
        await bo.tell(OPENING)
        house.telegram.faults = plan
        before = len(house.sent(ANNE))
        anne.say(FIRST)
        await house.telegram.wait_for(lambda: len(house.tried(ANNE)) > before)
        for piece in (FIRST, SECOND):
            bo.say(piece)
        await house.telegram.wait_for(lambda: bo.reads(THANKS))
        assert len(house.sent(ANNE)) == before
        held = False
        await house.telegram.wait_for(lambda: anne.reads(THANKS))
    assert await anne.pieces() == [FIRST]
    assert await bo.pieces() == [FIRST, SECOND]


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


@pytest.mark.parametrize("kind", UNREADABLE)
@pytest.mark.parametrize("brought", [False, True], ids=["fetched", "brought"])
async def test_an_update_that_nobody_can_read_holds_up_nothing(house: House, kind: str, brought: bool) -> None:
    async with replace(house, brought=brought).serving():
        anne, bo = house.phone(ANNE), house.phone(BO)
        await anne.tell(OPENING)
        anne.say(FIRST)
        number = house.telegram.account.updates.next_id
        house.telegram.push_written(UNREADABLE[kind].replace(b"7", str(number).encode(), 1), number)
        anne.say(SECOND)
        bo.say("/start")
        await house.telegram.wait_for(lambda: bo.reads(WELCOME), timeout=1)
        await house.quiet()
    assert await anne.pieces() == [FIRST, SECOND]


async def test_an_update_without_a_usable_number_does_not_stop_the_others(house: House) -> None:
    house.telegram.push({"update_id": "zeven", "message": {}})
    async with house.serving():
        phone = house.phone(ANNE)
        await house.telegram.wait_for(lambda: bool(house.telegram.calls_of("getUpdates")))
        phone.say("/start b-noord7")
        await house.telegram.wait_for(lambda: phone.reads(WELCOME))


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


@pytest.mark.parametrize("brought", [False, True], ids=["fetched", "brought"])
async def test_others_are_answered_within_a_second_of_an_update_that_our_own_code_fails_on(
    house: House, brought: bool
) -> None:
    """The set that an interview was begun with is no longer there."""
    house = replace(house, brought=brought)
    async with house.serving():
        await house.phone(ANNE).tell(OPENING)
    bare = {key: item for key, item in house.library.sets.items() if key[0] != "bewoner"}
    figures = Figures()
    async with replace(house, library=replace(house.library, sets=bare)).serving(figures):
        await house.quiet()
        anne, bo = house.phone(ANNE), house.phone(BO)
        for number in range(10):
            anne.say(f"Deel {number}.")
        await house.telegram.wait_for(lambda: figures.failed["fout"] > 0)
        bo.say("/start m-west2")
        await house.telegram.wait_for(lambda: bo.reads(WELCOME), timeout=1)
        await house.quiet()
    assert (figures.failed["fout"], figures.aside["fout"]) == (30, 10)


async def test_a_turn_that_our_own_code_fails_on_is_excused_and_passed_by(house: House) -> None:
    """The set that an interview was begun with is no longer there."""
    async with house.serving():
        await house.phone(ANNE).tell(OPENING)
    bare = {key: item for key, item in house.library.sets.items() if key[0] != "bewoner"}
    async with replace(house, library=replace(house.library, sets=bare)).serving():
        anne, bo = house.phone(ANNE), house.phone(BO)
        anne.say(FIRST)
        bo.say("/start m-west2")
        await house.telegram.wait_for(lambda: anne.reads("Er ging bij mij iets fout") and bo.reads(WELCOME))
        await house.quiet()
    assert not any(word in text for text in anne.texts() for word in CANARIES)
    assert amounts(house.database)["interviews"] == 1


async def test_whoever_is_in_need_gets_numbers_to_call_also_where_our_own_code_fails(house: House) -> None:
    """The set that an interview was begun with is no longer there."""
    async with house.serving():
        await house.phone(ANNE).tell(OPENING)
    bare = {key: item for key, item in house.library.sets.items() if key[0] != "bewoner"}
    async with replace(house, library=replace(house.library, sets=bare)).serving():
        anne = house.phone(ANNE)
        anne.say("Ik heb nu hulp nodig")
        await house.telegram.wait_for(lambda: anne.reads(NUMBERS))
        await house.quiet()
        assert not anne.reads("Er ging bij mij iets fout")
        anne.say("Ik wil niet meer leven.")
        await house.telegram.wait_for(lambda: anne.reads("Er ging bij mij iets fout"))
        await house.quiet()
    assert len([text for text in anne.texts() if NUMBERS in text]) == 2


async def test_while_the_database_is_busy_nothing_is_said_and_nothing_is_lost(house: House) -> None:
    async with house.serving():
        phone = house.phone(ANNE)
        await phone.tell(OPENING)
        spoken, polls = len(phone.screen()), len(house.telegram.calls_of("getUpdates"))
        async with held(house.database):
            update = number_of(phone.say(FIRST))
            await house.telegram.wait_for(lambda: len(house.telegram.calls_of("getUpdates")) > polls + 1, timeout=30)
            assert (len(phone.screen()), amounts(house.database)["parts"]) == (spoken, 0)
            assert [waiting.update_id for waiting in house.telegram.account.updates.waiting] == [update]
        await house.telegram.wait_for(lambda: phone.reads(THANKS))
        await house.quiet()
    assert await phone.pieces() == [FIRST]


async def test_while_the_database_is_busy_whoever_asks_for_help_gets_it_once(house: House) -> None:
    async with house.serving():
        anne, bo = house.phone(ANNE), house.phone(BO)
        await anne.tell(OPENING)
        polls = len(house.telegram.calls_of("getUpdates"))
        async with held(house.database):
            anne.say("Ik heb nu hulp nodig")
            bo.say("/nood")
            await house.telegram.wait_for(lambda: anne.reads(NUMBERS) and bo.reads(NUMBERS), timeout=60)
            await house.telegram.wait_for(lambda: len(house.telegram.calls_of("getUpdates")) > polls + 1, timeout=60)
            assert house.telegram.account.updates.waiting == ()
        await house.quiet()
    assert [len([text for text in phone.texts() if NUMBERS in text]) for phone in (anne, bo)] == [1, 1]
    assert await anne.pieces() == []


async def test_while_the_database_is_busy_a_story_of_a_crisis_is_answered_once_and_kept_later(house: House) -> None:
    words = "Ik wil niet meer leven."
    async with house.serving():
        phone = house.phone(ANNE)
        await phone.tell(OPENING)
        async with held(house.database):
            update = number_of(phone.say(words))
            await house.telegram.wait_for(lambda: phone.reads(NUMBERS), timeout=60)
            tried = len(house.telegram.calls_of("getUpdates"))
            await house.telegram.wait_for(lambda: len(house.telegram.calls_of("getUpdates")) > tried + 1, timeout=60)
            assert [waiting.update_id for waiting in house.telegram.account.updates.waiting] == [update]
            assert len([text for text in phone.texts() if NUMBERS in text]) == 1
        await house.telegram.wait_for(lambda: house.telegram.account.updates.waiting == ())
        await house.quiet()
    assert await phone.pieces() == [words]


async def test_while_the_database_is_busy_a_crisis_in_a_message_that_is_changed_is_answered_too(house: House) -> None:
    async with house.serving():
        phone = house.phone(ANNE)
        await phone.tell(OPENING)
        message = message_of(phone.say(FIRST))
        await house.quiet()
        async with held(house.database):
            house.telegram.edit(ANNE, message, "Ik wil niet meer leven.")
            await house.telegram.wait_for(lambda: phone.reads(NUMBERS), timeout=60)
        await house.telegram.wait_for(lambda: house.telegram.account.updates.waiting == ())
        await house.quiet()
    assert await phone.pieces() == ["Ik wil niet meer leven."]


async def test_what_was_sent_is_not_sent_again_because_it_could_not_be_noted(house: House) -> None:
    async with house.serving():
        phone = house.phone(ANNE)
        await phone.tell(OPENING)
        await change(house.database, "CREATE TRIGGER vol BEFORE DELETE ON outbox BEGIN SELECT RAISE(ABORT, 'vol'); END")
        phone.say(FIRST)
        await house.telegram.wait_for(lambda: phone.reads(THANKS))
        await house.telegram.quiet()
        await change(house.database, "DROP TRIGGER vol")
        await house.quiet()
    assert len([text for text in phone.texts() if THANKS in text]) == 1


@pytest.mark.parametrize("chat", [GROUP, {"id": -1_009_876_543_210, "title": "Nieuws", "type": "channel"}])
async def test_a_group_gets_one_sentence_and_is_left(house: House, chat: Object) -> None:
    bot: Object = {"id": 123, "is_bot": True, "first_name": "Verhalen"}
    joined: Object = {
        "chat": chat,
        "from": person(5),
        "date": 1_772_625_600,
        "old_chat_member": {"user": bot, "status": "left"},
        "new_chat_member": {"user": bot, "status": "member"},
    }
    group = a_number(chat["id"])
    async with house.serving():
        house.telegram.push({"my_chat_member": joined})
        house.telegram.push(
            {"message": {"message_id": 9001, "from": person(5), "chat": chat, "date": 1_772_625_600, "text": FIRST}}
        )
        await house.telegram.wait_for(lambda: group in house.telegram.account.left)
        await house.quiet()
    [sentence] = [shown.text for shown in house.telegram.messages(group) if shown.from_bot]
    assert sentence == "Ik werk alleen in een gesprek met één persoon.\nOpen mij hier: t.me/voorbeeld"
    assert house.telegram.rejected == []
    assert amounts(house.database)["seen"] == 0


async def test_another_bot_is_not_answered(house: House) -> None:
    async with house.serving():
        other: Object = {**person(77), "is_bot": True}
        chat = private_chat(77)
        sent: Object = {"message_id": 9001, "from": other, "chat": chat, "date": 1_772_625_600, "text": "/start"}
        house.telegram.push({"message": sent})
        await house.quiet()
    assert house.sent(77) == []


async def test_words_before_consent_are_answered_with_the_question(house: House) -> None:
    async with house.serving():
        phone = house.phone(ANNE)
        await phone.tell([OPENING[0], says(f"{FIRST} {SECOND}")])
    assert phone.reads("Ik heb uw bericht niet bewaard.")
    assert amounts(house.database)["seen"] == 0


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
