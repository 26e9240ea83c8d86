"""The screens of all browsers that were here lately; stored nowhere, and bounded."""

import time
from collections import OrderedDict
from collections.abc import Callable

from bot.browser.screen import Screen
from storage.addresses import Address

MOST = 2_000
IDLE_SECONDS = 2 * 60 * 60
"""Who was away for longer is asked what was asked last; nobody else reads on that screen what was told before."""


class Screens:
    """What stands on them. `steady` gives seconds of a clock that nobody sets."""

    def __init__(self, steady: Callable[[], float] = time.monotonic) -> None:
        self._steady = steady
        self._shown: OrderedDict[Address, tuple[float, Screen]] = OrderedDict()

    def of(self, address: Address) -> Screen | None:
        """What is known of a screen."""
        self.forget()
        found = self._shown.get(address)
        return found[1] if found else None

    def put(self, address: Address, screen: Screen) -> None:
        """What stands on it from now on. Of too many, the one that was quiet longest is forgotten."""
        self._shown[address] = (self._steady(), screen)
        self._shown.move_to_end(address)
        while len(self._shown) > MOST:
            self._shown.popitem(last=False)

    def pop(self, address: Address) -> Screen | None:
        """What stood on it, and stands there no more."""
        found = self._shown.pop(address, None)
        return found[1] if found else None

    def __len__(self) -> int:
        """Of how many browsers something is remembered."""
        return len(self._shown)

    def forget(self) -> None:
        """Those of who was away for too long; also where nobody comes any more."""
        while self._shown:
            address, (at, _) = next(iter(self._shown.items()))
            if self._steady() - at < IDLE_SECONDS:
                return
            del self._shown[address]
