"""A conversation as a text that people can read and tests can play; knows no channel.

> what the teller typed        [the button that was used]
< what was said, with its       [buttons] in rows below it
! words over a button           = what is kept since the line before
"""

from collections.abc import Iterator

from bot.outgoing import Outgoing
from dialogs.interview import Answer, Interview

INDENT = "  "


def said(text: str) -> str:
    """A line for what was typed; line ends show as ⏎."""
    return f"> {text.replace(chr(10), '⏎')}"


def used(label: str) -> str:
    """A line for a button."""
    return f"[{label}]"


def heard(waiting: Outgoing, channel: str | None) -> list[str]:
    """Lines for what was said, with `channel` where the texts name the channel; empty lines are left out."""
    mark = "<~" if waiting.replaces else "< "
    words = [line for line in waiting.plain({"kanaal": channel}).split("\n") if line]
    rows = [INDENT + " ".join(f"[{label}]" for label, _ in row) for row in waiting.rows]
    return [(mark if at == 0 else INDENT) + line for at, line in enumerate(words)] + rows


def noticed(words: str) -> str:
    """A line for words over a button."""
    return f"! {words}"


def kept(before: Interview | None, after: Interview | None, story: Interview | None) -> list[str]:
    """Lines for what changed in what is kept. `story` is what stands under the receipt of this turn, if it does."""
    if after is None and before is not None:
        return [_sent(story) if story else "= weggegooid"]
    if after is None:
        return []
    lines = [] if before else [f"= toestemming: {after.consent.text} ({after.question_set} {after.version})"]
    return [*lines, *_answers(before, after)]


def _sent(story: Interview) -> str:
    return f"= verstuurd, citeren {'mag' if story.quote else 'mag niet'}"


def _answers(before: Interview | None, after: Interview) -> Iterator[str]:
    earlier = before.answers if before else {}
    for key in sorted({*earlier, *after.answers}):
        if key not in after.answers:
            yield f"= {key}: weg"
        elif after.answers[key] != earlier.get(key):
            yield f"= {key}: {_told(after.answers[key])}"


def _told(answer: Answer) -> str:
    words = answer.text.replace("\n", "⏎")
    parts = [
        "overgeslagen" if answer.skipped else "",
        answer.option or "",
        f"({answer.prompt})" if answer.prompt else "",
        f"«{words}»" if words else "",
        "" if answer.done else "…",
    ]
    return " ".join(part for part in parts if part)
