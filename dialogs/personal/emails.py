"""Finds e-mail addresses in what is seen of a text, also half said in words; knows nothing of who writes."""

import re
from collections.abc import Iterator

from dialogs.personal.seeing import Span

_ENDINGS = "(?:nl|com|net|org|eu|be|de|fr|uk|info|me|tr|ma|pl|es|it)(?![a-z])"
_PROVIDERS = "(?:gmail|g-mail|hotmail|outlook|live|yahoo|icloud|ziggo|kpnmail|kpn|xs4all|msn|protonmail|planet|upcmail)"
_LABEL = r"[^\W_][\w\-]{0,62}"
_TIGHT = rf"{_LABEL}(?:\.{_LABEL}){{1,8}}"
_POINT = r"[ ]{0,2}[(\[]?\b(?:punt|dot)\b[)\]]?[ ]{0,2}"
_SAID = rf"{_LABEL}(?:{_POINT}{_LABEL}){{0,3}}{_POINT}{_ENDINGS}"
_LOOSE = rf"{_LABEL}[ ]{{0,2}}[.,][ ]{{0,2}}{_ENDINGS}"
_KNOWN = rf"{_PROVIDERS}(?![\w\-])(?:[ .,]{{1,2}}(?:com|nl)(?![a-z]))?"
_SPACED = rf"{_PROVIDERS}[ ]{{1,2}}(?:com|nl|net)(?![a-z])"
_SIGN = r"(?:@|[(\[{][ ]?(?:at|@|ape?n?staart(?:je)?)[ ]?[)\]}]|\bape?n?staart(?:je)?\b)"
_AT = re.compile(
    rf"{_SIGN}[ ]{{0,2}}(?:{_SAID}|{_TIGHT}|{_LOOSE}|{_KNOWN})|\bat[ ](?:{_SAID}|{_PROVIDERS}\.{_ENDINGS}|{_SPACED})",
    re.IGNORECASE,
)
_LONGEST_LOCAL = 64
"""Signs before the @ (RFC 5321, section 4.5.3.1.1)."""


def emails(text: str) -> Iterator[Span]:
    """Where e-mail addresses stand in what is seen: "omar@live.nl", "omar @ live .nl", "omar apenstaartje live.nl"."""
    for match in _AT.finditer(text):
        start = _local_start(text, match.start())
        if start is not None:
            yield start, match.end()


def _local_start(text: str, at: int) -> int | None:
    """Where the name before an @ starts, up to two spaces before it; none if no name stands there."""
    end = next((end for end in (at, at - 1, at - 2) if end > 0 and text[end - 1] != " "), 0)
    start = end
    while start > max(0, end - _LONGEST_LOCAL) and (text[start - 1].isalnum() or text[start - 1] in "._%+-'"):
        start -= 1
    return start if any(map(str.isalnum, text[start:end])) else None
