"""The links of a turn: what they stand for, that somebody came by one, that too many began; part of the corridor."""

import logging
from dataclasses import replace

from bot.bursts import Bursts
from dialogs.daytime import date_of
from dialogs.events import Event
from dialogs.interview import Interview
from dialogs.links import Link, is_code
from dialogs.naming import codes, way_in
from storage import links, tallies
from storage.database import Work
from storage.tallies import Kind, Mode, Tally

log = logging.getLogger(__name__)


async def knowing(work: Work, interview: Interview | None, event: Event) -> Event:
    """The event with what is known of the links that it is about; that somebody came by one is counted."""
    named = codes(interview, event)
    if not named:
        return event
    known = replace(event, links=await links.known(work, named, event.at))
    await _count(work, known)
    return known


async def _count(work: Work, event: Event) -> None:
    """One row is written for each code that somebody comes by, whatever it leads to, so that all take as long."""
    code = way_in(event)
    if not code:
        return
    found = event.links.get(code)
    place = found.place if found else ""
    await tallies.add(work, [Tally(date_of(event.at), place, Mode.NONE, _kind(found))])


def _kind(found: Link | None) -> Kind:
    if found is None:
        return Kind.STRANGE
    if found.test:
        return Kind.TEST
    return Kind.OPENED if found.works else Kind.STALE


async def note_beginning(work: Work, bursts: Bursts, begun: Interview) -> None:
    """That somebody began by a link; of too many at once the link stands still. Only looking at a page is no burst.

    A helper of a visit has tellers after each other, and of a code that somebody typed by hand there is no link.
    """
    code = begun.link or ""
    if is_code(code) and not begun.visit and bursts.note(code) and await links.pause(work, code, links.Pause.BURST):
        log.warning("ALARM: te veel mensen tegelijk met één link; ik heb hem stilgezet. Kijk op /team of bij de links")
