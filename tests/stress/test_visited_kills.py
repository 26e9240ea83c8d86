"""SIGKILL at any moment while many people tell in a browser: nothing lost, nothing twice, no thanks for nothing."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from random import Random

from tests.stress import ledger
from tests.stress.kept import Kept, Screens, in_browsers
from tests.stress.killing import killed
from tests.stress.numbers import TEMPO, Numbers
from tests.stress.site import Site, visited
from tests.stress.tempo import Tempo
from tests.stress.visitors import Visitor, browser_of

SEED = 20_261_202
TAKES = 0.03
"""Seconds that a form is under way: a moment in it is drawn."""

LAST_WORDS = 600.0
"""Seconds in which all that was told is answered in the end; no measure of anything."""

Progress = Callable[[str], None]
Figure = Callable[[str, str], None]


async def test_kills_of_a_bot_that_browsers_visit(
    tmp_path: Path, numbers: Numbers, progress: Progress, figure: Figure
) -> None:
    lot, enough = Random(SEED), asyncio.Event()
    async with visited(tmp_path) as site, Tempo(TEMPO, lot) as tempo, _crowd(site, numbers, lot, tempo) as visitors:
        await _begin(site, visitors)
        telling = asyncio.gather(*(visitor.tells(enough) for visitor in visitors))
        kills, rate = await _killed(site, visitors, numbers, lot, progress)
        enough.set()
        await asyncio.wait_for(telling, LAST_WORDS)
        assert await site.bots[0].stop(within=10) == 0
        kept, said = await in_browsers(site, visitors, kills)
    assert sum(visitor.cut_off for visitor in visitors) > 0
    figure("SIGKILL, browser", _line(len(kills), rate, visitors, kept, said))


@asynccontextmanager
async def _crowd(site: Site, numbers: Numbers, lot: Random, tempo: Tempo) -> AsyncIterator[Sequence[Visitor]]:
    browsers = [browser_of(number, site.port) for number in range(numbers.visitors)]
    try:
        yield [Visitor(one, number, Random(lot.random()), tempo) for number, one in enumerate(browsers)]
    finally:
        for one in browsers:
            await one.http.close()


async def _begin(site: Site, visitors: Sequence[Visitor]) -> None:
    """The witness writes before anybody says anything; all come in while all is well."""
    await site.bots[0].start()
    await ledger.begin(site.url)
    await asyncio.gather(*(visitor.comes_in() for visitor in visitors))


async def _killed(
    site: Site, visitors: Sequence[Visitor], numbers: Numbers, lot: Random, progress: Progress
) -> tuple[list[float], float]:
    """When the bot was killed, and how many forms were answered in a second meanwhile.

    Whoever waits for an answer writes as fast as the machine allows, so a life is as long as so many answers take.
    """
    loop, before = asyncio.get_running_loop(), _forms(visitors)
    begin = loop.time()

    def hear(kills: int) -> None:
        progress(f"{kills} van {numbers.kills} keer gedood, {_forms(visitors)} formulieren")

    async def lives() -> None:
        enough = _forms(visitors) + lot.randrange(numbers.forms)
        while True:
            await asyncio.sleep(lot.uniform(0, TAKES))
            if _forms(visitors) >= enough:
                return

    kills = await killed(site.bots, lot, numbers.kills, lives, 0, hear)
    return kills, (_forms(visitors) - before) / (loop.time() - begin)


def _forms(visitors: Sequence[Visitor]) -> int:
    return sum(visitor.updates for visitor in visitors)


def _line(kills: int, rate: float, visitors: Sequence[Visitor], kept: Kept, said: Screens) -> str:
    stories, cut_off = sum(len(one.told) for one in visitors), sum(one.cut_off for one in visitors)
    return (
        f"{kills} keer bij {rate:.0f} formulieren per seconde ({_forms(visitors)} formulieren, {cut_off} keer een "
        f"antwoord afgebroken, {stories} verhalen, {len(visitors)} mensen): {kept.lost} van {kept.answers} antwoorden "
        f"kwijt, {kept.twice} dubbel, {kept.out_of_order} in een andere volgorde; van {said.messages} antwoorden van "
        f"de bot stonden er {said.repeated} nog een keer op het scherm, hooguit {said.worst} per gesprek en keer"
    )
