"""Whether nobody is thanked once the file of the database is taken away, in both ways of hearing."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from bot.housekeeping import keep_house
from storage.faults import DatabaseGone
from tests.bot.running import House
from tests.bot.story import FIRST, OPENING, SECOND

ANNE, BO = 4201, 4202
THANKS = "Dank u wel. U mag nog meer vertellen."


def take_away(database: Path) -> None:
    """The file, and what SQLite keeps beside it."""
    for suffix in ("", "-wal", "-shm"):
        database.with_name(database.name + suffix).unlink(missing_ok=True)


@pytest.mark.parametrize("brought", [False, True], ids=["polling", "webhook"])
async def test_the_channel_ends_and_thanks_nobody(house: House, brought: bool) -> None:
    house = replace(house, brought=brought)
    anne = house.phone(ANNE)
    stop = asyncio.Event()
    running = asyncio.create_task(house.serve(stop))
    await anne.tell(OPENING)
    anne.say(FIRST)
    await house.telegram.wait_for(lambda: anne.reads(THANKS))
    before = len(house.tried(ANNE))
    take_away(house.database)
    anne.say(SECOND)
    with pytest.raises(DatabaseGone):
        await asyncio.wait_for(running, 20)
    assert len(house.tried(ANNE)) == before
    assert house.telegram.account.updates.waiting


async def test_tidying_ends_too_though_nobody_says_anything(house: House) -> None:
    async with house.intake() as intake:
        keeping = asyncio.create_task(keep_house(intake, asyncio.Event(), seconds=0.01))
        await asyncio.sleep(0.2)
        assert not keeping.done()
        take_away(house.database)
        with pytest.raises(DatabaseGone):
            await asyncio.wait_for(keeping, 20)
