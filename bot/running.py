"""The bot as it runs: the channel, the web port, the house and what watches over them, beside each other to the end."""

import asyncio
import logging
from collections.abc import Coroutine, Mapping
from contextlib import AbstractAsyncContextManager
from functools import partial
from importlib.metadata import version
from typing import Any

from bot.copying import keep_copies, newest_copy
from bot.ending import unless_told
from bot.erasing import Remembering
from bot.figures import Figures
from bot.housekeeping import Upkeep, keep_house
from bot.intake import Intake
from bot.opening import opened
from bot.readiness import database_file, warnings
from bot.resting import stopped
from bot.settings import Settings
from bot.standing_by import InFile, Line, OnServer, somebody
from bot.telegram.channel import TokenRefused, serve, way_in
from bot.watching import Stuck, keep_watch, one_ends
from bot.web.health import Health, is_in_order
from bot.web.server import web
from console.settings import SettingsFault
from storage.faults import StorageFault
from storage.journal import Journal
from storage.secrets import LOOK_SECONDS, KeyRing

STOP_SECONDS = 7.0
"""How long the parts may take to end by themselves; the process must be gone within 10 seconds."""

KEYS_SECONDS = LOOK_SECONDS

log = logging.getLogger(__name__)


async def run(settings: Settings, stop: asyncio.Event, figures: Figures | None = None) -> None:
    """Runs until `stop`. What makes it impossible comes out; nothing that was kept is lost by that.

    Raises `Stuck` where it began well and can go on no longer: then another start may help.
    """
    log.info("Vertelbot %s begint; %s", version("vertelbot"), _kinds(settings))
    for name in settings.study.unfilled():
        log.warning("study.%s is nog niet ingevuld; bewoners lezen dat", name)
    for sentence in warnings(settings):
        log.warning(sentence)
    figures = figures or Figures()
    opening: AbstractAsyncContextManager[Intake | None] = opened(settings)
    if database_file(settings) is None:
        # A server may be silent. A file is opened to the end: what is half made there, nobody takes back.
        opening = unless_told(stop, opened(settings))
    async with opening as intake:
        if intake is not None:
            await _run(settings, stop, figures, intake)


async def _run(settings: Settings, stop: asyncio.Event, figures: Figures, intake: Intake) -> None:
    intake.behind = True
    way = None
    if settings.telegram.mode == "webhook":
        way = way_in(settings.telegram, str(settings.web.public_url), intake.keys)
    database, copied, is_right = intake.database, partial(newest_copy, settings), intake.timekeeper.is_right
    is_open = way.webhook.is_open if way else is_in_order
    line = _line(settings, intake, figures)
    health = Health(database, figures, intake.clock, copied, is_open, is_right, line.silence)
    routes = [*health.routes, *([way.webhook.route] if way else [])]
    upkeep = Upkeep(settings.study.term(), Remembering(Journal(settings.backup.folder)))
    served = partial(serve, settings.telegram, intake, brought=way, figures=figures)
    async with web(settings.web, routes) as port:
        works = {
            # Telegram brings updates to any of us on one server; they are fetched by one. Two on one file
            # would both send what waits there.
            "Telegram": served(stop) if way and database.shared else line.while_in_turn(stop, served),
            "opruimen": line.while_in_turn(stop, partial(keep_house, intake, upkeep=upkeep)),
            "reservekopieën": line.while_in_turn(stop, partial(keep_copies, settings, is_right=is_right)),
            "de beurt": line.keep(stop),
            "de sleutels": _look_at_keys(intake.keys, stop),
            "waken": keep_watch(figures.pulse, stop),
        }
        try:
            await _beside_each_other(stop, works, {"de webpoort": port} if port else {})
        except TokenRefused:
            raise SettingsFault(
                "Telegram kent dit token niet. Kijk VERTELBOT_TELEGRAM__TOKEN na, of vraag @BotFather om een ander."
            ) from None
        except StorageFault as fault:
            raise Stuck(str(fault)) from fault
        except OSError as fault:
            raise Stuck(f"de machine geeft een fout ({fault.strerror})") from fault
        finally:
            await line.give_back()


def _kinds(settings: Settings) -> str:
    """How updates come in and where things are kept, for whoever reads a log of somebody else: no place, no name."""
    way = "ophalen" if settings.telegram.mode == "polling" else "webhook"
    return f"kanaal: Telegram ({way}); opslag: {'SQLite' if database_file(settings) else 'PostgreSQL'}"


def _line(settings: Settings, intake: Intake, figures: Figures) -> Line:
    """Our place among other programs on the same database. Health hears of it where only one of us listens."""
    place = database_file(settings)

    def moved(in_turn: bool) -> None:
        # Of a turn that begins, or is over, nothing is known yet, or any more.
        figures.keeping = True
        figures.standing_by = not in_turn and (settings.telegram.mode == "polling" or place is not None)

    # With the database away people are still given the numbers for help, until Telegram says that another listens.
    met = figures.pulse.since_another if settings.telegram.mode == "polling" else somebody
    return Line(InFile(place) if place else OnServer(intake.database, intake.clock), moved, met=met)


async def _look_at_keys(keys: KeyRing, stop: asyncio.Event) -> None:
    """Also who stands by or is left alone for long sees each change of the key file, one after the other."""
    while not stop.is_set():
        keys.look()
        await stopped(stop, KEYS_SECONDS)


async def _beside_each_other(
    stop: asyncio.Event, works: Mapping[str, Coroutine[Any, Any, None]], others: Mapping[str, "asyncio.Task[None]"]
) -> None:
    """Until `stop`, or until one of them ends: then each is asked to end, and what does not is broken off."""
    tasks = {name: asyncio.create_task(work, name=name) for name, work in works.items()}
    try:
        await one_ends(stop, {**tasks, **others})
    finally:
        stop.set()
        await asyncio.wait(tasks.values(), timeout=STOP_SECONDS)
        for task in tasks.values():
            task.cancel()
        await asyncio.gather(*tasks.values(), return_exceptions=True)
    for task in tasks.values():
        if not task.cancelled():
            task.result()
