"""The bot as it runs: the channel, the web port, the house and what watches over them, beside each other to the end."""

import asyncio
import logging
from collections.abc import Coroutine, Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, contextmanager
from functools import partial
from importlib.metadata import version
from typing import Any

from starlette.routing import BaseRoute

from bot.browser.routes import Site, site
from bot.browser.unseen import Unseen
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
from bot.staff.desk import desk
from bot.standing_by import InFile, Line, OnServer, somebody
from bot.team.leaving import leaving
from bot.team.routes import team
from bot.telegram.channel import TokenRefused, WayIn, serve, way_in
from bot.watching import Stuck, keep_watch, one_ends
from bot.web.health import Health, is_in_order
from console.settings import SettingsFault
from pages.serving import web
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
    # Telegram keeps what came while we were away.
    intake.behind = listens = settings.telegram.token is not None
    way = None
    if listens and settings.telegram.mode == "webhook":
        way = way_in(settings.telegram, str(settings.web.public_url), intake.keys)
    chat = _chat(settings, intake, figures) if settings.web.shows_chat else None
    line = _line(settings, intake, figures)
    routes = _routes(settings, figures, intake, line, way, chat)
    async with web(settings.web, routes, chat.elsewhere if chat else None) as port:
        works = _beside(settings, stop, figures, intake, line)
        # On one server each of us takes what is brought, and one fetches. Two on one file would both send what waits.
        shared = intake.database.shared
        if listens:
            at_desk = desk(settings, intake)
            served = partial(serve, settings.telegram, intake, brought=way, figures=figures, desk=at_desk)
            works["Telegram"] = served(stop) if way and shared else line.while_in_turn(stop, served)
        if chat:
            log.info("het gesprek staat op %s (Ctrl-C stopt)", settings.web.address)
            works["de webchat"] = chat.serve(stop) if shared else line.while_in_turn(stop, chat.serve)
        else:
            # What was said in a browser before this was turned off is in nobody's interest to keep either.
            works["de webchat"] = line.while_in_turn(stop, Unseen(intake).keep_clearing)
        try:
            with _in_words():
                await _beside_each_other(stop, works, {"de webpoort": port} if port else {})
        finally:
            await line.give_back()


def _chat(settings: Settings, intake: Intake, figures: Figures) -> Site:
    return site(settings.web, settings.study.concept_dagen, intake, leaving(settings.web, intake), figures)


def _kinds(settings: Settings) -> str:
    """How people come in and where things are kept, for whoever reads a log of somebody else: no place, no name."""
    way = "ophalen" if settings.telegram.mode == "polling" else "webhook"
    telegram = f"Telegram ({way})" if settings.telegram.token else ""
    channels = filter(None, ("browser" if settings.web.shows_chat else "", telegram))
    return f"kanaal: {', '.join(channels)}; opslag: {'SQLite' if database_file(settings) else 'PostgreSQL'}"


def _routes(
    settings: Settings, figures: Figures, intake: Intake, line: Line, way: WayIn | None, chat: Site | None
) -> Sequence[BaseRoute]:
    """What the web port serves."""
    listens, is_open = settings.telegram.token is not None, way.webhook.is_open if way else is_in_order
    copied, is_right = partial(newest_copy, settings), intake.timekeeper.is_right
    health = Health(intake.database, figures, intake.clock, copied, is_open, is_right, line.silence, listens)
    seen = [*chat.routes, *team(settings, intake, chat.relay).routes] if chat else []
    return [*health.routes, *([way.webhook.route] if way else []), *seen]


def _beside(
    settings: Settings, stop: asyncio.Event, figures: Figures, intake: Intake, line: Line
) -> dict[str, Coroutine[Any, Any, None]]:
    """What goes on whether or not anybody says anything."""
    upkeep = Upkeep(settings.study.term(), Remembering(Journal(settings.backup.folder)))
    copying = partial(keep_copies, settings, is_right=intake.timekeeper.is_right)
    return {
        "opruimen": line.while_in_turn(stop, partial(keep_house, intake, upkeep=upkeep)),
        "reservekopieën": line.while_in_turn(stop, copying),
        "de beurt": line.keep(stop),
        "de sleutels": _look_at_keys(intake.keys, stop),
        "waken": keep_watch(figures.pulse, stop),
    }


@contextmanager
def _in_words() -> Iterator[None]:
    """What ended the program, as an operator is told it."""
    try:
        yield
    except TokenRefused:
        raise SettingsFault(
            "Telegram kent dit token niet. Kijk VERTELBOT_TELEGRAM__TOKEN na, of vraag @BotFather om een ander."
        ) from None
    except StorageFault as fault:
        raise Stuck(str(fault)) from fault
    except OSError as fault:
        raise Stuck(f"de machine geeft een fout ({fault.strerror})") from fault


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
