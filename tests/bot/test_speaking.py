"""Whether what is said stands on the screen as it should: taps answered, old buttons gone, choices to be read.

What is kept or waits in the outbox is tried on both engines; what only stands on the screen, in a file.
"""

import asyncio
from dataclasses import replace
from datetime import timedelta

from bot.outgoing import Outgoing, pack
from storage import turns
from storage.interviews import Address
from tests.bot.another_program import amounts
from tests.bot.raw import member
from tests.bot.running import House, Phone, message_of
from tests.bot.story import FIRST, LINK, OPENING, SECOND, SENDING, STORY, TELLING, TITLE, Move, says, taps
from tests.botapi.faults import server_error
from tests.botapi.people import private_chat
from tests.botapi.screen import Shown
from tests.botapi.server import FakeTelegram
from tests.postgres import BOTH_ENGINES
from tests.talk.world import Clock

ANNE, BO = 4201, 4202
FEELING = TELLING[:5]
"""Up to and including the title: the first question with buttons for an answer is asked."""


def ok_calls(telegram: FakeTelegram, method: str) -> int:
    return len([call for call in telegram.calls_of(method) if call.ok])


def asking(phone: Phone) -> Shown:
    """The one message that has buttons."""
    [message] = [shown for shown in phone.screen() if shown.keyboard]
    return message


async def test_a_whole_story_takes_no_call_that_is_turned_down_and_answers_every_tap_exactly_once(house: House) -> None:
    phone = house.phone(ANNE)
    async with house.serving():
        for move in STORY:
            await phone.tell([move])
            assert len(phone.keyboards()) <= 1, move
    assert house.telegram.rejected == []
    assert phone.reads("Uw verhaal is verstuurd.")
    answered = [call.params["callback_query_id"] for call in house.telegram.calls_of("answerCallbackQuery")]
    assert len(answered) == len(set(answered)) == len([move for move in STORY if move.taps])


async def test_the_choice_stays_to_be_read_under_the_question(house: House) -> None:
    async with house.serving():
        phone = house.phone(ANNE)
        await phone.tell([*OPENING, *FEELING])
        question = asking(phone)
        await phone.tell([taps("😌 Opgelucht")])
        [answered] = [shown for shown in phone.screen() if shown.message_id == question.message_id]
    assert answered.text == f"{question.text}\n\n✅ 😌 Opgelucht"
    assert answered.keyboard == ()


async def test_bold_words_stay_bold_when_the_choice_comes_under_them(house: House) -> None:
    async with house.serving():
        phone = house.phone(ANNE)
        await phone.tell([*OPENING, *TELLING])
        [bold] = [entity for entity in asking(phone).html_entities if entity.type == "bold"]
        review = asking(phone).message_id
        await phone.tell(SENDING)
        [after] = [shown for shown in phone.screen() if shown.message_id == review]
    assert bold in after.html_entities
    assert after.text.endswith("\n\n✅ Ja, en versturen")


async def test_an_answer_in_words_takes_the_old_buttons_away_too(house: House) -> None:
    async with house.serving():
        phone = house.phone(ANNE)
        await phone.tell([*OPENING, *FEELING])
        question = asking(phone)
        await phone.tell([says("opgelucht")])
        assert asking(phone).message_id != question.message_id
        [before] = [shown for shown in phone.screen() if shown.message_id == question.message_id]
    assert (before.text, before.keyboard) == (question.text, ())


async def test_another_prompt_comes_in_the_place_of_the_first(house: House) -> None:
    async with house.serving():
        phone = house.phone(ANNE)
        await phone.tell(OPENING)
        first, spoken = asking(phone), len(phone.screen())
        await phone.tell([taps("🔄 Een andere vraag")])
        second = asking(phone)
        await phone.tell([says(FIRST)])
    assert second.message_id == first.message_id
    assert second.text != first.text
    assert len(phone.screen()) == spoken + 1
    assert house.telegram.rejected == []


