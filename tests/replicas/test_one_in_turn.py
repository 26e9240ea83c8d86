"""Two bots that fetch updates for the same people: one is in turn, and nothing is lost when it goes."""

import asyncio
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.botapi.server import FakeTelegram
from tests.corridor.process import LISTENING, Bot
from tests.corridor.resident import TURNS
from tests.postgres import PostgresServer
from tests.replicas.town import CONSENT, Town, town

READY = "ik sta klaar"
SUCCEEDED = 20.0
"""Seconds in which a killed bot is succeeded: fifteen, and the start of a poll on a busy machine."""


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    """A Telegram that does not hold a poll for long when it comes again too soon."""
    async with FakeTelegram(pause=0.2) as fake:
        yield fake


@pytest.fixture(params=["sqlite", "postgres"])
async def url(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """A database that both bots use."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/data/vertelbot.db"
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    name = await server.database()
    yield server.url(name)
    await server.drop(name)


@pytest.fixture
async def bots(telegram: FakeTelegram, url: str, tmp_path: Path) -> AsyncIterator[list[Bot]]:
    """Two bots with one database and one key file; the first is in turn."""
    settings = {"VERTELBOT_STORAGE__URL": url, "VERTELBOT_STORAGE__KEY_FILE": str(tmp_path / "keys" / "sleutels")}
    made = []
    for name in ("een", "twee"):
        (tmp_path / name).mkdir()
        made.append(Bot(telegram, tmp_path / name, settings))
    await made[0].start()
    await made[1].start(READY)
    yield made
    for bot in made:
        await bot.kill()


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
