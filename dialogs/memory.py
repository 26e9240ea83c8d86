"""What is remembered of a chat between two turns and stored nowhere; frozen, knows no rule of the conversation.

When it is lost, with a restart, a question is asked once more and nothing that was told is gone.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from dialogs.events import Chosen, Edited, Event, Haste, Said, Showed
from dialogs.interview import Interview, Status
from dialogs.replies import AgainTap, AskTap, Button, Step

MANY = 20
"""Messages in a minute: a fast typist stays far below it, and who pastes or leans on a key is soon above it."""

MINUTE = timedelta(minutes=1)
TOLD_AGAIN = timedelta(minutes=10)
"""That it goes too fast is said once in so long."""

EXCUSED_AGAIN = timedelta(hours=1)
"""For one time away the bot says sorry once, however much came in meanwhile."""


@dataclass(frozen=True, slots=True)
class Memory:
    """`screen`: the buttons last shown. `thread`: see `AskTap`. `album`: the last one that was answered.

    `times` are those of the last messages, `hushed` when the teller was last asked to go slower, `excused` when the
    bot last said sorry for being late.
    """

    screen: tuple[Button, ...] = ()
    thread: str = ""
    album: str = ""
    times: tuple[datetime, ...] = ()
    hushed: datetime | None = None
    excused: datetime | None = None

    def seeing(self, event: Event) -> Event:
        """The event with what only the memory knows of it."""
        late = event.late and not (self.excused and event.at - self.excused < EXCUSED_AGAIN)
        haste = self._haste(event.at) if isinstance(event, Said | Showed | Edited) else Haste.NONE
        thread = _carried(event) or self.thread
        if isinstance(event, Showed):
            return replace(event, thread=thread, late=late, haste=haste, again=self._is_again(event.album))
        if isinstance(event, Said):
            again, thread = self._is_again(event.album), thread or _offered(self.screen)
            return replace(event, thread=thread, late=late, haste=haste, again=again, screen=self.screen)
        return replace(event, thread=thread, late=late, haste=haste)

    def after(self, event: Event, step: Step, before: Interview | None = None) -> "Memory":
        """What is remembered after a turn. `event` is the one that the rules saw, `before` the draft until then."""
        kept = replace(
            self,
            screen=step.screen(self.screen),
            thread=self._thread(event, step, before),
            excused=event.at if event.late else self.excused,
        )
        if not isinstance(event, Said | Showed | Edited):
            return kept
        hushed = event.at if event.haste is Haste.NEW else self.hushed
        counted = replace(kept, times=self._lately(event.at), hushed=hushed)
        return counted if isinstance(event, Edited) else replace(counted, album=event.album)

    def _thread(self, event: Event, step: Step, before: Interview | None) -> str:
        """A draft that began by itself is of no teller before, whichever old button is used meanwhile."""
        if step.interview is None or step.interview.status is not Status.OPEN:
            return ""
        late = before is not None and isinstance(event, Chosen) and isinstance(event.tap, AgainTap)
        return self.thread if late or not step.accepted else event.thread

    def _is_again(self, album: str) -> bool:
        return bool(album) and album == self.album

    def _lately(self, at: datetime) -> tuple[datetime, ...]:
        return (*(time for time in self.times if at - time < MINUTE), at)[-MANY - 1 :]

    def _haste(self, at: datetime) -> Haste:
        if len(self._lately(at)) <= MANY:
            return Haste.NONE
        told = self.hushed is not None and at - self.hushed < TOLD_AGAIN
        return Haste.TOLD if told else Haste.NEW


def _offered(screen: tuple[Button, ...]) -> str:
    """The teller id in a button that can be typed: "nog een verhaal" is then the same as its button."""
    return next((button.tap.teller for button in screen if isinstance(button.tap, AgainTap)), "")


def _carried(event: Event) -> str:
    """The teller id in the button that was used."""
    tap = event.tap if isinstance(event, Chosen) else None
    match tap:
        case AskTap(thread=thread) | AgainTap(teller=thread):
            return thread
        case _:
            return ""
