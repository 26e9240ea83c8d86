"""The last look at a text before it leaves the house: numbers and addresses that may never; knows no second text.

It looks for what can be told by its shape alone, whatever was proposed and reviewed before. One find stops an export.
"""

from types import MappingProxyType

from dialogs.personal import guard
from dialogs.personal.bsn import without_bsn
from research.deidentify.kinds import Kind

_KINDS = MappingProxyType(
    {
        guard.Kind.PHONE: Kind.PHONE,
        guard.Kind.EMAIL: Kind.EMAIL,
        guard.Kind.IBAN: Kind.IBAN,
        guard.Kind.POSTCODE: Kind.POSTCODE,
    }
)


def second_scan(text: str) -> list[Kind]:
    """What still stands in `text` and may not leave: a BSN, an account, a phone number, an e-mail or a home address.

    Each kind once, in the order of `Kind`; nothing where the text may go. It is strict: one in eleven other numbers of
    eight or nine digits counts as a BSN too.
    """
    kinds = {_KINDS[piece.kind] for piece in guard.found(text)}
    if without_bsn(text) != text:
        kinds.add(Kind.BSN)
    return [kind for kind in Kind if kind in kinds]
