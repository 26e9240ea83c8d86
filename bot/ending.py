"""How a program that runs on ends when it is told to: in time and well, whatever it waits for; knows no part of it."""

import asyncio
import logging
import os
import signal
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from typing import TypeVar

from bot.watching import Stuck
from storage.faults import StorageFault

GONE_SECONDS = 9.0
"""So long after the signal the process goes, also where a part of it waits for what does not come."""

TELL_SECONDS = 0.3
"""Who should read the log may not read it: that does not keep the process here either."""

Opened = TypeVar("Opened")

log = logging.getLogger(__name__)


class _BrokenOff(Exception):
    """The program was told to end while it still began."""


async def until_told(work: Callable[[asyncio.Event], Awaitable[None]]) -> None:
    """Does `work` until it ends, or until a signal tells the process to: the event that it is given says so.

    From the signal on no fault comes out any more, and the process is gone within `GONE_SECONDS`, with code 0: what is
    not kept by then is offered again.
    """
    stop, told = asyncio.Event(), asyncio.Event()

    def tell() -> None:
        if not told.is_set():
            told.set()
            stop.set()
            # A thread: it also goes where the loop no longer turns.
            last = threading.Timer(GONE_SECONDS, _go)
            last.daemon = True
            last.start()

    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, tell)
    try:
        await work(stop)
    except Exception as fault:
        if not told.is_set():
            raise
        if isinstance(fault, StorageFault | Stuck):
            log.warning("bij het stoppen: %s", fault)
        else:
            log.exception("bij het stoppen ging iets fout; wat bewaard is, blijft bewaard")


@asynccontextmanager
async def unless_told(
    stop: asyncio.Event, opening: AbstractAsyncContextManager[Opened]
) -> AsyncIterator[Opened | None]:
    """What is opened, for who waits within; None where `stop` comes before it is open: then that is broken off."""
    async with AsyncExitStack() as stack:
        try:
            async with _broken_off_at(stop):
                found = await stack.enter_async_context(opening)
        except _BrokenOff:
            yield None
            return
        yield found


@asynccontextmanager
async def _broken_off_at(stop: asyncio.Event) -> AsyncIterator[None]:
    """Raises `_BrokenOff` where `stop` comes before the end of the block."""
    limit = asyncio.timeout(None)
    watching = asyncio.create_task(_ended_at(stop, limit))
    try:
        async with limit:
            yield
    except TimeoutError:
        if not limit.expired():
            raise
        raise _BrokenOff from None
    finally:
        watching.cancel()


async def _ended_at(stop: asyncio.Event, limit: asyncio.Timeout) -> None:
    await stop.wait()
    limit.reschedule(asyncio.get_running_loop().time())


def _go() -> None:
    """Nothing is waited for: what is kept is kept, a transaction that is open is undone by the database."""
    words = "niet alles was op tijd klaar; Vertelbot stopt, en Telegram biedt opnieuw aan wat niet bewaard is"
    telling = threading.Thread(target=log.warning, args=(words,), daemon=True)
    telling.start()
    telling.join(TELL_SECONDS)
    os._exit(0)
