"""Whether somebody with any browser can tell a story, loses nothing that was typed, and leaves nothing for another."""

import asyncio
import re
from itertools import count

import pytest

from bot.browser.pages import Pages
from bot.browser.screens import IDLE_SECONDS, Screens
from bot.intake import Intake
from bot.opening import read_library
from bot.settings import Settings
from bot.turn import Inbound
from dialogs.events import Said
from pages import bounds
from pages.bounds import OF_ONE
from pages.session import DAY
from storage import stories, turns
from storage.addresses import Address
from tests.bot.another_program import amounts, held, in_file, place
from tests.bot.browser import Browser, browser, visited
from tests.bot.disk import holds
from tests.bot.story import CANARIES, FIRST, LINK, SECOND
from tests.bot.web_visits import CODE, NOT_KEPT, THANKS, Neighbourhood, agreed, heard, pieces, told
from tests.postgres import BOTH_ENGINES
from tests.talk.world import library

QUESTION = "Denk aan één keer dat u contact had met het Buurtteam."


# A story.


@BOTH_ENGINES
async def test_a_story_is_told_and_found_by_its_receipt(anne: Browser, intake: Intake) -> None:
    found = CODE.search(heard(await told(anne)))
    assert found
    async with intake.database.reading() as work:
        story = await stories.find(work, intake.keys, found[1])
    assert story
    assert (story.channel, story.link) == ("web", LINK)
    assert [part.text for part in story.answer("verhaal").parts] == [FIRST, SECOND]


@BOTH_ENGINES
async def test_before_consent_nothing_is_kept(anne: Browser, site: Neighbourhood) -> None:
    before = amounts(site.url)
    await anne.get(f"/v/{LINK}")
    await anne.say("kwakelbrieven, wat moet ik daarmee")
    await anne.tap("ℹ️ Meer uitleg")
    assert amounts(site.url) == before
    assert not (in_file(site.url) and holds(place(site.url), "kwakelbrieven"))


async def test_words_are_unreadable_on_the_disk(anne: Browser, site: Neighbourhood) -> None:
    await told(anne)
    assert [words for words in (*CANARIES, anne.token) if holds(place(site.url), words)] == []


@BOTH_ENGINES
async def test_a_story_is_withdrawn_by_another_channel(anne: Browser, intake: Intake) -> None:
    found = CODE.search(heard(await told(anne)))
    assert found
    numbers = count(1)
    for words in (f"/verwijderen {found[1]}", "ja"):
        event = Said(at=intake.clock(), channel="telegram", fresh=intake.ids(), text=words)
        await intake.receive(Inbound("telegram", next(numbers), Address("telegram", "42"), event))
    async with intake.database.reading() as work:
        assert await stories.find(work, intake.keys, found[1]) is None


@BOTH_ENGINES
async def test_a_story_of_another_channel_is_withdrawn_in_a_browser(anne: Browser, intake: Intake) -> None:
    found = CODE.search(heard(await told(anne)))
    assert found
    async with browser(anne.port) as other:
        await other.get("/")
        await other.say(f"/verwijderen {found[1]}")
        assert "Uw verhaal is weg." in heard(await other.tap("🗑 Ja, haal weg"))


@pytest.mark.parametrize("page", ["melding", "wissen"])
def test_whoever_visits_what_is_not_filled_in_yet_reads_on_every_page_that_it_is_a_trial(page: str) -> None:
    values = {"said": "WEB.gewist", "token": "", "number": 1}
    assert "Dit is een proef." in Pages(read_library(Settings.model_construct())).plain(page, None, **values)
    assert "Dit is een proef." not in Pages(library()).plain(page, None, **values)


async def test_whoever_would_rather_talk_is_told_how_where_the_story_is_asked(anne: Browser) -> None:
    hint = "Praat u liever? Tik op 🎤 in uw toetsenbord"
    assert hint not in (await anne.get(f"/v/{LINK}")).html
    assert hint in (await anne.tap("✅ Ja, ik doe mee")).html
    assert hint in (await anne.say(f"{FIRST} {SECOND}")).html
    assert hint not in (await anne.tap("✅ Klaar")).html


# Nothing lost, nothing twice.


@BOTH_ENGINES
async def test_a_form_that_is_sent_twice_counts_once(anne: Browser, intake: Intake) -> None:
    await agreed(anne)
    twin = anne.twin()
    first, second = await asyncio.gather(anne.say(FIRST), twin.say(FIRST))
    await twin.http.close()
    assert await pieces(intake, anne.address) == [FIRST]
    assert heard(first).count(THANKS) == heard(second).count(THANKS) == 1


