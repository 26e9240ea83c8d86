"""Three tellers on one device, one after another, in a real browser: nothing of the one is there for the next."""

from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Browser, ViewportSize

from bot.browser.on_visit import QUIET, WARNED
from storage import links
from storage.database import Row
from storage.secrets import KeyRing
from tests.bot.another_program import amounts, tables
from tests.bot.helping import AGREEING, ENOUGH, SENDING
from tests.bot.helping import NEXT as FROM_RECEIPT
from tests.bot.running import free_port
from tests.bot.story import says
from tests.bot.team.house import PLACE, House
from tests.bot.web_visits import Neighbourhood
from tests.system.chromium import Visitor
from tests.system.faults import faults
from tests.system.relaying import NEXT, OPENING, begin, count, helping, story_of
from tests.system.visiting import does, seen_on_the_way_back
from tests.talk.world import Clock

pytestmark = pytest.mark.asyncio(loop_scope="session")

WITH_AND_WITHOUT = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
ASKED = "Lees dit voor aan de verteller"
RECEIPT = "de code is:"
TOGETHER = "Toen ging er iemand van het team met mij mee en zij belde daarna met iedereen tot het klaar was."
TELLERS = (
    (f"Ik kreeg een kwakelbrief van de bank en ik sliep er slecht van. {TOGETHER}", "De kwakelkamer"),
    (f"Mijn zwabbelhuis was te klein voor ons en wij wilden een kamer meer. {TOGETHER}", "Zwabbelwonen"),
    (f"De knispeldokter luisterde niet naar wat ik hem die dag vertelde. {TOGETHER}", "Knispelzorg"),
)
OF_EACH = (("kwakel",), ("zwabbel",), ("knispel",))
"""What nobody else may read."""

ALIKE = {
    *("question_set", "set_version", "channel", "role", "consent_text", "consent_fingerprint", "consent_at"),
    *("voluntary", "helped", "quote", "sent_at", "language", "language_certainty", "language_source"),
    *("test", "helper", "own_team"),
}
"""What stories of one visit share, as those of a day may: days and codes, and no moment and no id."""

SMALL: ViewportSize = {"width": 360, "height": 640}
MORE = "en toen zei de kwakelman nog iets"
SEEN = """one => {
    const { left, top, width, height } = one.getBoundingClientRect();
    const seen = document.elementFromPoint(left + width / 2, top + height / 2);
    return seen === one || one.contains(seen);
}"""
"""Whether the middle of it is on the screen, with nothing over it."""

BELOW_BAR = """one => {
    const bar = document.querySelector("form.visit").getBoundingClientRect();
    return one.getBoundingClientRect().top - bar.bottom;
}"""

OF_STORIES = ("stories", "story_answers", "story_parts")

KEPT_BY_BROWSER = """async () => [
    localStorage.length, sessionStorage.length, (await indexedDB.databases()).length, document.cookie.length,
    (await navigator.serviceWorker?.getRegistrations() ?? []).length,
]"""


@asynccontextmanager
async def relay(
    browser: Browser, folder: Path, keys: KeyRing, *, scripts: bool = True
) -> AsyncIterator[tuple[Visitor, House, str]]:
    """A visit that has begun, the house that it is in, and its database."""
    url = f"sqlite:///{folder}/vertelbot.db"
    intake = await Neighbourhood(url, keys, free_port(), Clock()).open()
    try:
        async with helping(browser, intake, scripts=scripts) as (house, noor):
            await begin(noor)
            await noor.get()
            yield noor, house, url
    finally:
        await intake.database.close()


async def on_to_next(noor: Visitor, *, by_receipt: bool = False) -> None:
    """By the bar or below the receipt; it asks first whether that was written down, and what is lost."""
    below = noor.tab.locator("button[name=tap]", has_text=FROM_RECEIPT.words)
    await (below.click() if by_receipt else noor.tab.click(NEXT))
    await noor.tab.get_by_role("button", name="Ja, volgende verteller").click()
    await noor.tab.get_by_text(ASKED).wait_for()
    await noor.get()


async def opens(noor: Visitor, code: str) -> None:
    """She types a code, to come to the pages for staff again."""
    await noor.tab.get_by_label("Uw code").fill(code)
    await noor.tab.get_by_role("button", name="Verder").click()


async def unlocks(noor: Visitor, code: str) -> None:
    """She types a code, to go on where the screen was locked."""
    await noor.tab.get_by_label("Uw code van 4 cijfers").fill(code)
    await noor.tab.get_by_role("button", name="Open het scherm").click()


