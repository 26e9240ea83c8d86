"""Whether turns in a browser are counted as those in Telegram are, and nothing about anybody is told by it."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from bot.figures import Figures
from bot.intake import Intake
from bot.settings import WebSettings
from bot.web.health import Health
from pages.app import web_app
from pages.serving import listening, serving
from storage.secrets import KeyRing
from tests.bot.browser import Browser, browser, visited
from tests.bot.disk import only_read
from tests.bot.person import corridor
from tests.bot.running import free_port
from tests.bot.story import CANARIES, FIRST, LINK, STORY
from tests.bot.test_web import asked, gauges, labelled
from tests.bot.web_visits import pieces


@pytest.fixture
async def intake(url: str, keys: KeyRing) -> AsyncIterator[Intake]:
    async with corridor(url, keys) as found:
        yield found


@pytest.fixture
async def figures() -> Figures:
    return Figures()


@pytest.fixture
async def anne(intake: Intake, figures: Figures) -> AsyncIterator[Browser]:
    """A browser, and the site that it may visit."""
    port = free_port()
    async with visited(intake, port, figures=figures), browser(port) as found:
        yield found


@asynccontextmanager
async def watched(intake: Intake, figures: Figures) -> AsyncIterator[str]:
    """Where these figures can be read, of a program without Telegram."""
    health = Health(intake.database, figures, intake.clock, listens=False)
    port = listening(WebSettings(port=free_port()))
    async with serving(web_app(health.routes), port):
        yield f"http://127.0.0.1:{port.getsockname()[1]}"


async def test_every_form_and_every_coming_in_is_counted_for_the_channel(
    anne: Browser, intake: Intake, figures: Figures
) -> None:
    await anne.get(f"/v/{LINK}")
    for move in STORY[1:]:
        await (anne.tap(move.words) if move.taps else anne.say(move.words))
    await anne.get()
    async with watched(intake, figures) as url:
        told = (await asked(f"{url}/metrics")).body
    assert labelled(told, "vertelbot_updates_handled_total") == {("web",): len(STORY)}
    assert gauges(told)["vertelbot_turn_seconds_count"] == len(STORY)
    secrets = (*CANARIES, LINK, anne.token, anne.address.chat)
    assert [secret for secret in secrets if secret in told] == []


async def test_what_cannot_be_kept_shows_until_something_is_kept_again(
    anne: Browser, intake: Intake, figures: Figures, tmp_path: Path
) -> None:
    async def seen() -> tuple[int, bool, float]:
        told, figures_told = await asked(f"{url}/healthz"), gauges((await asked(f"{url}/metrics")).body)
        return told.status, json.loads(told.body)["keeping"], figures_told["vertelbot_keeping"]

    async with watched(intake, figures) as url:
        await anne.get(f"/v/{LINK}")
        await anne.tap("✅ Ja, ik doe mee")
        assert await seen() == (200, True, 1)
        with only_read(tmp_path / "vertelbot.db"):
            assert (await anne.say(FIRST)).status == 503
            assert await seen() == (503, False, 0)
            assert (await anne.get()).status == 200
            assert await seen() == (503, False, 0)
        assert (await anne.say(FIRST)).status == 200
        assert await seen() == (200, True, 1)
    assert await pieces(intake, anne.address) == [FIRST]
    assert figures.failed == {"bezet": 1}


async def test_where_our_own_code_fails_the_words_stay_and_it_is_counted_apart(
    url: str, keys: KeyRing, figures: Figures
) -> None:
    port = free_port()
    async with corridor(url, keys) as intake, browser(port) as anne:
        async with visited(intake, port):
            await anne.get(f"/v/{LINK}")
            await anne.tap("✅ Ja, ik doe mee")
        sets = {key: item for key, item in intake.library.sets.items() if key[0] != "bewoner"}
        bare = Intake(intake.database, keys, replace(intake.library, sets=sets), clock=intake.clock)
        async with visited(bare, port, figures=figures):
            found = await anne.say(FIRST)
            assert (found.status, found.page.field) == (503, FIRST)
            assert (await anne.get("/wissen")).status == 200
            assert (await anne.send({}, "/wissen")).status == 503
        assert (figures.failed, figures.keeping) == ({"fout": 2}, True)
        async with visited(intake, port, figures=figures):
            assert (await anne.send({"words": FIRST})).status == 200
        assert await pieces(intake, anne.address) == [FIRST]
