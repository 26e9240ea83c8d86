"""What becomes of a teller while nothing can be kept: no thanks, but numbers to call; and all goes on after it."""

from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from bot.intake import Intake
from tests.bot.disk import full, held, only_read, spoiled, tables
from tests.bot.running import House
from tests.bot.story import OPENING, SECOND

ANNE, BO = 4201, 4202
THANKS = "Dank u wel. U mag nog meer vertellen."
CRY, NUMBERS = "Ik wil niet meer leven", "Praat alstublieft met een mens"
LONG = " ".join(["Een heel lang verhaal dat een paar bladzijden van de database nodig heeft."] * 50)
PATIENCE = 60.0

Fault = Callable[[House, Intake], AbstractAsyncContextManager[None]]


@asynccontextmanager
async def _taken(house: House, _intake: Intake) -> AsyncIterator[None]:
    """Another program writes, for longer than anybody waits for it."""
    async with held(house.database):
        yield


@asynccontextmanager
async def _without_room(house: House, _intake: Intake) -> AsyncIterator[None]:
    """No file becomes larger: what is in it can still be written over."""
    with full(house.database):
        yield


@asynccontextmanager
async def _read_only(house: House, _intake: Intake) -> AsyncIterator[None]:
    with only_read(house.database):
        yield


@asynccontextmanager
async def _without_pages(_house: House, intake: Intake) -> AsyncIterator[None]:
    """SQLite itself finds that there is no room: another error than the one above."""
    await _may_have(intake, pages=1)
    yield
    await _may_have(intake, pages=2**31)


@asynccontextmanager
async def _damaged(house: House, _intake: Intake) -> AsyncIterator[None]:
    with spoiled(house.database):
        yield


FAULTS: Mapping[str, Fault] = {
    "taken by another program": _taken,
    "a disk without room": _without_room,
    "a disk that became read-only": _read_only,
    "a database without room": _without_pages,
    "damaged": _damaged,
}


@pytest.fixture(params=[False, True], ids=["fetched", "brought"])
def house(house: House, request: pytest.FixtureRequest) -> House:
    """A house in each of the ways in which updates come in."""
    return replace(house, brought=request.param)


@pytest.mark.parametrize("kind", FAULTS)
async def test_nobody_is_thanked_while_nothing_can_be_kept_and_all_goes_on_without_a_start(
    house: House, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with house.serving_behind() as intake:
        anne, bo, said = house.phone(ANNE), house.phone(BO), [LONG, SECOND]
        await anne.tell(OPENING)
        before = tables(house.database)
        async with FAULTS[kind](house, intake):
            for words in said:
                anne.say(words)
            await house.telegram.wait_for(lambda: "kon niet worden bewaard" in caplog.text, timeout=PATIENCE)
            bo.say(CRY)
            await house.telegram.wait_for(lambda: bo.reads(NUMBERS), timeout=PATIENCE)
            assert not anne.reads(THANKS)
            assert [one.chat_id for one in house.telegram.account.updates.waiting].count(ANNE) == len(said)
        assert tables(house.database) == before
        await house.telegram.wait_for(lambda: anne.reads(THANKS), timeout=PATIENCE)
        await house.telegram.wait_for(lambda: not house.telegram.account.updates.waiting, timeout=PATIENCE)
        await house.quiet()
    assert await anne.pieces() == said
    assert len([text for text in anne.texts() if THANKS in text]) == 1
    assert "kon niet worden behandeld" not in caplog.text


async def test_files_that_may_only_be_read_from_now_on_cost_nobody_an_answer(house: House) -> None:
    """Whoever had them open before writes on; if not, it comes again. Never thanks for what is not there."""
    async with house.serving_behind():
        anne = house.phone(ANNE)
        await anne.tell(OPENING)
        with _only_readable(house.database):
            anne.say(SECOND)
            await house.telegram.quiet()
            assert await anne.pieces() == [SECOND] * anne.reads(THANKS)
        await house.telegram.wait_for(lambda: anne.reads(THANKS), timeout=PATIENCE)
        await house.quiet()
    assert await anne.pieces() == [SECOND]


async def _may_have(intake: Intake, pages: int) -> None:
    """No more pages than these, or than there are already."""
    async with intake.database.transaction() as work:
        await work.fetch(f"PRAGMA max_page_count={pages}")


@contextmanager
def _only_readable(database: Path) -> Iterator[None]:
    places = [database.parent, *database.parent.glob(f"{database.name}*")]
    modes = {place: place.stat().st_mode for place in places}
    for place in places:
        place.chmod(modes[place] & ~0o222)
    try:
        yield
    finally:
        for place in places:
            place.chmod(modes[place])
