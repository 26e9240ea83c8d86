"""What became of words between two states of a draft: whether some are kept no more, which are others now; pure."""

from collections.abc import Mapping

from dialogs.interview import Interview


def are_lost(before: Interview | None, after: Interview | None) -> bool:
    """Whether words that were kept are kept no more: retold, changed, not their own, or of a question that went."""
    if before is None or after is None:
        return False
    return bool(_words(before) - _words(after))


def reworded(before: Interview | None, after: Interview | None) -> Mapping[str, str]:
    """What is kept of messages that were kept before, by the channel's id, where it is something else now."""
    if before is None or after is None or after is before:
        return {}
    held = {part.message: part.text for part in before.parts if part.message}
    return {part.message: part.text for part in after.parts if held.get(part.message, part.text) != part.text}


def _words(interview: Interview) -> set[str]:
    """Everything that a draft holds of what was typed: what was told, and what an aside is about."""
    told = {part.text for part in interview.parts}
    return told | ({interview.about, interview.waiting} - {""})
