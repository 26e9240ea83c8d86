"""Before consent: welcome, who are you, do you take part. Knows no interview: what it needs travels in the buttons.

Nothing that is said here is kept or said back. "Ja" to exactly the words that stand in the texts now makes an
interview, everything else makes none.
"""

from collections.abc import Mapping
from dataclasses import replace

from dialogs import beginning, clearing, withdrawal
from dialogs.asking import answer_to
from dialogs.emergency import command_in
from dialogs.events import Chosen, Command, Commanded, Edited, Event, Looked, Opened, Said, Showed
from dialogs.library import Library
from dialogs.offers import (
    ALOUD,
    CONSENT,
    HELPER,
    HELPING,
    HINTS,
    ROLE,
    Standing,
    consenting,
    helping,
    is_trial,
    leads_nowhere,
    next_teller,
    normal_link,
    offered_set,
    question,
    renewed,
    rows,
    standing,
)
from dialogs.prompt import say
from dialogs.receipts import is_receipt, may_be_receipt
from dialogs.replies import AgainTap, Button, DoorTap, Offer, PlainTap, Reply, Step, Tap
from dialogs.understand import choose, choose_firmly, slashed
from dialogs.young import says_too_young

HEARD = "HELP.hoort"
"""Who helps is no researcher, and hears it all the same."""

GREETING = 3
"""Words in a message that is a greeting; a longer one before consent may be a story, and is owed an explanation."""

_HELP_BUTTONS = ("verder", "nood", "mens")
_LATER = "ALG.geen_concept"


def enter(library: Library, event: Event) -> Step:
    """What is said to somebody who has no interview. The step holds one only after "ja"."""
    match event:
        case Opened():
            return _welcome(library, event)
        case Said():
            return _said(library, event)
        case Commanded():
            return _commanded(library, event)
        case Chosen():
            return _chose(library, event.tap, event)
        case Looked():
            return Step(None, withdrawal.tell(library, event))
        case Showed():
            return Step(None, () if event.again else (say(library, event.text_id),))
        case Edited():
            return Step(None, (say(library, "INV.al_verstuurd"),))
        case _:
            return Step(None)


def as_command(event: Said, command: Command, rest: str) -> Commanded:
    """What was said, understood as a command."""
    return Commanded(
        at=event.at,
        channel=event.channel,
        fresh=event.fresh,
        language=event.language,
        thread=event.thread,
        links=event.links,
        command=command,
        rest=rest,
        screen=event.screen,
    )


def as_opened(event: Commanded) -> Opened:
    """/start with what stands behind it is coming in by a link."""
    return opened(event, event.rest)


def opened(event: Event, link: str, question_set: str = "") -> Opened:
    """Coming in by a link, or for a question set, instead of what happened."""
    return Opened(
        at=event.at,
        channel=event.channel,
        fresh=event.fresh,
        language=event.language,
        links=event.links,
        link=link,
        question_set=question_set,
    )


def _chosen(event: Said, tap: Tap) -> Chosen:
    return Chosen(
        at=event.at, channel=event.channel, fresh=event.fresh, language=event.language, links=event.links, tap=tap
    )


def _welcome(library: Library, event: Opened) -> Step:
    if not library.terms.open:
        return _closed(library)
    link = normal_link(event.link)
    strange = leads_nowhere(link, event.links)
    stand = standing(library, "" if strange else link, event.question_set, event.links)
    about = [say(library, "ALG.link_niet")] if strange else _trial(library, link, event)
    return Step(None, (say(library, "ALG.welkom"), *about, question(library, stand)))


def _trial(library: Library, link: str, event: Event) -> list[Reply]:
    """Whoever comes to try it out reads that first: a story of their own would be lost on it."""
    return [say(library, "ALG.proef")] if is_trial(link, event.links) else []


def _closed(library: Library) -> Step:
    """The study is over: nobody tells a new story, but whoever told one can take it back."""
    return Step(None, (say(library, "INV.dicht"),), over=True)


# What was typed.


