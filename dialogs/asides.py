"""Questions about the conversation itself (help, pause, stop, change): what each of their buttons does.

A button of an aside counts only while that aside stands open, so that "Ja, gooi weg" of yesterday does nothing today.
"""

from collections.abc import Callable
from dataclasses import replace

from dialogs import doorway
from dialogs.events import Event, Opened
from dialogs.interview import Interview, Status
from dialogs.library import Library
from dialogs.path import path
from dialogs.prompt import prompt, say, with_own_buttons
from dialogs.questions import story_of, title_of
from dialogs.replies import AskTap, Button, PlainTap, Reply, Step

HELP = "ALG.hulp"
PAUSE = "ALG.pauze"
STOP = "ALG.stop"
AGAIN = "ALG.verder_gaan"
CHANGE = "ALG.veranderen"
CHANGE_STORY = "ALG.veranderen.verhaal"
CHANGE_ANSWER = "ALG.veranderen.antwoord"
RETELL = "ALG.veranderen.zeker"
WITHDRAW = "ALG.verwijderen"
NEW = "nieuw"

PASSING = frozenset({HELP, PAUSE, STOP, AGAIN, WITHDRAW})
"""Asides that words may pass by: whoever goes on telling is not held up by a question that was not answered."""

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
    return EFFECTS.get((text_id, option)) in (drop, _restart, _retell)


def open_aside(library: Library, interview: Interview, text_id: str) -> Step:
    """Put an aside before the question that stands open."""
    asking = replace(interview, aside=text_id)
    return Step(asking, (prompt(library, asking),))


def go_on(library: Library, interview: Interview, event: Event | None = None) -> Step:
    """Close the aside, if any, and say the question again."""
    back = replace(interview, aside=None)
    return Step(back, (prompt(library, back),))


def drop(library: Library, interview: Interview, event: Event) -> Step:
    """Throw the draft away for good."""
    gone = replace(interview, aside=None, status=Status.DROPPED)
    return Step(gone, (say(library, "ALG.gestopt"),), over=True)


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
    """Somebody comes in by a link with a draft under way. The button to begin anew carries that link."""
    step = open_aside(library, interview, AGAIN)
    return replace(step, replies=tuple(_carrying(reply, opened) for reply in step.replies))


def restart(library: Library, interview: Interview, event: Event, way_in: str) -> Step:
    """The draft goes, and the teller stands at the door again. `way_in` is a link, or "=" and a question set."""
    question_set = way_in.removeprefix("=") if way_in.startswith("=") else ""
    link = "" if question_set else way_in
    opened = Opened(at=event.at, channel=event.channel, fresh=event.fresh, link=link, question_set=question_set)
    entered = doorway.enter(library, opened)
    return replace(entered, interview=replace(interview, aside=None, status=Status.DROPPED))


def _restart(library: Library, interview: Interview, event: Event) -> Step:
    return restart(library, interview, event, interview.link or "")


def _carrying(reply: Reply, opened: Opened) -> Reply:
    link = opened.link if doorway.is_link(opened.link) else ""
    way_in = link or (f"={opened.question_set}" if opened.question_set else "")
    rows = tuple(tuple(_with_way_in(button, way_in) for button in row) for row in reply.rows)
    return replace(reply, rows=rows) if way_in else reply


def _with_way_in(button: Button, way_in: str) -> Button:
    new = isinstance(button.tap, AskTap) and button.tap.option == NEW
    return replace(button, tap=PlainTap(NEW, way_in)) if new else button


def _retitle(library: Library, interview: Interview, event: Event) -> Step:
    title = title_of(library.of(interview))
    return reopen(library, interview, title.id) if title else go_on(library, interview)


def _add(library: Library, interview: Interview, event: Event) -> Step:
    """The story opens again behind its last part; no follow-up question comes a second time."""
    told = interview.answer(story_of(library.of(interview)).id)
    reopened = replace(told, done=False, followed_up=len(told.parts))
    adding = replace(interview.having(reopened), aside=None)
    return Step(adding, (with_own_buttons(library, adding, told.question, "ALG.erbij"),))


def _retell(library: Library, interview: Interview, event: Event) -> Step:
    told = interview.answer(story_of(library.of(interview)).id)
    return go_on(library, interview.having(replace(told, parts=(), followed_up=0, done=False)))


EFFECTS: dict[tuple[str, str], Effect] = {
    (HELP, "verder"): go_on,
    (HELP, "mens"): _saying("ALG.contact"),
    (HELP, "stop"): _opening(STOP),
    (PAUSE, "verder"): go_on,
    (PAUSE, "weg"): drop,
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
