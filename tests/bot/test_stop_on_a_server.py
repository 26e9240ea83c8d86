"""Whether SIGTERM ends the program in time, and well, while the database server lets it wait."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
import pytest

from storage.postgres import _number
from tests.bot.story import FIRST, LINK
from tests.botapi.server import FakeTelegram
from tests.corridor.process import Bot
from tests.postgres import PostgresServer

ANNE = 5_504_231
SECONDS = 10.0
"""Within this time the process is gone after a signal: that is a promise to whoever runs it, so here it is measured."""


@pytest.fixture
async def server() -> AsyncIterator[PostgresServer]:
    """A server of our own: its settings are changed."""
    server = PostgresServer()
    yield server
    server.remove()


@asynccontextmanager
async def program(telegram: FakeTelegram, folder: Path, url: str) -> AsyncIterator[Bot]:
    """`vertelbot start` on this database."""
    async with Bot(telegram, folder, {"VERTELBOT_STORAGE__URL": url}) as bot:
        yield bot


async def test_a_commit_that_waits_for_a_standby_does_not_keep_it_and_the_words_come_again(
    telegram: FakeTelegram, tmp_path: Path, server: PostgresServer
) -> None:
    url = server.url(await server.database())
    async with program(telegram, tmp_path, url) as bot:
        await bot.start()
        telegram.say(ANNE, f"/start {LINK}")
        await telegram.quiet()
        telegram.tap(ANNE, "✅ Ja, ik doe mee")
        await telegram.quiet()
        await server.set("synchronous_standby_names", "weg")
        telegram.say(ANNE, FIRST)
        await _waits(server, "SyncRep")
        assert await bot.stop(within=SECONDS) == 0
        assert bot.said("niet alles was op tijd klaar") == 1
        assert bot.said("Traceback") == 0
        await server.set("synchronous_standby_names", "")
        await bot.start()
        await telegram.quiet()
    assert "U mag nog meer vertellen" in telegram.messages(ANNE)[-1].text
    assert await _asked(url, "SELECT FROM parts") == 1


async def test_a_server_that_says_nothing_does_not_keep_a_start(telegram: FakeTelegram, tmp_path: Path) -> None:
    met = asyncio.Event()

    async def meet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        met.set()
        await reader.read()
        writer.close()

    async with await asyncio.start_server(meet, "127.0.0.1", 0) as silent:
        port = silent.sockets[0].getsockname()[1]
        async with program(telegram, tmp_path, f"postgresql://x@127.0.0.1:{port}/x?sslmode=disable") as bot:
            await bot.launch()
            await asyncio.wait_for(met.wait(), 60)
            assert await bot.stop(within=SECONDS) == 0
            assert bot.said("Traceback") == 0


async def test_another_start_that_goes_on_does_not_keep_one_that_waits_for_it(
    telegram: FakeTelegram, tmp_path: Path, server: PostgresServer
) -> None:
    url = server.url(await server.database())
    other = await asyncpg.connect(url)
    await other.execute(f"BEGIN; SELECT pg_advisory_xact_lock({_number('a start')})")
    async with program(telegram, tmp_path, url) as bot:
        await bot.launch()
        await _waits(server, "advisory")
        assert await bot.stop(within=SECONDS) == 0
    await other.close()


async def test_a_loop_that_stands_still_does_not_keep_it() -> None:
    """As by a disk that is away: then nothing of the program itself can see to its end."""
    script = (
        "import asyncio, time\n"
        "from bot.ending import until_told\n"
        "async def work(stop):\n"
        "    print('begonnen', flush=True)\n"
        "    await stop.wait()\n"
        "    time.sleep(60)\n"
        "asyncio.run(until_told(work))\n"
    )
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", script, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL
    )
    assert process.stdout
    assert await process.stdout.readline() == b"begonnen\n"
    process.send_signal(signal.SIGTERM)
    assert await asyncio.wait_for(process.wait(), SECONDS) == 0


async def _waits(server: PostgresServer, what: str) -> None:
    """Until a connection waits for this."""
    async with asyncio.timeout(60):
        while not await _asked(server.url("postgres"), f"SELECT FROM pg_stat_activity WHERE wait_event = '{what}'"):
            pass


async def _asked(url: str, question: str) -> int:
    """How many rows the answer has."""
    asking = await asyncpg.connect(url)
    try:
        return len(await asking.fetch(question))
    finally:
        await asking.close()
