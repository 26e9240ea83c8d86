"""What the program did so far, in numbers; holds no text, no id and no time of day."""

import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

TURN_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
"""Up to how long turns took is counted in these steps."""


class Spread:
    """How often something took how long: `counts` for each step of `bounds`, and one for what took longer."""

    def __init__(self, bounds: Sequence[float]) -> None:
        self.bounds = tuple(bounds)
        self.counts = [0] * (len(bounds) + 1)
        self.sum = 0.0

    def add(self, seconds: float) -> None:
        """Counts one."""
        self.counts[bisect_left(self.bounds, seconds)] += 1
        self.sum += seconds


class Pulse:
    """When the channel last heard from Telegram, and whether it should have; times are seconds of `clock`."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._heard: float | None = None
        self._quiet_since: float | None = None
        self._another_at = float("-inf")

    @property
    def age(self) -> float | None:
        """Seconds since Telegram was last heard; None where it never was."""
        return None if self._heard is None else self._clock() - self._heard

    @property
    def silence(self) -> float:
        """Seconds in which there should have been something to hear; 0 where nothing is listened for."""
        return 0.0 if self._quiet_since is None else max(self._clock() - self._quiet_since, 0.0)

    def another(self) -> None:
        """Telegram says that another program listens to it as well."""
        self._another_at = self._clock()

    def since_another(self) -> float:
        """Seconds since Telegram last said so."""
        return self._clock() - self._another_at

    def listen(self) -> None:
        """From now on there should be something to hear."""
        self._quiet_since = self._clock()

    def rest(self) -> None:
        """From now on nothing need be heard: another program listens, or this one stops."""
        self._quiet_since = None

    def beat(self) -> None:
        """Telegram was heard."""
        self._heard = self._clock()
        self.busy()

    def busy(self, seconds: float = 0.0) -> None:
        """What was heard is being worked at; or Telegram asks not to be asked anything for so many `seconds`."""
        if self._quiet_since is not None:
            self._quiet_since = max(self._quiet_since, self._clock() + seconds)


@dataclass
class Figures:
    """Counted since the start. The words by which things are counted are our own, and few.

    `handled`: turns that were kept, by channel; `failed`: those that were not, by what went wrong. `aside`: updates by
    why they were set aside. `calls`: calls to the Bot API, by what they did and what came of it.
    """

    handled: Counter[str] = field(default_factory=Counter)
    aside: Counter[str] = field(default_factory=Counter)
    failed: Counter[str] = field(default_factory=Counter)
    calls: Counter[tuple[str, str]] = field(default_factory=Counter)
    turns: Spread = field(default_factory=lambda: Spread(TURN_SECONDS))
    pulse: Pulse = field(default_factory=Pulse)
    keeping: bool = True
    """Whether the last turn could be kept, as far as that is up to the database and its disk."""
    standing_by: bool = False
    """Whether another program listens to Telegram, and this one takes over where that stops."""
