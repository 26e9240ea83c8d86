"""The disk is full at any moment while people write: no thanks without a commit, and all goes on when there is room."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from random import Random

import pytest

from bot.figures import Figures
from storage.secrets import create_key_file
from tests.bot.disk import full
from tests.bot.running import House
from tests.botapi.server import FakeTelegram
from tests.corridor.process import Bot
from tests.stress import ledger
from tests.stress.kept import all_of_it
from tests.stress.numbers import Numbers
from tests.stress.residents import Resident
from tests.stress.site import AGAIN_SECONDS, Site, settings_of
from tests.stress.tempo import Tempo
from tests.talk.world import library

SEED = 20_261_129
CROWD, GENTLY = 10, 25
"""So many people, who do so many things a second together."""

ROOM = 48 * 1024
"""Bytes that there is room for at most when the disk is as good as full."""

FEW = 20
"""Updates that may still wait when the disk gets full again: whoever fetches is given the first hundred only."""

PATIENCE = 600.0
IN_NEED = 61_000_001
CRY, NUMBERS = "Ik wil niet meer leven", "Praat alstublieft met een mens"

Figure = Callable[[str, str], None]
Progress = Callable[[str], None]


@pytest.mark.parametrize("brought", [False, True], ids=["fetched", "brought"])
async def test_nobody_is_thanked_for_what_a_full_disk_did_not_take(
    tmp_path: Path, numbers: Numbers, progress: Progress, figure: Figure, brought: bool
) -> None:
    """The file size that the system allows is taken down to what is there, and put back: no start in between."""
    lot, enough, figures = Random(SEED), asyncio.Event(), Figures()
    async with _house(tmp_path, brought) as (site, house), Tempo(GENTLY, lot) as tempo, house.serving(figures):
        residents = [Resident(site.telegram, n, Random(lot.random()), tempo) for n in range(CROWD)]
        await asyncio.gather(*(resident.comes_in() for resident in residents))
        await site.telegram.quiet(timeout=PATIENCE)
        await ledger.begin(site.url)
        before = len(site.telegram.calls)
        telling = asyncio.gather(*(resident.tells(enough) for resident in residents))
        for time in range(numbers.full // 2):
            await asyncio.sleep(lot.uniform(0, 0.5))
            await site.telegram.wait_for(lambda: len(site.telegram.account.updates.waiting) < FEW, timeout=PATIENCE)
            await _full_for_a_while(site.telegram, house, figures, lot, time)
            progress(f"{time + 1} van {numbers.full // 2} keer vol")
        enough.set()
        await asyncio.wait_for(telling, PATIENCE)
        await house.quiet()
    kept, said = await all_of_it(site, residents, site.telegram.calls[before:])
    assert said.repeated == 0
    updates = sum(resident.updates for resident in residents)
    figure(
        f"schijf vol, {'webhook' if brought else 'ophalen'}",
        f"{numbers.full // 2} keer, {figures.failed['bezet']} berichten niet bewaard en opnieuw aangeboden, van "
        f"{updates}: {kept.lost} van {kept.answers} antwoorden kwijt, {kept.twice} dubbel; {said.messages} antwoorden "
        "van de bot, geen vóór het bewaren",
    )


async def _full_for_a_while(telegram: FakeTelegram, house: House, figures: Figures, lot: Random, time: int) -> None:
    """Until something could not be kept, and a little longer. Whoever is in need is helped meanwhile."""
    failed = figures.failed["bezet"]
    with full(house.database, lot.randrange(ROOM)) as fuller:
        while figures.failed["bezet"] == failed:
            await _some_time(telegram, lambda: figures.failed["bezet"] > failed)
            fuller()
        chat = IN_NEED + time
        telegram.say(chat, CRY)
        await telegram.wait_for(lambda: house.phone(chat).reads(NUMBERS), timeout=PATIENCE)


async def _some_time(telegram: FakeTelegram, predicate: Callable[[], bool]) -> None:
    """A second, or less when it is so."""
    try:
        await telegram.wait_for(predicate, timeout=1)
    except AssertionError:
        return


@asynccontextmanager
async def _house(folder: Path, brought: bool) -> AsyncIterator[tuple[Site, House]]:
    url = f"sqlite:///{folder}/vertelbot.db"
    create_key_file(folder / "sleutels")
    async with FakeTelegram(pause=0.2, delay=AGAIN_SECONDS) as telegram:
        site = Site(telegram, (Bot(telegram, folder, settings_of(folder, url)),), folder, url)
        yield site, House(telegram, url, site.keys, library(), brought=brought)
