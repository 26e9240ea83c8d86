"""Rows 47 to 64: buttons that are old, double or forged, and everything that leads out of a story and back into it."""

from datetime import timedelta

import pytest

from dialogs.interview import Interview
from tests.bot.disk import amounts, holds
from tests.bot.raw import member
from tests.bot.story import FIRST, SECOND
from tests.botapi.people import private_chat
from tests.catalogue.naming import button, labels, option
from tests.catalogue.resident import ANNE, Home, Resident

YES, NO = button("ALG.toestemming", "ja"), button("ALG.toestemming", "nee")
HAPPY, ANGRY = option("gevoel", "blij"), option("gevoel", "boos")
DAY = timedelta(days=1)


async def feeling(teller: Resident) -> str | None:
    """What was chosen at the first question with buttons."""
    return (await teller.kept()).answer("gevoel").option


async def test_row_47_a_button_of_an_earlier_question_is_answered_and_does_nothing(teller: Resident) -> None:
    await teller.tells()
    old = teller.data(ANGRY)
    await teller.uses(HAPPY)
    assert await teller.forges(*old) == []
    assert teller.notices()[-1] == "INV.oude_knop"
    assert await feeling(teller) == "blij"


async def test_row_47_after_a_restart_the_button_of_now_counts_and_an_old_one_does_not(home: Home) -> None:
    teller = home.resident(ANNE)
    async with home.serving():
        await teller.begins()
        await teller.tells()
        old = teller.data(ANGRY)
        await teller.uses(HAPPY)
    async with home.serving():
        assert await teller.forges(*old) == []
        assert teller.notices()[-1] == "INV.oude_knop"
        assert await teller.uses(option("makkelijk", "4")) == ["regels"]
    assert await feeling(teller) == "blij"


async def test_row_47_after_the_story_an_old_button_leads_nowhere(teller: Resident) -> None:
    await teller.tells()
    old = teller.data(ANGRY)
    await teller.skips()
    await teller.sends()
    assert await teller.forges(*old) == []
    assert teller.notices()[-1] == "INV.knop_voorbij"
    assert await teller.draft() is None


async def test_row_48_twenty_taps_on_one_button_are_one_answer(teller: Resident) -> None:
    await teller.tells()
    message, data = teller.data(HAPPY)
    before, spoken = len(teller.notices()), teller.names()
    for _ in range(20):
        teller.house.telegram.tap_data(teller.chat, message, data)
    await teller.house.quiet()
    assert teller.names()[len(spoken) :] == ["makkelijk"]
    assert teller.notices()[before:] == ["", *["INV.oude_knop"] * 19]
    assert {key for key, answer in (await teller.kept()).answers.items() if answer.option} == {"gevoel"}


FORGED = (
    "admin:export",
    "x" * 64,
    "q:000000:verhaal:klaar",
    "q:;DROP:x:y",
    "g:ja:K7PM4TX9R",
    "\u202e" * 21,
    "{code}",
    "",
)


@pytest.mark.parametrize("data", FORGED)
async def test_row_49_a_forged_button_is_answered_and_changes_nothing(teller: Resident, data: str) -> None:
    await teller.types(FIRST)
    before = (await teller.kept()).answers
    await teller.forges(teller.last().message_id, data)
    assert (await teller.kept()).answers == before
    assert len(teller.notices()) == 2
    assert teller.house.telegram.rejected == []


async def test_row_49_a_button_longer_than_any_of_ours_is_none_of_ours(teller: Resident) -> None:
    await teller.tells()
    message, data = teller.data(HAPPY)
    assert await teller.forges(message, data + ":" + "a" * 200) == []
    assert teller.notices()[-1] == "INV.oude_knop"
    assert await feeling(teller) is None


async def test_row_50_a_button_under_a_message_of_days_ago_counts_and_that_message_is_left_alone(
    teller: Resident,
) -> None:
    await teller.tells()
    message, data = teller.data(HAPPY)
    teller.house.telegram.account.screen.drop(teller.chat, message)
    teller.house.clock.wait(3 * DAY)
    assert await teller.forges(message, data) == ["makkelijk"]
    assert await feeling(teller) == "blij"
    edits = [call for call in teller.house.telegram.calls if call.method.startswith("edit")]
    assert message not in [call.params["message_id"] for call in edits]


