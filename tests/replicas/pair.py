"""Two bots that fetch updates for the same people, of which one is in turn; knows no dialog."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.botapi.server import FakeTelegram
from tests.corridor.process import LISTENING, Bot

READY = "ik sta klaar"


@asynccontextmanager
async def pair(telegram: FakeTelegram, url: str, folder: Path) -> AsyncIterator[list[Bot]]:
    """Two bots with one database and one key file; the first is in turn."""
    settings = {"VERTELBOT_STORAGE__URL": url, "VERTELBOT_STORAGE__KEY_FILE": str(folder / "keys" / "sleutels")}
    made = []
    for name in ("een", "twee"):
        (folder / name).mkdir()
        made.append(Bot(telegram, folder / name, settings))
    async with made[0], made[1]:
        await made[0].start()
        await made[1].start(READY)
        yield made


def in_turn(bots: list[Bot]) -> list[Bot]:
    """Those that listen, by what they said last of it."""
    return [bot for bot in bots if (log := bot.log.read_text()).rfind(LISTENING) > log.rfind(READY)]
