"""Rows 34 to 46: what is no words, and messages that were changed, passed on or sent in reply.

Nothing of it is ever fetched: `conftest.py` looks after every row whether a file was asked for.
"""

import pytest

from tests.bot.disk import amounts
from tests.bot.raw import CHANNEL_CHAT, in_chat
from tests.bot.running import message_of
from tests.bot.story import FIRST, SECOND
from tests.botapi.people import person
from tests.botapi.wire import Object, an_object
from tests.catalogue.naming import button
from tests.catalogue.resident import BO, Resident

FILE: Object = {"file_id": "AwACAgQAAxk", "file_unique_id": "AgADkw"}
PHOTO: Object = {"photo": [{**FILE, "width": 90, "height": 67}, {**FILE, "width": 1280, "height": 960}]}
SOMEBODY: Object = {"type": "hidden_user", "sender_user_name": "Iemand anders", "date": 1_772_000_000}


async def refused(teller: Resident, content: Object, sentence: str) -> None:
    """It gets this one sentence, and the interview stays as it was; words after it are the story."""
    before = await teller.draft()
    assert await teller.shares(content) == [sentence]
    assert await teller.draft() == before
    await teller.types(FIRST)
    assert await teller.pieces() == [FIRST]


async def test_row_34_a_second_of_silence_gets_the_sentence_that_the_chat_cannot_listen(teller: Resident) -> None:
    await refused(teller, {"voice": {**FILE, "duration": 1, "mime_type": "audio/ogg"}}, "INV.spraak_uit")


async def test_row_35_six_minutes_of_voice_get_the_same_sentence(teller: Resident) -> None:
    await refused(teller, {"voice": {**FILE, "duration": 360, "file_size": 21 * 1024 * 1024}}, "INV.spraak_uit")


@pytest.mark.parametrize("broken", [{"duration": 0}, {"mime_type": "audio/x-onbekend"}, {"file_size": 0}])
async def test_row_36_sound_in_another_form_gets_the_same_sentence(teller: Resident, broken: Object) -> None:
    await refused(teller, {"audio": {**FILE, "duration": 3, **broken}}, "INV.spraak_uit")


async def test_row_37_a_photo_is_not_looked_at_and_words_are_asked_for(teller: Resident) -> None:
    await refused(teller, PHOTO, "INV.foto")


async def test_row_38_the_words_under_a_photo_are_kept_and_the_photo_is_not(teller: Resident) -> None:
    assert await teller.shares({**PHOTO, "caption": FIRST}) == ["INV.foto_tekst", "ALG.meer"]
    assert await teller.pieces() == [FIRST]


async def test_row_39_an_album_of_ten_gets_one_sentence(teller: Resident) -> None:
    album = [{**PHOTO, "media_group_id": "13371337"} for _ in range(10)]
    assert await teller.shares(*album) == ["INV.foto"]
    assert (await teller.kept()).answers == {}


@pytest.mark.parametrize("name", ["factuur.exe", "alles.zip", "brief.pdf", "../../etc/passwd"])
async def test_row_40_a_file_is_not_fetched_whatever_it_is(teller: Resident, name: str) -> None:
    await refused(teller, {"document": {**FILE, "file_name": name}}, "INV.bestand")


PLACE: Object = {"latitude": 52.3702, "longitude": 4.8952}


async def test_row_41_a_place_is_not_kept(teller: Resident) -> None:
    await refused(teller, {"location": {**PLACE}}, "INV.iets")


async def test_row_41_a_place_that_moves_is_told_once(teller: Resident) -> None:
    live: Object = {"location": {**PLACE, "live_period": 3600}}
    moved = an_object(teller.house.telegram.share(teller.chat, live)["message"])
    await teller.house.quiet()
    assert teller.names()[-1] == "INV.iets"
    spoken = teller.names()
    for _ in range(3):
        teller.house.telegram.push({"edited_message": {**moved, "edit_date": 1_772_625_700}})
    await teller.house.quiet()
    assert teller.names() == spoken


