"""What comes before a story is looked over: whether numbers and addresses may stay, a hint at names, and who looks.

All of it once for every story; finds nothing itself.
"""

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
LOOK = "HELP.kijken"
"""Where somebody helps, the teller looks with her own eyes at what is to be sent."""


def before_review(library: Library, interview: Interview) -> Step:
    """The last question of all, with what must be said before it: numbers are asked about, a name is only hinted at.

    A helper is told to hand the device over.
    """
    if SEEN not in interview.told and any(found(words) for words in _words(interview)):
        asked = interview.asking(SEEN)
        return Step(asked, (prompt(library, asked),))
    due = [text_id for text_id in _said_before(interview) if text_id not in interview.told]
    told = replace(interview, told=interview.told | set(due))
    return Step(told, (*(say(library, text_id) for text_id in due), prompt(library, told)))


def mask(interview: Interview) -> Interview:
    """The interview without the numbers and addresses that were found."""
    return interview.having(*(_masked(answer) for answer in interview.answers.values()))


def _masked(answer: Answer) -> Answer:
    return replace(answer, parts=tuple(replace(part, text=masked(part.text)) for part in answer.parts))


def _said_before(interview: Interview) -> Iterator[str]:
    if any(hints_at_name(words) for words in _words(interview)):
        yield HINT
    if interview.helped:
        yield LOOK


def _words(interview: Interview) -> Iterator[str]:
    return (part.text for part in interview.parts)
