"""Work that no turn waits for, every minute and at the end: what was deleted becomes unreadable in the files too."""

import asyncio
import logging

from bot.intake import Intake
from storage.faults import StorageFault

SECONDS = 60.0
"""A story that was withdrawn is gone from the files within this time."""

log = logging.getLogger(__name__)


async def keep_house(intake: Intake, stop: asyncio.Event) -> None:
    """Tidies until `stop`, and once more then. What fails now is done a minute later, or at the next start."""
    while not stop.is_set():
        await _tidy(intake)
        try:
            await asyncio.wait_for(stop.wait(), SECONDS)
        except TimeoutError:
            continue
    await _tidy(intake)


async def _tidy(intake: Intake) -> None:
    try:
        await intake.tidy()
    except StorageFault:
        log.warning("wat is weggegooid, staat nog even in de bestanden van de database; ik probeer het straks opnieuw")
