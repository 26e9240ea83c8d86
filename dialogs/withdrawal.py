"""Reading a story back and taking it away with its receipt; knows no storage: it asks for a look-up and is told."""

from dataclasses import replace

from dialogs.events import Looked
from dialogs.interview import Interview
from dialogs.library import Library
from dialogs.prompt import reading, say
from dialogs.receipts import is_receipt, normal_receipt
from dialogs.replies import Button, PlainTap, Purpose, ReceiptRequest, Reply, Step

_PURPOSES = {purpose.value: purpose for purpose in (Purpose.READ, Purpose.WITHDRAW)}


def begin(library: Library, interview: Interview | None, rest: str) -> Step:
    """/verwijderen: with a receipt behind it that one is looked up, else it is asked for."""
    if rest:
        return look_up(interview, rest)
    return Step(interview, (ask(library),))


def ask(library: Library) -> Reply:
    """Asks for the receipt."""
    labels = library.text("ALG.verwijderen").buttons
    return say(library, "ALG.verwijderen", rows=((Button(labels["kwijt"], PlainTap("kwijt")),),))


def look_up(interview: Interview | None, typed: str) -> Step:
    """Wants a typed receipt looked up. What cannot be one is looked up too, so that both take the same time."""
    receipt = normal_receipt(typed) if is_receipt(typed) else ""
    return Step(interview, request=ReceiptRequest(receipt, Purpose.ASK))


def tapped(library: Library, interview: Interview | None, tap: PlainTap) -> Step:
    """A button of this conversation: read first, take away, leave, or the receipt is lost."""
    if tap.name in _PURPOSES:
        return Step(interview, request=ReceiptRequest(tap.rest, _PURPOSES[tap.name]))
    if tap.name == "weg":
        return Step(interview, (ask(library),))
    if tap.name == "nee":
        return Step(interview, (say(library, "ALG.laten_staan"),))
    if tap.name == "kwijt":
        return Step(interview, (say(library, "ALG.code_kwijt"),))
    return Step(interview, accepted=False, notice=say(library, "INV.oude_knop"))


def tell(library: Library, looked: Looked) -> tuple[Reply, ...]:
    """What is said when a look-up is done."""
    if looked.found is None:
        return (_not_found(library),)
    match looked.request.purpose:
        case Purpose.WITHDRAW:
            return (say(library, "ALG.verwijderd"),)
        case Purpose.READ:
            read = say(library, "ALG.inzage", reading(library.of(looked.found), looked.found))
            return read, _sure(library, looked.request.receipt, looked.found)
        case Purpose.ASK:
            return (_sure(library, looked.request.receipt, looked.found),)


def _not_found(library: Library) -> Reply:
    labels = library.text("ALG.code_fout").buttons
    return say(library, "ALG.code_fout", rows=((Button(labels["kwijt"], PlainTap("kwijt")),),))


def _sure(library: Library, receipt: str, found: Interview) -> Reply:
    text = library.text("ALG.verwijderen.zeker")
    title = reading(library.of(found), found)["titel"] or library.text("ALG.zonder_titel").text
    taps = ((name, Button(label, PlainTap(name, receipt))) for name, label in text.buttons.items())
    rows = tuple((replace(button, words=text.words.get(name, ())),) for name, button in taps)
    return say(library, text.id, {"titel": title}, rows)
