"""Words as programs show them to people: what would break a file or turn a line around is out; knows no format."""

import re

LINE_ENDS = re.compile("\r\n?|[\u0085\u2028\u2029]")
"""What is a line end to some programs and not to others."""

REMOVED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
"""Controls, what changes the direction of the words after it, and what XML does not allow.

The marks that only say which way a letter beside them goes stay: Arabic and Hebrew are written with them.
"""


def safe(text: str) -> str:
    """`text` with one kind of line end and without what no program has to show; words themselves never change."""
    return REMOVED.sub("", LINE_ENDS.sub("\n", text))
