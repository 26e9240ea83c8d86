"""A resident through the whole of set 1 with a browser, as a load run has many, and what is read of each page."""

import asyncio
from pathlib import Path

import pytest

from tests.load.audit import Audit, audit
from tests.load.bots import BROWSER, WEB_MODES
from tests.load.browsers import ANSWER, FILES, PAGE, SENT, VISIT, Browsers
from tests.load.pages import files, is_last, message
from tests.load.residents import LAST, Telling, Town
from tests.load.run import Load, serving, started
from tests.load.script import steps

ANSWERS = len(steps())
"""From the first page to the receipt, as on Telegram."""

COUNTED = 10
"""Of those, what is kept and stands in the story under a question."""

PATIENCE = 60.0

PAGE_OF_TWO = """
<link rel="stylesheet" href="/static/style-1.css"><link rel="icon" href="/static/icon-1.svg"><a href="/hulp">Hulp</a>
<script src="/static/chat-1.js" defer></script><link rel="stylesheet" href="/static/style-1.css">
<input type="hidden" name="token" value="abc"><input type="hidden" name="number" value="12">
<li class="said"><p>Eerst</p><button name="tap" value="7 x:oud" dir="auto">Oud</button></li>
<li class="mine"><p>Ja &amp; nee</p></li>
<li class="said"><p>Dank u wel!<br>
Uw code is: <b>AAA-222</b></p></li>
<button name="tap" value="9 q:a" dir="auto">Ja &amp; amen</button>
<button name="tap" value="9 q:b" dir="auto">{last}</button>
"""


async def told(mode: str, folder: Path, answers: int = ANSWERS) -> tuple[Browsers, Telling]:
    """A resident who gives so many answers, and the browsers afterwards."""
    town = Town(1, 0.0, answers=answers)
    browsers = Browsers(town.asked, scripts=mode == BROWSER)
    async with serving(browsers), started(Load(mode=mode), browsers, folder):
        town.come(browsers.type, browsers.tap, 0.0)
        await asyncio.wait_for(town.resting.wait(), PATIENCE)
    [telling] = town.tellings.values()
    return browsers, telling


@pytest.mark.parametrize("mode", WEB_MODES)
async def test_a_resident_gets_a_receipt_for_the_story_that_she_told(mode: str, tmp_path: Path) -> None:
    browsers, telling = await told(mode, tmp_path)
    sent = {ANSWER: ANSWERS - 1} if mode == BROWSER else {SENT: ANSWERS - 1, PAGE: ANSWERS - 1}
    assert browsers.refused == {}
    assert browsers.calls == {VISIT: 1, FILES: 5, **sent}
    assert {kind: len(waits) for kind, waits in browsers.waits.items()} == browsers.calls
    assert min(wait for waits in browsers.waits.values() for wait in waits) > 0
    assert await audit(tmp_path, [telling], browsers.address) == Audit(COUNTED)


async def test_an_answer_of_a_draft_is_found_as_well(tmp_path: Path) -> None:
    browsers, telling = await told(BROWSER, tmp_path, ANSWERS - 5)
    assert telling.receipt == ""
    assert await audit(tmp_path, [telling], browsers.address) == Audit(COUNTED - 4)
    assert await audit(tmp_path, [telling]) == Audit(COUNTED - 4, missing=COUNTED - 4)


def test_a_page_asks_with_its_newest_buttons() -> None:
    asked = message(PAGE_OF_TWO.format(last="Nee"))
    labels = [[button["text"] for button in row] for row in asked["reply_markup"]["inline_keyboard"]]
    assert labels == [["Ja & amen"], ["Nee"]]
    assert (asked["bubble"], asked["fields"], asked["text"]) == (9, {"token": "abc", "number": "12"}, "")
    assert not is_last(asked)


def test_the_last_page_holds_the_receipt() -> None:
    asked = message(PAGE_OF_TWO.format(last=LAST))
    assert is_last(asked)
    assert asked["text"] == "Dank u wel!\nUw code is: AAA-222"


def test_a_page_that_asks_nothing_has_no_buttons() -> None:
    assert message("<p>Even wachten</p>")["reply_markup"]["inline_keyboard"] == []


def test_of_a_page_each_file_is_fetched_once() -> None:
    assert files(PAGE_OF_TWO) == ("/static/style-1.css", "/static/icon-1.svg", "/static/chat-1.js")