async def test_a_prompt_whose_message_is_gone_comes_as_a_new_one(house: House) -> None:
    async with house.serving():
        phone = house.phone(ANNE)
        await phone.tell(OPENING)
        data = next(data for row in asking(phone).keyboard for label, data in row if "andere vraag" in label)
        gone = asking(phone).message_id
        house.telegram.account.screen.drop(ANNE, gone)
        house.telegram.tap_data(ANNE, gone, data)
        await house.quiet()
        assert asking(phone).message_id > gone
        assert phone.reads("nooit meer vergeet")


@BOTH_ENGINES
async def test_two_taps_on_one_button_are_one_answer(house: House) -> None:
    async with house.serving():
        phone = house.phone(ANNE)
        await phone.tell([*OPENING, *FEELING])
        for _ in range(5):
            phone.do(taps("😌 Opgelucht"))
        await house.quiet()
        assert ok_calls(house.telegram, "answerCallbackQuery") == len([m for m in (*OPENING, *FEELING) if m.taps]) + 5
        await phone.tell([taps("Makkelijk")])
    kept = await phone.draft()
    assert kept
    assert (kept.answer("gevoel").option, kept.answer("makkelijk").option) == ("opgelucht", "4")
    assert len([text for text in phone.texts() if "makkelijk of moeilijk" in text]) == 1


@BOTH_ENGINES
async def test_a_button_of_an_earlier_question_changes_nothing_and_says_so(house: House) -> None:
    async with house.serving():
        phone = house.phone(ANNE)
        await phone.tell([*OPENING, *FEELING])
        question = asking(phone)
        data = next(data for row in question.keyboard for label, data in row if label == "😠 Boos")
        await phone.tell([taps("😌 Opgelucht")])
        house.telegram.tap_data(ANNE, question.message_id, data)
        await house.quiet()
        notice = house.telegram.calls_of("answerCallbackQuery")[-1].params["text"]
    kept = await phone.draft()
    assert kept
    assert kept.answer("gevoel").option == "opgelucht"
    assert str(notice).startswith("Deze vraag is al klaar.")
    assert house.telegram.rejected == []


@BOTH_ENGINES
async def test_a_forged_button_and_one_under_a_message_that_is_gone_are_answered(house: House) -> None:
    async with house.serving():
        phone = house.phone(ANNE)
        await phone.tell(OPENING)
        kept = await phone.draft()
        for data in ("admin:export", "x" * 64, "q:000000:verhaal:klaar", "d:t:ja:b9::0000:"):
            house.telegram.tap_data(ANNE, 99_999, data)
        await house.quiet()
        assert await phone.draft() == kept
    assert len(house.telegram.calls_of("answerCallbackQuery")) == 1 + 4
    assert house.telegram.rejected == []


@BOTH_ENGINES
async def test_a_tap_that_is_too_old_to_be_answered_counts_all_the_same(house: House) -> None:
    phone = house.phone(ANNE)
    async with house.serving():
        await phone.tell([*OPENING, *FEELING])
    phone.do(taps("😌 Opgelucht"))
    house.telegram.forget_taps()
    async with house.serving():
        await house.quiet()
    kept = await phone.draft()
    assert kept
    assert kept.answer("gevoel").option == "opgelucht"
    assert [call.method for call in house.telegram.rejected] == ["answerCallbackQuery"]
    assert phone.reads("makkelijk of moeilijk")


@BOTH_ENGINES
async def test_a_change_of_a_message_changes_what_is_kept(house: House) -> None:
    async with house.serving():
        phone = house.phone(ANNE)
        await phone.tell(OPENING)
        first = message_of(phone.say(FIRST))
        await house.quiet()
        house.telegram.edit(ANNE, first, SECOND)
        await house.quiet()
        assert await phone.pieces() == [SECOND]


async def test_hostile_words_come_back_on_the_screen_as_they_were_typed(house: House) -> None:
    title = "<b>&amp;</b> *x* {code} 👩‍👩‍👧 \u05e9\u05dc\u05d5\u05dd"
    async with house.serving():
        phone = house.phone(ANNE)
        changed = {move: says(title) for move in TELLING if move.words == TITLE}
        await phone.tell([*OPENING, *(changed.get(move, move) for move in TELLING)])
        assert f"📖 {title}\n" in asking(phone).text
    assert house.telegram.rejected == []


