"""A copy every hour, made by a program of its own beside the turns: none waits for it, whatever becomes of it."""

import asyncio
import logging
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from bot.resting import stopped
from bot.settings import Settings
from console.settings import CREDENTIALS, DELIMITER, PREFIX
from storage.backup.making import tidy
from storage.backup.ring import copies

LOOK_SECONDS = 60.0
"""How often is looked whether a copy is due; a program that runs shorter makes none."""

EVERY = timedelta(hours=1)

AGAIN = timedelta(minutes=10)
"""So long after one that failed the next is tried."""

END_SECONDS = 3.0
"""How long the program that makes one may take to clear away what is half done."""

OF_TELEGRAM = f"{PREFIX}TELEGRAM"

log = logging.getLogger(__name__)


async def keep_copies(
    settings: Settings,
    stop: asyncio.Event,
    look_seconds: float = LOOK_SECONDS,
    is_right: Callable[[], bool] = lambda: True,
) -> None:
    """Makes copies until `stop`, if that is wanted, and tidies old ones in any case.

    Programs that share a folder make one together, not one each. Neither is done while the clock is not right: the age
    of a copy is all that says whether it stays.
    """
    tried: datetime | None = None
    tidied: datetime | None = None
    while not await stopped(stop, look_seconds):
        if not is_right():
            continue
        now = datetime.now(UTC)
        if tidied is None or not timedelta() <= now - tidied < EVERY:
            tidied = now
            await _tidied(settings, now)
        if settings.backup.hourly and is_due(newest_copy(settings, now), tried, now):
            tried = now
            try:
                await _made(settings, stop)
            except OSError as fault:
                log.warning("een reservekopie maken lukte niet: %s", fault.strerror)


def newest_copy(settings: Settings, now: datetime | None = None) -> datetime | None:
    """When the newest copy was taken, if there is one; one of the future (a clock was ahead) is none."""
    latest = (now or datetime.now(UTC)) + timedelta(minutes=1)
    with suppress(OSError):
        return next((copy.taken_at for copy in copies(settings.backup.folder) if copy.taken_at <= latest), None)
    return None


def is_due(newest: datetime | None, tried: datetime | None, now: datetime) -> bool:
    """Whether it is time for a copy."""
    is_fresh = newest is not None and now - newest < EVERY
    is_just_tried = tried is not None and timedelta() <= now - tried < AGAIN
    return not (is_fresh or is_just_tried)


async def _tidied(settings: Settings, now: datetime) -> None:
    """What is over its time goes, also where another makes the copies, or nobody can."""
    try:
        await asyncio.to_thread(tidy, settings.backup.folder, now)
    except OSError as fault:
        log.warning("oude reservekopieën opruimen lukte niet: %s", fault.strerror)


async def _made(settings: Settings, stop: asyncio.Event) -> None:
    """Has the command do it. A session of its own: Ctrl-C in the terminal is for the bot alone."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        "backup",
        env=_environment(settings),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        start_new_session=True,
    )
    ending, stopping = asyncio.create_task(process.communicate()), asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({ending, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if ending.done():
            _tell(process.returncode, *ending.result())
    finally:
        stopping.cancel()
        await _ended(process, ending)


async def _ended(process: asyncio.subprocess.Process, ending: "asyncio.Task[tuple[bytes, bytes]]") -> None:
    """Asks it to end where it has not; what it leaves when it is killed goes with the next copy."""
    if not ending.done():
        process.send_signal(signal.SIGINT)
        await asyncio.wait({ending}, timeout=END_SECONDS)
    if not ending.done():
        process.kill()
        await ending


def _tell(code: int | None, said: bytes, complained: bytes) -> None:
    if code:
        log.warning("een reservekopie maken lukte niet: %s", complained.decode(errors="replace").strip())
    else:
        log.info("%s", said.decode(errors="replace").partition("\n")[0])


def _environment(settings: Settings) -> dict[str, str]:
    """What it has to know, from wherever these settings came; not the token, whoever handed it over."""
    told = {
        ("TELEGRAM", "MODE"): "polling",
        ("TELEGRAM", "TOKEN"): "",
        ("STORAGE", "URL"): settings.storage.url,
        ("STORAGE", "KEY_FILE"): str(settings.storage.key_file),
        ("BACKUP", "FOLDER"): str(settings.backup.folder),
    }
    kept = {
        name: value
        for name, value in os.environ.items()
        if name != CREDENTIALS and not name.upper().startswith(OF_TELEGRAM)
    }
    return {**kept, **{f"{PREFIX}{group}{DELIMITER}{name}": value for (group, name), value in told.items()}}
