"""The server of the database is killed, or started anew, while people tell: no bot notices but by waiting."""

import asyncio
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from bot.standing_by import HELD, LOOK_SECONDS
from tests.botapi.server import FakeTelegram
from tests.corridor.process import Bot
from tests.corridor.resident import TURNS
from tests.postgres import PostgresServer
from tests.replicas.pair import in_turn, pair
from tests.replicas.town import CONSENT, town

OFFERED_AGAIN = "opnieuw aangeboden"
ENDS = pytest.mark.parametrize("end", [PostgresServer.kill, PostgresServer.stop])


@ENDS
async def test_a_server_that_is_away_for_a_while_costs_no_word_and_no_bot_has_to_be_started_again(
    telegram: FakeTelegram, server: PostgresServer, tmp_path: Path, end: Callable[[PostgresServer], None]
) -> None:
    url = server.url(await server.database())
    bot = Bot(telegram, tmp_path, {"VERTELBOT_STORAGE__URL": url})
    await bot.start()
    people = town(telegram, url, 4)
    for number, turn in enumerate(TURNS):
        if number in (CONSENT + 3, CONSENT + 9):
            end(server)
            people.act(turn)
            before = bot.said(OFFERED_AGAIN)
            await telegram.wait_for(partial(_said_more, bot, before))
            server.start()
        else:
            people.act(turn)
        if number == CONSENT + 6:
            # In the midst of all that is going on now.
            end(server)
            server.start()
        await people.quiet()
    assert bot.process
    assert bot.process.returncode is None
    assert await bot.export(tmp_path / "uit") == 0
    people.is_whole(tmp_path / "uit")
    people.is_in_order(repeated=3)
    assert await bot.stop() == 0


async def test_a_bot_ends_in_time_while_the_server_of_its_database_stands_still(
    telegram: FakeTelegram, server: PostgresServer, tmp_path: Path
) -> None:
    url = server.url(await server.database())
    bot = Bot(telegram, tmp_path, {"VERTELBOT_STORAGE__URL": url})
    await bot.start()
    people = town(telegram, url, 4)
    for turn in TURNS[: CONSENT + 1]:
        people.act(turn)
        await people.quiet()
    with server.standing_still():
        people.act(TURNS[CONSENT + 1])
        await telegram.wait_for(lambda: bool(telegram.account.updates.waiting))
        assert await bot.stop(within=10) == 0
    await bot.start()
    await people.quiet()
    for turn in TURNS[CONSENT + 2 :]:
        people.act(turn)
        await people.quiet()
    assert await bot.export(tmp_path / "uit") == 0
    people.is_whole(tmp_path / "uit")
    assert await bot.stop() == 0


@pytest.mark.parametrize("away", [0.0, HELD.total_seconds() + LOOK_SECONDS], ids=["a moment", "longer than a turn"])
async def test_two_bots_that_fetch_lose_nothing_with_their_server_and_one_is_in_turn_when_it_is_back(
    telegram: FakeTelegram, server: PostgresServer, tmp_path: Path, away: float
) -> None:
    """After a moment it is still the same; after longer nobody's turn holds, and whoever looks first may take it."""
    url = server.url(await server.database())
    people = town(telegram, url, 4)
    async with pair(telegram, url, tmp_path) as bots:
        for turn in TURNS[: CONSENT + 3]:
            people.act(turn)
            await people.quiet()
        people.act(TURNS[CONSENT + 3])
        server.kill()
        await asyncio.sleep(away)
        server.start()
        met = await _settled(telegram, bots)
        await people.quiet()
        for turn in TURNS[CONSENT + 4 :]:
            people.act(turn)
            await people.quiet()
        assert (len(in_turn(bots)), _conflicts(telegram)) == (1, met)
        assert [bot.process and bot.process.returncode for bot in bots] == [None, None]
        assert await bots[0].export(tmp_path / "uit") == 0
        people.is_whole(tmp_path / "uit")
        people.is_in_order(repeated=1)
        assert [await bot.stop(within=10) for bot in bots] == [0, 0]


async def _settled(telegram: FakeTelegram, bots: list[Bot]) -> int:
    """Until one is in turn, and Telegram met no other for as long as each looks twice; how often it did before."""
    async with asyncio.timeout(60):
        while True:
            met = _conflicts(telegram)
            await asyncio.sleep(2 * LOOK_SECONDS)
            if (len(in_turn(bots)), _conflicts(telegram)) == (1, met):
                return met


def _conflicts(telegram: FakeTelegram) -> int:
    """How often Telegram said so far that another fetches too."""
    return len([call for call in telegram.calls_of("getUpdates") if "Conflict" in call.error])


def _said_more(bot: Bot, before: int) -> bool:
    """Whether the bot says by now that something could not be kept."""
    return bot.said(OFFERED_AGAIN) > before
