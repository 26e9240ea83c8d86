"""Rows 65 to 77: who is no resident, who is in too many places, and numbers that Telegram should not give but does."""

from datetime import timedelta

import pytest

from tests.bot.disk import amounts
from tests.bot.raw import CHANNEL_CHAT, GROUP_CHAT, OTHER_BOT, in_chat, member
from tests.bot.running import number_of
from tests.bot.story import FIRST, SECOND
from tests.botapi.people import private_chat
from tests.botapi.wire import Object, a_number
from tests.catalogue.naming import named
from tests.catalogue.resident import ANNE, BO, Home, Resident
from tests.talk.world import STUDY, library

CHRIS = 4203


@pytest.mark.parametrize("command", ["/export", "/admin", "/verhalen", "/geefmealles", "/sudo"])
async def test_row_65_a_command_for_staff_is_as_unknown_as_any_other(anne: Resident, command: str) -> None:
    assert await anne.types(command) == ["INV.onbekend"]
    assert anne.names() == ["INV.onbekend"]
    assert amounts(anne.house.database)["seen"] == 0


async def test_row_65_in_a_story_it_tells_nothing_either(teller: Resident) -> None:
    await teller.types(FIRST)
    assert await teller.types("/export") == ["INV.onbekend"]
    assert await teller.pieces() == [FIRST]


ANONYMOUS: Object = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}


@pytest.mark.parametrize("sender", [{}, {"from": ANONYMOUS, "sender_chat": GROUP_CHAT}], ids=["a person", "no one"])
async def test_row_67_a_command_in_a_group_is_not_read(anne: Resident, sender: Object) -> None:
    anne.house.telegram.push({"message": in_chat({**GROUP_CHAT}, {"text": "/export", **sender})["message"]})
    await anne.house.quiet()
    assert anne.house.telegram.calls_of("sendMessage") == []
    assert amounts(anne.house.database)["seen"] == 0


@pytest.mark.parametrize("chat", [GROUP_CHAT, CHANNEL_CHAT], ids=["group", "channel"])
async def test_row_68_a_group_gets_one_sentence_and_is_left(anne: Resident, chat: Object) -> None:
    group = a_number(chat["id"])
    telegram = anne.house.telegram
    telegram.push({"my_chat_member": member({**chat}, "administrator")["my_chat_member"]})
    await telegram.wait_for(lambda: group in telegram.account.left)
    await anne.house.quiet()
    assert [named(shown.text) for shown in telegram.messages(group)] == ["INV.groep"]


async def test_row_69_a_flood_is_kept_as_far_as_there_is_room_with_three_words_in_answer(teller: Resident) -> None:
    pieces = [f"bericht {number:04} {'x' * 30}" for number in range(300)]
    assert await teller.types(*pieces) == ["ALG.meer", "INV.druk", "INV.te_lang"]
    kept = (await teller.kept()).answer("verhaal").text
    assert 7990 <= len(kept) <= 8000
    assert "\n".join(pieces).startswith(kept)


async def test_row_69_a_flood_in_one_chat_does_not_hold_up_another(home: Home) -> None:
    """By the order of calls: the other is answered before the rest of the flood is even fetched."""
    anne, bo = home.resident(ANNE), home.resident(BO)
    async with home.serving():
        await anne.begins()
    flood = [f"stukje {number}" for number in range(250)]
    for words in flood[:50]:
        anne.say(words)
    start = number_of(bo.say("/start"))
    last = [number_of(anne.say(words)) for words in flood[50:]][-1]
    async with home.serving():
        await home.quiet()
    calls = home.telegram.calls
    welcome = next(at for at, call in enumerate(calls) if call.method == "sendMessage" and call.chat_id == BO)
    asked = next(at for at, call in enumerate(calls) if start < a_number(call.params.get("offset")) < last)
    assert welcome < asked
    assert await anne.pieces() == flood


async def test_row_72_another_bot_is_not_answered(anne: Resident) -> None:
    anne.house.telegram.push({"message": in_chat(private_chat(77), {"from": OTHER_BOT, "text": "/start"})["message"]})
    await anne.house.quiet()
    assert anne.house.sent(77) == []


