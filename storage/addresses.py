"""Where replies go, encrypted, and the keyed hash that finds it again; knows no channel and no table."""

import json
from functools import lru_cache
from typing import NamedTuple

from storage.faults import StorageFault
from storage.secrets import KeyRing

REMEMBERED = 1_024
"""Chats of which the hash and the sealed address are remembered: every turn needs them several times."""


class Address(NamedTuple):
    """A chat: which channel, and the channel's own name for it. A tuple, as every turn looks it up a score of times."""

    channel: str
    chat: str


@lru_cache(REMEMBERED)
def chat_mark(keys: KeyRing, address: Address) -> str:
    """What a chat is found by."""
    return keys.mark("chat", _whole(address))


def tries_mark(keys: KeyRing, address: Address) -> str:
    """What the tries of a chat are counted by: a hash of its own, so that they lead to nothing else of that chat."""
    return keys.mark("tries", _whole(address))


def seal(keys: KeyRing, address: Address) -> str:
    """The address, unreadable. The same for the same chat for a while: its hash, which stands beside it, is so too."""
    return _sealed(keys, keys.generation, address)


def unseal(keys: KeyRing, sealed: str) -> Address:
    """The address in what `seal` made."""
    match json.loads(keys.decrypt(sealed)):
        case [str(channel), str(chat)]:
            return Address(channel, chat)
        case _:
            raise StorageFault("Een adres in de database is beschadigd.")


@lru_cache(REMEMBERED)
def _sealed(keys: KeyRing, _generation: int, address: Address) -> str:
    """Never with a key of before the last change: a key that nothing needs is thrown away."""
    return keys.encrypt(_whole(address))


def _whole(address: Address) -> str:
    """Both names in one text, so that no two addresses give the same."""
    return json.dumps([address.channel, address.chat])
