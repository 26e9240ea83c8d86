"""Every transcript in a real browser, with its scripts and without them."""

from pathlib import Path

import pytest
from playwright.async_api import Browser

from storage.secrets import KeyRing
from tests.system.chromium import visitor
from tests.talk.script import read, scripts, text_of
from tests.talk.web_player import WebPlayer, in_browser
from tests.talk.world import library

pytestmark = pytest.mark.asyncio(loop_scope="session")

SCRIPTS = [
    path
    for path in scripts()
    if "web" in read(path).depths and not any(turn.action.kind == "old" for turn in read(path).turns)
]
"""Those in which nobody uses a button that stands on the page no more: nobody with a browser can."""


@pytest.mark.parametrize("with_scripts", [True, False], ids=["scripts", "no scripts"])
@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
async def test_a_real_browser_says_it(
    path: Path, with_scripts: bool, tmp_path: Path, keys: KeyRing, browser: Browser
) -> None:
    script = read(path)
    player = WebPlayer(tmp_path, keys, library(is_open=script.is_open))
    async with visitor(browser, player.port, scripts=with_scripts) as found:
        player.visitor = found
        try:
            played = [await player.play(turn.action) for turn in script.turns]
        finally:
            await player.stop()
    assert text_of(script, played) == in_browser(text_of(script))
    assert found.complaints == []