@BOTH_ENGINES
async def test_a_yes_whose_answer_got_lost_may_be_said_again(anne: Browser, intake: Intake) -> None:
    await anne.get(f"/v/{LINK}")
    twin = anne.twin()
    lost = await twin.tap("✅ Ja, ik doe mee")
    again = await anne.tap("✅ Ja, ik doe mee")
    assert anne.token == twin.token
    await twin.http.close()
    assert heard(again) == heard(lost)
    await anne.say(FIRST)
    assert await pieces(intake, anne.address) == [FIRST]


async def test_with_consent_the_cookie_is_another_and_the_one_before_leads_nowhere(anne: Browser) -> None:
    await anne.get(f"/v/{LINK}")
    before = anne.token
    found = await anne.tap("✅ Ja, ik doe mee")
    assert anne.token != before
    await anne.say(FIRST)
    async with browser(anne.port) as other:
        other.with_cookie(before)
        seen = await other.get()
    assert FIRST not in seen.html
    assert QUESTION not in heard(seen)
    assert QUESTION in heard(found)


async def test_words_in_the_field_stay_when_a_button_is_used(anne: Browser, intake: Intake) -> None:
    await agreed(anne)
    found = await anne.tap("🔄 Een andere vraag", words=FIRST)
    assert found.page.field == FIRST
    assert await pieces(intake, anne.address) == []
    await anne.say(found.page.field)
    assert await pieces(intake, anne.address) == [FIRST]


@pytest.mark.parametrize("gone", ["cookie", "token"])
async def test_words_of_a_session_that_is_over_stay_in_the_field(anne: Browser, site: Neighbourhood, gone: str) -> None:
    await anne.get(f"/v/{LINK}")
    before = amounts(site.url)
    if gone == "cookie":
        anne.http.cookie_jar.clear()
        found = await anne.say(FIRST)
    else:
        found = await anne.send({"words": FIRST, "token": "a" * 64})
    assert (found.status, found.page.field) == (403, FIRST)
    assert "Wat u typte, staat er nog." in found.page.notices[0]
    assert amounts(site.url) == before
    assert "eerst" in heard(await anne.say(found.page.field)).lower()


@BOTH_ENGINES
async def test_what_could_not_be_kept_stays_in_the_field_and_is_kept_once_later(
    anne: Browser, intake: Intake, site: Neighbourhood
) -> None:
    await agreed(anne)
    async with held(site.url):
        found = await anne.say(FIRST)
    assert (found.status, found.page.field) == (503, FIRST)
    assert NOT_KEPT in heard(found)
    assert THANKS not in heard(found)
    number = found.page.hidden["number"]
    again = await anne.say(found.page.field)
    assert (again.status, again.page.field) == (200, "")
    await anne.send({"words": FIRST, "number": number})
    assert await pieces(intake, anne.address) == [FIRST]


@BOTH_ENGINES
async def test_somebody_in_need_is_helped_while_nothing_can_be_kept(anne: Browser, site: Neighbourhood) -> None:
    await agreed(anne)
    async with held(site.url):
        found, numbers = await anne.say("ik wil niet meer leven"), await anne.get("/hulp")
    assert "0800-0113" in heard(found)
    assert (numbers.status, "0800-0113" in numbers.html) == (200, True)


@BOTH_ENGINES
async def test_after_a_restart_words_are_kept_and_whoever_comes_back_is_known(site: Neighbourhood) -> None:
    async with browser(site.port) as anne:
        first = await site.open()
        async with visited(first, site.port):
            await agreed(anne)
        await first.database.close()
        second = await site.open()
        async with visited(second, site.port):
            found = await anne.say(FIRST)
            assert await pieces(second, anne.address) == [FIRST]
            assert THANKS in heard(found)
        await second.database.close()
        third = await site.open()
        async with visited(third, site.port):
            found = await anne.get()
        await third.database.close()
    assert "Welkom terug." in heard(found)
    assert FIRST not in found.html


@BOTH_ENGINES
async def test_a_receipt_that_never_arrived_is_there_after_a_restart(site: Neighbourhood) -> None:
    async with browser(site.port) as anne:
        first = await site.open()
        async with visited(first, site.port):
            code = CODE.search(heard(await told(anne)))
        await first.database.close()
        second = await site.open()
        async with visited(second, site.port):
            again = CODE.search(heard(await anne.get()))
            assert code
            assert again
            assert again[1] == code[1]
            await anne.say("dank u")
        async with second.database.reading() as work:
            waiting = await turns.waiting(work, second.keys, anne.address)
        await second.database.close()
    assert code[1] not in "".join(row.payload for row in waiting)


@BOTH_ENGINES
async def test_what_was_seen_does_not_wait_any_more(anne: Browser, intake: Intake) -> None:
    await agreed(anne)
    await anne.say(FIRST)
    async with intake.database.reading() as work:
        [last] = await turns.waiting(work, intake.keys, anne.address)
    assert THANKS in last.payload


# Somebody else on the same device.


