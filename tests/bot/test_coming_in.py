"""Whether what people send is kept and answered in the right order, fetched or brought, whatever comes between.

What only one of the two does is in `test_polling.py` and `test_webhook.py`.
"""

from dataclasses import replace

import pytest

from bot.figures import Figures
from tests.bot.another_program import amounts, held
from tests.bot.running import House, number_of
from tests.bot.story import CANARIES, FIRST, OPENING, SECOND, TELLING
from tests.bot.test_sifting import UNREADABLE
from tests.botapi.faults import Fault, too_many
from tests.botapi.people import person
from tests.botapi.wire import Object, Values, a_number
from tests.postgres import BOTH_ENGINES

ANNE, BO = 4201, 4202
GROUP: Object = {"id": -1_001_234_567_890, "title": "Buurtgroep", "type": "supergroup"}
CHANNEL: Object = {"id": -1_009_876_543_210, "title": "Nieuws", "type": "channel"}
THANKS = "Dank u wel. U mag nog meer vertellen."
WELCOME = "Wat maakte u mee met het Buurtteam"
NUMBERS = "Praat alstublieft met een mens"


@pytest.fixture(params=[False, True], ids=["fetched", "brought"])
def house(house: House, request: pytest.FixtureRequest) -> House:
    """A house that fetches its updates, and one that they are brought to."""
    return replace(house, brought=request.param)


def without_its_set(house: House) -> House:
    """The same house, in which the set that an interview was begun with is no longer there."""
    bare = {key: item for key, item in house.library.sets.items() if key[0] != "bewoner"}
    return replace(house, library=replace(house.library, sets=bare))


def statuses(house: House, update: int) -> list[int]:
    """What this update met each time that it was brought and answered."""
    return [one.status for one in house.telegram.deliveries if one.update_id == update and one.status]


async def offered_in_vain(house: House) -> None:
    """Until what waits was offered and not taken: the webhook says so, or the same is asked for once more."""
    polls = len(house.telegram.calls_of("getUpdates"))

    def is_so() -> bool:
        if house.brought:
            return house.telegram.deliveries[-1].status == 503
        return len(house.telegram.calls_of("getUpdates")) > polls + 1

    await house.telegram.wait_for(is_so, timeout=60)


# Kept before it is answered, once, and in order. On both engines: this is what the database is for.


@BOTH_ENGINES
async def test_an_answer_is_sent_only_when_it_is_kept(house: House) -> None:
    waiting: list[int] = []

    def look(method: str, values: Values) -> Fault | None:
        if method == "sendMessage":
            waiting.append(amounts(house.url)["outbox"])
        return None

    async with house.serving():
        phone = house.phone(ANNE)
        await phone.tell(OPENING)
        house.telegram.faults = look
        await phone.tell(TELLING[:6])
    assert waiting
    assert 0 not in waiting
    assert amounts(house.url)["outbox"] == 0


@BOTH_ENGINES
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


@BOTH_ENGINES
async def test_everything_said_while_the_bot_was_away_is_taken_in_order(house: House) -> None:
    phone = house.phone(ANNE)
    async with house.serving():
        await phone.tell(OPENING)
    assert bool(house.telegram.account.webhook["url"]) == house.brought
    for piece in (FIRST, SECOND):
        phone.say(piece)
    async with house.serving():
        await house.quiet()
    assert await phone.pieces() == [FIRST, SECOND]


@BOTH_ENGINES
async def test_one_chat_that_cannot_be_reached_holds_up_no_other(house: House) -> None:
    unreachable = True

    def plan(method: str, values: Values) -> Fault | None:
        return too_many() if unreachable and method == "sendMessage" and values["chat_id"] == ANNE else None

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
        unreachable = False
        await house.telegram.wait_for(lambda: anne.reads(THANKS))
        await house.quiet()
    assert await anne.pieces() == [FIRST]
    assert await bo.pieces() == [FIRST, SECOND]


@BOTH_ENGINES
async def test_while_the_database_is_busy_nothing_is_said_and_nothing_is_lost(house: House) -> None:
    async with house.serving():
        phone = house.phone(ANNE)
        await phone.tell(OPENING)
        spoken = len(phone.screen())
        async with held(house.url):
            update = number_of(phone.say(FIRST))
            await offered_in_vain(house)
            assert (len(phone.screen()), amounts(house.url)["parts"]) == (spoken, 0)
            assert [waiting.update_id for waiting in house.telegram.account.updates.waiting] == [update]
        await house.telegram.wait_for(lambda: phone.reads(THANKS))
        await house.quiet()
    assert await phone.pieces() == [FIRST]


@BOTH_ENGINES
async def test_while_the_database_is_busy_whoever_asks_for_help_gets_it_once(house: House) -> None:
    async with house.serving():
        anne, bo = house.phone(ANNE), house.phone(BO)
        await anne.tell(OPENING)
        async with held(house.url):
            anne.say("Ik heb nu hulp nodig")
            bo.say("/nood")
            await house.telegram.wait_for(lambda: anne.reads(NUMBERS) and bo.reads(NUMBERS), timeout=60)
            await house.telegram.wait_for(lambda: house.telegram.account.updates.waiting == (), timeout=60)
        await house.quiet()
    assert [len([text for text in phone.texts() if NUMBERS in text]) for phone in (anne, bo)] == [1, 1]
    assert await anne.pieces() == []


# What is read of an update, and who is answered how. In a file only: it comes to no statement of its own.


@pytest.mark.parametrize("kind", UNREADABLE)
async def test_an_update_that_nobody_can_read_holds_up_nothing(house: House, kind: str) -> None:
    async with house.serving():
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


async def test_others_are_answered_within_a_second_of_an_update_that_our_own_code_fails_on(house: House) -> None:
    async with house.serving():
        await house.phone(ANNE).tell(OPENING)
    figures = Figures()
    async with without_its_set(house).serving(figures):
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
    async with house.serving():
        await house.phone(ANNE).tell(OPENING)
    async with without_its_set(house).serving():
        anne, bo = house.phone(ANNE), house.phone(BO)
        number = number_of(anne.say(FIRST))
        bo.say("/start m-west2")
        await house.telegram.wait_for(lambda: anne.reads("Er ging bij mij iets fout") and bo.reads(WELCOME))
        await house.quiet()
    assert statuses(house, number) == [200] * house.brought
    assert not any(word in text for text in anne.texts() for word in CANARIES)
    assert amounts(house.url)["interviews"] == 1


async def test_whoever_is_in_need_gets_numbers_to_call_also_where_our_own_code_fails(house: House) -> None:
    async with house.serving():
        await house.phone(ANNE).tell(OPENING)
    async with without_its_set(house).serving():
        anne = house.phone(ANNE)
        anne.say("Ik heb nu hulp nodig")
        await house.telegram.wait_for(lambda: anne.reads(NUMBERS))
        await house.quiet()
        assert not anne.reads("Er ging bij mij iets fout")
        anne.say("Ik wil niet meer leven.")
        await house.telegram.wait_for(lambda: anne.reads("Er ging bij mij iets fout"))
        await house.quiet()
    assert len([text for text in anne.texts() if NUMBERS in text]) == 2


@pytest.mark.parametrize("chat", [GROUP, CHANNEL], ids=["a group", "a channel"])
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
    assert amounts(house.url)["seen"] == 0
