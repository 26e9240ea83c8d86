"""What a link is handed out as: pictures of its code, sheets, a message; knows no request and no database."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
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

_TYPESETTER = ThreadPoolExecutor(max_workers=1, thread_name_prefix="typesetter")
"""One sheet at a time, of all faces together: twenty forms take 300 MB and seconds of a processor. Whoever stopped
waiting for one that is being made holds up the next all the same, which a lock around the waiting would not see."""


@dataclass(frozen=True)
class Sheet:
    """One of the things: what browsers call its kind, and how it is made."""

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

    async def sheet(self, link: Made, sheet: Sheet) -> bytes:
        """One of the things to hand out."""
        return await _made(lambda: sheet.made(self.handout(link), self.texts))

    async def everything(self, link: Made) -> AsyncIterator[tuple[str, bytes]]:
        """All sheets of a link and its message, each with a name for its file."""
        for name, sheet in sheets_of(link).items():
            yield name, await self.sheet(link, sheet)
        if is_hung_up(link):
            yield "bericht.txt", f"{self.message(link)}\n".encode()

    async def paper(self, printed: Printed, link: Made | None) -> bytes:
        """Forms to be printed, as PDF, for the place of a link or for none."""
        at_home = Handout(self.addresses.home, organisation=self.organisation)
        handout = self.handout(link) if link else at_home
        asked = (printed.questions, self.texts, handout)
        return await _made(lambda: paper(*asked, link=printed.link, copies=printed.copies))


async def _made(make: Callable[[], bytes]) -> bytes:
    """What `make` gives, in its turn, while others are answered."""
    return await asyncio.get_running_loop().run_in_executor(_TYPESETTER, make)