async def test_row_42_a_card_of_somebody_is_not_kept(teller: Resident) -> None:
    await refused(teller, {"contact": {"phone_number": "+31612345678", "first_name": "Fatima"}}, "INV.iets")


ODD: dict[str, Object] = {
    "poll": {"poll": {"id": "1", "question": "Ja?", "options": [], "is_closed": False}},
    "game": {"game": {"title": "Spel", "description": "", "photo": []}},
    "payment": {"successful_payment": {"currency": "EUR", "total_amount": 100}},
    "invoice": {"invoice": {"title": "Rekening", "currency": "EUR", "total_amount": 100}},
    "story": {"story": {"id": 1, "chat": {"id": 5, "type": "private"}}},
    "gift": {"gift": {"gift": {"id": "1"}}},
    "what no one knows yet": {"hologram": {"length": 3}},
}


@pytest.mark.parametrize("kind", ODD)
async def test_row_43_what_the_app_can_send_more_gets_one_sentence(teller: Resident, kind: str) -> None:
    await refused(teller, ODD[kind], "INV.iets")


async def test_row_43_dice_are_no_answer(teller: Resident) -> None:
    await refused(teller, {"dice": {"emoji": "🎲", "value": 4}}, "INV.iets")


async def test_row_44_a_round_video_gets_the_sentence_of_a_voice(teller: Resident) -> None:
    await refused(teller, {"video_note": {**FILE, "length": 240, "duration": 3}}, "INV.spraak_uit")


async def test_row_45_a_message_that_is_changed_changes_its_own_piece(teller: Resident) -> None:
    first = message_of(teller.say(FIRST))
    await teller.types("En toen.")
    teller.house.telegram.edit(teller.chat, first, SECOND)
    await teller.house.quiet()
    assert teller.names()[-1] == "INV.bewerkt"
    assert await teller.pieces() == [SECOND, "En toen."]


async def test_row_45_after_sending_a_change_is_too_late_and_that_is_said(teller: Resident) -> None:
    first = message_of(teller.say(f"{FIRST} {SECOND}"))
    await teller.house.quiet()
    await teller.uses(button("ALG.meer", "klaar"))
    await teller.skips(9)
    receipt = await teller.sends()
    teller.house.telegram.edit(teller.chat, first, "Iets heel anders.")
    await teller.house.quiet()
    assert teller.names()[-1] == "INV.al_verstuurd"
    story = await teller.story(receipt)
    assert story
    assert story.answer("verhaal").text == f"{FIRST} {SECOND}"


async def test_row_46_a_reply_to_an_old_question_is_for_the_question_of_now(teller: Resident) -> None:
    old = teller.house.telegram.account.screen.get(teller.chat, teller.last().message_id)
    await teller.types(FIRST)
    assert await teller.shares({"text": SECOND, "reply_to_message": old}) == []
    assert await teller.pieces() == [FIRST, SECOND]


async def test_row_46_words_of_somebody_else_are_asked_about_and_not_kept_without_a_yes(teller: Resident) -> None:
    assert await teller.shares({"text": FIRST, "forward_origin": SOMEBODY}) == ["INV.doorgestuurd"]
    assert (await teller.kept()).answers == {}
    assert await teller.uses(button("INV.doorgestuurd", "nee")) == ["verhaal"]
    assert (await teller.kept()).answers == {}
    await teller.shares({"text": SECOND, "forward_origin": SOMEBODY})
    assert await teller.uses(button("INV.doorgestuurd", "ja")) == ["ALG.meer"]
    assert await teller.pieces() == [SECOND]


async def test_row_46_a_message_of_a_channel_is_not_read(anne: Resident) -> None:
    post = in_chat({**CHANNEL_CHAT}, {"text": FIRST, "from": person(BO)}, "channel_post")
    anne.house.telegram.push({"channel_post": post["channel_post"]})
    await anne.house.quiet()
    assert anne.house.telegram.calls_of("sendMessage") == []
    assert amounts(anne.house.database)["seen"] == 0
