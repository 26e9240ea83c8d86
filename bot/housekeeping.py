"""Work that no turn waits for, every minute and at the end: what is over its time goes, and goes for good."""

import asyncio
import logging
from collections.abc import Coroutine
from datetime import timedelta
from typing import Any

from bot.intake import Intake
from storage import interviews, turns

SECONDS = 60.0
"""A story that was withdrawn is gone from the files within this time."""

SEEN_DAYS = 7
"""Telegram offers an update for a day; longer ago nothing comes twice."""

log = logging.getLogger(__name__)


async def keep_house(intake: Intake, stop: asyncio.Event, *, draft_days: int) -> None:
    """Tidies until `stop`, and scrubs once more then. What fails now is done a minute later, or at the next start.

    A draft whose teller was not there for `draft_days` is thrown away, as the texts promise.
    """
    while not stop.is_set():
        await tidy_up(intake, draft_days)
        try:
            await asyncio.wait_for(stop.wait(), SECONDS)
        except TimeoutError:
            continue
    await _logged(intake.tidy())


async def tidy_up(intake: Intake, draft_days: int) -> None:
    """Everything once."""
    await _logged(_forget(intake, draft_days))
    await _logged(intake.tidy())


async def _logged(work: Coroutine[Any, Any, None]) -> None:
    """A fault is logged, whatever it is, and never ends the housekeeping."""
    try:
        await work
    except Exception:
        log.exception("wat is weggegooid, staat nog even in de bestanden; ik probeer het straks opnieuw")


async def _forget(intake: Intake, draft_days: int) -> None:
    at = intake.clock()
    async with intake.database.transaction() as work:
        await turns.forget_seen(work, at - timedelta(days=SEEN_DAYS))
        expired = await interviews.expire(work, at - timedelta(days=draft_days))
    if expired:
        intake.mark_untidy()
        log.info("%d gesprekken die niet af waren, zijn weggegooid", expired)
