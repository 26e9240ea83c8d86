"""What staff are told in a chat: texts of group STAF with what goes into them; pure, and decides nothing."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.outgoing import Outgoing
from bot.staff.addresses import Addresses
from bot.staff.handing_out import is_hung_up
from bot.telegram.staff_asks import Chose, Stage, Word
from counting.numbers import Seen
from counting.places import districts
from dialogs.daytime import AMSTERDAM
from dialogs.library import Library
from dialogs.offers import HELPED_ROLE
from dialogs.taps import encode
from disclosure.tables import as_of, legend, written
from pages.permissions import Action, may
from storage.links import Made
from storage.staff import Person, Session

NEEDED: dict[Word, Action | None] = {Word.LINK: Action.MAKE_LINK, Word.NUMBERS: Action.NUMBERS, Word.OUT: None}
"""What somebody must be allowed to do for each command; whoever is signed in may sign out."""

_HELPED = "_helper"
"""What the button of a set ends with that a helper reads aloud; the rest is the id of the set."""


def may_ask(person: Person | None, word: Word) -> bool:
    """Whether this command is one that they know."""
    needed = NEEDED[word]
    return person is not None and (needed is None or may(person, needed))


def welcome(library: Library, session: Session) -> Outgoing:
    """Until when they are signed in, and what they can ask."""
    commands = {word.value: f"/{word}" if may_ask(session.person, word) else None for word in Word}
    return _said(library, "STAF.welkom", tot=_hour(session.until), **commands)


def goodbye(library: Library) -> Outgoing:
    """They are signed out."""
    return _said(library, "STAF.uit")


def for_whom(library: Library) -> Outgoing:
    """For whom a link is: each question set that has a button here, and the same with a helper."""
    labels = library.text("STAF.link").buttons
    buttons = [(label, chosen) for slug, label in labels.items() if (chosen := _who(library, slug))]
    return _asked(library, "STAF.link", buttons)


def where(library: Library, chosen: Chose) -> Outgoing | None:
    """In which district its place is; None where the set has none to choose."""
    questions = library.lettered(chosen.letter)
    options = districts(questions) if questions else ()
    if not options:
        return None
    everywhere = library.text("STAF.link.waar").buttons["stad"]
    labels = {option.label: option.id for option in options}
    labels.setdefault(everywhere, "")
    buttons = [(label, replace(chosen, stage=Stage.WHERE, district=option)) for label, option in labels.items()]
    return _asked(library, "STAF.link.waar", buttons)


def in_which_part(library: Library, chosen: Chose) -> Outgoing | None:
    """In which area of the district its place is; None where it has none to choose."""
    areas = library.areas.within(chosen.district)
    if not areas:
        return None
    whole = library.text("STAF.link.gebied").buttons["heel"]
    labels = [*((area.label, area.id) for area in areas), (whole, chosen.district)]
    buttons = [(label, replace(chosen, stage=Stage.PART, district=place)) for label, place in labels]
    return _asked(library, "STAF.link.gebied", buttons)


def how_named(library: Library, chosen: Chose) -> Outgoing:
    """What its place is called."""
    label = library.text("STAF.link.naam").buttons["overslaan"]
    return _asked(library, "STAF.link.naam", [(label, replace(chosen, stage=Stage.UNNAMED))])


def unfit(faults: Sequence[str]) -> Outgoing:
    """What is wrong with what they asked."""
    return Outgoing("{fout}", {"fout": "\n".join(faults)})


def made(library: Library, addresses: Addresses, link: Made) -> tuple[Outgoing, ...]:
    """A link that was made: where it leads, what to do with it, its QR code, and a message to forward where one may."""
    web, telegram = addresses.in_browser(link.code), addresses.in_telegram(link.code)
    adres, _ = addresses.to_hand_out(link.code)
    to_do = library.text("STAF.link.ophangen" if is_hung_up(link) else "STAF.link.helper").text
    where = {"plek": link.place or None, "web": web or None, "telegram": telegram or None, "doen": to_do}
    picture = replace(_said(library, "STAF.link.qr", adres=adres), qr=adres)
    ready = _said(library, "STAF.link.klaar", **where)
    if not is_hung_up(link):
        return ready, picture
    return ready, picture, _said(library, "STAF.link.stuur"), _said(library, "UIT.bericht", adres=adres)


def numbers(library: Library, seen: Seen) -> Outgoing:
    """How many stories there are, also of the last week of the board, how many stopped, and which links stand still."""
    board = seen.board
    week = board.weeks[-1].sent if board.weeks else None
    shown = {
        "week": week,
        "totaal": board.total.sent,
        "open": board.total.unsent,
        "verhaal": board.total.story,
        "daarna": board.total.after,
    }
    numbers = {name: written(count) for name, count in shown.items()}
    still = ", ".join(seen.alarms) or None
    stops = ", ".join(f"{stop.question} {stop.amount}" for stop in board.stopped) or None
    return _said(library, "STAF.cijfers", stil=still, bij=stops, stand=as_of(board), streep=legend(board), **numbers)


def _who(library: Library, slug: str) -> Chose | None:
    questions = library.newest(slug.removesuffix(_HELPED))
    helped = slug.endswith(_HELPED)
    if questions is None or (helped and HELPED_ROLE not in questions.roles):
        return None
    return Chose(Stage.WHO, questions.letter, helped)


def _said(library: Library, text_id: str, **values: str | None) -> Outgoing:
    return Outgoing(library.text(text_id).text, values)


def _asked(library: Library, text_id: str, buttons: Sequence[tuple[str, Chose]]) -> Outgoing:
    text = library.text(text_id)
    shown = [(label, encode(chose.tap)) for label, chose in buttons]
    rows = tuple(tuple(shown[at : at + text.columns]) for at in range(0, len(shown), text.columns))
    return Outgoing(text.text, rows=rows)


def _hour(at: datetime) -> str:
    return at.astimezone(AMSTERDAM).strftime("%H.%M uur")
