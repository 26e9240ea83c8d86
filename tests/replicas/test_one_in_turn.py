"""Two bots that fetch updates for the same people: one is in turn, and nothing is lost when it goes."""

import asyncio
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import ClientSession

from tests.bot.running import free_port
from tests.botapi.server import FakeTelegram
from tests.corridor.process import LISTENING, Bot
from tests.corridor.resident import TURNS
from tests.postgres import ENGINES, database_url
from tests.replicas.pair import READY, pair
from tests.replicas.town import CONSENT, Town, town

ANNE = 4201
SUCCEEDED = 20.0
"""Seconds in which a killed bot is succeeded: fifteen, and the start of a poll on a busy machine."""


@pytest.fixture(params=ENGINES)
async def url(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """A database that both bots use."""
    async with database_url(request, tmp_path / "data" / "vertelbot.db") as found:
        yield found


@pytest.fixture
async def bots(telegram: FakeTelegram, url: str, tmp_path: Path) -> AsyncIterator[list[Bot]]:
    """Two bots with one database and one key file; the first is in turn."""
    async with pair(telegram, url, tmp_path) as made:
        yield made


async def test_a_killed_bot_is_succeeded_and_a_stopped_one_at_once_and_no_word_is_lost(
    telegram: FakeTelegram, url: str, bots: list[Bot], tmp_path: Path
) -> None:
    people = town(telegram, url, 4)
    for number, turn in enumerate(TURNS):
        people.act(turn)
        if number == CONSENT + 1:
            await _killed(bots, people)
        if number == CONSENT + 6:
            await _stopped(bots)
        await people.quiet()
    assert await bots[1].export(tmp_path / "uit") == 0
    people.is_whole(tmp_path / "uit")
    people.is_in_order(repeated=2)


async def test_of_two_bots_on_one_file_that_updates_are_brought_to_one_takes_them(
    telegram: FakeTelegram, tmp_path: Path
) -> None:
    """Both would send what waits in the file, and say everything twice."""
    made = [_brought(telegram, tmp_path, name) for name in ("een", "twee")]
    async with made[0] as one, made[1] as two:
        await one.start()
        await two.start(READY)
        assert [await _told(bot, "readyz") for bot in made] == [200, 503]
        assert await _told(two, "healthz") == 200
        telegram.say(ANNE, "/start b-noord7")
        await telegram.wait_for(lambda: bool(telegram.messages(ANNE)[1:]))
        await telegram.quiet()
        before = two.said(LISTENING)
        assert before == 0
        await one.kill()
        await telegram.wait_for(lambda: two.said(LISTENING) > before, timeout=SUCCEEDED)
        assert await _told(two, "readyz") == 200
        telegram.tap(ANNE, "✅ Ja, ik doe mee")
        await telegram.wait_for(lambda: "Denk aan één keer" in telegram.messages(ANNE)[-1].text)


def _brought(telegram: FakeTelegram, folder: Path, name: str) -> Bot:
    """A bot on the file that both use, that has updates brought to a port of its own."""
    port = free_port()
    settings = {
        "VERTELBOT_STORAGE__URL": f"sqlite:///{folder}/data/vertelbot.db",
        "VERTELBOT_STORAGE__KEY_FILE": str(folder / "keys" / "sleutels"),
        "VERTELBOT_TELEGRAM__MODE": "webhook",
        "VERTELBOT_WEB__PORT": str(port),
        "VERTELBOT_WEB__PUBLIC_URL": f"http://127.0.0.1:{port}",
    }
    (folder / name).mkdir()
    return Bot(telegram, folder / name, settings)


async def _told(bot: Bot, path: str) -> int:
    """The status that its web port gives for this."""
    async with ClientSession() as session, session.get(f"{bot.more['VERTELBOT_WEB__PUBLIC_URL']}/{path}") as got:
        return got.status


async def _killed(bots: list[Bot], people: Town) -> None:
    """The one that is in turn is killed in the midst of all this; the other takes over."""
    in_turn, ready = bots
    before = ready.said(LISTENING)
    await asyncio.sleep(0.05)
    await in_turn.kill()
    await people.telegram.wait_for(lambda: ready.said(LISTENING) > before, timeout=SUCCEEDED)
    await people.quiet()
    await in_turn.start(READY)
    bots.reverse()


async def _stopped(bots: list[Bot]) -> None:
    """The one that is in turn is asked to stop; the other takes over at its next look, which is within seconds."""
    in_turn, ready = bots
    before = ready.said(LISTENING)
    assert in_turn.process
    in_turn.process.send_signal(signal.SIGTERM)
    assert await in_turn.process.wait() == 0
    await ready.telegram.wait_for(lambda: ready.said(LISTENING) > before, timeout=SUCCEEDED / 2)
    await in_turn.start(READY)
    bots.reverse()
