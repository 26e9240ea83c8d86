"""A message that was passed on: it is asked once whether it is the teller's own story; knows no other aside."""

from dataclasses import replace

from dialogs import asides, telling
from dialogs.interview import Interview, Part
from dialogs.library import Library
from dialogs.prompt import prompt
from dialogs.questions import story_of
from dialogs.replies import Step

FORWARDED = "INV.doorgestuurd"
LIMIT = 8000
"""Characters that wait for an answer: as long as a story may be."""


def ask(library: Library, interview: Interview, text: str) -> Step:
    """Asks whose words these are; they wait for the answer, and those of several messages wait together."""
    waiting = f"{interview.about}\n{text}".strip() if interview.aside == FORWARDED else text
    again = interview.aside == FORWARDED
    asked = interview.asking(FORWARDED, waiting[:LIMIT])
    return Step(asked, () if again else (prompt(library, asked),))


def choose(library: Library, interview: Interview, option: str) -> Step:
    """Their own words are told now; another's are not kept."""
    if option != "ja":
        return asides.go_on(library, interview)
    question = story_of(library.of(interview))
    step = telling.tell(library, interview.asking(None), question, Part(interview.about))
    return replace(step, replies=step.replies or (prompt(library, step.interview or interview),))


def told_beside(library: Library, interview: Interview, text: str, message: str) -> Step:
    """Words that were typed meanwhile are told, and the question comes back."""
    question = story_of(library.of(interview))
    told = telling.tell(library, interview.asking(None), question, Part(text, message)).interview or interview
    asked = told.asking(FORWARDED, interview.about)
    return Step(asked, (prompt(library, asked),))
