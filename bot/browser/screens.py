"""The screens of all browsers that were here lately; stored nowhere, and bounded."""

import time
from collections import OrderedDict
from collections.abc import Callable

from bot.browser.screen import Screen
from storage.addresses import Address

MOST = 2_000
"""Screens on which something was told, and as many of who only looked: they cost nothing but a visit to a page."""

IDLE_SECONDS = 2 * 60 * 60
"""Who was away for longer is asked what was asked last; nobody else reads on that screen what was told before."""


class Screens:
    """What stands on them. `steady` gives seconds of a clock that nobody sets."""

    def __init__(self, steady: Callable[[], float] = time.monotonic) -> None:
        self._steady = steady
        self._begun: OrderedDict[Address, tuple[float, Screen]] = OrderedDict()
        self._looked: OrderedDict[Address, tuple[float, Screen]] = OrderedDict()

    def of(self, address: Address) -> Screen | None:
        """What is known of a screen."""
        self.forget()
        found = self._begun.get(address) or self._looked.get(address)
        return found[1] if found else None

    def put(self, address: Address, screen: Screen) -> None:
        """What stands on it from now on. Of too many, the one that was quiet longest is forgotten."""
        self.pop(address)
        shown = self._begun if screen.begun else self._looked
        shown[address] = (self._steady(), screen)
        if len(shown) > MOST:
            shown.popitem(last=False)

    def pop(self, address: Address) -> None:
        """What stood on it, stands there no more."""
        self._begun.pop(address, None)
        self._looked.pop(address, None)

    def __len__(self) -> int:
        """Of how many browsers something is remembered."""
        return len(self._begun) + len(self._looked)

    def forget(self) -> None:
        """Those of who was away for too long; also where nobody comes any more."""
        for shown in (self._begun, self._looked):
            while shown and self._steady() - next(iter(shown.values()))[0] >= IDLE_SECONDS:
                shown.popitem(last=False)
