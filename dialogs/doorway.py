"""Before consent: welcome, who are you, do you take part. Knows no interview: what it needs travels in the buttons.

Nothing that is said here is kept or said back. The stages are ROLE (only where the link does not tell it) and CONSENT;
"ja" to exactly the words that stand in the texts now makes an interview, everything else makes none.
"""

import re
from collections.abc import Mapping
from dataclasses import replace

from dialogs import withdrawal
from dialogs.events import Chosen, Command, Commanded, Edited, Event, Looked, Opened, Said, Showed
from dialogs.interview import Consent, Interview
from dialogs.library import Library
from dialogs.prompt import prompt, say
from dialogs.questions import QuestionSet
from dialogs.receipts import is_receipt
from dialogs.replies import Button, DoorTap, Offer, PlainTap, Reply, Step, Tap
from dialogs.taps import LINK_LIMIT
from dialogs.texts import fingerprint
from dialogs.understand import choose, choose_firmly, slashed, spoken

ROLE = "r"
CONSENT = "t"
GREETING = 3
"""Words in a message that is a greeting; a longer one before consent may be a story, and is owed an explanation."""

_HELP_BUTTONS = ("verder", "mens")
_LINK = re.compile(rf"[A-Za-z0-9_-]{{1,{LINK_LIMIT}}}", re.ASCII)


def enter(library: Library, event: Event) -> Step:
    """What is said to somebody who has no interview. The step holds one only after "ja"."""
    match event:
        case Opened():
            return _welcome(library, event)
        case Said():
            return _said(library, event)
        case Commanded():
            return _commanded(library, event)
        case Chosen(tap=DoorTap() as tap):
            return _tapped(library, tap, event)
        case Chosen(tap=PlainTap() as tap):
            return _plain(library, tap, event)
        case Looked():
            return Step(None, withdrawal.tell(library, event))
        case Showed():
            return Step(None, (say(library, event.text_id),))
        case Edited():
            return Step(None, (say(library, "INV.al_verstuurd"),))
        case _:
            return Step(None, accepted=False, notice=say(library, "INV.oude_knop"))


def offered(library: Library, opened: Opened) -> Offer:
    """What a link offers: its letter names a set; a link that cannot be a code is as good as none."""
    link = opened.link if is_link(opened.link) else ""
    letter = link[0] if re.match(r"[a-z]-", link) else ""
    questions = library.newest(opened.question_set) or library.lettered(letter)
    return _of(library, questions, Offer(link=link)) if questions else Offer(link=link)


def is_link(typed: str) -> bool:
    """Whether this can be the code of a link, so that it fits on a button."""
    return bool(_LINK.fullmatch(typed))


def _welcome(library: Library, opened: Opened) -> Step:
    return Step(None, (say(library, "ALG.welkom"), _question(library, offered(library, opened))))


def _said(library: Library, event: Said) -> Step:
    button = _meant(event)
    if button:
        return enter(library, Chosen(at=event.at, channel=event.channel, fresh=event.fresh, tap=button.tap))
    command = slashed(event.text) or _word(event.text)
    if command:
        return _commanded(library, as_command(event, *command))
    if _is_meant_as_receipt(event):
        return withdrawal.look_up(None, event.text)
    return _unasked(library, event)


def _meant(event: Said) -> Button | None:
    """Consent and withdrawal must be named; who somebody is, and a no, may be said in any words."""
    found = choose(event.text, event.screen)
    return found if found and _may_be_guessed(found.tap) else choose_firmly(event.text, event.screen)


def _may_be_guessed(tap: Tap) -> bool:
    if isinstance(tap, DoorTap):
        return tap.stage == ROLE or tap.option == "nee"
    return isinstance(tap, PlainTap) and tap.name == "nee"


def _is_meant_as_receipt(event: Said) -> bool:
    """Whatever can be one; where one was asked for, any few words."""
    asked = any(button.tap == PlainTap("kwijt") for button in event.screen)
    return is_receipt(event.text) or (asked and len(event.text.split()) <= GREETING)


def _word(text: str) -> tuple[Command, str] | None:
    command = spoken(text, among_words=False)
    return (command, "") if command else None


def as_command(event: Said, command: Command, rest: str) -> Commanded:
    """What was said, understood as a command."""
    at, channel, fresh = event.at, event.channel, event.fresh
    return Commanded(at=at, channel=channel, fresh=fresh, command=command, rest=rest, screen=event.screen)


def _unasked(library: Library, event: Said) -> Step:
    """Words before consent. They may be a story, so they are owed a word about what becomes of them."""
    offer = _on_screen(event)
    if offer:
        return Step(None, (say(library, "ALG.eerst_ja"), _question(library, offer)))
    step = _welcome(library, Opened(at=event.at, channel=event.channel, fresh=event.fresh))
    if len(event.text.split()) <= GREETING:
        return step
    welcome, question = step.replies
    return replace(step, replies=(welcome, say(library, "ALG.eerst_ja"), question))


def _on_screen(event: Said | Commanded) -> Offer | None:
    return next((button.tap.offer for button in event.screen if isinstance(button.tap, DoorTap)), None)


def _tapped(library: Library, tap: DoorTap, event: Event) -> Step:
    if tap.option in _HELP_BUTTONS:
        return _helped(library, tap)
    if tap.stage == ROLE:
        return _chose_role(library, tap)
    return _CONSENTS.get(tap.option, _ask_again)(library, tap.offer, event)


