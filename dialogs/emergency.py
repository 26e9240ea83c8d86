"""Help where nothing can be kept or looked up: the numbers, and nothing else; knows no interview."""

from dataclasses import dataclass

from dialogs.events import Chosen, Command, Edited, Event, Said
from dialogs.library import Library
from dialogs.prompt import say
from dialogs.replies import AskTap, DoorTap, Reply
from dialogs.understand import slashed, spoken

NOW = "nood"
_CRIES = (Command.HELP, Command.NOW)


@dataclass(frozen=True)
class Rescue:
    """What to say. `whole`: help was all that was asked for; else there are words that must still be kept."""

    reply: Reply
    whole: bool


def command_in(library: Library, text: str, *, among_words: bool) -> Command | None:
    """The command that a whole text is, where a cry for help is one as well; it comes before words that are a guess.

    `among_words`: see `spoken`.
    """
    announced = spoken(text, among_words=True)
    if announced or library.crisis.asks(text):
        return announced or Command.NOW
    return None if among_words else spoken(text, among_words=False)


def rescue(library: Library, event: Event) -> Rescue | None:
    """The help that an event asks for, or gives reason for; None where it does neither."""
    match event:
        case Chosen(tap=DoorTap(option=option) | AskTap(option=option)) if option == NOW:
            return Rescue(say(library, "CRISIS"), whole=True)
        case Said(text=text) if _cries(library, text):
            return Rescue(say(library, "CRISIS"), whole=True)
        case Said(text=text) | Edited(text=text) if library.crisis.sees(text):
            return Rescue(say(library, "CRISIS"), whole=False)
        case _:
            return None


def _cries(library: Library, text: str) -> bool:
    typed = slashed(text)
    return (typed[0] if typed else command_in(library, text, among_words=True)) in _CRIES