async def test_row_50_another_question_in_the_place_of_one_that_is_gone_comes_as_a_new_message(
    teller: Resident,
) -> None:
    message, data = teller.data(button("ALG.anders", "anders"))
    teller.house.telegram.account.screen.drop(teller.chat, message)
    assert await teller.forges(message, data) == ["verhaal"]
    assert "nooit meer vergeet" in teller.last().text


async def test_row_51_a_typed_number_or_label_is_the_button(teller: Resident) -> None:
    await teller.tells()
    assert await teller.types("2") == ["makkelijk"]
    assert await teller.types("makkelijk") == ["regels"]
    kept = await teller.kept()
    assert (kept.answer("gevoel").option, kept.answer("makkelijk").option) == ("opgelucht", "4")


async def test_row_51_other_words_are_kept_beside_it_and_the_question_comes_again(teller: Resident) -> None:
    await teller.tells()
    words = "Dat hangt er echt van af op welke dag u het mij vraagt."
    assert await teller.types(words) == ["INV.tekst_bij_knop", "gevoel"]
    answer = (await teller.kept()).answer("gevoel")
    assert (answer.option, answer.text) == (None, words)


async def test_row_51_a_number_without_a_button_is_not_understood_and_not_kept(teller: Resident) -> None:
    await teller.tells()
    assert await teller.types("99") == ["INV.onbekend", "gevoel"]
    assert (await teller.kept()).answer("gevoel").parts == ()


async def test_row_52_start_in_the_middle_asks_and_nothing_is_lost(teller: Resident) -> None:
    await teller.types(FIRST)
    assert await teller.types("/start") == ["ALG.verder_gaan"]
    assert teller.buttons() == labels("ALG.verder_gaan")
    assert await teller.pieces() == [FIRST]
    assert await teller.uses(button("ALG.verder_gaan", "verder")) == ["ALG.meer"]
    await teller.types(SECOND)
    assert await teller.pieces() == [FIRST, SECOND]


async def test_row_52_who_begins_anew_is_asked_for_consent_again(teller: Resident) -> None:
    await teller.types(FIRST)
    await teller.types("/start")
    assert await teller.uses(button("ALG.verder_gaan", "nieuw")) == ["ALG.welkom", "ALG.toestemming"]
    assert await teller.draft() is None


CODES = ("onbekend", "verlopen-2019", "A" * 65, "../../etc/passwd", "%00%0a", "b-noord huis", "b-" + "x" * 63, "{code}")


@pytest.mark.parametrize("code", CODES)
async def test_row_53_a_code_that_says_nothing_is_a_normal_start_in_the_same_words(anne: Resident, code: str) -> None:
    assert await anne.types("/start") == ["ALG.welkom", "ALG.rol"]
    plain = anne.texts()
    other = anne.house.resident(ANNE + 100)
    assert await other.types(f"/start {code}") == ["ALG.welkom", "ALG.rol"]
    assert other.texts() == plain
    assert [amounts(anne.house.database)[table] for table in ("interviews", "seen")] == [0, 0]


async def test_row_54_another_link_in_the_middle_is_asked_about_and_telling_on_keeps_the_first(
    teller: Resident,
) -> None:
    await teller.types(FIRST)
    assert await teller.types("/start m-west2") == ["ALG.andere_link"]
    assert (await teller.kept()).link == "b-noord7"
    assert await teller.types(SECOND) == ["ALG.meer"]
    kept = await teller.kept()
    assert (kept.link, kept.question_set, await teller.pieces()) == ("b-noord7", "bewoner", [FIRST, SECOND])


async def test_row_54_the_first_button_keeps_the_story_and_the_last_begins_anew(teller: Resident) -> None:
    await teller.types(FIRST)
    await teller.types("/start b-zuid2")
    assert await teller.uses(button("ALG.andere_link", "verder")) == ["ALG.meer"]
    await teller.types("/start b-zuid2")
    assert await teller.uses(button("ALG.andere_link", "nieuw")) == ["ALG.welkom", "ALG.toestemming"]
    assert await teller.draft() is None


