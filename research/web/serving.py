"""The pages for researchers as they run: the port and the desk behind it, until the program is told to end."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from itertools import count

from counting.numbers import Numbers, by_chance
from pages.app import web_app
from pages.serving import listening, serving
from pages.session import Cookie
from pages.signing_in import SigningIn
from research.opening import opened, question_sets
from research.settings import Settings
from research.web.desk import Desk
from research.web.jobs import Jobs
from research.web.routes import COOKIE, Research
from storage.database import Database
from storage.faults import StorageFault
from storage.secrets import LOOK_SECONDS, KeyRing
from storage.staff import Role

PATIENCE = 5.0
"""Seconds in which an export that is being made ends when the program does."""

DOOR = frozenset({Role.RESEARCHER})
"""Who comes in here; staff have pages of their own."""

RECALLING = 60
"""So many times the key file is looked at between two looks at what was taken back, which takes a while to find."""

OPEN_TO_ALL = "research.public_url: van buiten komt men hier zonder https. Zet er een programma voor dat https doet."

log = logging.getLogger(__name__)


def now() -> datetime:
    """The time in UTC."""
    return datetime.now(UTC)


async def serve(settings: Settings, stop: asyncio.Event) -> None:
    """Serves the pages until `stop`. Raises `SettingsFault` where the port cannot be had, `ResearchFault` otherwise."""
    if not (settings.research.is_secure or settings.research.is_of_this_machine):
        log.warning(OPEN_TO_ALL)
    async with opened(settings.storage, read_only=False) as (database, keys):
        jobs = Jobs(settings.research.folder, now)
        port = listening(settings.research, "research")
        jobs.prepare()
        desk = desk_over(database, keys, settings, jobs)
        cookie = Cookie(COOKIE, settings.research.is_secure, led=True)
        research = Research(desk, cookie, settings.research.proxies)
        try:
            async with serving(web_app(research.routes, research.elsewhere), port):
                log.info("de pagina's voor onderzoekers staan op %s (Ctrl-C stopt)", settings.research.address)
                await look_after(research, stop)
        finally:
            await jobs.end(PATIENCE)


def desk_over(
    database: Database, keys: KeyRing, settings: Settings, jobs: Jobs, clock: Callable[[], datetime] = now
) -> Desk:
    """The desk of a program over an open database."""
    library = question_sets()
    numbers = Numbers(database, keys, library, clock, by_chance(keys))
    signing_in = SigningIn(database, keys, clock, door=DOOR)
    return Desk(database, keys, library, clock, signing_in, numbers, jobs, settings.storage)


async def look_after(research: Research, stop: asyncio.Event) -> None:
    """What may wait no longer goes, and what was open in a browser of nobody; each change of the key file is seen.

    Also while nobody asks for anything.
    """
    for turn in count():
        if stop.is_set():
            return
        research.desk.jobs.sweep()
        research.desk.keys.look()
        # Where the database does not answer now, it is asked again in a moment.
        with suppress(StorageFault):
            await research.look_after()
        if turn % RECALLING == 0:
            await _recall(research.desk)
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), LOOK_SECONDS)


async def _recall(desk: Desk) -> None:
    try:
        await desk.recall()
    except StorageFault as fault:
        log.warning("of er een verhaal is teruggenomen, is nu niet te zien: %s", fault)
