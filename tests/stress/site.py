"""Where a bad day happens: bots as processes, the database they share, and Telegram; knows nobody who writes."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from storage.secrets import KeyRing, read_key_file
from tests.bot.running import free_port
from tests.botapi.server import FakeTelegram
from tests.corridor.process import Bot
from tests.postgres import PostgresServer
from tests.replicas.front import Front

REPLICAS = 3
AGAIN_SECONDS = 0.1
"""After so long what a webhook did not take is brought again, and after twice as long every time."""


@dataclass(frozen=True)
class Site:
    """`url` is the database of all bots. `folder` holds their keys and has room for what is made of it.

    `port` is where browsers come, if they do.
    """

    telegram: FakeTelegram
    bots: tuple[Bot, ...]
    folder: Path
    url: str
    port: int = 0

    @property
    def keys(self) -> KeyRing:
        """Those of the bots, once one of them has started."""
        return read_key_file(self.folder / "sleutels")


@asynccontextmanager
async def fetching(folder: Path) -> AsyncIterator[Site]:
    """One bot on SQLite, that fetches its updates."""
    async with FakeTelegram(pause=0.2) as telegram:
        url = f"sqlite:///{folder}/data/vertelbot.db"
        async with Bot(telegram, folder, settings_of(folder, url)) as bot:
            yield Site(telegram, (bot,), folder, url)


@asynccontextmanager
async def brought(folder: Path) -> AsyncIterator[Site]:
    """One bot on SQLite, to which Telegram brings its updates."""
    url = f"sqlite:///{folder}/data/vertelbot.db"
    async with FakeTelegram(delay=AGAIN_SECONDS) as telegram, Front([free_port()]) as front:
        [port] = front.ports
        async with Bot(telegram, folder, settings_of(folder, url) | _webhook(front, port)) as bot:
            yield Site(telegram, (bot,), folder, url)


@asynccontextmanager
async def visited(folder: Path) -> AsyncIterator[Site]:
    """One bot on SQLite with the web chat beside Telegram; whoever visits it may say from which address."""
    async with FakeTelegram(pause=0.2) as telegram:
        url, port = f"sqlite:///{folder}/data/vertelbot.db", free_port()
        web = {"VERTELBOT_WEB__PORT": str(port), "VERTELBOT_WEB__PROXIES": '["127.0.0.1"]'}
        async with Bot(telegram, folder, settings_of(folder, url) | web) as bot:
            yield Site(telegram, (bot,), folder, url, port)


@asynccontextmanager
async def replicas(folder: Path, server: PostgresServer) -> AsyncIterator[Site]:
    """Three bots behind one address, on one PostgreSQL server."""
    name = await server.database()
    ports = [free_port() for _ in range(REPLICAS)]
    async with FakeTelegram(delay=AGAIN_SECONDS) as telegram, Front(ports) as front, AsyncExitStack() as stack:
        bots = []
        for port in ports:
            place = folder / str(port)
            place.mkdir()
            settings = settings_of(folder, server.url(name)) | _webhook(front, port)
            bots.append(await stack.enter_async_context(Bot(telegram, place, settings)))
        yield Site(telegram, tuple(bots), folder, server.url(name))
    await server.drop(name)


def settings_of(folder: Path, url: str) -> dict[str, str]:
    """Where the database and the keys are, as a bot is told it."""
    return {"VERTELBOT_STORAGE__URL": url, "VERTELBOT_STORAGE__KEY_FILE": str(folder / "sleutels")}


def _webhook(front: Front, port: int) -> dict[str, str]:
    return {
        "VERTELBOT_TELEGRAM__MODE": "webhook",
        "VERTELBOT_WEB__PORT": str(port),
        "VERTELBOT_WEB__PUBLIC_URL": front.url,
    }
