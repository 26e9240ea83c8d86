"""What typed words do to the answers: a piece of the story, a title, a remark, a message that was changed."""

from dataclasses import replace

from dialogs.asides import SHORT
from dialogs.choosing import forward
from dialogs.events import Edited
from dialogs.guarding import before_review
from dialogs.interview import Answer, Interview, Part
from dialogs.library import Library
from dialogs.looks import is_only_pictures
from dialogs.path import current
from dialogs.personal.bsn import without_split_bsn
from dialogs.prompt import prompt, say, story_prompt, with_own_buttons
from dialogs.questions import ClosedQuestion, OpenQuestion, Question, ReviewQuestion, StoryQuestion, WordQuestion
from dialogs.replies import Reply, Step

ASKED_EVERY = 3
"""Whoever goes on typing at a question with buttons sees it again after so many messages, not after each."""

PICTURES = "INV.emoji"
"""Said once to whoever tells in emoji: they are kept, and words are asked for."""

REMARK_LIMIT = 4000
"""Characters kept beside the button of one closed question."""


def tell(library: Library, interview: Interview, question: Question, part: Part) -> Step:
    """What typed words that are no button and no command lead to, at the question that stands open."""
    match question:
        case StoryQuestion():
            return _told(library, interview, question, part)
        case OpenQuestion():
            return _named(library, interview, question, part)
        case ReviewQuestion():
            return Step(interview, (_not_kept(library, interview, part.text),))
        case _:
            return _remarked(library, interview, question, part)


def _told(library: Library, interview: Interview, question: StoryQuestion, part: Part) -> Step:
    """A piece of the story: kept at once; one gentle line after the first piece, then silence until "Klaar"."""
    answer = interview.answer(question.id)
    fitting, cut = _fitting(answer, part, question.max_chars)
    kept = replace(answer, parts=(*answer.parts, fitting), prompt=story_prompt(question, interview).id)
    whole = _without_split_numbers(kept)
    telling = interview.having(whole if fitting.text else answer)
    if cut:
        return Step(telling, (_full(library, telling, question),))
    if is_only_pictures(part.text) and PICTURES not in telling.told:
        return Step(telling.telling(PICTURES), (say(library, PICTURES, rows=prompt(library, telling).rows),))
    if whole != kept:
        return Step(telling, (say(library, "INV.bsn"), prompt(library, telling)))
    first = len(kept.parts) == answer.followed_up + 1
    return Step(telling, (prompt(library, telling),) if first else ())


def _without_split_numbers(answer: Answer) -> Answer:
    """The answer without a number of a person (BSN) that was typed in two messages; each keeps its other words."""
    parts = list(answer.parts)
    for at in range(len(parts) - 1, 0, -1):
        parts[at - 1 : at + 1] = _unsplit(parts[at - 1], parts[at])
    return replace(answer, parts=tuple(parts))


def _unsplit(first: Part, second: Part) -> list[Part]:
    """Two messages without a number that runs over both; the second goes where nothing is left of it."""
    left, right = without_split_bsn(first.text, second.text)
    return [replace(first, text=left), *([replace(second, text=right)] if right else [])]


def _named(library: Library, interview: Interview, question: OpenQuestion, part: Part) -> Step:
    fitting, cut = _fitting(Answer(question.id), part, question.max_chars)
    answered = interview.having(Answer(question.id, parts=(fitting,), done=True))
    step = forward(library, answered)
    if not cut:
        return step
    return replace(step, replies=(_too_long(library, "INV.te_lang_kort", question.max_chars), *step.replies))


def _remarked(library: Library, interview: Interview, question: ClosedQuestion, part: Part) -> Step:
    """Words where a button is asked for: kept as a remark beside it, and the question once more.

    A number without a button is no remark.
    """
    if part.text.isdigit():
        return Step(interview, (say(library, "INV.onbekend"), prompt(library, interview)))
    answer = interview.answer(question.id)
    fitting, cut = _fitting(answer, part, REMARK_LIMIT)
    remarked = interview.having(replace(answer, parts=(*answer.parts, fitting)) if fitting.text else answer)
    thanks = say(library, "INV.tekst_bij_knop")
    if cut:
        return Step(remarked, (_too_long(library, "INV.te_lang_kort", REMARK_LIMIT), prompt(library, remarked)))
    said_again = len(answer.parts) % ASKED_EVERY == 0
    return Step(remarked, (thanks, prompt(library, remarked)) if said_again else (thanks,))


def _fitting(answer: Answer, part: Part, limit: int) -> tuple[Part, bool]:
    """The piece as far as it fits behind what is there, and whether something had to be left out."""
    room = max(limit - len(answer.text) - len(answer.seam), 0)
    return replace(part, text=part.text[:room].rstrip()), len(part.text) > room


def _full(library: Library, interview: Interview, question: StoryQuestion) -> Reply:
    """The story is full: that is said kindly, with the way on below it."""
    reply = with_own_buttons(library, interview, question.id, "INV.te_lang")
    return replace(reply, values={"max_tekens": str(question.max_chars)})


def _too_long(library: Library, text_id: str, limit: int) -> Reply:
    return say(library, text_id, {"max_tekens": str(limit)})


def not_understood(library: Library, interview: Interview) -> Reply:
    """The buttons once more under "Dat begrijp ik niet", without the whole text above them."""
    return say(library, "INV.onbekend", rows=prompt(library, interview).rows)


def _not_kept(library: Library, interview: Interview, text: str) -> Reply:
    """At the review: more than a few words are no button meant, and are owed the truth."""
    if len(text.split()) <= SHORT:
        return not_understood(library, interview)
    return say(library, "INV.niet_bewaard", rows=prompt(library, interview).rows)


def edit(library: Library, interview: Interview, event: Edited) -> Step:
    """A message that was changed takes the place of its own part, wherever the conversation is by now."""
    for answer in interview.answers.values():
        for at, part in enumerate(answer.parts):
            if part.message and part.message == event.message:
                return _replaced(library, interview, answer, at, event.text)
    return Step(interview, (say(library, "INV.bewerkt_niet"), prompt(library, interview)))


def _replaced(library: Library, interview: Interview, answer: Answer, at: int, text: str) -> Step:
    question = library.of(interview).question(answer.question)
    limit = question.max_chars if isinstance(question, WordQuestion) else REMARK_LIMIT
    others = replace(answer, parts=(*answer.parts[:at], *answer.parts[at + 1 :]))
    fitting, cut = _fitting(others, replace(answer.parts[at], text=text), limit)
    if not fitting.text:
        return Step(interview, (say(library, "INV.bewerkt_niet"), prompt(library, interview)))
    parts = (*answer.parts[:at], fitting, *answer.parts[at + 1 :])
    edited = interview.having(_without_split_numbers(replace(answer, parts=parts)))
    told = _too_long(library, "INV.te_lang_kort", limit) if cut else say(library, "INV.bewerkt")
    if edited.aside is None and isinstance(current(library.of(edited), edited), ReviewQuestion):
        # What is sent must be what was read: it is read back once more.
        step = before_review(library, edited)
        return replace(step, replies=(told, *step.replies))
    return Step(edited, (told,))
