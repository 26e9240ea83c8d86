"""A conversation as a text that people can read and tests can play; knows no channel.

> what the teller typed        [the button that was used]
< what was said, with its       [buttons] in rows below it
! words over a button           = what is kept since the line before
* what is taken from the screen before something is said
"""

from collections.abc import Iterator

from bot.outgoing import Outgoing
from dialogs.interview import Answer, Interview, Language

INDENT = "  "
LONG, SHOWN = 1_000, 40
CLEARED, WIPED = "* gesprek leeg", "* bericht weg"


class Tellers:
    """Letters for tellers, in the order in which they come: the same teller has the same letter."""

    def __init__(self) -> None:
        self._known: list[str] = []

    def letter(self, teller: str) -> str:
        """The letter of a teller id."""
        if teller not in self._known:
            self._known.append(teller)
        return "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[self._known.index(teller) % 26]


def said(text: str) -> str:
    """A line for what was typed; line ends show as ⏎."""
    return f"> {text.replace(chr(10), '⏎')}"


def used(label: str) -> str:
    """A line for a button."""
    return f"[{label}]"


def heard(waiting: Outgoing, channel: str | None) -> list[str]:
    """Lines for what was said, with `channel` where the texts name the channel; empty lines are left out."""
    mark = "<~" if waiting.replaces else "< "
    words = [line for line in waiting.plain({"kanaal": channel, "over": None}).split("\n") if line]
    gone = [CLEARED] if waiting.clears else [WIPED] if waiting.wipes else []
    rows = [INDENT + " ".join(f"[{label}]" for label, _ in row) for row in waiting.rows]
    return [*gone, *((mark if at == 0 else INDENT) + line for at, line in enumerate(words)), *rows]


def noticed(words: str) -> str:
    """A line for words over a button."""
    return f"! {words}"


def kept(before: Interview | None, after: Interview | None, story: Interview | None, tellers: Tellers) -> list[str]:
    """Lines for what changed in what is kept. `story` is what stands under the receipt of this turn, if it does."""
    if after is None and before is not None:
        return [_sent(story, tellers) if story else "= weggegooid"]
    if after is None:
        return []
    lines = [] if before else [f"= toestemming: {after.consent.text} ({after.question_set} {after.version})"]
    remind = [f"= herinneren: {'ja' if after.remind else 'nee'}"] if before and before.remind != after.remind else []
    return [*lines, *_answers(before, after), *remind]


def _sent(story: Interview, tellers: Tellers) -> str:
    language = story.language or Language()
    spoken = f"{language.code or 'onbekend'}{f' ({language.source})' if language.source else ''}"
    quote = "mag" if story.quote else "mag niet"
    helped = ", met hulp" if story.helped else ""
    return f"= verstuurd door verteller {tellers.letter(story.teller)}, citeren {quote}, taal {spoken}{helped}"


def _answers(before: Interview | None, after: Interview) -> Iterator[str]:
    earlier = before.answers if before else {}
    for key in sorted({*earlier, *after.answers}):
        if key not in after.answers:
            yield f"= {key}: weg"
        elif after.answers[key] != earlier.get(key):
            yield f"= {key}: {_told(after.answers[key])}"


def _told(answer: Answer) -> str:
    words = _shortened(answer.text.replace("\n", "⏎"))
    parts = [
        "overgeslagen" if answer.skipped else "",
        answer.option or "",
        f"({answer.prompt})" if answer.prompt else "",
        f"«{words}»" if words else "",
        f"(van {answer.carried})" if answer.carried else "",
        "" if answer.done else "…",
    ]
    return " ".join(part for part in parts if part)


def _shortened(words: str) -> str:
    """What is very long as its beginning and its length: nobody reads eight thousand characters to check one."""
    return words if len(words) < LONG else f"{words[:SHOWN]}… ({len(words)} tekens)"
