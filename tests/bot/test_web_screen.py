"""Whether a screen shows what is asked now and no other buttons, and of the teller's own words only what is kept."""

import re

from bot.intake import Intake
from tests.bot.browser import Answer, Browser
from tests.bot.story import FIRST, LINK, SECOND, STORY, Move, taps
from tests.bot.web_visits import CODE, agreed, heard, pieces, told
from tests.postgres import BOTH_ENGINES

BSN = "111222333"
PHONE = "06-12345678"
TURKISH = "Mahalle ekibi bana çok yardım etti ve şimdi daha iyiyim, borçlarım için bir plan yaptık."
ARABIC = "ذهبت إلى فريق الحي مع رسائل البنك وقرأوها معي، والآن أدفع كل شهر مبلغا صغيرا."
LABEL = re.compile(r'<label for="words">([^<]*)</label>')


def buttons(found: Answer) -> list[str]:
    """All that can be tapped in the conversation."""
    return [label for said in found.page.spoken for row in said.rows for label, _ in row]


def mine(found: Answer) -> list[str]:
    """What the teller said, as it stands on the screen."""
    return [said.words for said in found.page.spoken if said.mine]


def label(found: Answer) -> str:
    """What the field is for."""
    [words] = LABEL.findall(found.html)
    return str(words)


async def does(anne: Browser, *moves: Move) -> Answer:
    """One after another; the last page."""
    done = [await (anne.tap(move.words) if move.taps else anne.say(move.words)) for move in moves]
    return done[-1]


# Buttons.


async def test_a_story_is_taken_away_with_one_stack_of_buttons_at_a_time(anne: Browser) -> None:
    thanks = await told(anne)
    code = CODE.search(heard(thanks))
    assert code
    assert label(thanks) == "Wilt u nog iets zeggen? Typ het hier"
    asked = await anne.tap("🗑 Verhaal weghalen")
    assert (buttons(asked), label(asked)) == (["Ik heb geen code meer"], "Typ hier uw code")
    wrong = await anne.say("AB2-CD3-EF4")
    assert (buttons(wrong), label(wrong)) == (["Ik heb geen code meer"], "Typ hier uw code")
    found = await anne.say(code[1])
    assert buttons(found) == ["👀 Eerst lezen", "🗑 Ja, haal weg", "Nee, laat staan"]
    gone = await anne.tap("🗑 Ja, haal weg")
    assert "Uw verhaal is weg." in heard(gone)
    assert buttons(gone) == ["➕ Nog een verhaal", "🧹 Gesprek leegmaken"]


async def test_who_leaves_the_story_where_it_is_finds_the_buttons_below_the_receipt_again(anne: Browser) -> None:
    below = buttons(await told(anne))
    code = CODE.search(heard(await anne.tap("🗑 Verhaal weghalen")))
    assert code
    await anne.say(code[1])
    assert buttons(await anne.say("nee")) == below


async def test_another_question_comes_below_the_tap_that_asked_for_it(anne: Browser) -> None:
    first = (await agreed(anne)).page.spoken[-1].words
    found = await anne.tap("🔄 Een andere vraag")
    was, tapped, now = found.page.spoken[-3:]
    assert (was.words, was.rows) == (first, ())
    assert (tapped.words, tapped.mine) == ("🔄 Een andere vraag", True)
    assert now.words != first
    assert now.rows


async def test_a_command_in_what_is_said_is_tapped_and_echoes_what_it_is_called(anne: Browser) -> None:
    await anne.get(f"/v/{LINK}")
    left = await anne.tap("❌ Nee, ik doe niet mee")
    assert 'name="command" value="/start" aria-label="/start: Begin met vertellen"' in left.html
    found = await anne.send({"command": "/start", "words": ""})
    assert mine(found)[-1] == "Begin met vertellen"
    assert buttons(found)[0] == "Ik ben bewoner"
    await does(anne, taps("Ik ben bewoner"), taps("✅ Ja, ik doe mee"))
    assert mine(await anne.send({"command": "/terug", "words": ""}))[-1] == "↩️ Eén vraag terug"


async def test_what_a_teller_typed_is_no_button(anne: Browser) -> None:
    await agreed(anne)
    await anne.say(FIRST)
    found = await anne.say("Zij zei: stuur /verwijderen of /stop.")
    assert 'value="/stop" aria-label' not in found.html


# Words and a button.


