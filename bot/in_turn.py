"""Who may do something for an address now: one after another there, and beside each other elsewhere. Keeps nothing."""

import asyncio
from weakref import WeakValueDictionary

from storage.addresses import Address


class InTurn:
    """A lock for each address, for as long as somebody holds it or waits for it."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[Address, asyncio.Lock] = WeakValueDictionary()

    def __len__(self) -> int:
        """Addresses where somebody does something now."""
        return len(self._locks)

    def at(self, address: Address) -> asyncio.Lock:
        """To be held (`async with`) by whoever does something there; whoever came first goes first."""
        lock = self._locks.get(address)
        if lock is None:
            lock = self._locks[address] = asyncio.Lock()
        return lock
