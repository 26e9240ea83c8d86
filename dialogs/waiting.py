"""What happens when nothing happens: at most two reminders, if the teller wants them, and the end of a draft.

Where somebody helps there are none; there the screen is emptied after a day, while a channel still can. Knows no
clock: it is told how late it is and when the teller was last there.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from dialogs.daytime import date_of, day_before, is_day, next_day, same_day
from dialogs.events import Waited
from dialogs.interview import Interview, Status
from dialogs.library import Library, Terms
from dialogs.prompt import prompt, say
from dialogs.replies import Step

FIRST, LAST, GONE = "HER.1", "HER.2", "HER.3"
SWEPT = "ALG.leeg_klaar"
DAY = timedelta(days=1)


def due(terms: Terms, interview: Interview, since: datetime) -> datetime:
    """When the next thing is to be done for a draft whose teller was last there at `since`."""
    first = min((at for at, _ in _reminders(terms, interview, since)), default=end(terms, since))
    return min(first, _sweep(since)) if _is_to_sweep(interview) else first


def waited(library: Library, interview: Interview, event: Waited) -> Step:
    """What is due by now, if anything. A reminder that was missed is said late, by day, and never twice."""
    if event.at >= end(library.terms, event.since):
        return _dropped(library, interview, event)
    if _is_to_sweep(interview) and _sweep(event.since) <= event.at:
        swept = replace(say(library, SWEPT), clears=True)
        return Step(interview.telling(SWEPT), (swept,), not_before=event.at)
    due_now = (text for at, text in _reminders(library.terms, interview, event.since) if at <= event.at)
    late = [text for text in due_now if _holds(library.terms, text, event)]
    if not late or not is_day(event.at):
        return Step(interview)
    reminded = replace(interview, told=interview.told | {*late}).asking(late[-1])
    return Step(reminded, (prompt(library, reminded),), not_before=event.at)


def here_again(interview: Interview) -> Interview:
    """The teller is here: the screen fills anew, and may have to be emptied once more."""
    return replace(interview, told=interview.told - {SWEPT}) if SWEPT in interview.told else interview


def _is_to_sweep(interview: Interview) -> bool:
    return interview.helped and SWEPT not in interview.told


def _sweep(since: datetime) -> datetime:
    """When the screen of a helper is emptied: the next day, within the two days that Telegram allows it."""
    return next_day(since + DAY)


def _dropped(library: Library, interview: Interview, event: Waited) -> Step:
    """Whoever wanted to hear from the bot hears that all is gone, by day."""
    gone = interview.ended(Status.DROPPED)
    if not _may_hear(interview):
        return Step(gone, over=True)
    return Step(gone, (say(library, GONE),), over=True, not_before=next_day(event.at))


def _reminders(terms: Terms, interview: Interview, since: datetime) -> Iterator[tuple[datetime, str]]:
    """The reminders still to come, the first first. Where the last comes soon after the first, that one is enough."""
    if not _may_hear(interview):
        return
    last = same_day(day_before(end(terms, since)))
    first = next_day(since + DAY)
    if last <= since:
        return
    if FIRST not in interview.told and first < last - DAY / 2:
        yield first, FIRST
    if LAST not in interview.told:
        yield last, LAST


def _holds(terms: Terms, text: str, event: Waited) -> bool:
    """Whether a reminder that comes late still says what is true: "tomorrow" is tomorrow."""
    return text != LAST or date_of(event.at) < date_of(end(terms, event.since))


def _may_hear(interview: Interview) -> bool:
    """Never where somebody else holds the device."""
    return interview.remind and not interview.helped


def end(terms: Terms, since: datetime) -> datetime:
    """When a draft goes whose teller was last there at `since`."""
    return since + timedelta(days=terms.draft_days)
