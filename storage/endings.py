"""Finishing what may not be left half done; knows not what it is."""

import asyncio
from collections.abc import Coroutine


async def to_the_end(action: Coroutine[object, object, None]) -> None:
    """Runs `action` until it is done, also when the task that waits for it is cancelled meanwhile.

    The cancellation is passed on afterwards; an error of `action` is then its cause.
    """
    task = asyncio.ensure_future(action)
    cancelled: asyncio.CancelledError | None = None
    while not task.done():
        try:
            await asyncio.wait({task})
        except asyncio.CancelledError as interruption:
            cancelled = interruption
    if cancelled is not None:
        raise cancelled from (None if task.cancelled() else task.exception())
    task.result()
