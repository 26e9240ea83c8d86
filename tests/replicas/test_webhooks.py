"""Three bots behind one address, on one server: killed at any moment, nothing is lost; each chat keeps its order."""

import asyncio
import socket
from collections import Counter
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from random import Random

import pytest

from tests.botapi.server import FakeTelegram
from tests.corridor.process import Bot
from tests.corridor.resident import TURNS
from tests.postgres import PostgresServer
from tests.replicas.front import Front
from tests.replicas.town import CONSENT, town

REPLICAS = 3
KILLS = 6


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    """A Telegram with a little distance, so that kills meet something under way."""
    async with FakeTelegram() as fake:
        fake.latency = 0.02
        yield fake


@pytest.fixture
async def url(server: PostgresServer) -> str:
    """A database that all bots use."""
    return server.url(await server.database())


def _free_ports() -> list[int]:
    """Ports that nobody uses now."""
    opened = [socket.create_server(("127.0.0.1", 0)) for _ in range(REPLICAS)]
    ports = [one.getsockname()[1] for one in opened]
    for one in opened:
        one.close()
    return ports


@pytest.fixture
async def front() -> AsyncIterator[Front]:
    """What stands before them."""
    async with Front(_free_ports()) as made:
        yield made


@pytest.fixture
async def bots(telegram: FakeTelegram, url: str, front: Front, tmp_path: Path) -> AsyncIterator[list[Bot]]:
    """Bots that all listen at one address."""
    made = []
    for port in front.ports:
        folder = tmp_path / str(port)
        folder.mkdir()
        settings = {
            "VERTELBOT_STORAGE__URL": url,
            "VERTELBOT_STORAGE__KEY_FILE": str(tmp_path / "keys" / "sleutels"),
            "VERTELBOT_TELEGRAM__MODE": "webhook",
            "VERTELBOT_WEB__PORT": str(port),
            "VERTELBOT_WEB__PUBLIC_URL": front.url,
        }
        made.append(Bot(telegram, folder, settings))
    await asyncio.gather(*(bot.start() for bot in made))
    yield made
    for bot in made:
        await bot.kill()


@pytest.mark.parametrize("seed", [1])
async def test_replicas_that_are_killed_in_the_midst_of_things_lose_nothing(
    telegram: FakeTelegram, url: str, bots: list[Bot], front: Front, tmp_path: Path, seed: int
) -> None:
    lot, people = Random(seed), town(telegram, url, 6)
    deadly = lot.sample(range(CONSENT, len(TURNS)), KILLS)
    for number, turn in enumerate(TURNS):
        people.act(turn)
        if number in deadly:
            await asyncio.sleep(lot.random() / 5)
            dying = lot.choice(bots)
            await dying.kill()
            await dying.start()
        await people.quiet()
    assert await bots[0].export(tmp_path / "uit") == 0
    people.is_whole(tmp_path / "uit")
    people.is_in_order(repeated=KILLS)
    assert set(Counter(front.served)) == set(front.ports)
    assert [await bot.stop(within=10) for bot in bots] == [0] * REPLICAS


@pytest.mark.parametrize("end", [PostgresServer.kill, PostgresServer.stop])
async def test_replicas_whose_server_goes_in_the_midst_of_things_lose_nothing_and_go_on(
    telegram: FakeTelegram,
    server: PostgresServer,
    url: str,
    bots: list[Bot],
    tmp_path: Path,
    end: Callable[[PostgresServer], None],
) -> None:
    lot, people = Random(1), town(telegram, url, 4)
    ends = (CONSENT + 2, CONSENT + 6, CONSENT + 11)
    for number, turn in enumerate(TURNS):
        people.act(turn)
        if number in ends:
            await asyncio.sleep(lot.random() / 5)
            end(server)
            await asyncio.sleep(lot.random())
            server.start()
        await people.quiet()
    assert [bot.process and bot.process.returncode for bot in bots] == [None] * REPLICAS
    assert await bots[0].export(tmp_path / "uit") == 0
    people.is_whole(tmp_path / "uit")
    people.is_in_order(repeated=len(ends))
    assert [await bot.stop(within=10) for bot in bots] == [0] * REPLICAS
