"""How a call to the Bot API is tried again, and when not; knows the faults, not what is said."""

import asyncio
import logging
import secrets
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeVar

from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, RetryAfter, TelegramError

from bot.telegram.pace import Kind, Pace

LONGEST_WAIT = 60.0

_chance = secrets.SystemRandom()
log = logging.getLogger(__name__)
Result = TypeVar("Result")


class Unreachable(Exception):
    """The chat cannot be written to: the teller blocked the bot, or the account is gone. Trying again is of no use."""


class Refused(Exception):
    """The Bot API takes this call never (400). Trying again is of no use."""


class Caller:
    """Makes calls in their turn, and again where that helps; `calls` counts them by kind and by what came of them."""

    def __init__(self, pace: Pace, calls: Counter[tuple[str, str]]) -> None:
        self._pace = pace
        self._calls = calls

    async def call(self, kind: Kind, chat: int, make: Callable[[], Awaitable[Result]], *, tries: int | None) -> Result:
        """What comes of a call to a chat. Raises as `insist` does."""

        async def in_turn() -> Result:
            await self._pace.turn(chat, kind)
            return await self.once(kind.value, chat, make)

        return await insist(in_turn, tries=tries)

    def must_wait(self, chat: int) -> bool:
        """Whether Telegram asked to wait with this chat; no call goes to it then."""
        return self._pace.is_held(chat)

    async def of_ours(self, kind: str, make: Callable[[], Awaitable[Result]]) -> Result:
        """What comes of a call to no chat, once, when nothing is asked to wait. Asked to wait then, everything does."""
        await self._pace.nothing_held()
        return await self.once(kind, None, make)

    async def once(self, kind: str, chat: int | None, make: Callable[[], Awaitable[Result]]) -> Result:
        """What comes of a call that is made now, once; where Telegram asks to wait, that is remembered."""
        outcome = "mislukt"
        try:
            done = await make()
        except RetryAfter as fault:
            outcome = "te veel"
            self._pace.hold(chat, _seconds(fault))
            raise
        except BadRequest:
            outcome = "geweigerd"
            raise
        except (Forbidden, ChatMigrated):
            outcome = "onbereikbaar"
            raise
        else:
            outcome = "gelukt"
            return done
        finally:
            self._calls[kind, outcome] += 1


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
    if isinstance(fault, Conflict):
        log.warning("een ander programma haalt berichten op met hetzelfde token (409); ik probeer het later opnieuw")
        return _longer(5.0, attempt)
    return _longer(0.5, attempt)


def pause_all_the_same(fault: TelegramError, attempt: int) -> float:
    """The same where there is nothing to do but to go on: also what was refused is tried again, ever less often."""
    try:
        return pause(fault, attempt)
    except (Refused, Unreachable):
        log.warning("de Bot API weigert dit nu (%s); ik probeer het later opnieuw", _kind(fault))
        return _longer(1.0, attempt)


def _longer(least: float, attempt: int) -> float:
    """Twice as long every time, with chance: programs that failed together do not come back together."""
    return float(min(least * 2 ** min(attempt - 1, 10), LONGEST_WAIT)) * (0.5 + _chance.random() / 2)


def _seconds(fault: RetryAfter) -> float:
    asked = fault.retry_after
    return asked.total_seconds() if hasattr(asked, "total_seconds") else float(asked)


def _kind(fault: TelegramError) -> str:
    return type(fault).__name__