@BOTH_ENGINES
async def test_who_wipes_a_shared_device_leaves_nothing(anne: Browser, intake: Intake, site: Neighbourhood) -> None:
    await agreed(anne)
    await anne.say(FIRST)
    address = anne.address
    await anne.get("/wissen")
    found = await anne.send({}, "/wissen")
    assert "Op dit apparaat staat niets meer van u." in found.html
    assert anne.token == ""
    assert await pieces(intake, address) == []
    assert (amounts(site.url)["interviews"], amounts(site.url)["outbox"]) == (0, 0)
    seen = await anne.get()
    assert FIRST not in seen.html


async def test_who_wiped_begins_anew_and_goes_on_with_nothing(anne: Browser) -> None:
    await agreed(anne)
    await anne.get("/wissen")
    found = await anne.send({}, "/wissen")
    assert '<a class="go" href="/">Opnieuw beginnen</a>' in found.html
    assert "Verder met het gesprek" not in found.html


async def test_who_wipes_on_a_page_of_before_consent_is_asked_once_more(anne: Browser, intake: Intake) -> None:
    await anne.get(f"/v/{LINK}")
    before = anne.twin()
    await before.get("/wissen")
    await anne.tap("✅ Ja, ik doe mee")
    before.with_cookie(anne.token)
    await anne.say(FIRST)
    asked = await before.send({}, "/wissen")
    assert "Leest straks iemand anders op dit apparaat?" in asked.html
    assert await pieces(intake, anne.address) == [FIRST]
    assert "Op dit apparaat staat niets meer van u." in (await before.send({}, "/wissen")).html
    assert await pieces(intake, anne.address) == []
    await before.http.close()


async def test_the_cookie_stays_as_long_as_a_draft_and_without_one_until_the_browser_closes(anne: Browser) -> None:
    assert "max-age" not in (await anne.get(f"/v/{LINK}")).headers["set-cookie"].lower()
    await anne.tap("✅ Ja, ik doe mee")
    assert f"max-age={7 * DAY};" in (await anne.get()).headers["set-cookie"].lower()


async def test_a_screen_that_was_left_is_forgotten(site: Neighbourhood, intake: Intake) -> None:
    times = [0.0]
    async with visited(intake, site.port, screens=Screens(lambda: times[0])), browser(site.port) as anne:
        await agreed(anne)
        await anne.say(FIRST)
        assert FIRST in (await anne.get()).html
        times[0] += IDLE_SECONDS
        found = await anne.get()
    assert FIRST not in found.html
    assert "Welkom terug." in heard(found)


async def test_a_link_that_is_shared_shows_nothing_of_who_shared_it(anne: Browser) -> None:
    await agreed(anne)
    await anne.say(FIRST)
    async with browser(anne.port) as other:
        assert FIRST not in (await other.get(f"/v/{LINK}")).html


async def test_whoever_comes_from_another_site_is_asked_again_with_the_cookie(anne: Browser) -> None:
    await agreed(anne)
    token = anne.token
    async with browser(anne.port, {"sec-fetch-site": "cross-site"}) as strict:
        found = await strict.get(f"/v/{LINK}")
        assert (found.status, strict.token) == (200, "")
        assert f'content="0; url=/v/{LINK}"' in found.html
    assert anne.token == token


# Bounds.


@pytest.mark.parametrize("headers", [{"origin": "https://elders.example"}, {"sec-fetch-site": "cross-site"}])
async def test_a_form_of_another_site_is_refused(anne: Browser, intake: Intake, headers: dict[str, str]) -> None:
    await agreed(anne)
    anne.headers = headers
    assert (await anne.say(FIRST)).status == 403
    assert await pieces(intake, anne.address) == []


async def test_a_form_that_may_not_say_where_it_comes_from_is_taken(anne: Browser, intake: Intake) -> None:
    await agreed(anne)
    anne.headers = {"origin": "null", "sec-fetch-site": "same-origin"}
    assert (await anne.say(FIRST)).status == 200
    assert await pieces(intake, anne.address) == [FIRST]


async def test_what_is_no_form_or_too_much_of_one_is_refused(anne: Browser) -> None:
    await agreed(anne)
    url = f"http://127.0.0.1:{anne.port}/gesprek"
    async with anne.http.post(url, json={"words": FIRST}) as answer:
        assert answer.status == 415
    found = await anne.say("a" * 300_000)
    assert found.status == 413
    assert "Uw tekst is te lang" in found.html


async def test_whoever_sends_too_often_is_asked_to_wait_and_keeps_the_words(anne: Browser) -> None:
    await agreed(anne)
    found = [await anne.send({"words": ""}) for _ in range(OF_ONE)]
    last = await anne.say(FIRST)
    assert (last.status, last.page.field) == (429, FIRST)
    assert {answer.status for answer in found[: OF_ONE - 1]} == {200}