def _chose_role(library: Library, tap: DoorTap) -> Step:
    questions = library.for_role(tap.option)
    if questions is None:
        return _ask_again(library, replace(tap.offer, letter=""), None)
    offer = _of(library, questions, replace(tap.offer, role=tap.option))
    return Step(None, (_question(library, offer),))


def _agreed(library: Library, offer: Offer, event: Event) -> Step:
    """ "Ja" counts for the words that were on the screen; have they changed since, they are shown again."""
    questions = _offered_set(library, offer)
    fits = questions is not None and (not offer.role or offer.role in questions.roles)
    if questions is None or not fits or offer != _of(library, questions, offer):
        return _ask_again(library, offer, event)
    interview = Interview(
        id=event.fresh.interview,
        teller=event.fresh.teller,
        question_set=questions.id,
        version=questions.version,
        channel=event.channel,
        consent=Consent(questions.consent, offer.fingerprint, event.at),
        link=offer.link or None,
        role=offer.role or (questions.roles[0] if len(questions.roles) == 1 else None),
    )
    return Step(interview, (prompt(library, interview),))


def _refused(library: Library, offer: Offer, event: Event) -> Step:
    return Step(None, (say(library, "ALG.nee"),), over=True)


def _too_young(library: Library, offer: Offer, event: Event) -> Step:
    return Step(None, (say(library, "ALG.te_jong"),), over=True)


def _explained(library: Library, offer: Offer, event: Event) -> Step:
    return Step(None, (say(library, "ALG.uitleg"), _question(library, offer)))


def _ask_again(library: Library, offer: Offer, event: Event | None) -> Step:
    questions = library.lettered(offer.letter)
    renewed = _of(library, questions, offer) if questions else Offer(link=offer.link)
    return Step(None, (_question(library, renewed),))


_CONSENTS = {"ja": _agreed, "nee": _refused, "uitleg": _explained, "jong": _too_young}


def _commanded(library: Library, event: Commanded) -> Step:
    offer = _on_screen(event)
    match event.command:
        case Command.START:
            return _welcome(library, as_opened(event))
        case Command.HELP:
            return Step(None, (_help(library, offer or Offer()),))
        case Command.PRIVACY:
            return _with_question(library, say(library, "ALG.uitleg"), offer)
        case Command.CONTACT:
            return _with_question(library, say(library, "ALG.contact"), offer)
        case Command.WITHDRAW:
            return withdrawal.begin(library, None, event.rest)
        case Command.UNKNOWN:
            return Step(None, (say(library, "INV.onbekend"),))
        case Command.STOP | Command.PAUSE:
            return Step(None, (say(library, "ALG.geen_concept"),))
        case _:
            return Step(None, (_question(library, offer or Offer()),))


def as_opened(event: Commanded) -> Opened:
    """/start with what stands behind it is coming in by a link."""
    return Opened(at=event.at, channel=event.channel, fresh=event.fresh, link=event.rest)


def _plain(library: Library, tap: PlainTap, event: Event) -> Step:
    match tap.name:
        case "nog":
            opened = Opened(at=event.at, channel=event.channel, fresh=event.fresh, link=tap.rest)
            return _welcome(library, opened)
        case _:
            return withdrawal.tapped(library, None, tap)


def _with_question(library: Library, reply: Reply, offer: Offer | None) -> Step:
    """After an explanation the question that stood open comes back, where there was one."""
    return Step(None, (reply, _question(library, offer)) if offer else (reply,))


def _help(library: Library, offer: Offer) -> Reply:
    text = library.text("ALG.hulp")
    stage = CONSENT if offer.letter else ROLE
    buttons = {name: text.buttons[name] for name in _HELP_BUTTONS}
    return say(library, text.id, rows=_rows(stage, offer, buttons, text.words))


def _helped(library: Library, tap: DoorTap) -> Step:
    """Out of help the question that stood open comes back; who wants a human being first hears whom to call."""
    question = _question(library, tap.offer)
    return Step(None, (say(library, "ALG.contact"), question) if tap.option == "mens" else (question,))


def _question(library: Library, offer: Offer) -> Reply:
    """The role or the consent, whichever is to be asked, with everything that is known in its buttons."""
    text = library.text(_text_id(library, offer))
    stage = CONSENT if offer.letter else ROLE
    return Reply(text.id, text.text, rows=_rows(stage, offer, text.buttons, text.words))


def _rows(
    stage: str, offer: Offer, labels: Mapping[str, str], words: Mapping[str, tuple[str, ...]]
) -> tuple[tuple[Button, ...], ...]:
    taps = ((slug, label, DoorTap(stage, slug, offer)) for slug, label in labels.items())
    return tuple((Button(label, tap, words.get(slug, ())),) for slug, label, tap in taps)


def _text_id(library: Library, offer: Offer) -> str:
    questions = _offered_set(library, offer)
    return questions.consent if questions else "ALG.rol"


def _offered_set(library: Library, offer: Offer) -> QuestionSet | None:
    versions = (item for item in library.sets.values() if item.letter == offer.letter)
    return next((item for item in versions if item.version == offer.version), None)


def _of(library: Library, questions: QuestionSet, offer: Offer) -> Offer:
    shown = fingerprint(library.text(questions.consent).text)
    return replace(offer, letter=questions.letter, version=questions.version, fingerprint=shown)
