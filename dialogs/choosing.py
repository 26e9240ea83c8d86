"""What a chosen button does to the answers, and which question comes after it; knows no typed words."""

from dataclasses import replace

from dialogs import asides, beginning, guarding, speech
from dialogs.events import Event
from dialogs.interview import Answer, Interview, Status
from dialogs.library import Library
from dialogs.links import way_back
from dialogs.offers import HELPED_THANKS
from dialogs.path import current, path, prompts, stands
from dialogs.prompt import ANOTHER, DONE, FEW_WORDS, prompt, say, story_prompt
from dialogs.questions import (
    PAIR,
    SKIP,
    ClosedQuestion,
    OpenQuestion,
    Question,
    ReviewQuestion,
    StoryQuestion,
    TriadQuestion,
    WordQuestion,
    option_of,
)
from dialogs.receipts import spelled
from dialogs.replies import PlainTap, Step, Tap, column

FOLLOWED = "INV.te_kort"
"""More is asked once for every story, also when it is told anew."""


def choose(library: Library, interview: Interview, question: Question, option: str, event: Event) -> Step:
    """What an option (or "overslaan") of the question that stands open leads to."""
    if option == SKIP:
        return skip(library, interview, question)
    match question:
        case StoryQuestion():
            return _chose_at_story(library, interview, question, option)
        case ReviewQuestion():
            return _reviewed(library, interview, option, event)
        case OpenQuestion():
            return Step(interview, (prompt(library, interview),))
        case _:
            return _chose_option(library, interview, question, option)


def _chose_option(library: Library, interview: Interview, question: ClosedQuestion, option: str) -> Step:
    half = isinstance(question, TriadQuestion) and option == PAIR
    answer = replace(interview.answer(question.id), option=option, skipped=False, done=not half, carried="")
    leads_to = None if half else option_of(question, option).leads_to
    if leads_to:
        return _moved(library, interview, leads_to)
    return forward(library, interview.having(answer))


def _moved(library: Library, interview: Interview, set_id: str) -> Step:
    """Another set goes on in the place of this one. The story and its title go along; codes are of one set only."""
    questions = library.newest(set_id)
    if questions is None:
        return Step(interview, (prompt(library, interview),))
    before = library.of(interview).questions
    shared = {item.id for item in questions.questions if any(_alike(item, other) for other in before)}
    moved = replace(interview, question_set=questions.id, version=questions.version, voluntary=False)
    return forward(library, _without_prompt(moved.keeping(shared)))


def _alike(one: Question, other: Question) -> bool:
    """Whether words that were told to one question are an answer to the other as well."""
    return one.id == other.id and one.kind == other.kind and isinstance(one, WordQuestion)


def _without_prompt(interview: Interview) -> Interview:
    return interview.having(*(replace(answer, prompt=None) for answer in interview.answers.values()))


def _chose_at_story(library: Library, interview: Interview, question: StoryQuestion, option: str) -> Step:
    if option == DONE:
        return finish(library, interview, question)
    shown = story_prompt(question, interview).id
    following = _next_prompt(question, interview, shown) if option == ANOTHER else option
    asked = interview.having(replace(interview.answer(question.id), prompt=following))
    return Step(asked, (replace(prompt(library, asked), in_place=True),))


def _next_prompt(question: StoryQuestion, interview: Interview, shown: str) -> str:
    """The prompts go round; one with a button of its own is not among them."""
    round_ = [item.id for item in prompts(question, interview) if item.button is None]
    return round_[(round_.index(shown) + 1) % len(round_)] if shown in round_ else round_[0]


def finish(library: Library, interview: Interview, question: StoryQuestion) -> Step:
    """ "Klaar": a story that is very short gets one question more, at most once; nothing is refused."""
    answer = interview.answer(question.id)
    if not answer.parts:
        return Step(interview, (prompt(library, interview),))
    words = len(answer.text.split())
    below = question.follow_up.below if question.follow_up else 0
    if FOLLOWED not in interview.told and (words < below or words <= FEW_WORDS):
        asked = interview.having(replace(answer, followed_up=len(answer.parts))).telling(FOLLOWED)
        return Step(asked, (prompt(library, asked),))
    return forward(library, interview.having(replace(answer, done=True)))


def skip(library: Library, interview: Interview, question: Question) -> Step:
    if question.required:
        return Step(interview, (say(library, "ALG.moet"), prompt(library, interview)))
    answer = interview.answer(question.id)
    remarks = () if isinstance(question, OpenQuestion) else answer.parts
    return forward(library, interview.having(Answer(question.id, skipped=True, parts=remarks, done=True)))


def forward(library: Library, interview: Interview) -> Step:
    """After an answer: the path is derived anew, what no longer applies goes, and the next question is asked."""
    answered = _applying(library, interview.asking(None))
    if isinstance(current(library.of(answered), answered), ReviewQuestion):
        return guarding.before_review(library, answered)
    return Step(answered, (prompt(library, answered),))


def _applying(library: Library, interview: Interview) -> Interview:
    """What goes may take further answers with it."""
    applying = {item.id for item in path(library.of(interview), interview) if stands(item, interview)}
    kept = interview.keeping(applying)
    return kept if kept is interview else _applying(library, kept)


def _reviewed(library: Library, interview: Interview, option: str, event: Event) -> Step:
    match option:
        case "verstuur_wel" | "verstuur_niet":
            return _sent(library, interview, event, quote=option == "verstuur_wel")
        case "veranderen":
            return asides.open_aside(library, interview, asides.CHANGE)
        case "extra":
            return forward(library, replace(interview, voluntary=True))
        case _:
            return asides.open_aside(library, interview, asides.STOP)


def _sent(library: Library, interview: Interview, event: Event, *, quote: bool) -> Step:
    """Sending: the receipt is said once, and nothing of the story says any more which draft it was."""
    teller = event.thread or event.fresh.teller
    cut = replace(
        interview.ended(Status.SENT),
        teller=teller,
        quote=quote,
        language=speech.language_of(library, interview, event.language),
    )
    thanks = library.text(HELPED_THANKS if interview.helped else library.of(interview).thanks)
    taps = _taps_after(library, interview, teller)
    rows = column(thanks.buttons, thanks.words, lambda name: taps.get(name, PlainTap(name)))
    said = say(library, thanks.id, {"code": spelled(event.fresh.receipt)}, rows)
    return Step(cut, (replace(said, clears=interview.helped),))


def _taps_after(library: Library, interview: Interview, teller: str) -> dict[str, Tap]:
    """A helper goes on with another teller; whoever told alone goes on as the same one."""
    if interview.helped:
        return {"nog": PlainTap("volgende", way_back(interview))}
    return {"nog": beginning.again(library, interview, teller)}
