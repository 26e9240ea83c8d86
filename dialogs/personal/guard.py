"""Finds phone numbers, addresses and account numbers in typed text, to warn or to mask; knows no name and no teller."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain

from dialogs.personal.accounts import accounts
from dialogs.personal.bsn import NUMBER
from dialogs.personal.emails import emails
from dialogs.personal.figures import PHONE
from dialogs.personal.postcodes import postcodes
from dialogs.personal.seeing import Span, replaced, see

ADDRESS = "[adres]"
"""What stands in the place of an address."""


class Kind(StrEnum):
    """What can be found."""

    PHONE = "phone"
    EMAIL = "email"
    IBAN = "iban"
    POSTCODE = "postcode"


_MASKS = {Kind.PHONE: NUMBER, Kind.IBAN: NUMBER, Kind.EMAIL: ADDRESS, Kind.POSTCODE: ADDRESS}


@dataclass(frozen=True)
class Found:
    """A piece of a text: where it starts, where the text goes on, and what it is."""

    start: int
    end: int
    kind: Kind


def found(text: str) -> tuple[Found, ...]:
    """What leads to a person in `text`, in order, each sign in one piece at most.

    Phone numbers, e-mail addresses, account numbers (IBAN, ISO 13616), and postcodes with a house number. A postcode
    alone is shared by a whole street, and a help number by everybody: they are not found.
    """
    seen = see(text)
    pieces: list[Found] = []
    taken: set[int] = set()
    for kind, (start, end) in _candidates(seen.text):
        if taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            pieces.append(Found(*seen.typed(start, end), kind))
    return tuple(sorted(pieces, key=lambda piece: piece.start))


def masked(text: str) -> str:
    """`text` with `[nummer]` or `[adres]` for all that is found in it; masked once more it stays the same."""
    while pieces := found(text):
        text = replaced(text, [((piece.start, piece.end), _MASKS[piece.kind]) for piece in pieces])
    return text


def _candidates(text: str) -> Iterator[tuple[Kind, Span]]:
    """What may be found in what is seen, the surest kind first."""
    kinds = ((Kind.EMAIL, emails), (Kind.IBAN, accounts), (Kind.PHONE, _phones), (Kind.POSTCODE, postcodes))
    return chain.from_iterable(((kind, span) for span in search(text)) for kind, search in kinds)


def _phones(text: str) -> Iterator[Span]:
    return (match.span() for match in PHONE.finditer(text))