def nothing_is_kept(home: Home) -> bool:
    """Whether no row of any kind exists that a chat could have made."""
    kept = amounts(home.database)
    return not any(kept[table] for table in ("interviews", "answers", "parts", "seen", "outbox", "messages"))


async def test_row_55_a_no_keeps_nothing_and_one_can_come_back(anne: Resident) -> None:
    await anne.types("/start b-noord7")
    assert await anne.uses(NO) == ["ALG.nee"]
    assert nothing_is_kept(anne.house)
    assert await anne.begins() == ["verhaal"]


async def test_row_55_a_perhaps_is_no_yes(anne: Resident) -> None:
    await anne.types("/start b-noord7")
    assert await anne.types("misschien") == ["ALG.eerst_ja", "ALG.toestemming"]
    assert nothing_is_kept(anne.house)


async def test_row_55_a_silence_is_no_yes_and_is_not_broken(home: Home) -> None:
    anne = home.resident(ANNE)
    async with home.serving():
        await anne.types("/start b-noord7")
    spoken = anne.names()
    await home.wait(8 * DAY)
    async with home.serving():
        await home.quiet()
        assert anne.names() == spoken
        assert nothing_is_kept(home)
        assert await anne.uses(YES) == ["verhaal"]


async def test_row_56_a_story_before_consent_is_not_kept_and_not_said_back(anne: Resident) -> None:
    assert await anne.types(f"{FIRST} {SECOND}") == ["ALG.welkom", "ALG.eerst_ja", "ALG.rol"]
    await anne.uses(button("ALG.rol", "bewoner"))
    assert await anne.types(FIRST) == ["ALG.eerst_ja", "ALG.toestemming"]
    assert nothing_is_kept(anne.house)
    assert await anne.uses(YES) == ["verhaal"]
    assert (await anne.kept()).answers == {}
    assert not any(FIRST in text for text in anne.texts())


async def test_row_57_who_takes_back_the_yes_half_way_leaves_nothing(home: Home) -> None:
    teller = home.resident(ANNE)
    async with home.serving():
        await teller.begins()
        await teller.tells()
        await teller.types("stop")
        assert await teller.uses(button("ALG.stop", "ja")) == ["ALG.gestopt"]
    assert await teller.draft() is None
    kept = amounts(home.database)
    assert [kept[table] for table in ("interviews", "answers", "parts", "stories")] == [0, 0, 0, 0]
    await home.wait(timedelta(minutes=1))
    assert not holds(home.database, FIRST)


async def test_row_58_what_is_taken_back_after_an_export_is_named_in_the_next_one(teller: Resident) -> None:
    await teller.tells()
    await teller.skips()
    receipt = await teller.sends()
    first = await teller.house.exported("eerst")
    await teller.types(f"/verwijderen {receipt}")
    assert await teller.uses(button("ALG.verwijderen.zeker", "ja")) == ["ALG.verwijderd"]
    assert await teller.story(receipt) is None
    second = await teller.house.exported("daarna")
    taken_back = second["ingetrokken.csv"].splitlines()[1].split(",")[0]
    assert taken_back in first["verhalen.csv"]
    assert FIRST in first["verhalen.csv"]
    assert FIRST not in second["verhalen.csv"]


async def silent(home: Home, agreed: str) -> list[str]:
    """What is said unasked to somebody who paused, with a reminder or without, and then stays away for days."""
    teller = home.resident(ANNE)
    async with home.serving():
        await teller.begins()
        await teller.types(FIRST)
        await teller.types("pauze")
        await teller.uses(button("ALG.pauze", agreed))
    spoken = len(teller.screen())
    for _ in range(9):
        await home.wait(DAY)
        async with home.serving():
            await home.quiet()
    return teller.names()[spoken:]


async def test_row_59_who_asked_for_it_gets_two_reminders_and_the_end(home: Home) -> None:
    assert await silent(home, "herinner") == ["HER.1", "HER.2", "HER.3"]
    assert amounts(home.database)["interviews"] == 0


