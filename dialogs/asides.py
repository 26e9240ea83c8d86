"""Questions about the conversation itself (help, pause, stop, change): what each of their buttons does.

A button of an aside counts only while that aside stands open, so that "Ja, gooi weg" of yesterday does nothing today.
"""

from collections.abc import Callable
from dataclasses import replace

from dialogs import clearing, doorway, guarding, waiting
from dialogs.events import Event, Opened
from dialogs.interview import Interview, Status
from dialogs.library import Library
from dialogs.links import way_back
from dialogs.offers import is_link, leads_nowhere, next_teller, normal_link
from dialogs.path import current, path
from dialogs.prompt import prompt, say, with_own_buttons
from dialogs.questions import ReviewQuestion, story_of, title_of
from dialogs.replies import Step

HELP = "ALG.hulp"
PAUSE = "ALG.pauze"
STOP = "ALG.stop"
AGAIN = "ALG.verder_gaan"
CHANGE = "ALG.veranderen"
CHANGE_STORY = "ALG.veranderen.verhaal"
CHANGE_ANSWER = "ALG.veranderen.antwoord"
RETELL = "ALG.veranderen.zeker"
WITHDRAW = "ALG.verwijderen"
OTHER_LINK = "ALG.andere_link"
REMIND = "ALG.herinnering"
CRISIS = "CRISIS"
YOUNG = "ALG.jong"
NEW = "nieuw"

PASSING = frozenset({HELP, PAUSE, STOP, AGAIN, WITHDRAW, OTHER_LINK, REMIND, CRISIS, waiting.FIRST, waiting.LAST})
"""Asides that words may pass by: whoever goes on telling is not held up by a question that was not answered."""

LISTENING = frozenset({HELP, CRISIS})
"""Asides that ask nothing: also a few words after them are for the question below."""

SHORT = 4
"""Words in an answer to an aside; with more, people go on telling."""

Effect = Callable[[Library, Interview, Event], Step]


def choose(library: Library, interview: Interview, option: str, event: Event) -> Step:
    """What a button of the open aside leads to. KeyError where the aside has no such button."""
    if interview.aside == CHANGE_ANSWER and option != "terug":
        return reopen(library, interview, option)
    return EFFECTS[interview.aside or "", option](library, interview, event)


def is_final(text_id: str, option: str) -> bool:
    """Whether a button of an aside throws words away: what is typed must name that one."""
    return EFFECTS.get((text_id, option)) in (drop, _too_young, _restart, _retell)


def open_aside(library: Library, interview: Interview, text_id: str, about: str = "") -> Step:
    """Put an aside before the question that stands open; `about` is what it needs to know when it is answered."""
    asking = interview.asking(text_id, about)
    return Step(asking, (prompt(library, asking),))


def go_on(library: Library, interview: Interview, event: Event | None = None) -> Step:
    """Close the aside, if any, and say the question again."""
    back = interview.asking(None)
    if back.aside is None and isinstance(current(library.of(back), back), ReviewQuestion):
        return guarding.before_review(library, back)
    return Step(back, (prompt(library, back),))


def drop(library: Library, interview: Interview, event: Event) -> Step:
    """Throw the draft away for good."""
    return _gone(library, interview, "ALG.gestopt")


def _too_young(library: Library, interview: Interview, event: Event) -> Step:
    """Nobody under 16 may take part, so nothing of it may stay."""
    return _gone(library, interview, "ALG.te_jong")


def _gone(library: Library, interview: Interview, text_id: str) -> Step:
    gone, helped = interview.ended(Status.DROPPED), interview.helped
    rows = next_teller(library, way_back(interview)) if helped else ()
    return Step(gone, (replace(say(library, text_id, rows=rows), clears=helped),), over=True)


def reopen(library: Library, interview: Interview, question_id: str) -> Step:
    """Ask a question again that was answered; its answer stays until there is a new one."""
    if question_id not in {question.id for question in path(library.of(interview), interview)}:
        return go_on(library, interview)
    answer = replace(interview.answer(question_id), done=False)
    return go_on(library, interview.having(answer))


def _opening(text_id: str) -> Effect:
    return lambda library, interview, event: open_aside(library, interview, text_id)


def _saying(text_id: str) -> Effect:
    """A word first, and then on with the question."""

    def effect(library: Library, interview: Interview, event: Event) -> Step:
        step = go_on(library, interview)
        return replace(step, replies=(say(library, text_id), *step.replies))

    return effect


def come_again(library: Library, interview: Interview, opened: Opened) -> Step:
    """Somebody comes in with a draft under way. By another link they choose which of the two it is to be."""
    link = normal_link(opened.link)
    known = is_link(link) and not leads_nowhere(link, opened.links)
    if known and link not in (interview.link, way_back(interview)):
        return open_aside(library, interview, OTHER_LINK, link)
    return open_aside(library, interview, AGAIN, f"={opened.question_set}" if opened.question_set else "")


