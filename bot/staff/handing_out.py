"""What a link is handed out as: pictures of its code, sheets, a message; knows no request and no database."""

from collections.abc import Callable, Iterator, Mapping
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

HUNG_UP = frozenset({"poster.pdf", "tafelkaart.pdf", "kaartjes.pdf"})
"""Those that hang or lie where anybody takes the address along."""


def is_hung_up(link: Made) -> bool:
    """Whether residents come by a link on their own: by that for a helper they never do, so nobody is to find it."""
    return not link.helped


def sheets_of(link: Made) -> Mapping[str, Sheet]:
    """What is made for this link."""
    return {name: sheet for name, sheet in SHEETS.items() if is_hung_up(link) or name not in HUNG_UP}


@dataclass(frozen=True)
class HandingOut:
    """In the words of `texts`, for the study of an `organisation` ("" where that is not to be said)."""

    texts: Texts
    addresses: Addresses
    organisation: str = ""

    def handout(self, link: Made) -> Handout:
        """A link as it stands on a sheet."""
        return Handout(
            *self.addresses.to_hand_out(link.code),
            place=link.place,
            test=link.test,
            organisation=self.organisation,
        )

    def message(self, link: Made) -> str:
        """A message to send to somebody."""
        return to_forward(self.handout(link), self.texts)

    def everything(self, link: Made) -> Iterator[tuple[str, bytes]]:
        """All sheets of a link and its message, each with a name for its file."""
        handout = self.handout(link)
        for name, sheet in sheets_of(link).items():
            yield name, sheet.made(handout, self.texts)
        if is_hung_up(link):
            yield "bericht.txt", f"{self.message(link)}\n".encode()

    def paper(self, printed: Printed, link: Made | None) -> bytes:
        """Forms to be printed, as PDF, for the place of a link or for none. It takes a while too."""
        at_home = Handout(self.addresses.web or f"https://{self.addresses.bot}", organisation=self.organisation)
        handout = self.handout(link) if link else at_home
        return paper(printed.questions, self.texts, handout, link=printed.link, receipts=printed.receipts)
