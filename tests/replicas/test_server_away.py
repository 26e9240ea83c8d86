"""The server of the database is killed, or started anew, while people tell: no bot notices but by waiting."""

from collections.abc import AsyncIterator, Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.botapi.server import FakeTelegram
from tests.corridor.process import Bot
from tests.corridor.resident import TURNS
from tests.postgres import PostgresServer
from tests.replicas.town import CONSENT, town

OFFERED_AGAIN = "opnieuw aangeboden"
ENDS = pytest.mark.parametrize("end", [PostgresServer.kill, PostgresServer.stop])


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    """A Telegram that does not hold a poll for long when it comes again too soon."""
    async with FakeTelegram(pause=0.2) as fake:
        yield fake


@pytest.fixture
def server() -> Iterator[PostgresServer]:
    """A server of one's own, to be killed."""
    made = PostgresServer()
    yield made
    made.remove()


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


def _said_more(bot: Bot, before: int) -> bool:
    """Whether the bot says by now that something could not be kept."""
    return bot.said(OFFERED_AGAIN) > before
