"""What a receipt looks like, the code that leads a teller back to a sent story; knows no story and makes no receipt."""

import re
import unicodedata

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without 0, 1, I, L and O, which look like another on a screen and on paper."""

_AROUND = re.compile(r"^\W*(?:(?:MIJN|DE|HET|CODE|IS|NUMMER|NR)\b\W*)+(?=\w)")
"""Words with which somebody announces a code."""

LENGTH = 9
GROUP = 3
SLIPS = 3
"""Characters too many or too few in what somebody means as a receipt."""


def normal_receipt(text: str) -> str:
    """`text` as a receipt is kept: capitals and digits only, however it was spaced, dashed or typed.

    Full-width letters and digits become plain ones. What comes out need not be a receipt.
    """
    said = _AROUND.sub("", unicodedata.normalize("NFKC", text).upper())
    return "".join(filter(str.isalnum, said))


def is_receipt(text: str) -> bool:
    """Whether `text` can be a receipt and nothing else.

    A 0, 1, I, L or O is in none; a digit and a letter are in every one: "buurtteam" is nine letters and no receipt,
    and nine digits may be the number of a person.
    """
    normal = normal_receipt(text)
    mixed = any(map(str.isdigit, normal)) and any(map(str.isalpha, normal))
    return len(normal) == LENGTH and set(normal) <= set(ALPHABET) and mixed


def may_be_receipt(text: str) -> bool:
    """Whether `text` is meant as a receipt, perhaps with a slip: about as long, and with a digit."""
    normal = normal_receipt(text)
    return abs(len(normal) - LENGTH) <= SLIPS and any(map(str.isdigit, normal))


def spelled(receipt: str) -> str:
    """A receipt as it is shown, in groups that are easy to copy: "K7P-M4T-X9R"."""
    normal = normal_receipt(receipt)
    return "-".join(normal[start : start + GROUP] for start in range(0, len(normal), GROUP))
