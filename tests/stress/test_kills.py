"""SIGKILL at any moment while many people write and Telegram is slow: nothing lost, nothing twice, all in order."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from random import Random

from tests.postgres import PostgresServer
from tests.stress import ledger
from tests.stress.kept import Kept, Screens, all_of_it
from tests.stress.killing import killed
from tests.stress.numbers import LATENCY, TEMPO, UPDATES_A_SECOND, Numbers
from tests.stress.residents import Resident
from tests.stress.site import Site, brought, fetching, replicas
from tests.stress.tempo import Tempo

SEED = 20_261_127
MIDST = 0.5
"""The share of lives that end while a call is under way."""

SETTLED = 3 * LATENCY
"""Seconds after a kill by which Telegram has done what it was asked."""

LAST_WORDS = 600.0
"""Seconds in which all that was told is handled in the end; no measure of anything."""

HARMLESS = ("Bad Request: query is too old", "Bad Request: message is not modified")
"""What Telegram says of a tap that is answered again, or of a keyboard that another one took away already."""

Progress = Callable[[str], None]
Figure = Callable[[str, str], None]


async def test_kills_of_a_bot_that_fetches_updates(
    tmp_path: Path, numbers: Numbers, progress: Progress, figure: Figure
) -> None:
    async with fetching(tmp_path) as site:
        figure("SIGKILL, ophalen", await _under_load(site, numbers, numbers.kills, progress))


async def test_kills_of_a_bot_that_updates_are_brought_to(
    tmp_path: Path, numbers: Numbers, progress: Progress, figure: Figure
) -> None:
    async with brought(tmp_path) as site:
        figure("SIGKILL, webhook", await _under_load(site, numbers, numbers.kills, progress))


async def test_kills_of_replicas_on_a_server(
    tmp_path: Path, numbers: Numbers, progress: Progress, figure: Figure, postgres: PostgresServer
) -> None:
    async with replicas(tmp_path, postgres) as site:
        figure("SIGKILL, drie op PostgreSQL", await _under_load(site, numbers, numbers.replica_kills, progress))


async def _under_load(site: Site, numbers: Numbers, times: int, progress: Progress) -> str:
    """Kills, and looks whether all that was told is kept, and all that was meant is said; the figures."""
    lot, enough = Random(SEED), asyncio.Event()
    async with Tempo(TEMPO, lot) as tempo:
        residents = [Resident(site.telegram, n, Random(lot.random()), tempo) for n in range(numbers.residents)]
        before = await _begin(site, residents)
        telling = asyncio.gather(*(resident.tells(enough) for resident in residents))
        kills, rate = await _killed(site, residents, lot, times, numbers.life, progress)
        enough.set()
        await _to_the_end(site, telling, residents)
    assert [await bot.stop(within=10) for bot in site.bots] == [0] * len(site.bots)
    kept, said = await all_of_it(site, residents, site.telegram.calls[before:], kills)
    assert {call.error for call in site.telegram.rejected if not call.error.startswith(HARMLESS)} == set()
    assert rate >= UPDATES_A_SECOND
    return _line(len(kills), rate, residents, kept, said)


async def _begin(site: Site, residents: Sequence[Resident]) -> int:
    """All come in while all is well. From then on the witness writes and Telegram is slow; how many calls that took."""
    for bot in site.bots:
        await bot.start()
    await asyncio.gather(*(resident.comes_in() for resident in residents))
    await site.telegram.quiet(timeout=LAST_WORDS)
    await ledger.begin(site.url)
    site.telegram.latency = LATENCY
    return len(site.telegram.calls)


async def _to_the_end(site: Site, telling: Awaitable[object], residents: Sequence[Resident]) -> None:
    try:
        await asyncio.wait_for(telling, LAST_WORDS)
    except TimeoutError:
        waiting = [f"{resident.chat}: {resident.waits_for}" for resident in residents if resident.waits_for]
        raise AssertionError(f"never came: {waiting}") from None
    await ledger.all_said(site.url, LAST_WORDS)
    await site.telegram.quiet(timeout=LAST_WORDS)


async def _killed(
    site: Site, residents: Sequence[Resident], lot: Random, times: int, life: float, progress: Progress
) -> tuple[list[float], float]:
    """Kills bots at moments drawn by lot; when that was, and how many updates came in a second meanwhile."""
    loop = asyncio.get_running_loop()
    begin = loop.time()

    def hear(kills: int) -> None:
        progress(f"{kills} van {times} keer gedood, {_updates(residents)} berichten")

    kills = await killed(site.bots, lot, times, partial(_lives, site, lot, life), SETTLED, hear)
    return kills, _updates(residents) / (loop.time() - begin)


async def _lives(site: Site, lot: Random, longest: float) -> None:
    """A while, and as often as not until something is being sent: it arrives, and the bot will not know."""
    await asyncio.sleep(lot.uniform(0, longest))
    if lot.random() < MIDST:
        with suppress(AssertionError):
            await site.telegram.wait_for(lambda: bool(site.telegram.in_flight), timeout=longest)
        await asyncio.sleep(lot.uniform(0, LATENCY))


def _updates(residents: Sequence[Resident]) -> int:
    return sum(resident.updates for resident in residents)


def _line(kills: int, rate: float, residents: Sequence[Resident], kept: Kept, said: Screens) -> str:
    stories = sum(len(resident.told) for resident in residents)
    return (
        f"{kills} keer bij {rate:.0f} berichten per seconde ({_updates(residents)} berichten, {stories} verhalen, "
        f"{len(residents)} mensen): {kept.lost} van {kept.answers} antwoorden kwijt, {kept.twice} dubbel, "
        f"{kept.out_of_order} in een andere volgorde; van {said.messages} antwoorden van de bot kwamen er "
        f"{said.repeated} nog een keer, hooguit {said.worst} per gesprek en keer"
    )