def _said(library: Library, event: Said) -> Step:
    if library.crisis.sees(event.text):
        # Before anything else, and every time: nothing is remembered of whoever did not agree.
        return _with_question(library, say(library, "CRISIS"), _on_screen(event))
    button = _meant(event)
    if button:
        return enter(library, _chosen(event, button.tap))
    command = slashed(event.text) or _word(library, event.text)
    if command:
        return _commanded(library, as_command(event, *command))
    asked = any(button.tap == PlainTap("kwijt") for button in event.screen)
    if is_receipt(event.text) or (asked and may_be_receipt(event.text) and not says_too_young(event.text)):
        return withdrawal.look_up(None, event.text)
    if asked and len(event.text.split()) <= GREETING:
        return Step(None, (withdrawal.ask(library),))
    return _words(library, event)


def _words(library: Library, event: Said) -> Step:
    """Words before consent: somebody too young, a question to the bot; else perhaps a story."""
    if says_too_young(event.text):
        return _without_story(library, "ALG.te_jong", _on_screen(event))
    answer = answer_to(library, event.text)
    if answer:
        return _with_question(library, answer, _on_screen(event))
    return _unasked(library, event)


def _meant(event: Said) -> Button | None:
    """Consent and withdrawal must be named; who somebody is, and a no, may be said in any words.

    "Ja" is for what was asked last, not for the question before consent that still stands open above it.
    """
    named = choose_firmly(event.text, tuple(button for button in event.screen if not isinstance(button.tap, DoorTap)))
    found = named or choose(event.text, event.screen)
    return found if named or (found and _may_be_guessed(found.tap)) else choose_firmly(event.text, event.screen)


def _may_be_guessed(tap: Tap) -> bool:
    if isinstance(tap, DoorTap):
        return tap.stage == ROLE or tap.option == "nee"
    return isinstance(tap, PlainTap) and tap.name == "nee"


def _word(library: Library, text: str) -> tuple[Command, str] | None:
    command = command_in(library, text, among_words=False)
    return (command, "") if command else None


def _unasked(library: Library, event: Said) -> Step:
    """Words before consent. They may be a story, so they are owed a word about what becomes of them."""
    stand = _on_screen(event)
    if stand and library.terms.open:
        return Step(None, (say(library, "ALG.eerst_ja"), question(library, stand)))
    step = _welcome(library, opened(event, ""))
    if len(event.text.split()) <= GREETING or not library.terms.open:
        return step
    welcome, asked = step.replies
    return replace(step, replies=(welcome, say(library, "ALG.eerst_ja"), asked))


def _on_screen(event: Said | Commanded) -> Standing | None:
    taps = (button.tap for button in event.screen)
    return next((Standing(tap.stage, tap.offer) for tap in taps if isinstance(tap, DoorTap)), None)


# What was tapped.


def _chose(library: Library, tap: Tap, event: Event) -> Step:
    match tap:
        case DoorTap(stage, option, offer) if option in _HELP_BUTTONS:
            return _helped(library, Standing(stage, offer), option)
        case DoorTap() | AgainTap() if not library.terms.open:
            return _closed(library)
        case DoorTap(stage, option, offer):
            return _tapped(library, Standing(stage, offer), option, event)
        case AgainTap(offer=offer):
            ask_anew = renewed(library, Standing(CONSENT, offer))
            return beginning.another(library, tap, event) or Step(None, (question(library, ask_anew),))
        case PlainTap("volgende", link):
            return _next_teller(library, link, event)
        case PlainTap("klaar"):
            return Step(None, (replace(say(library, "HELP.klaar"), clears=True),), over=True)
        case PlainTap(name) if name in clearing.NAMES:
            return clearing.tapped(library, None, tap)
        case PlainTap():
            return withdrawal.tapped(library, None, tap)
        case _:
            return Step(None, accepted=False, notice=say(library, "INV.knop_voorbij"))


def _tapped(library: Library, stand: Standing, option: str, event: Event) -> Step:
    match stand.stage, option:
        case (stage, "ja") if stage in (CONSENT, ALOUD):
            return beginning.agreed(library, stand, event) or _ask_again(library, stand)
        case (stage, "nee") if stage in (CONSENT, ALOUD):
            return _without_story(library, "ALG.nee", stand)
        case _, "uitleg":
            heard = [say(library, HEARD)] if stand.stage in (HELPING, HINTS, ALOUD) else []
            return Step(None, (say(library, "ALG.uitleg"), *heard, question(library, stand)))
        case _, "jong":
            return _without_story(library, "ALG.te_jong", stand)
        case _:
            return _moved(library, stand, option)


