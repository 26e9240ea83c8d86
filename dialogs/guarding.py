"""Asks once for every story whether numbers and addresses in it may stay, and hints at names; finds none itself."""

from collections.abc import Iterator
from dataclasses import replace

from dialogs.interview import Answer, Interview
from dialogs.library import Library
from dialogs.personal.guard import found, masked
from dialogs.personal.name_hints import hints_at_name
from dialogs.prompt import prompt, say
from dialogs.replies import Step

SEEN = "ALG.naam_gezien"
HINT = "INV.naam"


def before_review(library: Library, interview: Interview) -> Step:
    """The last question of all, with what must be said before it: numbers are asked about, a name is only hinted at."""
    if SEEN not in interview.told and any(found(words) for words in _words(interview)):
        asked = interview.asking(SEEN)
        return Step(asked, (prompt(library, asked),))
    if HINT not in interview.told and any(hints_at_name(words) for words in _words(interview)):
        hinted = interview.telling(HINT)
        return Step(hinted, (say(library, HINT), prompt(library, hinted)))
    return Step(interview, (prompt(library, interview),))


def mask(interview: Interview) -> Interview:
    """The interview without the numbers and addresses that were found."""
    return interview.having(*(_masked(answer) for answer in interview.answers.values()))


def _masked(answer: Answer) -> Answer:
    return replace(answer, parts=tuple(replace(part, text=masked(part.text)) for part in answer.parts))


def _words(interview: Interview) -> Iterator[str]:
    return (part.text for part in interview.parts)
