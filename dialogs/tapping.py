"""What a button leads to in an interview: only those count that are asked now, or that need no interview."""

from dialogs import asides, choosing, clearing, forwarding, withdrawal
from dialogs.events import Event
from dialogs.interview import FORWARDED, Interview
from dialogs.library import Library
from dialogs.path import current
from dialogs.prompt import ask, prompt, say
from dialogs.replies import AgainTap, AskTap, PlainTap, Step, Tap


def use(library: Library, interview: Interview, tap: Tap, event: Event) -> Step:
    """The step that follows when somebody uses a button, by tap or by its name."""
    if isinstance(tap, PlainTap):
        return _plain(library, interview, tap)
    if isinstance(tap, AgainTap) and any(not answer.carried for answer in interview.answers.values()):
        return asides.open_aside(library, interview, asides.AGAIN)
    if not isinstance(tap, AskTap) or not _stands_open(library, interview, tap):
        return Step(interview, accepted=False, notice=say(library, "INV.oude_knop"))
    if interview.aside == FORWARDED and tap.question.startswith("@"):
        return forwarding.choose(library, interview, tap.option)
    if tap.question.startswith("@"):
        return asides.choose(library, interview, tap.option, event)
    question = library.of(interview).question(tap.question)
    return choosing.choose(library, interview.asking(None), question, tap.option, event)


def _stands_open(library: Library, interview: Interview, tap: AskTap) -> bool:
    """Whether the button is one of those that are asked now: late and double taps do nothing."""
    open_now = prompt(library, interview).buttons
    if interview.aside is not None:
        question = current(library.of(interview), interview)
        open_now = (*open_now, *ask(library, interview, question).buttons)
    return tap in (button.tap for button in open_now)


def _plain(library: Library, interview: Interview, tap: PlainTap) -> Step:
    if tap.name == "volgende":
        return asides.open_aside(library, interview, asides.AGAIN)
    if tap.name == "weg":
        return asides.open_aside(library, interview, asides.WITHDRAW)
    if tap.name in clearing.NAMES:
        return clearing.tapped(library, interview, tap)
    return withdrawal.tapped(library, interview, tap)
