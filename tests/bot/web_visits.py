"""A web chat over a database, and what somebody with a browser does and hears there; checks nothing."""

import re
from dataclasses import dataclass

from bot.intake import Intake
from storage import interviews
from storage.addresses import Address
from storage.opening import open_database
from storage.schema import match_keys, migrate
from storage.secrets import KeyRing
from tests.bot.browser import Answer, Browser
from tests.bot.story import LINK, STORY
from tests.talk.world import Clock, library

NOT_KEPT = "Uw laatste bericht heb ik niet."
THANKS = "U mag nog meer vertellen."
CODE = re.compile(r"Uw code is: (\S+)")


@dataclass
class Neighbourhood:
    """A web chat, its database (by URL) and somebody who visits it."""

    url: str
    keys: KeyRing
    port: int
    clock: Clock

    async def open(self) -> Intake:
        """The corridor of a program that has just started."""
        opened = await open_database(self.url)
        await migrate(opened)
        await match_keys(opened, self.keys)
        return Intake(opened, self.keys, library(), clock=self.clock)


async def agreed(visitor: Browser) -> Answer:
    """Comes in by a link and says yes."""
    await visitor.get(f"/v/{LINK}")
    return await visitor.tap("✅ Ja, ik doe mee")


async def told(visitor: Browser) -> Answer:
    """Tells the whole story; the page with the receipt."""
    found = await visitor.get(f"/v/{LINK}")
    for move in STORY[1:]:
        found = await (visitor.tap(move.words) if move.taps else visitor.say(move.words))
    return found


def heard(found: Answer) -> str:
    """All that the chat says on a page."""
    return "\n".join(said.words for said in found.page.spoken if not said.mine)


async def pieces(intake: Intake, address: Address) -> list[str]:
    """The parts of the story in a draft, as they are kept."""
    async with intake.database.reading() as work:
        draft = await interviews.load(work, intake.keys, address)
    return [part.text for part in draft.answer("verhaal").parts] if draft else []
