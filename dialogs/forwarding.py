"""A message that was passed on: it is asked once whether it is the teller's own; knows no other aside."""

from dataclasses import replace

from dialogs import asides, telling
from dialogs.interview import CUT_AT, FORWARDED, Interview, Part
from dialogs.library import Library
from dialogs.path import current
from dialogs.personal.bsn import without_bsn
from dialogs.prompt import prompt
from dialogs.questions import Question, ReviewQuestion, story_of
from dialogs.replies import Step


def ask(library: Library, interview: Interview, text: str) -> Step:
    """Asks whose words these are; they wait for the answer, and those of several messages wait together.

    A little more waits than a story can hold, so that it is said when not all of it fits.
    """
    limit = story_of(library.of(interview)).max_chars + CUT_AT
    waiting = without_bsn(f"{interview.waiting}\n{text}".strip())[:limit]
    asked = replace(interview, waiting=waiting).asking(None)
    return Step(asked, () if interview.aside == FORWARDED else (prompt(library, asked),))


def choose(library: Library, interview: Interview, option: str) -> Step:
    """Their own words are told now; another's are not kept."""
    words, rid = interview.waiting, replace(interview, waiting="")
    if option != "ja":
        return asides.go_on(library, rid)
    question: Question = current(library.of(rid), rid)
    if isinstance(question, ReviewQuestion):
        question = story_of(library.of(rid))
    step = telling.tell(library, rid.asking(None), question, Part(words))
    return replace(step, replies=step.replies or (prompt(library, step.interview or rid),))


def told_beside(library: Library, interview: Interview, text: str, message: str) -> Step:
    """Words that were typed meanwhile are told, and the question comes back."""
    question = current(library.of(interview), interview)
    told = telling.tell(library, interview, question, Part(text, message)).interview or interview
    asked = told.asking(None)
    return Step(asked, (prompt(library, asked),))
