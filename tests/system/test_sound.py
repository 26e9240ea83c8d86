"""Whether a real browser lets hear what a set reads aloud, with its scripts and without them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Browser

from bot.rehearsal import STUDY
from dialogs.load import load_library
from storage.secrets import KeyRing
from tests.bot.browser import visited
from tests.bot.person import corridor
from tests.bot.running import free_port
from tests.bot.sounding import sets_read_aloud
from tests.system.chromium import Visitor, visitor
from tests.system.faults import found_by_axe

pytestmark = pytest.mark.asyncio(loop_scope="session")

SECONDS = 20


@asynccontextmanager
async def asked(tmp_path: Path, keys: KeyRing, browser: Browser, *, scripts: bool) -> AsyncIterator[Visitor]:
    """Somebody with a real browser who is asked a question that is read aloud in some seconds of silence."""
    port, shelf = free_port(), load_library(STUDY, folder=sets_read_aloud(tmp_path / "sets", SECONDS))
    async with (
        corridor(f"sqlite:///{tmp_path}/verhalen.db", keys, shelf=shelf) as intake,
        visited(intake, port),
        visitor(browser, port, scripts=scripts) as found,
    ):
        await found.get("/v/v-huis")
        await found.tap("✅ Ja, ik doe mee")
        yield found


async def test_the_button_plays_the_file_of_the_set(tmp_path: Path, keys: KeyRing, browser: Browser) -> None:
    async with asked(tmp_path, keys, browser, scripts=True) as anne:
        sound = anne.tab.locator("audio")
        assert not await sound.is_visible()
        button = anne.tab.locator(".said").filter(has=sound).get_by_role("button", name="Lees voor")
        await button.click()
        await anne.tab.wait_for_function("() => document.querySelector('audio').currentTime > 0")
        await anne.tab.get_by_role("button", name="Stop met lezen").click()
        await button.wait_for()
        assert await sound.evaluate("sound => sound.paused")
        assert await found_by_axe(anne) == []
        assert anne.complaints == []


async def test_without_scripts_the_browser_has_buttons_of_its_own(
    tmp_path: Path, keys: KeyRing, browser: Browser
) -> None:
    async with asked(tmp_path, keys, browser, scripts=False) as anne:
        sound = anne.tab.locator("audio[controls]")
        assert await sound.is_visible()
        address = await sound.get_attribute("src")
        assert address
        assert (await anne.context.request.get(f"http://127.0.0.1:{anne.port}{address}")).ok
