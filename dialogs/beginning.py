"""How an interview begins: after "ja", or with "Nog een verhaal" after a story that was just sent; keeps nothing."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import MappingProxyType

from dialogs.events import Event
from dialogs.interview import FROM_BEFORE, FROM_LINK, Answer, Consent, Interview
from dialogs.library import Library
from dialogs.links import Link, is_code, way_back
from dialogs.offers import ALOUD, CONSENT, Standing, consent_id, offered_set, pinned
from dialogs.prompt import prompt, say
from dialogs.questions import AnyOption, ChoiceQuestion, ClosedQuestion, QuestionSet
from dialogs.replies import AgainTap, Offer, Step
from dialogs.speech import TOLD, line_of_app
from dialogs.taps import fits

SKIPPED = "-"
DAY_ZERO = datetime(2020, 1, 1, tzinfo=UTC)
"""Days are counted from here, so that they take little room on a button."""


def agreed(library: Library, stand: Standing, event: Event) -> Step | None:
    """The interview that "ja" makes, and its first question.

    None where the words have changed since they were on the screen: "ja" counts for exactly those.
    """
    questions = offered_set(library, stand.offer)
    if questions is None or not _stands(library, questions, stand):
        return None
    return _begun(library, _interview(library, questions, stand, event), event)


def another(library: Library, tap: AgainTap, event: Event) -> Step | None:
    """The next story of the same teller, under the consent that was given; None where it must be asked again.

    That is where its words have changed, or where it was given longer ago than a draft is kept.

    Who the teller is stays in the buttons (`Event.thread`): the draft has an id of its own until it is sent.
    """
    questions = offered_set(library, tap.offer)
    stand = Standing(CONSENT, tap.offer)
    if questions is None or questions != library.newest(questions.id) or not _stands(library, questions, stand):
        return None
    agreed_at = _day_of(tap)
    if agreed_at is None or not timedelta(0) <= event.at - agreed_at < timedelta(days=library.terms.draft_days):
        return None
    begun = _interview(library, questions, stand, event)
    interview = replace(begun, consent=replace(begun.consent, given_at=agreed_at))
    carried = {answer.question: answer for answer in _unpacked(questions, tap.answers)}
    known = replace(interview, answers=MappingProxyType({**interview.answers, **carried}))
    step = _begun(library, known, event)
    return replace(step, replies=(say(library, "ALG.nog"), *step.replies))


def again(library: Library, interview: Interview, teller: str) -> AgainTap:
    """What the button "Nog een verhaal" carries: the teller and the consent; answers and link as far as they fit."""
    questions = library.of(interview)
    offer = pinned(library, questions, Offer(role=interview.role or "", link=way_back(interview)), CONSENT)
    day = (interview.consent.given_at.astimezone(UTC) - DAY_ZERO).days
    whole = AgainTap(teller, offer, day, tuple(_packed(questions, interview)) or ("",))
    less = (whole, replace(whole, answers=("",)), replace(whole, answers=("",), offer=replace(offer, link="")))
    return next(tap for tap in less if fits(tap))


def _day_of(tap: AgainTap) -> datetime | None:
    """The beginning of the day (UTC) on which the teller agreed; None for a number that is no day."""
    try:
        return DAY_ZERO + timedelta(days=tap.day)
    except OverflowError:
        return None


def _stands(library: Library, questions: QuestionSet, stand: Standing) -> bool:
    """Whether exactly this can still be agreed to."""
    offer = stand.offer
    sound = not offer.role or offer.role in questions.roles
    return sound and offer == pinned(library, questions, offer, stand.stage)


def _interview(library: Library, questions: QuestionSet, stand: Standing, event: Event) -> Interview:
    offer = stand.offer
    link = event.links.get(offer.link)
    told = {answer.question: answer for answer in _from_link(library, questions, offer.link, link)}
    return Interview(
        id=event.fresh.interview,
        teller=event.fresh.teller,
        question_set=questions.id,
        version=questions.version,
        channel=event.channel,
        consent=Consent(consent_id(questions, stand.stage), offer.fingerprint, event.at),
        link=_kept_link(offer.link, link),
        role=offer.role or (questions.roles[0] if len(questions.roles) == 1 else None),
        answers=MappingProxyType(told),
        voluntary=stand.stage == ALOUD,
        helped=stand.stage == ALOUD,
        visit=link.visit if link else None,
        test=bool(link and link.test),
    )


def _kept_link(code: str, link: Link | None) -> str | None:
    """The link that the story is of: a visit counts for its place, and a code that leads nowhere is none."""
    if link:
        return link.place
    return code if code and not is_code(code) else None


def _begun(library: Library, interview: Interview, event: Event) -> Step:
    """Whoever has an app in another language reads first that they may write in theirs."""
    line = line_of_app(library, event.language)
    begun = interview.telling(TOLD) if line else interview
    return Step(begun, (*([line] if line else []), prompt(library, begun)))


def _from_link(library: Library, questions: QuestionSet, code: str, link: Link | None) -> Iterator[Answer]:
    """The district of a link answers a question that a link may answer; of "b-noord-huis" it is the second part."""
    written = code.split("-")[1] if code.count("-") else ""
    place = link.district if link else written
    asked = [item for item in questions.questions if isinstance(item, ChoiceQuestion) and item.from_link]
    for question in asked if library.terms.district_from_link else ():
        if any(option.id == place for option in question.options):
            yield Answer(question.id, option=place, done=True, carried=FROM_LINK)


def _about_teller(questions: QuestionSet) -> Iterator[ClosedQuestion]:
    for question in questions.questions:
        if question.of == "verteller" and isinstance(question, ClosedQuestion):
            yield question


def _packed(questions: QuestionSet, interview: Interview) -> Iterator[str]:
    for question in _about_teller(questions):
        answer = interview.answer(question.id)
        chosen = next((option for option in question.options if option.id == answer.option), None)
        yield SKIPPED if answer.skipped else str(chosen.code) if chosen else ""


def _unpacked(questions: QuestionSet, answers: tuple[str, ...]) -> Iterator[Answer]:
    for question, packed in zip(_about_teller(questions), answers, strict=False):
        chosen = next((option for option in question.options if _code(option) == packed), None)
        if chosen:
            yield Answer(question.id, option=chosen.id, done=True, carried=FROM_BEFORE)
        elif packed == SKIPPED:
            yield Answer(question.id, skipped=True, done=True, carried=FROM_BEFORE)


def _code(option: AnyOption) -> str:
    return str(option.code)
