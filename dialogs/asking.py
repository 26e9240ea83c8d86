"""Questions that people ask the bot ("wie leest dit?"), and the fixed answer to each; knows no question of a set.

Only a message that is nothing but such a question counts: in a story the same words are part of the story.
"""

from functools import lru_cache

from dialogs.library import Library
from dialogs.prompt import say
from dialogs.replies import Reply
from dialogs.spelling import TOO_MANY, heard, slips, without, wordset

GROUP = "VRAAG."
"""Texts of this group are answers; `asked` holds ways to ask for each."""

_POLITE = wordset("hallo hoi sorry maar en ijgenlijk aub graag dan nou even please pls")
"""As they sound ("eigenlijk"): words around a question that ask nothing."""

_LONGEST = 8
"""Words in a question that is asked in passing; a longer text is told."""


def answer_to(library: Library, text: str) -> Reply | None:
    """The answer to what was asked; None where a text is no question that is known here."""
    said = without(heard(text), _POLITE)
    if not said or len(said.split()) > _LONGEST:
        return None
    found = {item.id for item in library.texts.values() if item.id.startswith(GROUP) and _asks(said, item.asked)}
    return say(library, found.pop()) if len(found) == 1 else None


def _asks(said: str, ways: tuple[str, ...]) -> bool:
    return any(slips(said, _plain(way)) < TOO_MANY for way in ways)


@lru_cache(maxsize=1024)
def _plain(way: str) -> str:
    """One of the ways to ask, of which there are few and always the same, as it is compared."""
    return without(heard(way), _POLITE)
