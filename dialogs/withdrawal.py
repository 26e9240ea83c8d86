"""Reading a story back and taking it away with its receipt; knows no storage: it asks for a look-up and is told."""

from dialogs.events import Looked
from dialogs.interview import Interview
from dialogs.library import Library
from dialogs.prompt import prompt, reading, say
from dialogs.receipts import is_receipt, may_be_receipt, normal_receipt
from dialogs.replies import Button, PlainTap, Purpose, ReceiptRequest, Reply, Step, column

_CLOSING = {"nee": "ALG.laten_staan", "kwijt": "ALG.code_kwijt", "klaar": "HELP.klaar"}
HELD = "ALG.code_wacht"

_PURPOSES = {purpose.value: purpose for purpose in (Purpose.READ, Purpose.WITHDRAW)}


def begin(library: Library, interview: Interview | None, rest: str) -> Step:
    """/verwijderen: with a receipt behind it that one is looked up, else it is asked for."""
    if may_be_receipt(rest):
        return look_up(interview, rest)
    return Step(interview, (ask(library),))


def ask(library: Library) -> Reply:
    """Asks for the receipt."""
    return _with_lost(library, "ALG.verwijderen")


def look_up(interview: Interview | None, typed: str) -> Step:
    """Wants a typed receipt looked up. What cannot be one is looked up too, so that both take the same time."""
    receipt = normal_receipt(typed) if is_receipt(typed) else ""
    return Step(interview, request=ReceiptRequest(receipt, Purpose.ASK))


def tapped(library: Library, interview: Interview | None, tap: PlainTap) -> Step:
    """A button of this conversation or of the thanks: read first, take away, leave, lost the receipt, or done."""
    if tap.name in _PURPOSES:
        return Step(interview, request=ReceiptRequest(tap.rest, _PURPOSES[tap.name]))
    if tap.name == "weg":
        return Step(interview, (ask(library),))
    if tap.name in _CLOSING:
        return _closed(library, interview, _CLOSING[tap.name])
    return Step(interview, accepted=False, notice=say(library, "INV.oude_knop"))


def tell(library: Library, looked: Looked) -> tuple[Reply, ...]:
    """What is said when a look-up is done; after too many wrong codes the same for every code."""
    if looked.held:
        return (_with_lost(library, HELD),)
    if looked.found is None:
        return (_with_lost(library, "ALG.code_fout"),)
    match looked.request.purpose:
        case Purpose.WITHDRAW:
            return (say(library, "ALG.verwijderd"),)
        case Purpose.READ:
            read = say(library, "ALG.inzage", reading(library.of(looked.found), looked.found))
            return read, _sure(library, looked.request.receipt, looked.found)
        case Purpose.ASK:
            return (_sure(library, looked.request.receipt, looked.found),)


def _closed(library: Library, interview: Interview | None, text_id: str) -> Step:
    """The last word of this conversation; where a draft is open, its question comes back."""
    if interview is None:
        return Step(None, (say(library, text_id),))
    back = interview.asking(None)
    return Step(back, (say(library, text_id), prompt(library, back)))


def _with_lost(library: Library, text_id: str) -> Reply:
    text = library.text(text_id)
    button = Button(text.buttons["kwijt"], PlainTap("kwijt"), text.words.get("kwijt", ()))
    return say(library, text_id, rows=((button,),))


def _sure(library: Library, receipt: str, found: Interview) -> Reply:
    text = library.text("ALG.verwijderen.zeker")
    title = reading(library.of(found), found)["titel"] or library.text("ALG.zonder_titel").text
    rows = column(text.buttons, text.words, lambda name: PlainTap(name, receipt))
    return say(library, text.id, {"titel": title}, rows)
