"""SIGTERM while hundreds of updates wait, the database is taken or Telegram is silent: gone in time, nothing lost."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from random import Random

import pytest

from storage.opening import SQLITE
from tests.bot.disk import held
from tests.botapi.faults import Fault, nothing_wrong, silence
from tests.botapi.wire import Values
from tests.stress import ledger
from tests.stress.kept import all_of_it
from tests.stress.numbers import LATENCY, TEMPO, Numbers
from tests.stress.residents import Resident
from tests.stress.site import Site, brought, fetching
from tests.stress.tempo import Tempo

SEED = 20_261_201
CROWD, EACH = 20, 15
"""Three hundred updates, of so many people."""

WITHIN = 10.0
"""Seconds in which the process must have ended: a promise of the house."""

LATEST = 0.5
"""Seconds after the updates came, at most, that the bot is asked to stop."""

PATIENCE = 600.0
Figure = Callable[[str, str], None]
Entered = Callable[[Path], AbstractAsyncContextManager[Site]]
Stop = Callable[[Site], Awaitable[float]]


async def _at_work(site: Site) -> float:
    """Asks the bot to stop; after how many seconds it is gone."""
    loop = asyncio.get_running_loop()
    begin = loop.time()
    assert await site.bots[0].stop(within=WITHIN) == 0
    return loop.time() - begin


async def _while_the_database_is_taken(site: Site) -> float:
    async with held(Path(site.url.removeprefix(SQLITE))):
        return await _at_work(site)


async def _while_telegram_is_silent(site: Site) -> float:
    def nothing(_method: str, _values: Values) -> Fault | None:
        return silence()

    site.telegram.faults = nothing
    try:
        return await _at_work(site)
    finally:
        site.telegram.faults = nothing_wrong


WAYS: dict[str, Stop] = {
    "midden in het werk": _at_work,
    "Telegram stil": _while_telegram_is_silent,
    "database bezet": _while_the_database_is_taken,
}


@pytest.mark.parametrize("entered", [fetching, brought], ids=["fetched", "brought"])
async def test_a_bot_that_is_asked_to_stop_with_three_hundred_updates_waiting_is_gone_in_time_and_loses_nothing(
    tmp_path: Path, numbers: Numbers, figure: Figure, entered: Entered
) -> None:
    lot, took, taken = Random(SEED), dict[str, list[float]](), list[float]()
    async with entered(tmp_path) as site, Tempo(TEMPO, lot) as tempo:
        residents = [Resident(site.telegram, n, lot, tempo) for n in range(CROWD)]
        await _begin(site, residents)
        before = len(site.telegram.calls)
        for name in [name for name in WAYS for _ in range(numbers.stops)]:
            await site.bots[0].start()
            for resident in residents:
                resident.blurts_out(EACH)
            await asyncio.sleep(lot.uniform(0, LATEST))
            if WAYS[name] is _while_the_database_is_taken:
                # What was said can then not be written down, so that it may be said once more: here and nowhere else.
                taken.append(asyncio.get_running_loop().time())
            took.setdefault(name, []).append(await WAYS[name](site))
        await site.bots[0].start()
        await site.telegram.quiet(timeout=PATIENCE)
        assert await site.bots[0].stop(within=WITHIN) == 0
        kept, said = await all_of_it(site, residents, site.telegram.calls[before:], taken)
    longest = ", ".join(f"{name} {max(seconds):.1f} s" for name, seconds in took.items())
    figure(
        f"SIGTERM, {'ophalen' if entered is fetching else 'webhook'}",
        f"{sum(map(len, took.values()))} keer met {CROWD * EACH} berichten ({longest}): code 0; {kept.lost} van "
        f"{kept.answers} kwijt, {kept.twice} dubbel; {said.repeated} van {said.messages} antwoorden herhaald",
    )


async def _begin(site: Site, residents: Sequence[Resident]) -> None:
    await site.bots[0].start()
    await asyncio.gather(*(resident.comes_in() for resident in residents))
    await site.telegram.quiet(timeout=PATIENCE)
    assert await site.bots[0].stop(within=WITHIN) == 0
    await ledger.begin(site.url)
    site.telegram.latency = LATENCY
