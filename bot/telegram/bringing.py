"""Tells Telegram where to bring updates, or that we fetch them ourselves; knows no update.

What waits at Telegram is never thrown away by either.
"""

import asyncio
import logging
import time
from functools import partial

from telegram import Bot
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.figures import Pulse
from bot.intake import Intake
from bot.resting import stopped
from bot.telegram.calling import Caller, insist, pause_all_the_same, unless
from bot.telegram.handling import WANTED
from console.settings import SettingsFault

CONNECTIONS = 100
"""How many chats Telegram may bring updates of at once; the most it allows."""

BEHIND_SECONDS = 2.0
"""How often to look whether Telegram still holds something of what came while we were away."""

PATIENCE = 180.0
"""Seconds in which Telegram may refuse the address at the start."""

log = logging.getLogger(__name__)


async def fetch_ourselves(bot: Bot, caller: Caller) -> None:
    """No webhook is set from now on; without this Telegram refuses every poll."""
    gone = partial(bot.delete_webhook, drop_pending_updates=False)
    await insist(lambda: caller.of_ours("webhook", gone))


async def fetch_ourselves_again(bot: Bot, caller: Caller) -> None:
    """The same after a poll was refused, if that is for a webhook that somebody set; another that polls is none.

    Raises the faults of Telegram: who polls asks again.
    """
    if (await caller.of_ours("webhook", bot.get_webhook_info)).url:
        log.warning("iemand heeft een webhook gezet; ik haal hem weg, anders hoor ik niets")
        await caller.of_ours("webhook", partial(bot.delete_webhook, drop_pending_updates=False))


class Bringing:
    """Has Telegram bring updates to `url`, with `secret` to know it by, for as long as it runs."""

    def __init__(
        self,
        bot: Bot,
        caller: Caller,
        url: str,
        secret: str,
        intake: Intake,
        pulse: Pulse,
        *,
        patience: float = PATIENCE,
    ) -> None:
        self._bot = bot
        self._caller = caller
        self._url = url
        self._secret = secret
        self._intake = intake
        self._pulse = pulse
        self._patience = patience

    async def begin(self) -> None:
        """Sets the webhook. Raises `SettingsFault` where Telegram does not take the address for some minutes.

        Not at once: a name that was just given to a machine is not known everywhere at the same moment.
        """
        until, attempt = time.monotonic() + self._patience, 0
        while True:
            try:
                return await self._set()
            except TelegramError as fault:
                attempt += 1
                wait = pause_all_the_same(fault, attempt)
                if isinstance(fault, BadRequest | Forbidden) and time.monotonic() + wait > until:
                    raise SettingsFault(_not_taken(self._url)) from None
            await asyncio.sleep(wait)

    async def run(self, stop: asyncio.Event, seconds: float) -> None:
        """Looks every so many seconds whether it still stands, until `stop`. A fault is looked at anew sooner."""
        attempt = 0
        while not stop.is_set():
            try:
                await unless(stop, self._look())
                attempt, wait = 0, min(seconds, BEHIND_SECONDS) if self._intake.behind else seconds
            except TelegramError as fault:
                attempt += 1
                wait = pause_all_the_same(fault, attempt)
            await stopped(stop, wait)

    async def _look(self) -> None:
        """Once Telegram holds nothing more, all that came while we were away has been kept."""
        told = await self._caller.of_ours("webhook", self._bot.get_webhook_info)
        self._pulse.beat()
        if told.url != self._url:
            log.warning("de webhook stond niet meer op dit adres; ik zet hem terug")
            await self._set()
        elif not told.pending_update_count:
            self._intake.behind = False

    async def _set(self) -> None:
        setting = partial(
            self._bot.set_webhook,
            self._url,
            secret_token=self._secret,
            allowed_updates=list(WANTED),
            max_connections=CONNECTIONS,
            drop_pending_updates=False,
        )
        await self._caller.of_ours("webhook", setting)


def _not_taken(url: str) -> str:
    return (
        f"web.public_url: Telegram neemt dit adres niet aan ({url}). Het moet met https van buiten te bereiken zijn, op"
        " poort 443, 80, 88 of 8443."
    )
