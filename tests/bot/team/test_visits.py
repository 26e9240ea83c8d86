"""Visits in browsers without scripts: how one begins, what stands between two tellers, and what is kept of it."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from bot.browser.on_visit import QUIET
from bot.staff.place_links import HELPERS, Wish
from bot.team.leaving import COOKIE
from pages.permissions import OPERATOR
from pages.session import Session
from storage import links
from storage.links import Made, Pause
from storage.staff import Role
from tests.bot.another_program import amounts, tables
from tests.bot.another_program import place as place_of
from tests.bot.browser import Answer, Browser, browser
from tests.bot.disk import held
from tests.bot.helping import AGREEING, ENOUGH, NEXT, SENDING, TELLING, WORDS
from tests.bot.story import Move, says, taps
from tests.bot.team.client import Answer as Seen
from tests.bot.team.client import Visitor
from tests.bot.team.house import NAME, PLACE, House
from tests.bot.web_visits import CODE, Neighbourhood, heard

ASKED = "Lees dit voor aan de verteller"
LOOK = "Nu even zelf kijken."
OPENING = "2580"
OVER = "Dit bezoek is voorbij."
LOCKED = "U koos deze code van 4 cijfers toen het bezoek begon."


@pytest.fixture
async def place(house: House) -> Made:
    """A link for where the visits are."""
    return await house.link()


@pytest.fixture
async def device(noor: Visitor, place: Made) -> Browser:
    """What somebody of the staff holds, on which a visit has begun."""
    found = on(noor)
    await begin(noor, place)
    await found.get()
    return found


def on(noor: Visitor) -> Browser:
    """The conversation in the browser in which she is signed in."""
    return Browser(noor.port, http=noor.http)


async def begin(noor: Visitor, place: Made, helper: str = "vrijwilliger", own_team: str = "nee") -> Seen:
    """She fills in the form."""
    await noor.get("/team/bezoek")
    return await noor.post("/team/bezoek", link=place.code, helper=helper, own_team=own_team, code=OPENING)


async def told(device: Browser) -> Answer:
    """A teller says yes and tells it all; the page with the receipt."""
    found = await device.get()
    for move in (*AGREEING, *TELLING, SENDING):
        found = await (device.tap(move.words) if move.taps else device.say(move.words))
    return found


async def test_a_visit_begins_with_the_consent_that_is_read_aloud_and_a_bar_that_says_where_it_is(
    device: Browser,
) -> None:
    found = await device.get()
    assert ASKED in heard(found)
    assert f"Bezoek: {PLACE}, 0 verhalen" in found.html
    assert "/team" not in found.html
    assert "/pauze" not in found.html


async def test_the_form_says_all_that_is_wrong_at_once(noor: Visitor, place: Made) -> None:
    found = await begin(noor, place, helper="", own_team="")
    assert found.status == 422
    assert "Kies wie u bent." in found.words
    assert "Kies ja of nee bij de vraag over uw eigen team." in found.words
    found = await noor.post("/team/bezoek", link="k7wm3xq9pt", helper="vrijwilliger", own_team="nee")
    assert "Deze link werkt nu niet." in found.words
    assert "Kies een code van 4 cijfers." in found.words


async def test_only_links_that_work_and_ask_what_residents_are_asked_can_be_visited(
    house: House, noor: Visitor, place: Made
) -> None:
    await house.link(Wish(place="Kantoor", question_set="professional"))
    stilled = await house.link(Wish(place="Gesloten huis"))
    await house.team.desk.links.pause(OPERATOR, stilled.code, on=True)
    found = await noor.get(f"/team/bezoek?link={place.code}")
    assert f'value="{place.code}" selected' in found.html
    assert "Kantoor" not in found.words
    assert "Gesloten huis" not in found.words
    assert all(words in found.words for words in HELPERS.values())


async def test_whoever_works_for_the_team_is_asked_once_to_let_somebody_else_help(
    site: Neighbourhood, noor: Visitor, place: Made
) -> None:
    found = await begin(noor, place, helper="buurtteam", own_team="ja")
    assert "Kan iemand anders helpen?" in found.words
    assert amounts(site.url)["links"] == 1
    assert f'name="code" value="{OPENING}"' in found.html
    answers = {"link": place.code, "helper": "buurtteam", "own_team": "ja", "code": OPENING, "anyway": "ja"}
    await noor.post("/team/bezoek", **answers)
    device = on(noor)
    await told(device)
    [story] = tables(site.url)["stories"]
    assert (story["helper"], story["own_team"], story["helped"]) == ("buurtteam", 1, 1)


async def test_what_is_kept_says_that_and_as_whom_somebody_helped_and_which_place_it_counts_for(
    site: Neighbourhood, device: Browser, place: Made
) -> None:
    found = await told(device)
    assert f"Bezoek: {PLACE}, 1 verhaal<" in found.html
    [story] = tables(site.url)["stories"]
    assert (story["helper"], story["own_team"], story["helped"], story["test"]) == ("vrijwilliger", 0, 1, 0)
    answers = {row["question"]: row["option_id"] for row in tables(site.url)["story_answers"]}
    assert (answers["toestel"], answers["gekozen"]) == ("helper", "samen")
    counted = {row["kind"]: row["link"] for row in tables(site.url)["tallies"]}
    assert counted["sent"] == place.code
    assert amounts(site.url)["interviews"] == 0


async def test_before_it_is_sent_the_teller_looks_and_the_receipt_can_be_written_down(device: Browser) -> None:
    found = await device.get()
    for move in (*AGREEING, *TELLING):
        found = await (device.tap(move.words) if move.taps else device.say(move.words))
    said = [spoken.words for spoken in found.page.spoken if not spoken.mine]
    assert said[-2].startswith(LOOK)
    assert WORDS in said[-1]
    sent = await device.tap(SENDING.words)
    assert CODE.search(heard(sent)) or "De code is:" in heard(sent)
    assert WORDS not in sent.html


ONWARD: dict[str, Callable[[Browser], Awaitable[Answer]]] = {
    "bar": lambda device: device.send({}, "/bezoek/volgende"),
    "button": lambda device: device.tap(NEXT.words),
    "its name": lambda device: device.say("Volgende verteller"),
    "its word": lambda device: device.say("volgende"),
    "its number": lambda device: device.say("1"),
    "start": lambda device: device.say("/start"),
}
"""How a helper goes on below a receipt."""


@pytest.mark.parametrize("onward", ONWARD.values(), ids=ONWARD)
async def test_the_next_teller_comes_after_the_code_was_written_down_finds_nothing_and_is_somebody_else(
    device: Browser, onward: Callable[[Browser], Awaitable[Answer]]
) -> None:
    await told(device)
    before = device.token
    asked = await onward(device)
    assert "Heeft de verteller de code opgeschreven?" in asked.html
    assert "De code is" not in asked.html
    assert "De code is" in heard(await device.get())
    await onward(device)
    found = await device.send({}, "/bezoek/volgende")
    assert ASKED in heard(found)
    assert "De code is" not in found.html
    assert device.token != before
    assert "Bezoek: Huis van de Wijk, 1 verhaal<" in found.html


async def test_whoever_is_done_below_a_receipt_is_asked_whether_the_visit_is_over(device: Browser) -> None:
    await told(device)
    for by_word in (False, True):
        found = await (device.say("klaar") if by_word else device.tap(ENOUGH.words))
        assert "Wilt u het bezoek stoppen?" in found.html
        assert "Heeft de verteller de code opgeschreven?" in found.html
        assert "Nee, terug naar de code" in found.html
        assert "De code is:" in heard(await device.get())


async def test_while_nothing_can_be_thrown_away_nobody_comes_next_and_nothing_is_lost(
    site: Neighbourhood, device: Browser
) -> None:
    await device.tap(AGREEING[0].words)
    await device.say(WORDS)
    await device.get("/bezoek/volgende")
    async with held(place_of(site.url)):
        found = await device.send({}, "/bezoek/volgende")
    assert found.status == 503
    assert WORDS in (await device.get()).html


async def test_halfway_a_story_it_is_asked_and_then_thrown_away(site: Neighbourhood, device: Browser) -> None:
    await device.tap(AGREEING[0].words)
    await device.say(WORDS)
    asked = await device.send({}, "/bezoek/volgende")
    assert "Dan gooi ik dit verhaal weg." in asked.html
    assert amounts(site.url)["interviews"] == 1
    assert WORDS in (await device.get()).html
    await device.get("/bezoek/volgende")
    found = await device.send({}, "/bezoek/volgende")
    assert ASKED in heard(found)
    assert WORDS not in found.html
    left = amounts(site.url)
    assert (left["interviews"], left["stories"], left["outbox"]) == (0, 0, 0)


@pytest.mark.parametrize("path", ["/bezoek/volgende", "/bezoek/stoppen"])
@pytest.mark.parametrize("forged", ["", "x" * 43])
async def test_a_form_that_is_none_of_ours_throws_nothing_away(
    site: Neighbourhood, device: Browser, path: str, forged: str
) -> None:
    await device.tap(AGREEING[0].words)
    await device.say(WORDS)
    asked = await device.send({"visit": forged, "sure": "1"}, path)
    assert "Dan gooi ik dit verhaal weg." in asked.html
    assert amounts(site.url)["interviews"] == 1
    assert (await device.send({"visit": "é"}, path)).status == 200


async def stop(device: Browser) -> Answer:
    """The visit is stopped, by whoever has the device in hand."""
    await device.get("/bezoek/stoppen")
    return await device.send({}, "/bezoek/stoppen")


async def test_while_the_visit_goes_on_no_page_for_staff_opens_and_after_it_they_do_with_the_code(
    noor: Visitor, device: Browser
) -> None:
    for path in ("/team", "/team/nieuw", "/team/bezoek", "/team/cijfers"):
        found = await noor.get(path)
        assert found.path == "/bezoek/stoppen"
        assert "Links" not in found.words
    assert (await noor.post("/team/nieuw", place="x")).path == "/bezoek/stoppen"
    assert "Dank u wel voor uw hulp!" in (await stop(device)).html
    for path in ("/team", "/team/nieuw", "/team/cijfers", "/team/bestaat-niet"):
        found = await noor.get(path)
        assert LOCKED in found.words
        assert "Links" not in found.words
        assert NAME not in found.words
    assert LOCKED in (await noor.post("/team/nieuw", place="x")).words
    found = await noor.post("/team/slot", code="1111")
    assert (found.status, "Deze code is het niet." in found.words) == (422, True)
    assert (await noor.post("/team/slot", code=OPENING)).path == "/team"
    assert (await noor.get("/team/nieuw")).path == "/team/nieuw"
    assert (await noor.get("/team/slot")).path == "/team"


async def test_whoever_guesses_the_code_signs_the_helper_out(noor: Visitor, device: Browser) -> None:
    await stop(device)
    await noor.get("/team")
    said = [await noor.post("/team/slot", code=f"100{number}") for number in range(5)]
    assert ["U bent afgemeld" in found.words for found in said] == [False] * 4 + [True]
    assert (await noor.get("/team")).status == 404


async def test_whoever_forgot_the_code_signs_out(noor: Visitor, device: Browser) -> None:
    await stop(device)
    await noor.get("/team")
    assert "U bent afgemeld" in (await noor.post("/team/uit")).words
    assert (await noor.get("/team")).status == 404


async def test_a_device_of_which_the_cookie_of_the_visit_was_taken_shows_staff_nothing(
    noor: Visitor, device: Browser
) -> None:
    assert device.token
    noor.with_cookies({name: value for name, value in noor.cookies().items() if name == COOKIE})
    assert LOCKED in (await noor.get("/team")).words
    assert LOCKED in (await noor.get("/team/bezoek")).words


async def test_a_form_of_another_site_tries_no_code(noor: Visitor, device: Browser) -> None:
    await stop(device)
    await noor.get("/team")
    for _ in range(6):
        await noor.ask("POST", "/team/slot", {"token": "x", "code": "1001"})
    await noor.get("/team")
    assert (await noor.post("/team/slot", code=OPENING)).path == "/team"


async def test_a_visit_is_never_stopped_unasked(device: Browser) -> None:
    assert "Wilt u het bezoek stoppen?" in (await device.send({}, "/bezoek/stoppen")).html
    assert "Bezoek: " in (await device.get()).html


async def test_a_visit_that_was_stopped_lets_nobody_in_any_more(site: Neighbourhood, device: Browser) -> None:
    await device.tap(AGREEING[0].words)
    await stop(device)
    assert "Wie bent u?" in heard(await device.get())
    assert (await device.get("/bezoek/volgende")).html.count("Bezoek") == 0
    [visit] = [row for row in tables(site.url)["links"] if row["visit_of"]]
    async with browser(site.port) as elsewhere:
        found = await elsewhere.get(f"/v/{visit['code']}")
        assert "De link die u heeft, werkt nu niet." in heard(found)
        assert "Wie bent u?" in heard(found)
        assert "Bezoek" not in found.html


async def test_a_story_goes_on_over_midnight(site: Neighbourhood, noor: Visitor, place: Made) -> None:
    site.clock.wait(timedelta(hours=11))
    await begin(noor, place)
    device = on(noor)
    await device.get()
    await device.tap(AGREEING[0].words)
    await device.say(WORDS)
    site.clock.wait(timedelta(hours=3))
    found = await device.get()
    assert WORDS in found.html
    assert f"Bezoek: {PLACE}, 0 verhalen" in found.html
    for move in (*TELLING[1:], SENDING):
        found = await (device.tap(move.words) if move.taps else device.say(move.words))
    assert f"Bezoek: {PLACE}, 1 verhaal<" in found.html
    await device.tap(NEXT.words)
    assert ASKED in heard(await device.send({}, "/bezoek/volgende"))


@pytest.mark.parametrize("path", ["/gesprek", "/bezoek/volgende", "/hulp", "/wissen", "/bestaat-niet"])
async def test_halfway_a_story_a_visit_that_is_over_leaves_nothing_on_the_device(
    site: Neighbourhood, noor: Visitor, device: Browser, path: str
) -> None:
    await device.tap(AGREEING[0].words)
    await device.say(WORDS)
    site.clock.wait(links.VISIT + links.FINISHING)
    found = await device.get(path)
    assert OVER in found.html
    assert WORDS not in found.html
    assert (amounts(site.url)["interviews"], amounts(site.url)["outbox"]) == (0, 0)
    assert not device.token
    assert [name for name in noor.cookies() if "bezoek" in name] == []
    assert WORDS not in (await device.get()).html
    assert "Uw tijd is voorbij" in (await noor.get("/team")).words


async def test_what_is_sent_after_the_end_of_a_visit_is_kept_nowhere(site: Neighbourhood, device: Browser) -> None:
    await device.tap(AGREEING[0].words)
    await device.say(WORDS)
    site.clock.wait(links.VISIT + links.FINISHING)
    assert OVER in (await device.say("en dit ook nog")).html
    assert (amounts(site.url)["interviews"], amounts(site.url)["outbox"]) == (0, 0)
    assert "Wie bent u?" in heard(await device.get())


async def test_while_nothing_can_be_thrown_away_a_visit_that_is_over_shows_nothing(
    site: Neighbourhood, device: Browser
) -> None:
    await device.tap(AGREEING[0].words)
    await device.say(WORDS)
    site.clock.wait(links.VISIT + links.FINISHING)
    async with held(place_of(site.url)):
        found = await device.get()
    assert found.status == 503
    assert WORDS not in found.html
    assert OVER in (await device.get()).html
    assert amounts(site.url)["interviews"] == 0


async def test_who_is_removed_visits_nobody_any_more(house: House, noor: Visitor, device: Browser) -> None:
    signing_in = house.team.desk.signing_in
    await device.tap(AGREEING[0].words)
    [helper] = await signing_in.people(OPERATOR)
    await signing_in.remove(OPERATOR, helper.person.id)
    assert OVER in (await device.get()).html
    assert (await noor.get("/team")).status == 404


async def test_a_place_that_stands_still_or_is_stopped_has_no_visits_but_a_burst_stops_no_helper(
    house: House, site: Neighbourhood, device: Browser, place: Made
) -> None:
    async with house.intake.database.transaction() as work:
        await links.pause(work, place.code, Pause.BURST)
    await told(device)
    assert f"Bezoek: {PLACE}, 1 verhaal<" in (await device.get()).html
    await house.team.desk.links.pause(OPERATOR, place.code, on=True)
    assert OVER in (await device.get()).html
    assert amounts(site.url)["stories"] == 1


async def test_the_visit_of_another_is_nowhere_on_the_pages_and_goes_on(
    house: House, site: Neighbourhood, device: Browser
) -> None:
    [visit] = [row for row in tables(site.url)["links"] if row["visit_of"]]
    async with house.signed_in() as other:
        await other.get("/team")
        for step in ("stil", "aan", "stop"):
            assert (await other.post(f"/team/link/{visit['code']}/{step}")).status == 404
    assert [row for row in tables(site.url)["links"] if row["visit_of"]] == [visit]
    assert "Bezoek: " in (await device.get()).html


@pytest.mark.parametrize("path", ["/v/b-noord7", "/v/b-noord7?kiosk", "/?kiosk"])
async def test_no_link_takes_a_device_out_of_a_visit_unasked(device: Browser, path: str) -> None:
    assert "Wilt u het bezoek stoppen?" in (await device.get(path)).html
    assert "Bezoek: " in (await device.get()).html


async def test_a_visit_does_not_begin_over_the_story_of_somebody_else(
    site: Neighbourhood, noor: Visitor, place: Made
) -> None:
    device = on(noor)
    await device.get("/v/b-noord7")
    await device.tap("✅ Ja, ik doe mee")
    found = await begin(noor, place)
    assert found.status == 409
    assert "Op dit apparaat staat nog een verhaal" in found.words
    assert (amounts(site.url)["interviews"], amounts(site.url)["links"]) == (1, 1)
    cleared = await noor.post("/team/bezoek/leeg")
    assert (cleared.path, amounts(site.url)["interviews"]) == ("/team/bezoek", 0)
    assert (await begin(noor, place)).path == "/gesprek"


async def test_a_visit_makes_a_kiosk_a_device_of_the_helper(noor: Visitor, place: Made) -> None:
    device = on(noor)
    await device.get("/v/b-noord7?kiosk")
    await begin(noor, place)
    found = await device.get()
    assert "Bezoek: " in found.html
    assert "kiosk.js" not in found.html


async def test_what_is_wiped_by_hand_leads_to_the_next_teller(device: Browser) -> None:
    await device.tap(AGREEING[0].words)
    await device.get("/wissen")
    await device.send({}, "/wissen")
    assert ASKED in heard(await device.get("/"))


async def test_nobody_is_promised_that_a_story_waits_on_the_device_of_a_helper(device: Browser) -> None:
    await device.tap(AGREEING[0].words)
    said = heard(await device.say("pauze"))
    assert f"Doet u {QUIET // 60} minuten niets? Dan gaat dit scherm op slot." in said
    assert "Stopt het bezoek? Dan gooi ik het weg." in said
    assert [words for words in ("2 minuten", "bericht", "Ik bewaar uw verhaal") if words in said] == []


async def test_a_researcher_goes_on_no_visit(house: House, place: Made) -> None:
    async with house.signed_in(Role.RESEARCHER) as found:
        assert (await found.get("/team/bezoek")).status == 404
        found.token = Session(found.cookies()[COOKIE]).form_token(house.intake.keys)
        assert (await begin(found, place)).status == 404


async def test_where_there_are_more_places_a_helper_says_which_and_else_none_is_asked(
    site: Neighbourhood, house: House, noor: Visitor
) -> None:
    one = await house.link()
    assert "Kies de plek" not in (await noor.get("/team/bezoek")).words
    await house.link(Wish(place="Elders"))
    assert "Kies de plek" in (await noor.get("/team/bezoek")).words
    assert f'value="{one.code}" selected' in (await noor.get(f"/team/bezoek?link={one.code}")).html
    found = await noor.post("/team/bezoek", link="", helper="vrijwilliger", own_team="nee", code=OPENING)
    assert (found.status, "Kies waar u bent." in found.words) == (422, True)
    assert "Deze link werkt nu niet" not in found.words
    assert amounts(site.url)["links"] == 2


async def test_a_link_to_practise_with_is_never_chosen_by_itself(house: House, noor: Visitor) -> None:
    real = await house.link()
    trial = await house.link(Wish(place="Oefenplek", test=True))
    form = (await noor.get("/team/bezoek")).html
    assert 0 < form.index(f'value="{real.code}"') < form.index(f'value="{trial.code}"')


ENDINGS: dict[str, tuple[Move, ...]] = {
    "no": (taps("❌ De verteller zegt nee"),),
    "too young": (taps("Jonger dan 16"),),
    "too young, typed": (says("ik ben 12 jaar"),),
    "stopped": (*AGREEING, says(WORDS), says("stop"), taps("🗑 Ja, gooi weg")),
}
"""How a conversation ends without a story."""


@pytest.mark.parametrize("moves", ENDINGS.values(), ids=ENDINGS)
@pytest.mark.parametrize("typed", [False, True], ids=["button", "typed"])
async def test_a_conversation_that_ends_without_a_story_leads_on_to_the_next_teller(
    site: Neighbourhood, device: Browser, moves: tuple[Move, ...], typed: bool
) -> None:
    found = await device.get()
    for move in moves:
        found = await (device.tap(move.words) if move.taps else device.say(move.words))
    assert NEXT.words in found.html
    before = device.token
    found = await (device.say("volgende") if typed else device.tap(NEXT.words))
    assert ASKED in heard(found)
    assert device.token != before
    await told(device)
    assert {row["kind"]: row["link"] for row in tables(site.url)["tallies"]}["sent"]
    assert amounts(site.url)["stories"] == 1


async def test_whoever_starts_anew_during_a_visit_tells_for_it(site: Neighbourhood, device: Browser) -> None:
    await device.tap("❌ De verteller zegt nee")
    assert ASKED in heard(await device.say("/start"))
    await device.tap(AGREEING[0].words)
    await device.say(WORDS)
    assert "Wilt u daarmee verder?" in heard(await device.say("/start"))
    assert amounts(site.url)["interviews"] == 1


UNTRUE = ("Er leest nu niemand mee", "2 minuten", "Stuur mij een bericht", "iemand van het Buurtteam")


@pytest.mark.parametrize("words", ["ik wil dood", "hulp", "wie bent u?", "pauze"])
@pytest.mark.parametrize("agreed", [False, True], ids=["before consent", "after it"])
async def test_nothing_is_said_that_is_not_true_where_a_helper_sits_beside(
    device: Browser, words: str, agreed: bool
) -> None:
    if agreed:
        await device.tap(AGREEING[0].words)
    said = heard(await device.say(words))
    assert [untrue for untrue in UNTRUE if untrue in said] == []
    if words != "pauze":
        assert "Alleen wie u helpt, leest nu mee." in said


async def test_who_tells_alone_hears_that_nobody_reads_along(site: Neighbourhood, house: House) -> None:
    async with browser(site.port) as anne:
        await anne.get("/v/b-noord7")
        assert "Er leest nu niemand mee." in heard(await anne.say("hulp"))


async def test_who_is_telling_when_the_time_of_a_visit_is_over_finishes_and_then_nobody_comes(
    site: Neighbourhood, noor: Visitor, device: Browser
) -> None:
    await device.tap(AGREEING[0].words)
    site.clock.wait(links.VISIT)
    found = await device.say(WORDS)
    assert WORDS in found.html
    assert "Maak alleen dit verhaal nog af, vóór " in found.html
    for move in (*TELLING[1:], SENDING):
        found = await (device.tap(move.words) if move.taps else device.say(move.words))
    assert "De code is:" in heard(found)
    await device.tap(NEXT.words)
    assert OVER in (await device.send({}, "/bezoek/volgende")).html
    [story] = tables(site.url)["stories"]
    assert (story["helped"], story["helper"]) == (1, "vrijwilliger")
    assert [name for name in noor.cookies() if "bezoek" in name] == []


async def test_nobody_begins_in_a_visit_that_is_out_of_time(site: Neighbourhood, device: Browser) -> None:
    site.clock.wait(links.VISIT)
    assert OVER in (await device.tap(AGREEING[0].words)).html
    assert amounts(site.url)["interviews"] == 0


@pytest.mark.parametrize("late", [False, True], ids=["in time", "finishing"])
async def test_who_is_removed_ends_her_visit_at_once(
    house: House, site: Neighbourhood, device: Browser, late: bool
) -> None:
    await device.tap(AGREEING[0].words)
    await device.say(WORDS)
    site.clock.wait(links.VISIT if late else timedelta(hours=1))
    assert WORDS in (await device.get()).html
    [helper] = await house.team.desk.signing_in.people(OPERATOR)
    await house.team.desk.signing_in.remove(OPERATOR, helper.person.id)
    found = await device.say("en dit ook nog")
    assert (OVER in found.html, WORDS in found.html) == (True, False)
    assert amounts(site.url)["interviews"] == 0


async def test_a_visit_to_try_it_out_says_so_in_the_bar_and_to_the_teller(house: House, noor: Visitor) -> None:
    trial = await house.link(Wish(place="Oefenplek", test=True))
    await begin(noor, trial)
    device = on(noor)
    found = await device.get()
    assert "Proef: telt niet mee" in found.html
    assert "Dit is een proef." in heard(found)


async def test_who_lets_somebody_else_help_keeps_what_was_chosen(noor: Visitor, house: House, place: Made) -> None:
    other = await house.link(Wish(place="Andere plek"))
    await begin(noor, place, helper="buurtteam", own_team="ja")
    answers = {"link": place.code, "helper": "buurtteam", "own_team": "ja", "code": OPENING, "another": "ja"}
    found = await noor.post("/team/bezoek", **answers)
    assert f'value="{place.code}" selected' in found.html
    assert f'value="{other.code}" selected' not in found.html
    assert 'value="buurtteam" checked' in found.html
    assert 'name="own_team" value="ja" checked' in found.html
    assert f'value="{OPENING}"' in found.html
    assert "Geef dit apparaat aan wie gaat helpen." in found.words
