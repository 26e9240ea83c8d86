"""Conversations brought to where a test wants them, by nothing but what a teller can do; knows no storage."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache

from dialogs.engine import step
from dialogs.events import Chosen, Command, Commanded, Edited, Event, Fresh, Looked, Opened, Said, Showed
from dialogs.interview import FORWARDED, Interview, Status
from dialogs.library import Library
from dialogs.path import current
from dialogs.prompt import prompt
from dialogs.questions import PAIR, Question, StoryQuestion
from dialogs.replies import AgainTap, AskTap, Button, DoorTap, PlainTap, Purpose, ReceiptRequest, Step, Tap
from tests.talk.world import library

AT = datetime(2026, 3, 2, 10, tzinfo=UTC)
FRESH = Fresh("a1b2c3-interview", "d4e5f6-teller", "aabbcc-story", "K7PM4TX9R")
STORY = (
    "Ik had een brief van de bank en ik wist niet wat ik moest doen. "
    "Een man van het Buurtteam ging met mij mee. Hij praatte rustig en daarna kon ik weer slapen."
)
"""More than 25 words, so that nothing more is asked."""


@dataclass(frozen=True)
class Situation:
    """Where a teller is: the interview, if there is one, and the buttons on the screen."""

    interview: Interview | None
    screen: tuple[Button, ...]

    def tap(self, option: str) -> Tap:
        """What the button of an option carries. StopIteration where there is none on the screen."""
        return next(button.tap for button in self.screen if named(button.tap) == option)

    def below(self) -> "Situation":
        """The same with the buttons of the question that an aside stands before."""
        assert self.interview is not None
        return Situation(self.interview, prompt(library(), replace(self.interview, aside=None)).buttons)


def named(tap: Tap) -> str:
    """The option of a button, or the name of one that needs no interview."""
    match tap:
        case PlainTap(name):
            return name
        case AgainTap():
            return "nog"
        case _:
            return tap.option


def said(text: str, *, message: str = "", screen: tuple[Button, ...] = ()) -> Said:
    """The teller typed this."""
    return Said(at=AT, channel="test", fresh=FRESH, text=text, message=message, screen=screen)


def edited(text: str, message: str) -> Edited:
    """The teller changed a message."""
    return Edited(at=AT, channel="test", fresh=FRESH, text=text, message=message)


def showed(text_id: str, *, album: str = "", again: bool = False) -> Showed:
    """The teller sent something that is not words."""
    return Showed(at=AT, channel="test", fresh=FRESH, text_id=text_id, album=album, again=again)


def chosen(tap: Tap) -> Chosen:
    """The teller used a button."""
    return Chosen(at=AT, channel="test", fresh=FRESH, tap=tap)


def commanded(command: Command, rest: str = "", *, screen: tuple[Button, ...] = ()) -> Commanded:
    """The teller used a command."""
    return Commanded(at=AT, channel="test", fresh=FRESH, command=command, rest=rest, screen=screen)


def opened(link: str = "", question_set: str = "") -> Opened:
    """The teller came in."""
    return Opened(at=AT, channel="test", fresh=FRESH, link=link, question_set=question_set)


def looked(found: Interview | None, purpose: Purpose = Purpose.ASK) -> Looked:
    """A receipt was looked up."""
    return Looked(at=AT, channel="test", fresh=FRESH, request=ReceiptRequest(FRESH.receipt, purpose), found=found)


def after(interview: Interview, event: Event, shelf: Library | None = None) -> Interview:
    """The interview when this has happened, by the rules of the shipped library or of another one."""
    following = step(shelf or library(), interview, event).interview
    assert following is not None
    return following


def tapping(interview: Interview, option: str, shelf: Library | None = None) -> Interview:
    """The interview after one of the buttons that are asked now."""
    here = Situation(interview, prompt(shelf or library(), interview).buttons)
    return after(interview, chosen(here.tap(option)), shelf)


def asked(interview: Interview) -> Question:
    """The question to ask."""
    return current(library().of(interview), interview)


def onward(interview: Interview) -> Interview:
    """The interview after the first answer that comes to hand."""
    question = asked(interview)
    if interview.aside is None and question.kind == "story":
        return tapping(after(interview, said(STORY)), "klaar")
    if interview.aside is None and question.kind == "open":
        return after(interview, said("De brief"))
    return tapping(interview, named(prompt(library(), interview).buttons[0].tap))


def helped() -> Interview:
    """An interview that has just begun, in which somebody else reads aloud and types."""
    taken = step(library(), None, opened("h-1"))
    for option in ("samen", "ok", "ja"):
        taken = step(library(), None, chosen(_screened(taken).tap(option)))
    assert taken.interview is not None
    return taken.interview


def agreed(question_set: str, role: str = "") -> Interview:
    """An interview that has just begun."""
    entered = _screened(step(library(), None, opened(question_set=question_set)))
    tap = entered.tap("ja")
    assert isinstance(tap, DoorTap)
    consented = replace(tap, offer=replace(tap.offer, role=role))
    begun = step(library(), None, chosen(consented)).interview
    assert begun is not None
    return begun


@cache
def asking(question_set: str, question_id: str) -> Interview:
    """An interview in which this question is to be asked."""
    interview = agreed(question_set, "buurtteam" if question_set == "medewerker" else "")
    wanted = library().of(interview).question(question_id)
    if wanted.when and wanted.when.helped:
        interview = helped()
    while asked(interview).id != question_id:
        extra = asked(interview).kind == "review"
        interview = tapping(interview, "extra") if extra else onward(interview)
    return interview


def sent() -> Interview:
    """A story as it was sent."""
    told = tapping(asking("bewoner", "nakijken"), "verstuur_wel")
    assert told.status is Status.SENT
    return told


def situation(place: str) -> Situation:
    """A place by its name: a question ("bewoner/gevoel", "bewoner/tijd/twee"), or a text that asks something.

    Of a text that is said in an interview, what stands behind the slash is the question of the residents below it.
    """
    if place in _DOORS:
        return _door(place)
    interview = _question(place) if place[0].islower() else _aside(place)
    return Situation(interview, prompt(library(), interview).buttons)


def _question(place: str) -> Interview:
    question_set, question_id, *further = place.split("/")
    interview = asking(question_set, question_id)
    match further:
        case ["twee"]:
            return tapping(interview, PAIR)
        case ["begonnen"]:
            return after(interview, said("Ik ging naar het Buurtteam."))
        case ["kort"]:
            return tapping(after(interview, said("Ik ging naar het Buurtteam.")), "klaar")
        case _:
            return interview


def _aside(place: str) -> Interview:
    text_id, _, below = place.partition("/")
    interview = asking("bewoner", below or "gevoel")
    if isinstance(asked(interview), StoryQuestion):
        interview = after(interview, said("Ik ging naar het Buurtteam."))
    if text_id == FORWARDED:
        return replace(interview, waiting=PASSED_ON).asking(None)
    return interview.asking(text_id, _ABOUT.get(text_id, ""))


PASSED_ON = "Dit schreef ik zelf."

_ABOUT = {"CRISIS": "7", "ALG.andere_link": "m-2"}
"""What such an aside is about: a message, a link."""

_DOORS = (
    "ALG.rol",
    "ALG.toestemming",
    "MED.toestemming",
    "HELP.start",
    "HELP.uitleg",
    "HELP.toestemming",
    "ALG.dank",
    "HELP.dank",
    "ALG.leeg",
    "ALG.code_fout",
    "ALG.code_wacht",
    "ALG.verwijderen.zeker",
)


_ENTERED: dict[str, Event] = {
    "ALG.rol": opened(),
    "ALG.toestemming": opened(question_set="bewoner"),
    "MED.toestemming": opened(question_set="medewerker"),
    "HELP.start": opened("h-1"),
    "ALG.leeg": commanded(Command.CLEAR),
    "ALG.code_fout": looked(None),
    "ALG.code_wacht": replace(looked(None), held=True),
}
_TAPPED = {"HELP.uitleg": ("HELP.start", "samen"), "HELP.toestemming": ("HELP.uitleg", "ok")}


def _door(place: str) -> Situation:
    match place:
        case "ALG.dank":
            return _sent(asking("bewoner", "nakijken"))
        case "HELP.dank":
            return _sent(_reviewing(helped()))
        case "ALG.verwijderen.zeker":
            return _screened(step(library(), None, looked(sent())))
        case _ if place in _TAPPED:
            before, option = _TAPPED[place]
            return _screened(step(library(), None, chosen(_door(before).tap(option))))
        case _:
            return _screened(step(library(), None, _ENTERED[place]))


def _sent(review: Interview) -> Situation:
    tap = AskTap(review.tag, "nakijken", "verstuur_wel")
    return replace(_screened(step(library(), review, chosen(tap))), interview=None)


def _reviewing(interview: Interview) -> Interview:
    while asked(interview).kind != "review":
        interview = onward(interview)
    return interview


def _screened(taken: Step) -> Situation:
    return Situation(taken.interview, taken.screen(()))
