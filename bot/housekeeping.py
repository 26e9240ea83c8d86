"""Work that no turn waits for, every minute and at the end: what is over its time goes, and goes for good."""

import asyncio
import logging
from collections.abc import Coroutine
from datetime import timedelta
from typing import Any

from bot.intake import HOUR, Intake
from storage import interviews, messages, turns, wrong_codes

SECONDS = 60.0
"""A story that was withdrawn is gone from the files within this time."""

SEEN_DAYS = 7
"""Telegram offers an update for a day; longer ago nothing comes twice."""

DRAFTS_AT_ONCE = 1_000
"""Drafts that are looked at in one minute; the others follow in the next."""

log = logging.getLogger(__name__)


async def keep_house(intake: Intake, stop: asyncio.Event) -> None:
    """Tidies until `stop`, and scrubs once more then. What fails now is done a minute later, or at the next start."""
    while not stop.is_set():
        await tidy_up(intake)
        try:
            await asyncio.wait_for(stop.wait(), SECONDS)
        except TimeoutError:
            continue
    await _logged(intake.tidy())


async def tidy_up(intake: Intake) -> None:
    """Everything once."""
    await _logged(_forget(intake))
    await _logged(_wait(intake))
    if intake.database.shared:
        # Another program may have deleted something, and does not keep house.
        intake.mark_untidy()
    await _logged(intake.tidy())


async def _logged(work: Coroutine[Any, Any, None]) -> None:
    """A fault is logged, whatever it is, and never ends the housekeeping."""
    try:
        await work
    except Exception:
        log.exception("opruimen of herinneren lukte niet; ik probeer het straks opnieuw")


async def _forget(intake: Intake) -> None:
    """What is kept for a while only: updates, messages on a screen, codes that were tried."""
    at = intake.clock()
    async with intake.database.transaction() as work:
        await turns.forget_seen(work, at - timedelta(days=SEEN_DAYS))
        await messages.forget(work, at - messages.REMOVABLE)
        await wrong_codes.forget(work, at - HOUR)


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