@BOTH_ENGINES
async def test_words_that_stand_in_the_field_of_a_story_that_is_done_belong_to_it(
    anne: Browser, intake: Intake
) -> None:
    await agreed(anne)
    await anne.say(FIRST)
    twin = anne.twin()
    found = await anne.tap("✅ Klaar", SECOND)
    assert (mine(found)[-2:], found.page.field) == ([SECOND, "✅ Klaar"], "")
    assert "Welke titel past erbij?" in found.page.spoken[-1].words
    again = await twin.tap("✅ Klaar", SECOND)
    await twin.http.close()
    assert mine(again) == mine(found)
    assert await pieces(intake, anne.address) == [FIRST, SECOND]


async def test_words_in_need_are_answered_before_a_story_is_done(anne: Browser) -> None:
    await agreed(anne)
    await anne.say(FIRST)
    found = await anne.tap("✅ Klaar", "ik wil dood")
    assert "Welke titel past erbij?" not in heard(found)
    assert "0800-0113" in heard(found)


async def test_a_story_has_a_large_field_and_a_title_one_line(anne: Browser) -> None:
    found = await agreed(anne)
    assert ('rows="5"' in found.html, "placeholder" in found.html) == (True, False)
    assert 'rows="5" placeholder=" "' in (await anne.say(f"{FIRST} {SECOND}")).html
    found = await anne.tap("✅ Klaar")
    assert ('rows="1"' in found.html, label(found)) == (True, "Typ hier uw antwoord")


# The door.


async def test_another_link_before_consent_leaves_one_greeting(anne: Browser) -> None:
    await anne.get(f"/v/{LINK}")
    await anne.say("goedemiddag")
    found = await anne.get("/v/m-west")
    assert heard(found).count("Welkom!") == 1
    assert mine(found) == []


async def test_another_link_takes_no_story_from_the_screen(anne: Browser) -> None:
    await agreed(anne)
    await anne.say(FIRST)
    assert FIRST in mine(await anne.get("/v/b-west"))


async def test_another_link_takes_no_receipt_from_the_screen(anne: Browser) -> None:
    await told(anne)
    await anne.get("/v/m-west")
    found = await anne.get("/v/b-oost")
    assert CODE.search(heard(found))
    assert (heard(found).count("Hallo! 👋"), heard(found).count("Welkom!")) == (2, 0)


# What the teller typed.


@BOTH_ENGINES
async def test_the_number_of_a_person_stands_on_no_screen(anne: Browser, intake: Intake) -> None:
    early = await anne.get(f"/v/{LINK}")
    early = await anne.say(f"Mijn BSN is {BSN}.")
    assert BSN not in early.html
    await anne.tap("✅ Ja, ik doe mee")
    twin = anne.twin()
    await anne.say(f"{FIRST} Mijn BSN is {BSN}.")
    again = await twin.say(f"{FIRST} Mijn BSN is {BSN}.")
    await twin.http.close()
    assert BSN not in again.html
    assert mine(again)[-1:] == await pieces(intake, anne.address) == [f"{FIRST} Mijn BSN is [nummer]."]


async def test_a_number_in_two_messages_stands_on_no_screen(anne: Browser, intake: Intake) -> None:
    await agreed(anne)
    await anne.say(f"{FIRST} Mijn BSN is 111 222")
    found = await anne.say(f"333. {SECOND}")
    assert not re.search(r"111 222|333", "".join(mine(found)))
    assert mine(found)[-2:] == await pieces(intake, anne.address)


async def test_a_number_that_may_go_goes_from_the_screen_too(anne: Browser) -> None:
    await agreed(anne)
    assert PHONE in (await anne.say(f"{FIRST} Bel mij op {PHONE}.")).html
    await does(anne, *STORY[4 : STORY.index(taps("➕ Nog 3 korte vragen"))])
    found = await anne.tap("✅ Ja, haal weg")
    assert f"{FIRST} Bel mij op [nummer]." in mine(found)
    assert PHONE not in found.html


async def test_own_words_say_in_which_language_they_are_and_go_their_own_way(anne: Browser) -> None:
    await agreed(anne)
    await anne.say(TURKISH)
    assert f'<p dir="auto" lang="tr">{TURKISH}</p>' in (await anne.say("evet")).html
    found = await anne.say(ARABIC)
    assert f'<p dir="auto" lang="ar">{ARABIC}</p>' in found.html
    assert '<p dir="auto">evet</p>' in found.html
