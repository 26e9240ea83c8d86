"""The conversation as a function: what happened, in; the interview as it is now and what to say, out.

Every change of an interview stands here and in what is imported here: `hearing.py` (what was typed), `tapping.py`
(buttons), `commands.py`, and below them `choosing.py`, `telling.py`, `asides.py`, `forwarding.py`, `waiting.py` and
`noticing.py`. An event that does not fit leaves the interview as it was and says again what stands open. Nothing here
sends, saves, logs or knows the time. Before consent there is no interview: that conversation is `doorway.py`.
"""

from dataclasses import replace

from dialogs import asides, commands, doorway, hearing, noticing, tapping, telling, waiting, withdrawal
from dialogs.events import Blocked, Chosen, Commanded, Edited, Event, Looked, Opened, Said, Showed, Waited
from dialogs.interview import Interview
from dialogs.library import Library
from dialogs.prompt import prompt, say
from dialogs.replies import AskTap, Button, Purpose, Reply, Step
from dialogs.taps import fits


def step(library: Library, interview: Interview | None, event: Event) -> Step:
    """What one event leads to. `interview` is None before consent and after sending. Raises nothing at tellers."""
    heard = noticing.without_numbers_of_persons(event)
    if interview is None:
        return _finished(library, None, event, doorway.enter(library, heard))
    before = interview if isinstance(event, Waited) else waiting.here_again(interview)
    taken = noticing.noticed(library, heard, _step(library, before, heard), masked=heard is not event)
    return _finished(library, before, event, taken)


def _finished(library: Library, before: Interview | None, event: Event, taken: Step) -> Step:
    """What holds for every answer: not too much at once, sorry for being late, the thread in the buttons."""
    calm = noticing.unhurried(library, before, event, taken)
    said = (say(library, "INV.laat"), *calm.replies) if event.late and calm.replies else calm.replies
    if said is calm.replies and not event.thread:
        return calm
    return replace(calm, replies=tuple(_threaded(reply, event.thread) for reply in said))


def _threaded(reply: Reply, thread: str) -> Reply:
    """The reply with the teller of the story before in its buttons, as far as they have room."""
    return replace(reply, rows=tuple(tuple(_carrying(button, thread) for button in row) for row in reply.rows))


def _carrying(button: Button, thread: str) -> Button:
    tap = button.tap
    if not isinstance(tap, AskTap):
        return button
    carrying = replace(tap, thread=thread)
    return replace(button, tap=carrying) if fits(carrying) else button


def _step(library: Library, interview: Interview, event: Event) -> Step:
    match event:
        case Opened():
            return asides.come_again(library, interview, event)
        case Said():
            return hearing.hear(library, interview, event)
        case Commanded():
            return commands.do(library, interview, event)
        case Chosen():
            return tapping.use(library, interview, event.tap, event)
        case Edited():
            return telling.edit(library, interview, event)
        case Looked():
            return _looked(library, interview, event)
        case Showed():
            return Step(interview, () if event.again else (say(library, event.text_id),))
        case Waited():
            return waiting.waited(library, interview, event)
        case Blocked():
            return Step(replace(interview, remind=False))
        case _:
            return asides.go_on(library, interview)


def _looked(library: Library, interview: Interview, event: Looked) -> Step:
    """A receipt that was mistyped may be typed once more; after a withdrawal the question comes back."""
    told = withdrawal.tell(library, event)
    if event.found is None:
        asking = interview.asking(asides.WITHDRAW)
        return Step(asking, tuple(replace(reply, rows=prompt(library, asking).rows) for reply in told))
    back = interview.asking(None)
    gone = event.request.purpose is Purpose.WITHDRAW
    return Step(back, (*told, prompt(library, back)) if gone else told)