async def everything_on(noor: Visitor) -> str:
    """The page with all that is in it, read and in its fields."""
    fields = await noor.tab.evaluate("[...document.querySelectorAll('textarea, input')].map(f => f.value).join()")
    return f"{await noor.tab.content()} {fields}".lower()


def linked(rows: Mapping[str, Sequence[Row]], keys: KeyRing) -> Counter[str]:
    """The links of the stories, which is all that leads from one to another: no column does, and no other table."""
    stories = rows["stories"]
    shared = {name for name in stories[0] if len({str(row[name]) for row in stories}) < len(stories)}
    assert shared - ALIKE == set()
    ids = {str(row[name]) for row in stories for name in ("story_id", "teller", "receipt_mark")}
    others = [row for name, found in rows.items() if name not in OF_STORIES for row in found]
    assert ids.isdisjoint(str(cell) for row in others for cell in row.values())
    return Counter(keys.decrypt(str(row["link"])) for row in stories)


async def finds_nothing(noor: Visitor, before: Sequence[str]) -> None:
    """The next teller is asked for her consent, and reads none of these words; also where the page comes once more."""
    for look in (noor.tab.content, noor.tab.reload):
        await look()
        held = await everything_on(noor)
        assert ASKED.lower() in held
        assert [word for word in before if word in held] == []


async def tells(noor: Visitor, number: int) -> str:
    """A teller tells it all, and sends it; who the browser was meanwhile. Below the receipt nothing of it stands."""
    words, title = TELLERS[number]
    assert await count(noor) == f"Bezoek: {PLACE}, {number} {'verhaal' if number == 1 else 'verhalen'}"
    await does(noor, *story_of(words, title))
    assert OF_EACH[number][0] in await everything_on(noor)
    await does(noor, SENDING)
    held = await everything_on(noor)
    assert RECEIPT in held
    assert OF_EACH[number][0] not in held
    return noor.token


@WITH_AND_WITHOUT
async def test_nothing_of_one_teller_is_there_for_the_next(
    browser: Browser, tmp_path: Path, keys: KeyRing, scripts: bool
) -> None:
    tokens: list[str] = []
    before: list[str] = [RECEIPT]
    async with relay(browser, tmp_path, keys, scripts=scripts) as (noor, house, url):
        for number in range(len(TELLERS)):
            await finds_nothing(noor, before)
            tokens.append(await tells(noor, number))
            before += OF_EACH[number]
            if scripts:
                assert await noor.tab.evaluate(KEPT_BY_BROWSER) == [0, 0, 0, 0, 0]
            await on_to_next(noor, by_receipt=bool(number % 2))
        await finds_nothing(noor, before)
        assert await seen_on_the_way_back(noor, before) == []
        assert len({*tokens}) == len(tokens)
        assert not {*tokens} & {cookie["value"] for cookie in await noor.context.cookies()}
        left = amounts(url)
        assert (left["stories"], left["interviews"], left["outbox"], left["messages"]) == (len(tokens), 0, 0, 0)
        async with house.intake.database.reading() as work:
            [place] = await links.every(work, keys)
        assert linked(tables(url), keys) == {place.code: len(tokens)}


async def test_halfway_it_is_asked_first_and_what_was_told_is_gone_after_it(
    browser: Browser, tmp_path: Path, keys: KeyRing
) -> None:
    async with relay(browser, tmp_path, keys) as (noor, _, url):
        await does(noor, *AGREEING, says(TELLERS[0][0]))
        await noor.tab.fill("#words", "en nog een kwakelzin")
        await noor.tab.click(NEXT)
        await noor.tab.get_by_text("Dan gooi ik dit verhaal weg.").wait_for()
        await noor.tab.get_by_role("link", name="Nee, ga verder").click()
        await noor.tab.get_by_text(TELLERS[0][0]).wait_for()
        assert amounts(url)["interviews"] == 1
        await on_to_next(noor)
        assert amounts(url)["interviews"] == 0
        assert "kwakel" not in await everything_on(noor)
        assert await seen_on_the_way_back(noor, OF_EACH[0]) == []


