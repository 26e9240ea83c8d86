"""Tells the log whether Telegram can be reached: at once, then ever less often; knows no call and nothing that is said.

One for all connections of a bot: it is the same network that is away for each of them.
"""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

FIRST = 15.0
"""Seconds after which it is said once more; twice as long every time after that."""

LONGEST = 10 * 60.0
AGAIN = 60.0
"""Where Telegram comes and goes, a new silence is told within so many seconds."""

ANSWERS = (BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, RetryAfter)
"""What only Telegram itself says: it was reached."""

log = logging.getLogger(__name__)


class Reach:
    """Hears what came of every exchange. `clock` gives seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._wait = FIRST
        self._say_at = float("-inf")
        self._lost_at: float | None = None
        self._is_said = False

    @contextmanager
    def heard(self) -> Iterator[None]:
        """Around an exchange: it is a sign of Telegram, or it fails for want of one."""
        try:
            yield
        except ANSWERS:
            self._found()
            raise
        except TelegramError as fault:
            self._lost(fault)
            raise
        self._found()

    def _lost(self, fault: TelegramError) -> None:
        now = self._clock()
        self._lost_at = now if self._lost_at is None else self._lost_at
        if now < self._say_at:
            return
        self._wait = FIRST if now >= self._say_at + self._wait else min(2 * self._wait, LONGEST)
        self._say_at, self._is_said = now + self._wait, True
        log.warning("Telegram is niet te bereiken (%s); ik blijf het proberen", _reason(fault))

    def _found(self) -> None:
        """Also where only warnings are logged: whoever read the one reads the other."""
        if self._lost_at is None:
            return
        now, since = self._clock(), self._lost_at
        if self._is_said:
            log.warning("Telegram is weer te bereiken, na %d seconden", now - since)
            self._say_at = min(self._say_at, now + AGAIN)
        self._lost_at, self._is_said = None, False


def _reason(fault: TelegramError) -> str:
    """What our own transport calls it: the type of a fault, or a status. It holds nothing of anybody."""
    return str(fault).partition(" ")[0] if type(fault) is NetworkError else type(fault).__name__
