"""Work that no turn waits for, every minute or hour and at the end: what is over its time goes, and goes for good."""

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from bot.durations import Span
from bot.erasing import Remembering
from bot.intake import Intake
from bot.receipts import HOUR
from bot.resting import stopped
from bot.staff.papers import KEPT
from dialogs.daytime import date_of
from pages.signing_in import REMEMBERED
from storage import deliveries, interviews, links, messages, papers, staff, stories, turns, wrong_codes
from storage.faults import DatabaseGone

SECONDS = 60.0
"""A story that was withdrawn is gone from the files within this time, unless tidying takes more than a second."""

SEEN_DAYS = 7
"""Telegram offers an update for a day; longer ago nothing comes twice."""

WAITING_DAYS = 32
"""Longer than any draft is kept: what is said of one is never gone before the draft. Whom a reply did not reach by then
it never will: their channel was turned off, or was a terminal that was closed."""

DRAFTS_AT_ONCE = 1_000
"""Drafts that are looked at in one minute; the others follow in the next."""

STORIES_AT_ONCE = 100

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Upkeep:
    """What is looked after beside conversations: how long stories stay (None: for ever), the list of what is gone."""

    stories: Span | None = None
    remembering: Remembering | None = None


NOTHING_MORE = Upkeep()


async def keep_house(
    intake: Intake,
    stop: asyncio.Event,
    upkeep: Upkeep = NOTHING_MORE,
    seconds: float = SECONDS,
    steady: Callable[[], float] = time.monotonic,
) -> None:
    """Tidies until `stop`, and scrubs once more then. What fails now is done a minute later, or at the next start.

    Nothing goes while the clock is wrong. The hours are those of a clock that nobody sets (`steady`, in seconds); until
    the channel was heard one has not gone by.
    """
    hourly = steady()
    while not stop.is_set():
        if intake.timekeeper.is_right():
            is_hour = steady() >= hourly
            hourly = steady() + HOUR.total_seconds() if is_hour and not intake.behind else hourly
            await (tidy_up(intake, upkeep) if is_hour else _tidy_often(intake, upkeep))
        await stopped(stop, seconds)
    await _logged(intake.tidy(whole=True))


async def tidy_up(intake: Intake, upkeep: Upkeep = NOTHING_MORE) -> None:
    """Everything once."""
    await _logged(_forget(intake))
    await _logged(_let_go(intake, upkeep))
    await _logged(_take_unreadable(intake))
    await _logged(_take_old(intake))
    await _tidy_often(intake, upkeep, whole=True)


async def _tidy_often(intake: Intake, upkeep: Upkeep, *, whole: bool = False) -> None:
    """What is looked at every minute: few rows, found without reading the others."""
    if upkeep.remembering:
        # What the list could not take is known to the database alone, and that may be lost: no longer than needed.
        today = date_of(intake.clock())
        await _logged(upkeep.remembering.catch_up(intake.database, today))
    await _logged(_forget_codes(intake))
    await _logged(_wait(intake))
    if intake.database.shared:
        # Another program may have deleted something, and does not keep house.
        intake.mark_untidy()
    await _logged(intake.tidy(whole=whole))


async def _logged(work: Coroutine[Any, Any, None]) -> None:
    """A fault is logged, whatever it is, and never ends the housekeeping, unless there is no house: `DatabaseGone`."""
    try:
        await work
    except DatabaseGone:
        raise
    except Exception:
        log.exception("opruimen of herinneren lukte niet; ik probeer het straks opnieuw")


async def _forget(intake: Intake) -> None:
    """What is kept for a while only: updates, messages on a screen, who was sending what, sessions, visits."""
    at = intake.clock()
    async with intake.database.transaction() as work:
        await turns.forget_seen(work, at - timedelta(days=SEEN_DAYS))
        await messages.forget(work, at - messages.REMOVABLE)
        await deliveries.forget(work, at - HOUR)
        await papers.forget(work, at - KEPT)
        await staff.forget(work, at - REMEMBERED, at)
        await links.forget_visits(work, date_of(at - REMEMBERED))


async def _take_unreadable(intake: Intake) -> None:
    """What no key opens any more would wait for ever: a draft goes a day after its days, a reply at once."""
    if intake.behind:
        return
    at = intake.clock()
    before = at - timedelta(days=intake.library.terms.draft_days + 1)
    async with intake.database.transaction() as work:
        drafts = await interviews.take_unreadable(work, intake.keys, before, at)
        replies = await turns.take_unreadable(work, intake.keys)
    if drafts or replies:
        intake.mark_untidy()
        log.warning("niet te lezen en dus weggegooid: %d concepten en %d berichten die klaarstonden", drafts, replies)


async def _take_old(intake: Intake) -> None:
    """What waited too long to be said. Not before the channel was heard: it knows the time, and may say it yet."""
    if intake.behind:
        return
    at = intake.clock()
    async with intake.database.transaction() as work:
        gone = await turns.take_old(work, at - timedelta(days=WAITING_DAYS), at)
    if gone:
        intake.mark_untidy()
        log.warning("in %d dagen niet te bezorgen en dus weggegooid: %d berichten", WAITING_DAYS, gone)


async def _forget_codes(intake: Intake) -> None:
    async with intake.database.transaction() as work:
        await wrong_codes.forget(work, intake.clock() - HOUR)


async def _let_go(intake: Intake, upkeep: Upkeep) -> None:
    """The stories that are over their time, some at once, so that turns go between them.

    Not before the channel was heard, which knows what time it is.
    """
    if upkeep.stories is None or intake.behind:
        return
    before, total = upkeep.stories.before(intake.clock()), 0
    while gone := await intake.database.run(partial(stories.forget, before=before, most=STORIES_AT_ONCE)):
        total += gone
    if total:
        intake.mark_untidy()
        log.info("%d verhalen waren ouder dan study.bewaartermijn en zijn weggegooid", total)


async def _wait(intake: Intake) -> None:
    """Drafts for which something is due: a reminder, or their end. A draft that fails holds up no other.

    Not before the channel has fetched what came while it was away: a teller who wrote in time loses nothing.
    """
    if intake.behind:
        return
    async with intake.database.reading() as work:
        found = await interviews.due(work, intake.keys, intake.clock(), DRAFTS_AT_ONCE)
    for address in found:
        await _logged(intake.wait(address))
