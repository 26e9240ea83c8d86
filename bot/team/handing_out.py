"""What a link is handed out as: pictures of its code, sheets, a message; knows no request and no database."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.handouts import qr, sheets
from bot.handouts.handout import Handout
from bot.handouts.message import to_forward
from bot.handouts.paper import paper
from bot.staff.addresses import Addresses
from bot.staff.papers import Printed
from dialogs.texts import Texts
from storage.links import Made

PDF = "application/pdf"


@dataclass(frozen=True)
class Sheet:
    """One of the things: what browsers call its kind, and how it is made. That takes a while, so it is for a thread."""

    kind: str
    made: Callable[[Handout, Texts], bytes]


SHEETS: Mapping[str, Sheet] = {
    "qr.png": Sheet("image/png", lambda handout, _texts: qr.png(handout.web)),
    "qr.svg": Sheet("image/svg+xml", lambda handout, _texts: qr.svg(handout.web)),
    "poster.pdf": Sheet(PDF, sheets.poster),
    "tafelkaart.pdf": Sheet(PDF, sheets.table_card),
    "kaartjes.pdf": Sheet(PDF, sheets.business_cards),
}
"""By the name that stands in the address."""


@dataclass(frozen=True)
class HandingOut:
    """In the words of `texts`, for the study of an `organisation` ("" where that is not to be said)."""

    texts: Texts
    addresses: Addresses
    organisation: str = ""

    def handout(self, link: Made) -> Handout:
        """A link as it stands on a sheet."""
        return Handout(
            self.addresses.in_browser(link.code),
            self.addresses.in_telegram(link.code),
            place=link.place,
            test=link.test,
            organisation=self.organisation,
        )

    def message(self, link: Made) -> str:
        """A message to send to somebody."""
        return to_forward(self.handout(link), self.texts)

    def paper(self, printed: Printed, handout: Handout) -> bytes:
        """Forms to be printed, as PDF. It takes a while too."""
        return paper(printed.questions, self.texts, handout, link=printed.link, receipts=printed.receipts)