def written(chat: int, number: int, words: str) -> Object:
    """What somebody types who has no name of any kind."""
    bare: Object = {"id": chat, "type": "private"}
    sender: Object = {"id": chat, "is_bot": False}
    date = 1_772_445_600
    return {"message": {"message_id": number, "from": sender, "chat": bare, "date": date, "text": words}}


async def nameless(home: Home, chat: int) -> Resident:
    """Somebody without a name, who tells a piece of a story."""
    somebody = home.resident(chat)
    for number, words in enumerate(("/start b-noord7", "ja", FIRST), 9001):
        home.telegram.push(written(chat, number, words))
        await home.quiet()
    return somebody


async def test_row_73_nobody_needs_a_name(anne: Resident) -> None:
    assert await (await nameless(anne.house, CHRIS)).pieces() == [FIRST]


@pytest.mark.parametrize("chat", [2**52 + 1, -4201])
async def test_row_74_a_number_of_a_chat_may_be_very_large_or_below_zero(anne: Resident, chat: int) -> None:
    somebody = await nameless(anne.house, chat)
    assert await somebody.pieces() == [FIRST]
    assert somebody.names()[-1] == "ALG.meer"
    assert anne.house.telegram.rejected == []


async def test_row_74_of_two_updates_with_one_number_the_first_counts(teller: Resident) -> None:
    first = teller.say(FIRST)
    await teller.house.quiet()
    again = {**written(ANNE, 9002, SECOND), "update_id": first["update_id"]}
    teller.house.telegram.account.updates.next_id = number_of(first)
    teller.house.telegram.push(again)
    await teller.house.quiet()
    assert await teller.pieces() == [FIRST]


async def test_row_75_numbers_that_start_anew_are_new(teller: Resident) -> None:
    await teller.types(FIRST)
    teller.house.telegram.account.updates.next_id = 17
    assert await teller.types(SECOND) == []
    assert await teller.pieces() == [FIRST, SECOND]


async def test_row_75_after_a_restart_lower_numbers_are_taken_and_known_ones_are_not(home: Home) -> None:
    anne = home.resident(ANNE)
    async with home.serving():
        await anne.begins()
        first = anne.say(FIRST)
        await home.quiet()
    home.telegram.push({**written(ANNE, 9001, SECOND), "update_id": number_of(first) - 500})
    home.telegram.push(first)
    async with home.serving():
        await home.quiet()
    assert await anne.pieces() == [FIRST, SECOND]


async def test_row_76_what_waited_for_hours_is_taken_in_order_with_one_apology(home: Home) -> None:
    anne = home.resident(ANNE)
    async with home.serving():
        await anne.begins()
    for words in (FIRST, "En toen belde de bank.", SECOND):
        anne.say(words)
    home.clock.wait(timedelta(hours=20))
    spoken = len(anne.screen())
    async with home.serving():
        await home.quiet()
    assert anne.names()[spoken:] == ["INV.laat", "ALG.meer"]
    assert await anne.pieces() == [FIRST, "En toen belde de bank.", SECOND]


ASKS_FOR = ("uw bsn", "pincode", "wachtwoord", "bankpas", "betaal", "inlog", "digid", "iban", "rekeningnummer")


def test_row_77_the_chat_asks_for_no_number_and_no_money() -> None:
    """Read in the texts: what is nowhere said cannot be played. A number that was seen is named, and not asked for."""
    said = [item.text for item in library().texts.values() if item.id != "INV.bsn"]
    asked = [str(question) for item in library().sets.values() for question in item.questions]
    assert [words for words in (*said, *asked) if any(sign in words.lower() for sign in ASKS_FOR)] == []


async def test_row_77_a_group_reads_the_exact_name_of_the_bot(anne: Resident) -> None:
    group = a_number(GROUP_CHAT["id"])
    anne.house.telegram.push({"my_chat_member": member({**GROUP_CHAT}, "member")["my_chat_member"]})
    await anne.house.telegram.wait_for(lambda: group in anne.house.telegram.account.left)
    [sentence] = anne.house.telegram.messages(group)
    assert STUDY["bot_link"] in sentence.text
