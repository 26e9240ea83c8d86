"""The bot as it runs: the channel, the web port, the house and what watches over them, beside each other to the end."""

import asyncio
import logging
from collections.abc import Coroutine, Mapping
from typing import Any

from bot.figures import Figures
from bot.housekeeping import keep_house
from bot.opening import opened
from bot.settings import Settings
from bot.standing import warnings
from bot.telegram.channel import TokenRefused, door, serve
from bot.watching import keep_watch, one_ends
from bot.web.health import Health
from bot.web.server import web
from console.settings import SettingsFault

STOP_SECONDS = 7.0
"""How long the parts may take to end by themselves; the process must be gone within 10 seconds."""

log = logging.getLogger(__name__)


async def run(settings: Settings, stop: asyncio.Event) -> None:
    """Runs until `stop`. What makes it impossible comes out; nothing that was kept is lost by that."""
    for name in settings.study.unfilled():
        log.warning("study.%s is nog niet ingevuld; bewoners lezen dat", name)
    for sentence in warnings(settings):
        log.warning(sentence)
    figures = Figures()
    async with opened(settings) as intake:
        intake.behind = True
        way_in = None
        if settings.telegram.mode == "webhook":
            way_in = door(settings.telegram, str(settings.web.public_url), intake.keys)
        routes = [*Health(intake.database, figures, intake.clock).routes, *([way_in.webhook.route] if way_in else [])]
        async with web(settings.web, routes) as port:
            works = {
                "Telegram": serve(settings.telegram, intake, stop, door=way_in, figures=figures),
                "opruimen": keep_house(intake, stop),
                "waken": keep_watch(figures.pulse, stop),
            }
            try:
                await _beside_each_other(stop, works, {"de webpoort": port} if port else {})
            except TokenRefused:
                raise SettingsFault(
                    "Telegram kent dit token niet. Kijk VERTELBOT_TELEGRAM__TOKEN na, of vraag @BotFather om een ander."
                ) from None


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
