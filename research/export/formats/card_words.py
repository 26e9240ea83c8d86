"""What stands on a card of what was told: with a sign for each thing that no letters are for; knows no paper."""

import re
import unicodedata

from printing.letters import shown
from research.export.safe_text import safe

_PICTURES = ("So", "Sk", "Mn", "Me", "Cf", "Zs")


def on_card(words: str) -> str:
    """The words with no more than one empty line between others."""
    return re.sub("\n{3,}", "\n\n", shown(safe(words), _sign)).strip()


def has_sign(words: str) -> bool:
    """Whether something of the words is a sign on a card."""
    return on_card(words).count("‹") > words.count("‹")


def is_right_to_left(words: str) -> bool:
    """Whether most of the letters are read that way."""
    directions = [unicodedata.bidirectional(letter) for letter in words]
    return sum(each in ("R", "AL") for each in directions) > directions.count("L")


def _sign(letters: str) -> str:
    if all(unicodedata.category(letter) in _PICTURES for letter in letters):
        return "‹emoji›"
    return f"‹{len(''.join(letters.split()))} tekens in een ander schrift›"
