"""How a call to the Bot API is tried again, and when not; knows the faults, not what is said."""

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeVar

from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, RetryAfter, TelegramError

LONGEST_WAIT = 60.0

_chance = secrets.SystemRandom()
log = logging.getLogger(__name__)
Result = TypeVar("Result")


class Unreachable(Exception):
    """The chat cannot be written to: the teller blocked the bot, or the account is gone. Trying again is of no use."""


class Refused(Exception):
    """The Bot API takes this call never (400). Trying again is of no use."""


async def insist(call: Callable[[], Awaitable[Result]], *, tries: int | None = None) -> Result:
    """Makes a call until it succeeds, `tries` times at most (None: for ever), waiting longer every time.

    Raises `Refused`, `Unreachable` or `InvalidToken` where waiting does not help, the last fault when tries are up.
    """
    attempt = 0
    while True:
        attempt += 1
        try:
            return await call()
        except TelegramError as fault:
            wait = pause(fault, attempt)
            if attempt == tries:
                raise
        await asyncio.sleep(wait)


async def unless(stop: asyncio.Event, work: Coroutine[Any, Any, Result]) -> Result | None:
    """What comes of `work`, or None where `stop` comes first: then it is broken off."""
    done, stopped = asyncio.ensure_future(work), asyncio.ensure_future(stop.wait())
    try:
        await asyncio.wait((done, stopped), return_when=asyncio.FIRST_COMPLETED)
        return done.result() if done.done() else None
    finally:
        for task in (done, stopped):
            task.cancel()
        await asyncio.gather(done, stopped, return_exceptions=True)


def pause(fault: TelegramError, attempt: int) -> float:
    """Seconds to wait after a fault: what Telegram asks for, else doubling with chance. Raises where it is final.

    `BadRequest` is a `NetworkError` in this library; it comes first, or a wrong call would be made for ever.
    """
    if isinstance(fault, BadRequest):
        raise Refused(_kind(fault)) from None
    if isinstance(fault, Forbidden | ChatMigrated):
        raise Unreachable(_kind(fault)) from None
    if isinstance(fault, InvalidToken):
        raise fault
    if isinstance(fault, RetryAfter):
        return _seconds(fault) + _chance.random()
    least = 5.0 if isinstance(fault, Conflict) else 0.5
    log.warning("de Bot API antwoordt niet (%s); ik probeer het opnieuw", _kind(fault))
    return float(min(least * 2 ** min(attempt - 1, 10), LONGEST_WAIT)) * (0.5 + _chance.random() / 2)


def _seconds(fault: RetryAfter) -> float:
    asked = fault.retry_after
    return asked.total_seconds() if hasattr(asked, "total_seconds") else float(asked)


def _kind(fault: TelegramError) -> str:
    return type(fault).__name__
