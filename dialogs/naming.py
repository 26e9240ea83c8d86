"""Which links an event is about, before anybody knows what they stand for; knows no row and no rule."""

from collections.abc import Iterator

from dialogs.events import Chosen, Command, Commanded, Event, Opened, Said
from dialogs.interview import Interview
from dialogs.links import is_code, may_be_code, normal_code, way_back
from dialogs.replies import AgainTap, DoorTap, PlainTap, Tap
from dialogs.understand import slashed


def way_in(event: Event) -> str:
    """The code by which somebody comes in with this event, perhaps with a slip; "" where they do not, or by no code."""
    match event:
        case Opened(link=link):
            typed = link
        case Commanded(command=Command.START, rest=rest):
            typed = rest
        case Said(text=text) if (command := slashed(text)) and command[0] is Command.START:
            typed = command[1]
        case _:
            typed = ""
    code = normal_code(typed)
    return code if may_be_code(code) else ""


def codes(interview: Interview | None, event: Event) -> frozenset[str]:
    """Every code that the rules may ask about in a turn. In the midst of an interview that is none."""
    if interview is not None and interview.aside is None:
        return frozenset({way_in(event)} - {""})
    back = (interview.about, way_back(interview)) if interview else ()
    asked = frozenset(code for code in (*back, *_in_buttons(event)) if is_code(code))
    return asked | ({way_in(event)} - {""})


def _in_buttons(event: Event) -> Iterator[str]:
    match event:
        case Chosen(tap=tap):
            yield _in_tap(tap)
        case Said(screen=screen) | Commanded(screen=screen):
            yield from (_in_tap(button.tap) for button in screen)
        case _:
            return


def _in_tap(tap: Tap) -> str:
    match tap:
        case DoorTap(offer=offer) | AgainTap(offer=offer):
            return offer.link
        case PlainTap("volgende", rest):
            return rest
        case _:
            return ""