def _restart(library: Library, interview: Interview, event: Event) -> Step:
    """The draft goes, and the teller stands at the door again, by the link (or "=" and a question set) it is about."""
    way_in = interview.about or way_back(interview)
    question_set = way_in.removeprefix("=") if way_in.startswith("=") else ""
    entered = doorway.enter(library, doorway.opened(event, "" if question_set else way_in, question_set))
    first, *others = entered.replies
    replies = (replace(first, clears=interview.helped), *others)
    return replace(entered, interview=interview.ended(Status.DROPPED), replies=replies)


def _wipe(library: Library, interview: Interview, event: Event) -> Step:
    """This message goes from the screen, and the one that it was an answer to; the words stay in the story."""
    step = go_on(library, interview)
    return replace(step, replies=(clearing.wiped(library, interview.about), *step.replies))


def _reminding(text_id: str, *, wanted: bool) -> Effect:
    return lambda library, interview, event: open_aside(library, replace(interview, remind=wanted), text_id)


def _masked(library: Library, interview: Interview, event: Event) -> Step:
    return guarding.before_review(library, guarding.mask(_answered(interview)))


def _unmasked(library: Library, interview: Interview, event: Event) -> Step:
    return guarding.before_review(library, _answered(interview))


def _by_themselves(library: Library, interview: Interview, event: Event) -> Step:
    """The teller does it: the review says how."""
    step = _unmasked(library, interview, event)
    return replace(step, replies=(say(library, "ALG.zelf"), *step.replies))


def _answered(interview: Interview) -> Interview:
    """It was asked whether numbers may stay, and answered: that is not asked again for this story."""
    return interview.asking(None).telling(guarding.SEEN)


def _retitle(library: Library, interview: Interview, event: Event) -> Step:
    title = title_of(library.of(interview))
    return reopen(library, interview, title.id) if title else go_on(library, interview)


def _add(library: Library, interview: Interview, event: Event) -> Step:
    """The story opens again behind its last part; no follow-up question comes a second time."""
    told = interview.answer(story_of(library.of(interview)).id)
    reopened = replace(told, done=False, followed_up=len(told.parts))
    adding = interview.having(reopened).asking(None)
    return Step(adding, (with_own_buttons(library, adding, told.question, "ALG.erbij"),))


def _retell(library: Library, interview: Interview, event: Event) -> Step:
    told = interview.answer(story_of(library.of(interview)).id)
    return go_on(library, interview.having(replace(told, parts=(), followed_up=0, done=False)))


EFFECTS: dict[tuple[str, str], Effect] = {
    (HELP, "verder"): go_on,
    (HELP, "nood"): _opening(CRISIS),
    (HELP, "mens"): _saying("ALG.contact"),
    (HELP, "stop"): _opening(STOP),
    (CRISIS, "verder"): go_on,
    (CRISIS, "pauze"): _opening(PAUSE),
    (CRISIS, "stop"): _opening(STOP),
    (CRISIS, "wis"): _wipe,
    (YOUNG, "ja"): _too_young,
    (YOUNG, "nee"): go_on,
    (guarding.SEEN, "weg"): _masked,
    (guarding.SEEN, "laat"): _unmasked,
    (guarding.SEEN, "zelf"): _by_themselves,
    (PAUSE, "verder"): go_on,
    (PAUSE, "herinner"): _reminding(REMIND, wanted=True),
    (PAUSE, "weg"): drop,
    (REMIND, "verder"): go_on,
    (REMIND, "geen"): _reminding(PAUSE, wanted=False),
    (waiting.FIRST, "verder"): go_on,
    (waiting.FIRST, "weg"): drop,
    (waiting.LAST, "verder"): go_on,
    (waiting.LAST, "weg"): drop,
    (OTHER_LINK, "verder"): go_on,
    (OTHER_LINK, NEW): _restart,
    (STOP, "ja"): drop,
    (STOP, "pauze"): _opening(PAUSE),
    (STOP, "verder"): go_on,
    (AGAIN, "verder"): go_on,
    (AGAIN, NEW): _restart,
    (CHANGE, "verhaal"): _opening(CHANGE_STORY),
    (CHANGE, "titel"): _retitle,
    (CHANGE, "antwoord"): _opening(CHANGE_ANSWER),
    (CHANGE, "terug"): go_on,
    (CHANGE_STORY, "erbij"): _add,
    (CHANGE_STORY, "opnieuw"): _opening(RETELL),
    (RETELL, "ja"): _retell,
    (RETELL, "nee"): _opening(CHANGE_STORY),
    (CHANGE_STORY, "terug"): _opening(CHANGE),
    (CHANGE_ANSWER, "terug"): _opening(CHANGE),
    (WITHDRAW, "kwijt"): _saying("ALG.code_kwijt"),
    (WITHDRAW, "terug"): go_on,
}
