"""What a typed text looks like, before anybody asks what it means: only a link, only a picture; knows no question."""

import re
import unicodedata

from dialogs.spelling import normal

_LINK = re.compile(
    r"(?:https?://|www\.|t\.me/)\S+|[\w-]+(?:\.[\w-]+)*\.(?:nl|com|org|net|eu|amsterdam)(?:/\S*)?", re.IGNORECASE
)


def is_only_links(text: str) -> bool:
    """Whether a text is addresses of pages and nothing else."""
    words = text.split()
    return bool(words) and all(_LINK.fullmatch(word) for word in words)


def is_only_pictures(text: str) -> bool:
    """Whether a text is emoji and nothing else."""
    return not normal(text) and any(unicodedata.category(sign) in ("So", "Sk") for sign in text)
