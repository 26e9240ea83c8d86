"""One sheet is typeset at a time, whoever asks."""

import asyncio
import threading
from dataclasses import replace

import pytest

from bot.staff import handing_out
from bot.staff.desk import Desk
from bot.staff.handing_out import SHEETS, Sheet
from bot.staff.place_links import Wish
from pages.permissions import OPERATOR


class Press:
    """Counts how many are at it at once, and lets nobody go before it is opened."""

    def __init__(self) -> None:
        self.opened = threading.Event()
        self.begun = threading.Event()
        self.made: list[str] = []
        self.at_it = 0
        self.most = 0

    def make(self, name: str) -> bytes:
        """A sheet that takes as long as the press is closed."""
        self.at_it += 1
        self.most = max(self.most, self.at_it)
        self.begun.set()
        self.opened.wait()
        self.made.append(name)
        self.at_it -= 1
        return name.encode()

    def sheet(self, name: str) -> Sheet:
        """A sheet that is made with it."""
        return Sheet("text/plain", lambda _handout, _texts: self.make(name))


async def test_one_sheet_is_made_at_a_time_by_all_faces_together_while_others_are_answered(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    link, press = await desk.links.make(OPERATOR, Wish()), Press()
    monkeypatch.setattr(handing_out, "paper", lambda *_asked, **_more: press.make("papier"))
    elsewhere = replace(desk.handing_out, organisation="een ander gezicht")
    printed = await desk.papers.printed(OPERATOR, code=link.code)
    asked = [
        asyncio.create_task(desk.handing_out.sheet(link, press.sheet("een"))),
        asyncio.create_task(elsewhere.sheet(link, press.sheet("twee"))),
        asyncio.create_task(elsewhere.paper(printed, link)),
    ]
    await asyncio.to_thread(press.begun.wait)
    assert [one.done() for one in asked] == [False] * 3
    press.opened.set()
    assert await asyncio.gather(*asked) == [b"een", b"twee", b"papier"]
    assert (press.made, press.most) == (["een", "twee", "papier"], 1)


async def test_whoever_stopped_waiting_lets_no_second_one_begin(desk: Desk) -> None:
    link, press = await desk.links.make(OPERATOR, Wish()), Press()
    gone = asyncio.create_task(desk.handing_out.sheet(link, press.sheet("weggelopen")))
    await asyncio.to_thread(press.begun.wait)
    gone.cancel()
    other = asyncio.create_task(desk.handing_out.sheet(link, press.sheet("ander")))
    with pytest.raises(asyncio.CancelledError):
        await gone
    press.opened.set()
    assert await other == b"ander"
    assert press.most == 1


async def test_everything_is_each_sheet_and_the_message(desk: Desk) -> None:
    link = await desk.links.make(OPERATOR, Wish())
    names = [name async for name, _ in desk.handing_out.everything(link)]
    assert names == [*SHEETS, "bericht.txt"]
