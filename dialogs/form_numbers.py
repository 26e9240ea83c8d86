"""What the number of a form on paper looks like, by which staff type it in; knows no form and no story.

It lets nobody take a story back: that is what a receipt is for, which has another length and is torn off the form.
"""

import re
import unicodedata

from dialogs.links import SIGNS

LENGTH = 8
"""About 39 bits. A receipt has nine signs and the code of a link ten: none of them is taken for another."""

GROUP = 4

_NUMBER = re.compile(rf"[{SIGNS}]{{{LENGTH}}}", re.ASCII)


def normal_number(typed: str) -> str:
    """A number as it is kept: small letters and digits, however it was spaced, dashed or typed."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", typed).lower()))


def is_number(typed: str) -> bool:
    """Whether this can be the number of a form, however it is written; there need not be such a form."""
    return bool(_NUMBER.fullmatch(normal_number(typed)))


def spelled(typed: str) -> str:
    """A number as it is printed, in groups that are easy to copy: "k7pm-4tx9"."""
    normal = normal_number(typed)
    return "-".join(normal[start : start + GROUP] for start in range(0, len(normal), GROUP))