async def test_pages_for_staff_open_only_after_the_visit_was_stopped_and_with_the_code(
    browser: Browser, tmp_path: Path, keys: KeyRing
) -> None:
    async with relay(browser, tmp_path, keys) as (noor, _, _):
        assert await seen_on_the_way_back(noor, [OPENING]) == []
        await noor.get("/team")
        assert await noor.tab.get_by_role("heading").inner_text() == "Wilt u het bezoek stoppen?"
        await noor.tab.get_by_role("link", name="Nee, ga verder").click()
        await noor.tab.get_by_text(ASKED).wait_for()
        await noor.tab.get_by_role("link", name="Bezoek stoppen").click()
        await noor.tab.get_by_role("button", name="Ja, bezoek stoppen").click()
        await noor.tab.get_by_text("Dank u wel voor uw hulp!").wait_for()
        await noor.tab.get_by_role("link", name="Terug naar de links").click()
        await noor.tab.get_by_role("heading", name="Typ uw code").wait_for()
        await noor.get("/team/bezoek")
        await opens(noor, "1001")
        await noor.tab.get_by_text("Deze code is het niet.").wait_for()
        assert OPENING not in await everything_on(noor)
        await opens(noor, OPENING)
        await noor.tab.get_by_role("heading", name="Links").wait_for()


@WITH_AND_WITHOUT
async def test_below_a_receipt_it_is_asked_first_and_no_leads_back_to_the_code(
    browser: Browser, tmp_path: Path, keys: KeyRing, scripts: bool
) -> None:
    async with relay(browser, tmp_path, keys, scripts=scripts) as (noor, _, _):
        await does(noor, *story_of(*TELLERS[0]), SENDING)
        await noor.tab.set_viewport_size(SMALL)
        await noor.tab.locator("button[name=tap]", has_text=FROM_RECEIPT.words).click()
        await noor.tab.get_by_role("heading", name="Heeft de verteller de code opgeschreven?").wait_for()
        assert RECEIPT not in await everything_on(noor)
        await noor.tab.get_by_role("link", name="Nee, terug naar de code").click()
        code = noor.tab.locator(".code")
        await code.wait_for()
        assert await code.evaluate(SEEN)
        assert await code.evaluate("code => getComputedStyle(code).whiteSpace") == "nowrap"


async def test_the_bar_of_a_visit_stays_in_view_and_covers_nothing_that_is_asked(
    browser: Browser, tmp_path: Path, keys: KeyRing
) -> None:
    async with relay(browser, tmp_path, keys) as (noor, _, _):
        await noor.tab.set_viewport_size(SMALL)
        await does(noor, *AGREEING, says(TELLERS[0][0]))
        assert await noor.tab.evaluate("scrollY") > 0
        assert await noor.tab.locator(NEXT).evaluate(SEEN)
        assert await noor.tab.locator(".log .said").last.evaluate(BELOW_BAR) >= 0
        assert await noor.tab.locator("form.visit").evaluate("bar => bar.offsetHeight") <= SMALL["height"] / 5


@asynccontextmanager
async def left_alone(browser: Browser, folder: Path, keys: KeyRing) -> AsyncIterator[tuple[Visitor, str]]:
    """A visit in which somebody told something and is typing more, with a clock that the test moves on."""
    async with relay(browser, folder, keys) as (noor, _, url):
        await noor.tab.clock.install()
        await noor.get()
        await does(noor, *AGREEING, says(TELLERS[0][0]))
        await noor.tab.fill("#words", MORE)
        yield noor, url


async def finds_all_again(noor: Visitor) -> None:
    """With the code, all that was told and typed is there."""
    await noor.tab.get_by_role("heading", name="Dit scherm is op slot").wait_for()
    assert [word for word in OF_EACH[0] if word in await everything_on(noor)] == []
    await unlocks(noor, OPENING)
    await noor.tab.get_by_text(TELLERS[0][0]).wait_for()
    assert await noor.tab.input_value("#words") == MORE


async def test_a_device_that_is_left_asks_who_is_there_and_then_locks_with_all_that_was_told_and_typed(
    browser: Browser, tmp_path: Path, keys: KeyRing
) -> None:
    async with left_alone(browser, tmp_path, keys) as (noor, url):
        await noor.tab.clock.fast_forward((QUIET - WARNED + 2) * 1_000)
        await noor.tab.get_by_role("alertdialog", name="Bent u er nog?").wait_for()
        await noor.tab.clock.fast_forward(QUIET * 1_000)
        await finds_all_again(noor)
        assert amounts(url)["interviews"] == 1


async def test_a_locked_device_shows_nothing_on_the_way_back(browser: Browser, tmp_path: Path, keys: KeyRing) -> None:
    async with left_alone(browser, tmp_path, keys) as (noor, _):
        await noor.tab.clock.fast_forward(2 * QUIET * 1_000)
        await noor.tab.get_by_role("heading", name="Dit scherm is op slot").wait_for()
        assert await seen_on_the_way_back(noor, OF_EACH[0]) == []


