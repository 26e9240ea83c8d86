"""What every command has in common: where its settings are, how it is run, and how it refuses; knows no command."""

import asyncio
import errno
import logging
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import NoReturn

import click

from bot.settings import Settings, read_settings
from bot.watching import Stuck
from console import logs
from console.settings import SettingsFault
from dialogs.faults import Faults
from storage.faults import Damaged, DatabaseGone, StorageFault, Unavailable

EX_CONFIG = 78
"""The exit code for a fault in the settings (sysexits.h): a supervisor need not try again."""

EX_SOFTWARE = 70
"""The exit code for a fault that another start may not meet (sysexits.h): a supervisor starts it again."""

OF_A_DISK = (errno.EPIPE, errno.ENOSPC, errno.EFBIG, errno.EDQUOT, errno.EIO, errno.EROFS)
"""Errors of where something is written, also where it is not said which file that is."""

log = logging.getLogger(__name__)

config_option = click.option(
    "--config", metavar="BESTAND", type=click.Path(path_type=Path), help="Instellingen. Zonder: config.toml."
)


def settings_of(config: Path | None) -> Settings:
    """The settings; refuses with all that is wrong with them."""
    try:
        settings = read_settings(config)
    except SettingsFault as fault:
        refuse(str(fault))
    token = settings.telegram.token
    logs.set_up(settings.log.level, [token.get_secret_value()] if token else [])
    return settings


def run_to_its_end(
    work: Callable[[], Awaitable[None]], loop: Callable[[], asyncio.AbstractEventLoop] = asyncio.new_event_loop
) -> None:
    """Runs it; what goes wrong is a sentence, never a traceback."""
    try:
        with asyncio.Runner(loop_factory=loop) as runner:
            runner.run(_awaited(work))
    except (Faults, SettingsFault, StorageFault) as fault:
        refuse(str(fault), EX_SOFTWARE if _may_pass(fault) else EX_CONFIG)
    except Stuck as fault:
        log.critical("Vertelbot stopt: %s; wat bewaard is, blijft bewaard", fault)
        sys.exit(EX_SOFTWARE)
    except KeyboardInterrupt:
        sys.exit(0)
    except Exception as fault:
        if isinstance(fault, OSError) and (fault.filename or fault.errno in OF_A_DISK):
            raise
        log.exception("Vertelbot stopt door een fout in het programma; wat bewaard is, blijft bewaard")
        sys.exit(EX_SOFTWARE)


async def _awaited(work: Callable[[], Awaitable[None]]) -> None:
    await work()


def _may_pass(fault: Exception) -> bool:
    """Whether it may be well by itself a little later: the database is busy, full or away, but is not lost."""
    return isinstance(fault, Unavailable) and not isinstance(fault, Damaged | DatabaseGone)


def refuse(sentence: str, code: int = EX_CONFIG) -> NoReturn:
    """Says why not, and ends the program."""
    click.echo(sentence, err=True)
    sys.exit(code)
