"""The Telegram channel as a whole: from a token to a running bot and to a clean end."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial

from telegram import Bot
from telegram.error import InvalidToken

from bot.figures import Figures
from bot.intake import Intake
from bot.settings import TelegramSettings
from bot.staff.desk import Desk
from bot.telegram.api import Api, Lines
from bot.telegram.bringing import Bringing, fetch_ourselves, fetch_ourselves_again
from bot.telegram.calling import Caller, insist, unless
from bot.telegram.handling import Handler
from bot.telegram.pace import Pace
from bot.telegram.polling import Poller
from bot.telegram.profile import present
from bot.telegram.reaching import Reach
from bot.telegram.reading import Reader
from bot.telegram.speaking import LOOK_SECONDS, Speaker
from bot.telegram.staff import StaffChat
from bot.telegram.transport import AiohttpRequest
from bot.telegram.webhook import PATH, Webhook
from bot.watching import one_ends
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
class WayIn:
    """The way in where Telegram brings updates: the route, and the address at which that is reached from outside."""

    webhook: Webhook
    public_url: str


def way_in(settings: TelegramSettings, public_url: str, keys: KeyRing) -> WayIn:
    """One whose secret nobody has to think of: it follows from the token and the keys, in every program alike."""
    token = settings.token.get_secret_value() if settings.token else ""
    return WayIn(Webhook(keys.mark("webhook", token)), public_url.rstrip("/") + PATH)


async def serve(
    settings: TelegramSettings,
    intake: Intake,
    stop: asyncio.Event,
    *,
    brought: WayIn | None = None,
    figures: Figures | None = None,
    look_seconds: float = LOOK_SECONDS,
    desk: Desk | None = None,
) -> None:
    """Runs the channel until `stop`, looking every `look_seconds` whether anything is to be done unasked.

    Updates are fetched, or `brought` by Telegram; staff are served at the `desk`. Raises `TokenRefused`; any other
    fault of the channel comes out as it is.
    """
    connected = False
    try:
        async with _connected(settings, stop, intake.timekeeper.told) as (bot, lines):
            connected = True
            if not stop.is_set():
                channel = _Channel(bot, lines, settings, intake, figures or Figures(), desk)
                await channel.run(stop, brought, look_seconds)
    except InvalidToken:
        if connected:
            log.critical("ALARM: Telegram neemt het token niet meer aan; niemand krijgt nog antwoord")
        raise TokenRefused from None


class _Channel:
    def __init__(
        self,
        bot: Bot,
        lines: Lines,
        settings: TelegramSettings,
        intake: Intake,
        figures: Figures,
        desk: Desk | None,
    ) -> None:
        self._bot = bot
        self._intake = intake
        self._figures = figures
        self._seconds = settings.poll_seconds
        self._caller = Caller(Pace(settings.per_second, settings.per_chat_per_second), figures.calls)
        self._api = Api(bot, lines, self._caller)
        self._speaker = Speaker(self._api, intake)
        reader = Reader(f"telegram:{bot.id}", intake.ids, intake.clock)
        staff = StaffChat(desk, intake) if desk else None
        self._handler = Handler(reader, intake, self._speaker, figures, staff)

    async def run(self, stop: asyncio.Event, brought: WayIn | None, look_seconds: float) -> None:
        """Until `stop`, or until a part of it ends."""
        await self._speaker.deliver_all()
        await unless(stop, present(self._bot, self._intake.library))
        listening = asyncio.create_task(self._brought(brought, stop, look_seconds) if brought else self._fetched(stop))
        delivering = asyncio.create_task(self._speaker.keep_delivering(stop, look_seconds))
        works = {"versturen": self._speaker.ended, "luisteren": listening, "nakijken wat klaarstaat": delivering}
        try:
            await one_ends(stop, works)
            await asyncio.wait((listening,), timeout=HANDLE_SECONDS)
        finally:
            for task in (listening, delivering):
                task.cancel()
            await self._speaker.drain(DRAIN_SECONDS)
            self._speaker.ended.cancel()
            await asyncio.gather(*works.values(), return_exceptions=True)

    async def _fetched(self, stop: asyncio.Event) -> None:
        await unless(stop, fetch_ourselves(self._bot, self._caller))
        log.info("Telegram: verbonden, ik luister")
        pulse = self._figures.pulse
        again = partial(fetch_ourselves_again, self._bot, self._caller)
        await Poller(
            self._api, self._handler, self._intake, self._speaker, seconds=self._seconds, pulse=pulse, refused=again
        ).run(stop)

    async def _brought(self, way: WayIn, stop: asyncio.Event, look_seconds: float) -> None:
        pulse = self._figures.pulse
        bringing = Bringing(self._bot, self._caller, way.public_url, way.webhook.secret, self._intake, pulse)
        way.webhook.open(self._handler)
        try:
            await unless(stop, bringing.begin())
            log.info("Telegram: verbonden, ik luister")
            await bringing.run(stop, look_seconds)
        finally:
            await way.webhook.close(HANDLE_SECONDS)


@asynccontextmanager
async def _connected(
    settings: TelegramSettings, stop: asyncio.Event, told: Callable[[str], None]
) -> AsyncIterator[tuple[Bot, Lines]]:
    """The bot as Telegram knows it, unless `stop` comes before Telegram answers."""
    if settings.token is None:
        raise TokenRefused
    base = str(settings.api_url).rstrip("/")
    reach = Reach()
    lines = Lines(polling=AiohttpRequest(told, reach), sending=AiohttpRequest(told, reach))
    bot = Bot(
        settings.token.get_secret_value(),
        base_url=f"{base}/bot",
        base_file_url=f"{base}/file/bot",
        request=lines.sending,
        get_updates_request=lines.polling,
    )
    try:
        # The first call of all (getMe): nothing else goes yet that would have to wait with it.
        await unless(stop, insist(bot.initialize))
        yield bot, lines
    finally:
        # The bot closes only what it knows to be open; where `stop` came early it may not know it yet.
        await bot.shutdown()
        await asyncio.gather(lines.polling.shutdown(), lines.sending.shutdown())
