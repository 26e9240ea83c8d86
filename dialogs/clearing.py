"""Taking a conversation from the screen of the teller; what was told stays. Knows no message: the channel does."""

from collections.abc import Mapping
from dataclasses import replace

from dialogs.interview import Interview
from dialogs.library import Library
from dialogs.prompt import prompt, say
from dialogs.replies import Button, PlainTap, Reply, Step, column

ASKED = "ALG.leeg"
ASKED_EARLY = "ALG.leeg_concept"
CLEARED = "ALG.leeg_klaar"
LEFT = "ALG.leeg_niet"
WIPED = "INV.gewist"
NOT_WIPED = "INV.niet_gewist"
WIPE = "wis"

_BUTTONS: Mapping[str, str] = {"ja": "leeg_ja", "nee": "leeg_nee"}
NAMES = frozenset({"leeg", "leeg_ja", "leeg_nee", WIPE})
"""Buttons that this module acts on. They need no interview, so that they work after it was sent as well."""


def ask(library: Library, interview: Interview | None) -> Step:
    """Asks once: what is gone from the screen cannot be read any more, and a receipt may be among it."""
    text = library.text(ASKED_EARLY if interview else ASKED)
    rows = column(text.buttons, text.words, lambda slug: PlainTap(_BUTTONS[slug]))
    return Step(interview, (say(library, text.id, rows=rows),))


def tapped(library: Library, interview: Interview | None, tap: PlainTap) -> Step:
    """What one of these buttons leads to. `tap.rest` of `WIPE` is the message of the teller that goes too."""
    match tap.name:
        case "leeg":
            return ask(library, interview)
        case "leeg_ja":
            return _with_question(library, interview, replace(say(library, CLEARED), clears=True))
        case "leeg_nee":
            return _with_question(library, interview, say(library, LEFT))
        case _:
            return Step(interview, (wiped(library, tap.rest),))


def wiped(library: Library, message: str) -> Reply:
    """Takes the message under the button from the screen, and one of the teller ("" for none); or says it could not."""
    return replace(say(library, WIPED), wipes=(message,), otherwise=library.text(NOT_WIPED).text)


def wipe_button(label: str, message: str) -> Button:
    """The button that takes the message it stands under, and one of the teller, from the screen."""
    return Button(label, PlainTap(WIPE, message))


def _with_question(library: Library, interview: Interview | None, reply: Reply) -> Step:
    """Where a draft is open, its question comes back: it was on the screen that is empty now."""
    return Step(interview, (reply, prompt(library, interview)) if interview else (reply,))