@BOTH_ENGINES
async def test_the_longest_story_can_be_read_back_and_sent(house: House) -> None:
    pieces = [says("&<>" * 1300 + f" {number}") for number in range(3)]
    moves: list[Move] = [*OPENING, *pieces, taps("✅ Klaar"), *TELLING[4:], *SENDING]
    async with house.serving():
        phone = house.phone(ANNE)
        await phone.tell(moves)
    assert phone.reads("Uw verhaal is verstuurd.")
    assert house.telegram.rejected == []


# What was left behind.


@BOTH_ENGINES
async def test_what_a_crash_left_in_the_outbox_is_sent_at_the_start(house: House) -> None:
    phone = house.phone(ANNE)
    async with house.serving():
        await phone.tell(OPENING)
    async with house.intake() as intake, intake.database.transaction() as work:
        for chat, words in (("telegram", "een"), ("terminal", "anders")):
            address = Address(chat, str(ANNE) if chat == "telegram" else "terminal")
            await turns.queue(work, intake.keys, address, [f'{{"template": "{words}"}}'], intake.clock())
    async with house.serving():
        await house.telegram.wait_for(lambda: amounts(house.url)["outbox"] == 1)
        await house.telegram.quiet()
    assert phone.texts()[-1] == "een"
    assert amounts(house.url)["outbox"] == 1


@BOTH_ENGINES
async def test_of_a_long_reply_nothing_is_said_again_after_a_crash_in_the_midst_of_it(house: House) -> None:
    phone = house.phone(ANNE)
    words = [f"woord-{number}" for number in range(1_000)]
    async with house.serving():
        await phone.tell(OPENING)
        before = len(phone.texts())
    async with house.intake() as intake, intake.database.transaction() as work:
        long = Outgoing(" ".join(words), rows=((("Ja", "x"),),))
        await turns.queue(work, intake.keys, Address("telegram", str(ANNE)), [pack(long)], intake.clock())
    house.telegram.faults = lambda method, values: server_error() if words[-1] in str(values.get("text")) else None
    async with house.serving():
        await house.telegram.wait_for(lambda: len(house.tried(ANNE)) > len(house.sent(ANNE)))
    assert len(phone.texts()) - before == 2
    house.telegram.faults = lambda method, values: None
    async with house.serving():
        await house.telegram.wait_for(lambda: amounts(house.url)["outbox"] == 0)
    assert " ".join(phone.texts()[before:]).split() == words
    assert [bool(shown.keyboard) for shown in phone.screen()[-3:]] == [False, False, True]


@BOTH_ENGINES
async def test_what_no_turn_asked_for_is_sent_too_and_what_is_for_later_waits(house: House) -> None:
    looking = replace(house, look_seconds=0.2, clock=Clock())
    phone, address = looking.phone(ANNE), Address("telegram", str(ANNE))
    async with looking.serving():
        await phone.tell(OPENING)
        async with looking.intake() as intake, intake.database.transaction() as work:
            at = looking.clock()
            for words, later in (("Nu.", timedelta(seconds=-1)), ("Straks.", timedelta(hours=1))):
                await turns.queue(work, intake.keys, address, [pack(Outgoing(words))], at, at + later)
        await house.telegram.wait_for(lambda: phone.reads("Nu."))
        await house.telegram.quiet()
    assert not phone.reads("Straks.")
    assert amounts(house.url)["outbox"] == 1


