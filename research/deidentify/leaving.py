"""The last look at a text before it leaves the house: numbers and addresses that may never; knows no second text.

It looks for what can be told by its shape alone, whatever was proposed and reviewed before. One find stops an export.
"""

from itertools import chain

from dialogs.personal.seeing import see
from research.deidentify import structured
from research.deidentify.kinds import Kind
from research.deidentify.masking import apart

_NEVER = frozenset({Kind.BSN, Kind.IBAN, Kind.PHONE, Kind.EMAIL, Kind.POSTCODE})


def second_scan(text: str) -> list[Kind]:
    """What still stands in `text` and may not leave: a BSN, an account, a phone number, an e-mail or a home address.

    Each kind once, in the order of `Kind`; nothing where the text may go. It knows what the proposals know of these. It
    is strict: one in eleven other numbers of eight or nine digits counts as a BSN too.
    """
    seen = see(text).text
    found = chain(structured.numbers(seen), structured.addresses(seen))
    kinds = {item.kind for item in apart(item for item in found if item.kind in _NEVER)}
    return [kind for kind in Kind if kind in kinds]