def _without_story(library: Library, text_id: str, stand: Standing | None) -> Step:
    """It ends before anything was told. Where somebody helps the next teller may come at once."""
    rows = next_teller(library, stand.offer.link) if stand and stand.stage == ALOUD else ()
    return Step(None, (say(library, text_id, rows=rows),), over=True)


def _moved(library: Library, stand: Standing, option: str) -> Step:
    """From one question before consent to another."""
    match stand.stage, option:
        case (stage, "niet_erbij") if stage == HELPING:
            return Step(None, (say(library, "HELP.niet_erbij"),), over=True)
        case (stage, "samen") if stage == HELPING:
            return Step(None, (question(library, helping(library, stand.offer, HINTS)),))
        case (stage, "eigen") if stage == HELPING:
            return _own_story(library, stand)
        case (stage, "ok") if stage == HINTS:
            return Step(None, (question(library, helping(library, stand.offer, ALOUD)),))
        case (stage, _) if stage == ROLE:
            return _chose_role(library, stand, option)
        case _:
            return _ask_again(library, stand)


def _own_story(library: Library, stand: Standing) -> Step:
    questions = offered_set(library, stand.offer)
    return Step(None, (question(library, consenting(library, questions, stand.offer) if questions else Standing()),))


def _chose_role(library: Library, stand: Standing, role: str) -> Step:
    if role == HELPER:
        return Step(None, (question(library, helping(library, stand.offer)),))
    questions = library.for_role(role)
    if questions is None:
        return _ask_again(library, Standing(ROLE, Offer(link=stand.offer.link)))
    chosen = consenting(library, questions, replace(stand.offer, role=role))
    return Step(None, (question(library, chosen),))


def _next_teller(library: Library, link: str, event: Event) -> Step:
    """The helper goes on with somebody else: a clean slate, and consent of their own.

    A link that works no more is none: the helper hears it, and goes on.
    """
    if not library.terms.open:
        return _closed(library)
    if leads_nowhere(link, event.links):
        entered = _welcome(library, opened(event, link))
        return replace(entered, replies=(replace(entered.replies[0], clears=True), *entered.replies[1:]))
    stand = helping(library, standing(library, link, links=event.links).offer, ALOUD)
    first, *others = (*_trial(library, link, event), question(library, stand))
    return Step(None, (replace(first, clears=True), *others))


def _ask_again(library: Library, stand: Standing) -> Step:
    return Step(None, (question(library, renewed(library, stand)),))


# Commands.


_SAID: Mapping[Command, str] = {Command.PRIVACY: "ALG.uitleg", Command.CONTACT: "ALG.contact", Command.NOW: "CRISIS"}


def _commanded(library: Library, event: Commanded) -> Step:
    stand = _on_screen(event)
    match event.command:
        case Command.START:
            return _welcome(library, as_opened(event))
        case Command.HELP:
            return Step(None, (_help(library, "ALG.hulp", stand or Standing()),))
        case Command.UNKNOWN:
            return Step(None, (_help(library, "INV.onbekend", stand or Standing()),))
        case Command.PRIVACY | Command.CONTACT | Command.NOW:
            return _with_question(library, say(library, _SAID[event.command]), stand)
        case Command.WITHDRAW:
            return withdrawal.begin(library, None, event.rest)
        case Command.ERASE:
            return withdrawal.begin(library, None, "")
        case Command.CLEAR:
            return clearing.ask(library, None)
        case Command.STOP | Command.PAUSE:
            return Step(None, (say(library, _LATER),))
        case _:
            return Step(None, (question(library, stand or Standing()),))


def _with_question(library: Library, reply: Reply, stand: Standing | None) -> Step:
    """After an explanation the question that stood open comes back, where there was one."""
    return Step(None, (reply, question(library, stand)) if stand and library.terms.open else (reply,))


def _help(library: Library, text_id: str, stand: Standing) -> Reply:
    text = library.text("ALG.hulp")
    buttons = {name: text.buttons[name] for name in _HELP_BUTTONS}
    return say(library, text_id, rows=rows(stand, buttons, text.words))


def _helped(library: Library, stand: Standing, option: str) -> Step:
    """Out of help the question that stood open comes back; who wants a human being first hears whom to call.

    Also when the study is over somebody may be in need.
    """
    said = {"mens": "ALG.contact", "nood": "CRISIS"}.get(option)
    if said is None:
        return Step(None, (question(library, stand),)) if library.terms.open else _closed(library)
    return _with_question(library, say(library, said), stand)