async def test_a_locked_device_shows_whom_to_call_and_lets_the_visit_be_stopped(
    browser: Browser, tmp_path: Path, keys: KeyRing
) -> None:
    async with left_alone(browser, tmp_path, keys) as (noor, url):
        await noor.get("/bezoek/slot")
        await noor.get("/hulp")
        await noor.tab.clock.fast_forward(2 * QUIET * 1_000)
        await noor.tab.wait_for_load_state("networkidle")
        assert "112" in await noor.tab.inner_text("main")
        await noor.get("/bezoek/stoppen")
        await noor.tab.wait_for_load_state("networkidle")
        await noor.tab.get_by_role("button", name="Ja, bezoek stoppen").click()
        await noor.tab.get_by_text("Dank u wel voor uw hulp!").wait_for()
        assert amounts(url)["interviews"] == 0


async def test_without_a_connection_a_device_that_is_left_is_empty_and_loses_no_words(
    browser: Browser, tmp_path: Path, keys: KeyRing
) -> None:
    async with left_alone(browser, tmp_path, keys) as (noor, _):
        await noor.context.set_offline(True)
        await noor.tab.clock.fast_forward(2 * QUIET * 1_000)
        await noor.tab.wait_for_function("() => document.getElementById('inhoud').innerText === ''")
        await noor.context.set_offline(False)
        await noor.tab.clock.fast_forward(6_000)
        await finds_all_again(noor)


async def test_words_that_a_script_sends_to_a_device_that_is_locked_come_back_with_the_code(
    browser: Browser, tmp_path: Path, keys: KeyRing
) -> None:
    async with relay(browser, tmp_path, keys) as (noor, _, _):
        await does(noor, *AGREEING, says(TELLERS[0][0]))
        await noor.tab.fill("#words", MORE)
        beside = await noor.context.new_page()
        await beside.goto(f"http://127.0.0.1:{noor.port}/bezoek/slot")
        await noor.tab.click("button.send")
        await finds_all_again(noor)


async def test_nothing_is_wrong_on_what_stands_between_a_receipt_and_the_next_teller_and_on_the_lock(
    browser: Browser, tmp_path: Path, keys: KeyRing
) -> None:
    async with relay(browser, tmp_path, keys) as (noor, _, _):
        await does(noor, *story_of(*TELLERS[0]), SENDING)
        states: dict[str, list[str]] = {}
        for path in ("/bezoek/volgende", "/rust", "/bezoek/slot"):
            await noor.get(path)
            states[path] = await faults(noor)
        await unlocks(noor, "1001")
        await noor.tab.get_by_text("Deze code is het niet.").wait_for()
        states["verkeerde code"] = await faults(noor)
        assert {state: found for state, found in states.items() if found} == {}


async def test_nothing_is_wrong_on_any_page_of_a_visit(browser: Browser, tmp_path: Path, keys: KeyRing) -> None:
    async with relay(browser, tmp_path, keys) as (noor, _, _):
        states = {"toestemming": await faults(noor)}
        await does(noor, *story_of(*TELLERS[0]))
        states["nakijken"] = await faults(noor)
        await noor.get("/bezoek/volgende")
        states["volgende, halfweg"] = await faults(noor)
        await noor.get()
        await does(noor, SENDING)
        states["code"] = await faults(noor)
        await does(noor, ENOUGH)
        await noor.tab.get_by_role("heading", name="Wilt u het bezoek stoppen?").wait_for()
        states["stoppen"] = await faults(noor)
        await noor.tab.get_by_role("button", name="Ja, bezoek stoppen").click()
        await noor.tab.get_by_text("Dank u wel voor uw hulp!").wait_for()
        states["klaar"] = await faults(noor)
        await noor.get("/team")
        await noor.tab.get_by_role("heading", name="Typ uw code").wait_for()
        states["slot"] = await faults(noor)
        await opens(noor, "1001")
        await noor.tab.get_by_text("Deze code is het niet.").wait_for()
        states["slot, verkeerde code"] = await faults(noor)
        await opens(noor, OPENING)
        await noor.tab.get_by_role("heading", name="Links").wait_for()
        await noor.get("/team/bezoek")
        states["beginnen"] = await faults(noor)
        await begin(noor, "Ik werk bij het Buurtteam", own_team=True)
        states["eigen team"] = await faults(noor)
        assert {state: found for state, found in states.items() if found} == {}
