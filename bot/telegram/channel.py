"""The Telegram channel as a whole: from a token to a running bot and to a clean end."""

import asyncio
import logging
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from telegram import Bot
from telegram.error import InvalidToken

from bot.intake import Intake
from bot.settings import TelegramSettings
from bot.telegram.api import Api
from bot.telegram.bringing import Bringing, fetch_ourselves
from bot.telegram.calling import insist, unless
from bot.telegram.handling import Handler
from bot.telegram.polling import Poller
from bot.telegram.profile import present
from bot.telegram.reading import Reader
from bot.telegram.speaking import LOOK_SECONDS, Speaker
from bot.telegram.transport import AiohttpRequest
from bot.telegram.webhook import PATH, Webhook
from storage.secrets import KeyRing

HANDLE_SECONDS = 2.0
"""How long turns under way may take when the process is asked to stop (it must be gone within 10 seconds). What is not
kept by then, because the database is busy, is offered again by Telegram at the next start."""

DRAIN_SECONDS = 3.0
"""How long messages under way may take after that; they stay in the outbox."""

log = logging.getLogger(__name__)


class TokenRefused(Exception):
    """Telegram does not know this token."""


@dataclass(frozen=True)
class Door:
    """The way in where Telegram brings updates: the route, and the address at which that is reached from outside."""

    webhook: Webhook
    public_url: str


def door(settings: TelegramSettings, public_url: str, keys: KeyRing) -> Door:
    """A door whose secret nobody has to think of: it follows from the token and the keys, in every program alike."""
    token = settings.token.get_secret_value() if settings.token else ""
    return Door(Webhook(keys.mark("webhook", token)), public_url.rstrip("/") + PATH)


async def serve(
    settings: TelegramSettings,
    intake: Intake,
    stop: asyncio.Event,
    *,
    door: Door | None = None,
    look_seconds: float = LOOK_SECONDS,
) -> None:
    """Runs the channel until `stop`, looking every `look_seconds` whether anything is to be done unasked.

    Updates are fetched, or with a `door` brought. Raises `TokenRefused`; any other fault of the channel comes out as it
    is.
    """
    try:
        async with _connected(settings, stop) as bot:
            if not stop.is_set():
                await _serve(bot, settings, intake, stop, door, look_seconds)
    except InvalidToken:
        raise TokenRefused from None


async def _serve(
    bot: Bot, settings: TelegramSettings, intake: Intake, stop: asyncio.Event, door: Door | None, look_seconds: float
) -> None:
    api = Api(bot)
    speaker = Speaker(api, intake)
    handler = Handler(Reader(f"telegram:{bot.id}", intake.ids, intake.clock), intake, speaker)
    await speaker.deliver_all()
    await unless(stop, present(bot, intake.library))
    if door:
        hearing = _brought(bot, door, handler, intake, stop, look_seconds)
    else:
        hearing = _fetched(bot, Poller(api, handler, intake, speaker, seconds=settings.poll_seconds), stop)
    listening, stopped = asyncio.ensure_future(hearing), asyncio.ensure_future(stop.wait())
    delivering = asyncio.ensure_future(speaker.keep_delivering(stop, look_seconds))
    try:
        await asyncio.wait((listening, stopped, delivering, speaker.ended), return_when=asyncio.FIRST_COMPLETED)
        if stopped.done():
            await asyncio.wait((listening,), timeout=HANDLE_SECONDS)
        for ended in (speaker.ended, listening, delivering):
            if ended.done():
                ended.result()
    finally:
        for task in (listening, stopped, delivering):
            task.cancel()
        await speaker.drain(DRAIN_SECONDS)
        speaker.ended.cancel()
        await asyncio.gather(listening, stopped, delivering, speaker.ended, return_exceptions=True)


async def _fetched(bot: Bot, poller: Poller, stop: asyncio.Event) -> None:
    await unless(stop, fetch_ourselves(bot))
    log.info("Telegram: verbonden, ik luister")
    await poller.run(stop)


async def _brought(
    bot: Bot, door: Door, handler: Handler, intake: Intake, stop: asyncio.Event, look_seconds: float
) -> None:
    bringing = Bringing(bot, door.public_url, door.webhook.secret, intake)
    door.webhook.open(handler)
    try:
        await unless(stop, bringing.begin())
        log.info("Telegram: verbonden, ik luister")
        await bringing.run(stop, look_seconds)
    finally:
        await door.webhook.close(HANDLE_SECONDS)


@asynccontextmanager
async def _connected(settings: TelegramSettings, stop: asyncio.Event) -> AsyncIterator[Bot]:
    """The bot as Telegram knows it, unless `stop` comes before Telegram answers."""
    if settings.token is None:
        raise TokenRefused
    # The library warns about its own older way of telling a wait, unless it is asked for the newer one.
    os.environ.setdefault("PTB_TIMEDELTA", "true")
    base = str(settings.api_url).rstrip("/")
    lines = AiohttpRequest(), AiohttpRequest()
    bot = Bot(
        settings.token.get_secret_value(),
        base_url=f"{base}/bot",
        base_file_url=f"{base}/file/bot",
        request=lines[0],
        get_updates_request=lines[1],
    )
    try:
        await unless(stop, insist(bot.initialize))
        yield bot
    finally:
        # The bot closes only what it knows to be open; where `stop` came early it may not know it yet.
        await bot.shutdown()
        await asyncio.gather(*(line.shutdown() for line in lines))