@BOTH_ENGINES
async def test_what_is_for_a_time_is_said_by_day_and_an_answer_at_any_hour(house: House) -> None:
    clock = Clock()
    looking = replace(house, look_seconds=0.2, clock=clock)
    phone, address = looking.phone(ANNE), Address("telegram", str(ANNE))
    clock.wait(timedelta(hours=12))
    async with looking.serving():
        await phone.tell([*OPENING, says(FIRST)])
        assert phone.reads("U mag nog meer vertellen.")
        async with looking.intake() as intake, intake.database.transaction() as work:
            await turns.queue(work, intake.keys, address, [pack(Outgoing("Nu."))], clock(), clock())
        await asyncio.sleep(3 * looking.look_seconds)
        assert not phone.reads("Nu.")
        clock.wait(timedelta(hours=12))
        await house.telegram.wait_for(lambda: phone.reads("Nu."))
    assert amounts(house.url)["outbox"] == 0


@BOTH_ENGINES
async def test_whoever_comes_back_does_not_read_what_was_for_later(house: House) -> None:
    phone, address = house.phone(ANNE), Address("telegram", str(ANNE))
    async with house.serving():
        await phone.tell(OPENING)
        async with house.intake() as intake, intake.database.transaction() as work:
            later = intake.clock() + timedelta(hours=1)
            await turns.queue(work, intake.keys, address, [pack(Outgoing("Straks."))], intake.clock(), later)
        await phone.tell([says(FIRST)])
    assert amounts(house.url)["outbox"] == 0


@BOTH_ENGINES
async def test_whoever_blocks_the_bot_is_not_reminded_of_anything(house: House) -> None:
    phone = house.phone(ANNE)
    async with house.serving():
        await phone.tell([*OPENING, says("/pauze"), taps("🔔 Stuur mij een bericht")])
        kept = await phone.draft()
        assert kept
        assert kept.remind
        house.telegram.push(member(private_chat(ANNE), "kicked"))
        await house.quiet()
        kept = await phone.draft()
    assert kept
    assert not kept.remind


@BOTH_ENGINES
async def test_what_cannot_be_understood_in_the_outbox_is_passed_by(house: House) -> None:
    phone = house.phone(ANNE)
    async with house.serving():
        await phone.tell(OPENING)
    async with house.intake() as intake, intake.database.transaction() as work:
        payloads = ["{}", "geen JSON", '{"template": "", "rows": [[["Ja", "g:x:"]]]}', '{"template": "twee"}']
        await turns.queue(work, intake.keys, Address("telegram", str(ANNE)), payloads, intake.clock())
    async with house.serving():
        await house.telegram.wait_for(lambda: phone.reads("twee"))
        await house.quiet()
    assert amounts(house.url)["outbox"] == 0


# How the bot presents itself.


async def test_name_texts_commands_and_menu_are_set_once(house: House) -> None:
    settled: list[int] = []
    for _ in range(2):
        async with house.serving():
            await house.telegram.wait_for(lambda: bool(house.telegram.calls_of("getChatMenuButton")))
            await house.quiet()
        settled.append(len([call for call in house.telegram.calls if call.method.startswith("setMy")]))
        house.telegram.calls.clear()
    assert settled == [4, 0]
    told = house.telegram.account.settings
    assert told["name", ""] == house.library.text("BOT.naam").text
    assert told["short_description", ""] == house.library.text("BOT.kort").text
    assert told["description", ""] == house.library.text("BOT.beschrijving").text
    assert house.telegram.rejected == []


async def test_a_text_that_differs_is_set_again_and_only_that(house: House) -> None:
    async with house.serving():
        await house.telegram.wait_for(lambda: bool(house.telegram.calls_of("getChatMenuButton")))
        await house.quiet()
    house.telegram.account.settings["short_description", ""] = "Iets anders."
    house.telegram.calls.clear()
    async with house.serving():
        await house.telegram.wait_for(lambda: bool(house.telegram.calls_of("getChatMenuButton")))
        await house.quiet()
    changed = [call.method for call in house.telegram.calls if call.method.startswith("set")]
    assert changed == ["setMyShortDescription"]


async def test_the_link_is_kept_with_the_story(house: House) -> None:
    async with house.serving():
        phone = house.phone(ANNE)
        await phone.tell(OPENING)
        kept = await phone.draft()
    assert kept
    assert kept.link == LINK
