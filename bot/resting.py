"""A rest between two times that something is done, which is over at once where there is no next time."""

import asyncio
from contextlib import suppress


async def stopped(stop: asyncio.Event, seconds: float) -> bool:
    """Rests so long, or until `stop`; whether that came."""
    with suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)
    return stop.is_set()