async def test_row_59_who_did_not_ask_hears_nothing_and_the_draft_goes_all_the_same(home: Home) -> None:
    assert await silent(home, "verder") == []
    assert amounts(home.database)["interviews"] == 0


async def test_row_59_who_blocks_the_bot_is_not_reminded(home: Home) -> None:
    teller = home.resident(ANNE)
    async with home.serving():
        await teller.begins()
        await teller.types("pauze")
        await teller.uses(button("ALG.pauze", "herinner"))
        home.telegram.push({"my_chat_member": member(private_chat(ANNE), "kicked")["my_chat_member"]})
        await home.quiet()
    spoken = teller.names()
    await home.wait(2 * DAY)
    async with home.serving():
        await home.quiet()
    assert teller.names() == spoken


async def test_row_60_words_after_the_end_lead_to_a_new_story_and_not_into_the_old_one(teller: Resident) -> None:
    await teller.tells()
    await teller.skips()
    receipt = await teller.sends()
    assert await teller.types(SECOND) == ["ALG.welkom", "ALG.eerst_ja", "ALG.rol"]
    assert await teller.draft() is None
    story = await teller.story(receipt)
    assert story
    assert SECOND not in story.answer("verhaal").text.split("\n")


async def test_row_60_the_button_for_another_story_begins_one(teller: Resident) -> None:
    await teller.tells()
    await teller.skips()
    await teller.sends()
    assert await teller.uses(button("ALG.dank", "nog")) == ["ALG.nog", "verhaal"]


async def test_row_61_of_two_devices_the_first_tap_counts_and_the_words_come_in_order(teller: Resident) -> None:
    for number in range(10):
        teller.say(f"telefoon {number}")
        teller.say(f"tablet {number}")
    await teller.house.quiet()
    assert await teller.pieces() == [f"{device} {at}" for at in range(10) for device in ("telefoon", "tablet")]
    await teller.tells()
    (message, happy), (_, angry) = teller.data(HAPPY), teller.data(ANGRY)
    teller.house.telegram.tap_data(teller.chat, message, happy)
    assert await teller.forges(message, angry) == ["makkelijk"]
    assert await feeling(teller) == "blij"
    assert teller.notices()[-1] == "INV.oude_knop"


async def helped(anne: Resident) -> str:
    """A whole story that is written down for somebody else, from the consent on; its receipt."""
    await anne.uses(button("HELP.toestemming", "ja"))
    await anne.tells()
    await anne.skips(13)
    return await anne.sends()


async def test_row_62_two_residents_on_one_phone_have_a_receipt_and_an_empty_screen_each(anne: Resident) -> None:
    await anne.types("/start h-noord7")
    await anne.uses(button("HELP.start", "samen"))
    await anne.uses(button("HELP.uitleg", "ok"))
    first = await helped(anne)
    assert anne.names() == ["HELP.dank"]
    assert await anne.uses(button("HELP.dank", "nog")) == ["HELP.toestemming"]
    second = await helped(anne)
    assert anne.names() == ["HELP.dank"]
    one, other = await anne.story(first), await anne.story(second)
    assert isinstance(one, Interview)
    assert isinstance(other, Interview)
    assert (first == second, one.teller == other.teller) == (False, False)


async def test_row_64_who_writes_for_somebody_else_says_so_and_that_is_kept(anne: Resident) -> None:
    await anne.types("/start")
    assert await anne.uses(button("ALG.rol", "helper")) == ["HELP.start"]
    assert await anne.uses(button("HELP.start", "samen")) == ["HELP.uitleg"]
    assert await anne.uses(button("HELP.uitleg", "ok")) == ["HELP.toestemming"]
    assert await anne.uses(button("HELP.toestemming", "ja")) == ["verhaal"]
    kept = await anne.kept()
    assert (kept.helped, kept.role) == (True, "bewoner")


async def test_row_64_who_is_alone_cannot_say_yes_for_somebody_else(anne: Resident) -> None:
    await anne.types("/start h-noord7")
    assert await anne.uses(button("HELP.start", "niet_erbij")) == ["HELP.niet_erbij"]
    assert nothing_is_kept(anne.house)
