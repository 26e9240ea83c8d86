"""Whether what is done for one address is done in the order in which it came, and holds up no other address."""

import asyncio

from bot.in_turn import InTurn
from storage.addresses import Address

ANNE, BO = Address("web", "anne"), Address("web", "bo")


async def test_whoever_came_first_goes_first_and_nobody_waits_for_another_address() -> None:
    turns, done, go_on = InTurn(), list[str](), asyncio.Event()

    async def does(address: Address, name: str, until: asyncio.Event | None = None) -> None:
        async with turns.at(address):
            if until:
                await until.wait()
            done.append(name)

    waiting = [asyncio.create_task(does(ANNE, "first", go_on)), asyncio.create_task(does(ANNE, "second"))]
    await asyncio.sleep(0)
    await does(BO, "beside them")
    go_on.set()
    await asyncio.gather(*waiting)
    assert done == ["beside them", "first", "second"]


async def test_an_address_where_nobody_waits_is_remembered_no_more() -> None:
    turns = InTurn()
    async with turns.at(ANNE):
        assert len(turns) == 1
    assert len(turns) == 0
