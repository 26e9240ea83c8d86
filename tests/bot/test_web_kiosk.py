"""Whether a tablet in the buurthuis shows nobody what was told on it before, also where its browser has no scripts."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.browser.kiosk import MARGIN, QUIET, WARNED, WRITING
from bot.intake import Intake
from tests.bot.another_program import place
from tests.bot.browser import Answer, Browser, browser, visited
from tests.bot.disk import amounts, held
from tests.bot.running import free_port
from tests.bot.story import FIRST, LINK, STORY
from tests.bot.web_visits import CODE, Neighbourhood

HOME = f"/v/{LINK}?kiosk"
WELCOME = "Wat maakte u mee met het Buurtteam in Amsterdam?"
WARNING = "Bent u er nog?"
REFRESH = re.compile(r'<noscript><meta http-equiv="refresh" content="(\d+); url=([^"]+)">')
LONG_GONE = QUIET + MARGIN + 1


class Wall:
    """A clock on the wall that a test moves on."""

    def __init__(self) -> None:
        self.at = 1_800_000_000.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def wall() -> Wall:
    return Wall()


@pytest.fixture
def database(site: Neighbourhood) -> Path:
    return place(site.url)


@pytest.fixture
async def tablet(intake: Intake, wall: Wall) -> AsyncIterator[Browser]:
    """A device that is a kiosk, and nobody told anything on it yet."""
    port = free_port()
    async with visited(intake, port, clock=wall), browser(port) as found:
        await found.get(HOME)
        yield found


async def begun(tablet: Browser) -> Answer:
    """Somebody says yes and tells something; the page minds whether she is there."""
    await tablet.tap("✅ Ja, ik doe mee")
    found = await tablet.say(FIRST)
    await note_presence(tablet)
    return found


async def note_presence(tablet: Browser) -> None:
    """What the script of a page says while somebody types or reads."""
    async with tablet.http.post(f"http://127.0.0.1:{tablet.port}/aanwezig") as answer:
        assert answer.status == 204


def mark(tablet: Browser) -> str:
    """What the cookie of the kiosk holds; "" where there is none."""
    return next((cookie.value for cookie in tablet.http.cookie_jar if cookie.key.endswith("-kiosk")), "")


def is_anew(found: Answer) -> bool:
    """Whether this is the welcome page of the link, with nothing of anybody."""
    said = "".join(spoken.words for spoken in found.page.spoken)
    return found.status == 200 and WELCOME in said and "✅ Ja, ik doe mee" in found.html and FIRST not in found.html


async def test_a_kiosk_begins_with_the_welcome_of_its_link_and_waits_there_for_as_long_as_it_takes(
    tablet: Browser, wall: Wall
) -> None:
    assert is_anew(await tablet.get())
    wall.at += 24 * 60 * 60
    assert "Wat gebeurde er toen?" in (await tablet.tap("✅ Ja, ik doe mee")).html


@pytest.mark.parametrize("path", ["/gesprek", "/", "/hulp", "/wissen", HOME])
async def test_whoever_comes_after_a_teller_who_left_finds_nothing(
    tablet: Browser, wall: Wall, database: Path, path: str
) -> None:
    await begun(tablet)
    before = tablet.token
    wall.at += LONG_GONE
    assert is_anew(await tablet.get(path))
    assert tablet.token != before
    assert (amounts(database)["interviews"], amounts(database)["outbox"]) == (0, 0)


async def test_a_form_of_a_teller_who_left_is_answered_with_the_welcome_and_shows_no_word(
    tablet: Browser, wall: Wall, database: Path
) -> None:
    await begun(tablet)
    wall.at += LONG_GONE
    assert is_anew(await tablet.say("en toen kwam er nog iets"))
    assert amounts(database)["interviews"] == 0


async def test_a_page_of_the_teller_before_shows_no_word_of_hers(tablet: Browser, wall: Wall) -> None:
    await begun(tablet)
    old = tablet.page
    await tablet.get(HOME)
    await tablet.tap("✅ Ja, ik doe mee")
    tablet.page = old
    found = await tablet.say(FIRST)
    assert (FIRST in found.html, found.page.field) == (False, "")
    assert "Dat was een pagina van eerder." in found.page.notices[0]


async def test_who_is_there_goes_on(tablet: Browser, wall: Wall) -> None:
    await begun(tablet)
    for _ in range(4):
        wall.at += QUIET
        assert FIRST in (await tablet.get()).html
    await note_presence(tablet)
    for _ in range(4):
        wall.at += QUIET
        await note_presence(tablet)
    assert "U mag nog meer vertellen." in (await tablet.say("En daarna ging het beter.")).html


async def test_the_page_itself_goes_to_a_question_and_then_to_the_welcome(tablet: Browser, wall: Wall) -> None:
    assert REFRESH.findall((await tablet.get()).html) == []
    await begun(tablet)
    found = await tablet.get("/hulp")
    [(seconds, asks)] = REFRESH.findall(found.html)
    wall.at += int(seconds)
    asked = await tablet.get(asks)
    assert int(seconds) == QUIET - WARNED
    assert WARNING in asked.html
    [(more, home)] = REFRESH.findall(asked.html)
    assert (int(more), home) == (WARNED, HOME)
    assert FIRST in (await tablet.get()).html
    await tablet.get(asks)
    wall.at += int(more)
    assert is_anew(await tablet.get(home))


async def test_without_scripts_somebody_who_types_has_time(tablet: Browser, wall: Wall) -> None:
    await begun(tablet)
    assert REFRESH.findall((await tablet.get()).html) == [(str(WRITING - WARNED), "/rust")]
    wall.at += WRITING
    assert FIRST in (await tablet.say("Het duurde even voor ik dit had getypt.")).html


async def test_a_receipt_stays_until_nobody_is_there(tablet: Browser, wall: Wall) -> None:
    for move in STORY[1:]:
        await (tablet.tap(move.words) if move.taps else tablet.say(move.words))
    found = await tablet.get()
    code = CODE.search("\n".join(said.words for said in found.page.spoken))
    assert code
    assert "Schrijf een code dus meteen op." in found.html
    assert "data-begun" in found.html
    wall.at += QUIET
    assert code[1] in (await tablet.get()).html
    wall.at += LONG_GONE
    assert code[1] not in (await tablet.get()).html


async def test_while_nothing_can_be_thrown_away_nobody_reads_it_either(
    tablet: Browser, wall: Wall, database: Path
) -> None:
    await begun(tablet)
    wall.at += LONG_GONE
    async with held(database):
        found = await tablet.get()
    assert found.status == 503
    assert FIRST not in found.html
    assert is_anew(await tablet.get())


async def test_a_draft_on_a_device_that_is_no_kiosk_is_not_lost_by_a_link(tablet: Browser) -> None:
    async with browser(tablet.port) as anne:
        await anne.get(f"/v/{LINK}")
        await begun(anne)
        found = await anne.get(HOME)
        assert "Dit is een gedeeld apparaat: haal alles weg" in found.html
        assert mark(anne) == ""
        assert FIRST in (await anne.get()).html


async def test_a_link_without_kiosk_makes_it_a_device_like_any_other_and_takes_everything_along(
    tablet: Browser, wall: Wall
) -> None:
    await begun(tablet)
    assert is_anew(await tablet.get(f"/v/{LINK}"))
    assert mark(tablet) == ""
    await begun(tablet)
    wall.at += LONG_GONE
    assert FIRST in (await tablet.get()).html


async def test_what_is_wiped_by_hand_leads_to_the_welcome_of_the_kiosk(tablet: Browser) -> None:
    await begun(tablet)
    await tablet.get("/wissen")
    await tablet.send({}, "/wissen")
    assert is_anew(await tablet.get())


async def test_a_kiosk_without_a_link_asks_who_somebody_is(tablet: Browser, wall: Wall) -> None:
    found = await tablet.get("/?kiosk")
    assert "Ik ben bewoner" in found.html
    assert mark(tablet) == "0."


@pytest.mark.parametrize("words", ["pauze", "/pauze"])
async def test_on_a_kiosk_nobody_is_promised_that_a_story_waits(tablet: Browser, words: str) -> None:
    await begun(tablet)
    found = await tablet.say(words)
    said = [spoken.words for spoken in found.page.spoken if not spoken.mine][-1]
    assert said.startswith("Op dit apparaat kan ik uw verhaal niet bewaren.")
    assert "dagen" not in said
    assert "Wat gebeurde er toen?" not in (await tablet.tap("▶️ Verder")).page.spoken[-1].words


async def test_nobody_is_offered_to_go_on_later_on_a_kiosk(tablet: Browser) -> None:
    assert "/pauze" not in (await begun(tablet)).html


@pytest.mark.parametrize("broken", ["", "x", "99999999999999.b-noord7", "12.b/../c", "12.b-noord7; a", "-1.b"])
async def test_a_mark_that_is_none_of_ours_makes_no_kiosk(tablet: Browser, broken: str) -> None:
    async with browser(tablet.port, {"cookie": f'vertelbot-kiosk="{broken}"'}) as anne:
        assert "quiet" not in (await anne.get("/hulp")).html


async def test_whoever_comes_from_another_site_still_comes_to_the_kiosk(tablet: Browser) -> None:
    async with browser(tablet.port, {"sec-fetch-site": "cross-site"}) as anne:
        assert f'content="0; url={HOME}"' in (await anne.get(HOME)).html
