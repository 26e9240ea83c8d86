"""What is noticed about words beside their meaning: a number that may not be kept, a crisis, an age, a language.

It changes no answer. What it says comes at most once for every story, but for what was not kept: that is said always.
"""

from dataclasses import replace

from dialogs import asides, clearing, speech
from dialogs.emergency import command_in
from dialogs.events import Command, Edited, Event, Haste, Said
from dialogs.interview import Interview, Status
from dialogs.library import Library
from dialogs.path import current
from dialogs.personal.bsn import without_bsn
from dialogs.prompt import prompt, say
from dialogs.replies import Reply, Step
from dialogs.understand import slashed
from dialogs.young import says_too_young

NUMBER = "INV.bsn"
URGENT = frozenset({asides.CRISIS, NUMBER})
"""Said always, however much comes in."""

NOT_UNDERSTOOD = frozenset({"INV.onbekend", "INV.niet_bewaard", "INV.tekst_bij_knop"})
"""No answer to somebody in need."""

FULL = frozenset({"INV.te_lang", "INV.te_lang_kort"})
"""Said of words for which there was no room."""


def without_numbers_of_persons(event: Event) -> Event:
    """The event as the rules may hear it: the number of a person (BSN) may not be kept, with consent neither."""
    if isinstance(event, Said | Edited):
        text = without_bsn(event.text)
        return replace(event, text=text) if text != event.text else event
    return event


def noticed(library: Library, event: Event, taken: Step, *, masked: bool) -> Step:
    """The step with what the words of the event give reason to say. `masked`: a number was taken out of them."""
    if not isinstance(event, Said | Edited) or taken.interview is None or taken.interview.status is not Status.OPEN:
        return taken
    if taken.request:
        return taken
    told = _language(library, _interrupted(library, taken.interview, event, taken))
    return replace(told, replies=(_number(library, event), *told.replies)) if masked else told


def unhurried(library: Library, before: Interview | None, event: Event, taken: Step) -> Step:
    """Where more comes in than can be answered little is said: a new question, help, what is lost, once to wait.

    Whoever asks for something is answered always.
    """
    if event.haste is Haste.NONE or _moved(library, before, taken):
        return taken
    if isinstance(event, Said) and _asks(library, event.text):
        return taken
    if taken.interview is None:
        heard = event.haste is Haste.NEW or any(reply.text in URGENT for reply in taken.replies)
        return taken if heard else replace(taken, replies=())
    return _calmed(library, taken.interview, taken, new=event.haste is Haste.NEW)


def _calmed(library: Library, interview: Interview, taken: Step, *, new: bool) -> Step:
    """That an answer is full is said once; whoever is told so is not told that all is kept."""
    full = FULL & {reply.text for reply in taken.replies}
    said = tuple(reply for reply in taken.replies if reply.text in URGENT | (FULL - interview.told))
    if full or said:
        return replace(taken, interview=replace(interview, told=interview.told | full), replies=said)
    return replace(taken, replies=(say(library, "INV.druk"),) if new else ())


def _asks(library: Library, text: str) -> bool:
    """Whether a text is a command that is known, or a cry for help."""
    typed = slashed(text)
    command = typed[0] if typed else command_in(library, text, among_words=False)
    return command not in (None, Command.UNKNOWN)


def _moved(library: Library, before: Interview | None, taken: Step) -> bool:
    """Whether something else stands open than before."""
    if before is None or taken.interview is None or taken.interview.status is not Status.OPEN or taken.request:
        return taken.interview is not None or taken.request is not None
    here = before.aside, current(library.of(before), before)
    return here != (taken.interview.aside, current(library.of(taken.interview), taken.interview))


def _interrupted(library: Library, interview: Interview, event: Said | Edited, taken: Step) -> Step:
    """A crisis comes before the next question, at most once for every story; then whoever says to be too young."""
    if asides.CRISIS not in interview.told and library.crisis.sees(event.text):
        return _before(library, interview.telling(asides.CRISIS), taken, asides.CRISIS, event.message)
    if interview.aside is None and says_too_young(event.text):
        return _before(library, interview, taken, asides.YOUNG, "")
    return taken


def _before(library: Library, interview: Interview, taken: Step, text_id: str, about: str) -> Step:
    """An aside in the place of the question that would come now; what else was to be said is said."""
    question = prompt(library, interview)
    asked_now = (question.text, question.rows)
    kept = (reply for reply in taken.replies if reply.text not in NOT_UNDERSTOOD)
    rest = tuple(reply for reply in kept if (reply.text, reply.rows) != asked_now)
    asked = interview.asking(text_id, about)
    return replace(taken, interview=asked, replies=(*rest, prompt(library, asked)))


def _language(library: Library, taken: Step) -> Step:
    interview = taken.interview
    if interview is None or speech.TOLD in interview.told or interview.aside is not None:
        return taken
    line = speech.line_of_words(library, interview)
    if line is None:
        return taken
    return replace(taken, interview=interview.telling(speech.TOLD), replies=(line, *taken.replies))


def _number(library: Library, event: Said | Edited) -> Reply:
    """What was not kept still stands on the screen: a button takes it away."""
    button = library.text(NUMBER).buttons[clearing.WIPE]
    rows = ((clearing.wipe_button(button, event.message),),) if event.message else ()
    return say(library, NUMBER, rows=rows)