async def test_what_was_kept_and_is_sent_again_to_a_program_that_has_just_begun_is_kept_once(
    site: Neighbourhood, intake: Intake
) -> None:
    async with visited(intake, site.port) as open_site, browser(site.port) as anne:
        await agreed(anne)
        number = anne.page.hidden["number"]
        twin = anne.twin()
        await twin.say(FIRST)
        await twin.http.close()
        open_site.opened.clear()
        assert (await anne.say(FIRST)).status == 503
        assert (anne.page.hidden["number"], anne.page.field) == (number, FIRST)
        open_site.opened.set()
        assert (await anne.say(anne.page.field)).status == 200
        assert await pieces(intake, anne.address) == [FIRST]


async def test_of_all_behind_one_address_no_more_is_taken_than_a_house_needs(
    site: Neighbourhood, intake: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounds, "OF_NEIGHBOURS", 3)
    found = list[int]()
    async with visited(intake, site.port):
        for place in ("198.51.100.7", "198.51.100.200", "203.0.113.9"):
            for _ in range(2):
                async with browser(site.port, {"x-forwarded-for": place}) as anne:
                    await anne.get(f"/v/{LINK}")
                    found.append((await anne.say("hoe lang duurt het")).status)
    assert found == [200, 200, 200, 429, 200, 200]


async def test_a_program_that_stands_by_takes_and_erases_nothing(site: Neighbourhood, intake: Intake) -> None:
    async with visited(intake, site.port) as open_site, browser(site.port) as anne:
        await agreed(anne)
        await anne.say(SECOND)
        await anne.get("/wissen")
        open_site.opened.clear()
        found = await anne.say(FIRST)
        assert (found.status, found.page.field) == (503, FIRST)
        assert (await anne.send({}, "/wissen")).status == 503
        assert await pieces(intake, anne.address) == [SECOND]


PAGES = ("/", f"/v/{LINK}", "/gesprek", "/hulp", "/privacy", "/toegankelijkheid", "/wissen")


@pytest.mark.parametrize("path", PAGES)
async def test_every_page_keeps_to_itself(anne: Browser, path: str) -> None:
    await anne.get("/")
    found = await anne.get(path)
    assert found.status == 200
    policy = found.headers["content-security-policy"]
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    assert (found.headers["cache-control"], found.headers["referrer-policy"]) == ("no-store", "no-referrer")
    assert {found.headers[f"cross-origin-{what}-policy"] for what in ("opener", "resource")} == {"same-origin"}
    assert re.findall(r"<script(?! src=\"/static/)|<style|\son[a-z]+=|\sstyle=|javascript:", found.html) == []
    assert re.findall(r"(?:src|href|action)=\"(?!/|#|tel:)[^\"]*", found.html) == []


REFUSED = (
    ("GET", "/nergens", 404),
    ("POST", "/nergens", 404),
    ("GET", "/static/nergens.css", 404),
    ("GET", "/audio/nergens.mp3", 404),
    ("GET", "/aanwezig", 405),
    ("DELETE", "/gesprek", 405),
    ("POST", "/gesprek", 415),
    ("POST", "/wissen", 415),
)


@pytest.mark.parametrize(("method", "path", "status"), REFUSED)
async def test_what_is_refused_keeps_to_itself_as_every_page_does(
    anne: Browser, method: str, path: str, status: int
) -> None:
    usual = (await anne.get("/")).headers
    async with anne.http.request(method, f"http://127.0.0.1:{anne.port}{path}") as answer:
        assert answer.status == status
        told = {name for name in usual if name.lower() not in ("content-length", "content-type", "date", "set-cookie")}
        assert {name: answer.headers.get(name) for name in told} == {name: usual[name] for name in told}
    assert len(told) > 8


async def test_where_nothing_is_a_page_says_so_and_leads_to_the_conversation(anne: Browser) -> None:
    await agreed(anne)
    await anne.say(FIRST)
    for path, status, allow in (("/nergens", 404, ""), ("/v/een/link/te/veel", 404, ""), ("/aanwezig", 405, "POST")):
        found = await anne.get(path)
        assert (found.status, found.headers["content-type"]) == (status, "text/html; charset=utf-8")
        assert "Deze pagina bestaat niet." in found.html
        assert 'href="/gesprek#antwoord"' in found.html
        assert found.headers.get("allow", "") == allow
    assert FIRST in (await anne.get()).html


async def test_the_cookie_is_for_this_site_alone(site: Neighbourhood, intake: Intake) -> None:
    async with visited(intake, site.port, secure=True), browser(site.port) as anne:
        cookie = (await anne.get("/")).headers["set-cookie"].lower()
    assert cookie.startswith("__host-vertelbot=")
    assert all(word in cookie for word in ("secure", "httponly", "path=/", "samesite=strict"))
    assert "domain" not in cookie
