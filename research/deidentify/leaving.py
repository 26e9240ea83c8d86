"""The last look at a text before it leaves the house: numbers and addresses that may never; knows no second text.

It looks for what can be told by its shape alone, whatever was proposed and reviewed before. One find stops an export.
"""

from dialogs.personal.seeing import see
from research.deidentify.kinds import Kind
from research.deidentify.masking import apart
from research.deidentify.structured import surest


def second_scan(text: str) -> list[Kind]:
    """What still stands in `text` and may not leave: a BSN, an account, a phone number, an e-mail or a home address.

    Each kind once, in the order of `Kind`; nothing where the text may go. It is strict: one in eleven other numbers of
    eight or nine digits counts as a BSN too.
    """
    kinds = {item.kind for item in apart(surest(see(text).text))}
    return [kind for kind in Kind if kind in kinds]
