"""What is remembered of chats between two turns, and of how many; stored nowhere, and nothing is lost with it."""

from collections import OrderedDict
from typing import TypeVar

from bot.turn import Door
from dialogs.interview import Interview
from storage.addresses import Address
from storage.interviews import Draft

DOORS = 10_000
"""Chats of which something is remembered."""

DRAFTS = 1_000
"""Drafts that are remembered, which saves reading them: those of the tellers who are here now."""

SMALL = 4_000
"""Characters of a draft that is remembered: a longer one is read again, so that memory has a bound."""

Kept = TypeVar("Kept")


class Remembered:
    """Of each chat what its next turn needs."""

    def __init__(self) -> None:
        self._doors: OrderedDict[Address, Door] = OrderedDict()
        self._drafts: OrderedDict[Address, Draft] = OrderedDict()

    def door(self, address: Address) -> Door | None:
        """What the rules remember of a chat."""
        return self._doors.get(address)

    def draft(self, address: Address) -> Draft | None:
        """The draft of a chat as this program last left it."""
        return self._drafts.get(address)

    def put(self, address: Address, door: Door, draft: Draft | None) -> None:
        """What a turn left behind."""
        _put(self._doors, DOORS, address, door)
        if draft and _is_small(draft.interview):
            _put(self._drafts, DRAFTS, address, draft)
        else:
            self._drafts.pop(address, None)


def _put(remembered: OrderedDict[Address, Kept], most: int, address: Address, kept: Kept) -> None:
    """Of more than so many chats the one that was quiet longest is forgotten."""
    remembered[address] = kept
    remembered.move_to_end(address)
    while len(remembered) > most:
        remembered.popitem(last=False)


def _is_small(interview: Interview) -> bool:
    return len(interview.waiting) + sum(len(part.text) for part in interview.parts) <= SMALL
