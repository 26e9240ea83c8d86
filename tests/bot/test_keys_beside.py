"""Whether a bot that has nothing to do sees every change of its keys, and takes no older ones."""

import asyncio
from pathlib import Path

from storage.key_file import add_key, keep_newest
from storage.secrets import LOOK_SECONDS, read_keys
from tests.botapi.server import FakeTelegram
from tests.corridor.process import Bot


async def test_a_bot_that_stands_idle_misses_no_change_of_its_keys(telegram: FakeTelegram, tmp_path: Path) -> None:
    async with Bot(telegram, tmp_path) as bot:
        await bot.start()
        [key_file] = (path for path in (tmp_path / "secrets").iterdir() if path.name.endswith(".key"))
        old = key_file.read_bytes()
        add_key(key_file)
        await asyncio.sleep(3 * LOOK_SECONDS)
        keep_newest(key_file, read_keys(key_file))
        await asyncio.sleep(3 * LOOK_SECONDS)
        assert len(read_keys(key_file).encrypt) == 1
        assert bot.said("is ouder dan de sleutels in gebruik") == 0
        older = key_file.with_name("ouder")
        older.write_bytes(old)
        older.chmod(0o600)
        older.replace(key_file)
        await asyncio.sleep(3 * LOOK_SECONDS)
        assert bot.said("is ouder dan de sleutels in gebruik") == 1
        assert await bot.stop() == 0
