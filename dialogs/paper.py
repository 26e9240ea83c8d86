"""A form that somebody filled in with a pen, as the story that it is; knows no page, no row and nobody who typed it in.

The rules of the chat hold: what does not apply goes, numbers and addresses are taken out, nothing is kept without "ja".
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from dialogs.beginning import agreed
from dialogs.clean import clean_text
from dialogs.events import Event
from dialogs.guarding import mask
from dialogs.interview import Answer, Consent, Interview, Part, Status
from dialogs.library import Library
from dialogs.offers import CONSENT, Standing, consent_id, pinned
from dialogs.path import current, prompts
from dialogs.personal.bsn import without_bsn
from dialogs.questions import (
    ClosedQuestion,
    OpenQuestion,
    Question,
    QuestionSet,
    ReviewQuestion,
    StoryQuestion,
    WordQuestion,
    story_of,
)
from dialogs.replies import Offer
from dialogs.speech import language_of
from dialogs.texts import fingerprint, plain

CHANNEL = "papier"

NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class Form:
    """What was printed. `consent` marks the words of the consent on it, `link` is the code on it, "" for none."""

    questions: QuestionSet
    consent: str
    link: str = ""


@dataclass(frozen=True)
class Written:
    """What stands on a form. `words` and `options` are by id of a question; an option is named by its id.

    `agreed`: the box of the consent is ticked. `on`: the day that is on the form. `prompt`: to which of the prompts the
    story was written, "" for the first. `quote`: a piece of it may stand in a report.
    """

    agreed: bool
    on: datetime
    words: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    options: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    prompt: str = ""
    quote: bool = False


class Wrong(StrEnum):
    """What is wrong with an answer, or (NO_CONSENT) with the whole form."""

    NO_CONSENT = "no consent"
    MISSING = "missing"
    TOO_LONG = "too long"
    STRANGE = "strange"


def faults(questions: QuestionSet, written: Written) -> Iterator[tuple[str, Wrong]]:
    """All that keeps a form from being kept, by id of the question; "" for the form itself."""
    if not written.agreed:
        yield "", Wrong.NO_CONSENT
    for question in questions.questions:
        yield from ((question.id, wrong) for wrong in _wrong(question, written))


def consent_on(library: Library, questions: QuestionSet) -> str:
    """A mark of the words of the consent that a form has which is printed now."""
    return fingerprint(library.text(consent_id(questions, CONSENT)).text)


def sent(library: Library, form: Form, written: Written, event: Event) -> Interview:
    """The story of a form without faults, sent. `event.links` knows the link that is on it.

    What was agreed to are the words that were printed, also where the texts have changed since. ValueError where the
    form has faults.
    """
    if any(faults(form.questions, written)):
        raise ValueError("a form with faults is no story")
    told = _answered(form.questions, _begun(library, form, written, event), written)
    over = replace(mask(told).ended(Status.SENT), teller=event.fresh.teller, quote=written.quote)
    return replace(over, language=language_of(library, over, ""))


def untold(library: Library, form: Form, at: datetime) -> Interview:
    """What is known of a story that is on paper only: nothing but where it is. For whoever has its receipt."""
    questions, words = form.questions, plain(library.text("UIT.papier.nog_niet").text, {})
    consent = Consent(consent_id(questions, CONSENT), form.consent, at)
    known = Interview("", "", questions.id, questions.version, CHANNEL, consent)
    return known.having(Answer(story_of(questions).id, parts=(Part(words),), done=True))


def _begun(library: Library, form: Form, written: Written, event: Event) -> Interview:
    questions = form.questions
    role = questions.roles[0] if len(questions.roles) == 1 else ""
    stand = Standing(CONSENT, pinned(library, questions, Offer(role=role, link=form.link), CONSENT))
    step = agreed(library, stand, event)
    if step is None or step.interview is None:
        raise ValueError("this set cannot be agreed to")
    # What the form says itself goes before what its link says.
    begun = step.interview.keeping({answer for answer in step.interview.answers if not written.options.get(answer)})
    more = any(_is_more(questions, question) and _is_given(question, written) for question in questions.questions)
    return replace(begun, consent=replace(begun.consent, fingerprint=form.consent, given_at=written.on), voluntary=more)


def _answered(questions: QuestionSet, interview: Interview, written: Written) -> Interview:
    """Every question that applies is answered or skipped, in order: an answer may decide what applies after it."""
    while not isinstance(question := current(questions, interview), ReviewQuestion):
        interview = interview.having(_answer(interview, question, written))
    return interview


def _answer(interview: Interview, question: Question, written: Written) -> Answer:
    words = without_bsn(_words(question, written))
    parts = (Part(words),) if words else ()
    match question:
        case StoryQuestion():
            known = {prompt.id for prompt in prompts(question, interview)}
            prompt = written.prompt if written.prompt in known else prompts(question, interview)[0].id
            return Answer(question.id, prompt=prompt, parts=parts, done=True)
        case OpenQuestion():
            return Answer(question.id, parts=parts, skipped=not parts, done=True)
        case ReviewQuestion():
            return Answer(question.id)
        case _:
            return _chosen(interview, question, written)


def _chosen(interview: Interview, question: ClosedQuestion, written: Written) -> Answer:
    carried = interview.answer(question.id)
    option = written.options.get(question.id, "")
    if not option:
        return replace(carried, done=True) if carried.option else Answer(question.id, skipped=True, done=True)
    return Answer(question.id, option=option, done=True)


def _wrong(question: Question, written: Written) -> Iterator[Wrong]:
    if isinstance(question, WordQuestion):
        words = _words(question, written)
        if len(words) > question.max_chars:
            yield Wrong.TOO_LONG
        if isinstance(question, StoryQuestion) and not words:
            yield Wrong.MISSING
    elif isinstance(question, ClosedQuestion):
        option = written.options.get(question.id, "")
        if option and option not in {item.id for item in question.options}:
            yield Wrong.STRANGE


def _words(question: Question, written: Written) -> str:
    return clean_text(written.words.get(question.id, ""))


def _is_more(questions: QuestionSet, question: Question) -> bool:
    return question.block is not None and questions.blocks[question.block].voluntary


def _is_given(question: Question, written: Written) -> bool:
    return bool(written.words.get(question.id) or written.options.get(question.id))
