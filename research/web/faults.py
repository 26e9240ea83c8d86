"""What went wrong with an export, as the pages say it; the terminal names options, commands and paths of its own."""

from research.faults import MayNotLeave, TooFewTellers, UsageFault

OURS = "Er ging iets mis bij ons. Er is niets uitgegeven. Probeer het nog een keer, of vraag de beheerder."

_MAY_NOT_LEAVE = (
    "In een verhaal staat misschien nog iets wat niet weg mag. Er is niets uitgegeven."
    " Kijk het verhaal nog een keer na, en maak dan een nieuw bestand."
)
_TOO_FEW = (
    "Met deze keuze zijn er te weinig vertellers, en dan is te weten wie zij zijn. Er is niets uitgegeven."
    " Laat het stadsdeel, de link of de taal weg, of kies een andere vragenlijst."
)


def said(fault: Exception) -> str:
    """A fault in words for whoever asked on a page."""
    match fault:
        case MayNotLeave():
            return _MAY_NOT_LEAVE
        case TooFewTellers():
            return _TOO_FEW
        case UsageFault():
            return str(fault)
        case _:
            return OURS
