"""How many began by each link lately, so that one that is misused stands still; remembers codes and times, nobody."""

import time
from collections import defaultdict, deque
from collections.abc import Callable
from datetime import timedelta

SPAN = timedelta(minutes=10)

MANY = 200
"""A gathering of 65 people that scan one poster in a minute stays far below it."""


class Bursts:
    """Of one program. `many` may begin in `SPAN`; `steady` gives seconds of a clock that nobody sets."""

    def __init__(self, many: int = MANY, steady: Callable[[], float] = time.monotonic) -> None:
        self._many = many
        self._steady = steady
        self._came: defaultdict[str, deque[float]] = defaultdict(lambda: deque(maxlen=many + 1))

    def note(self, code: str) -> bool:
        """Somebody began by this link; whether that makes too many. Counting begins anew then."""
        now, came = self._steady(), self._came[code]
        came.append(now)
        while came[0] <= now - SPAN.total_seconds():
            came.popleft()
        if len(came) <= self._many:
            return False
        del self._came[code]
        return True
