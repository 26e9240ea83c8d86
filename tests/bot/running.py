"""The Telegram channel as it runs, over a fake Telegram and a real database, and a person with a phone."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pydantic import HttpUrl, SecretStr

from bot.figures import Figures
from bot.intake import Intake, now
from bot.settings import Settings, StudySettings, TelegramSettings, WebSettings
from bot.staff.desk import Desk, desk
from bot.telegram.channel import serve, way_in
from bot.telegram.speaking import LOOK_SECONDS
from dialogs.interview import Interview
from dialogs.library import Library
from pages.app import web_app
from pages.serving import listening, serving
from storage.interviews import Address
from storage.opening import open_database
from storage.schema import match_keys, migrate
from storage.secrets import KeyRing
from tests.bot.another_program import amounts, place
from tests.bot.story import Move
from tests.botapi.desk import Call
from tests.botapi.screen import Shown
from tests.botapi.server import FakeTelegram
from tests.botapi.wire import Object, a_number, an_object
from tests.talk.players import Kept

PUBLIC, BOT_LINK = "https://vertel.example", "t.me/voorbeeld"
"""Where links of staff lead."""


@dataclass(frozen=True)
class House:
    """Where the channel runs: the Telegram that it talks to, its database (by URL) and keys."""

    telegram: FakeTelegram
    url: str
    keys: KeyRing
    library: Library
    clock: Callable[[], datetime] = now
    look_seconds: float = LOOK_SECONDS
    brought: bool = False
    """Whether Telegram brings updates to a webhook; else the bot fetches them."""
    per_second: int = 10_000
    """So many that it takes no test any time."""

    @property
    def database(self) -> Path:
        """The file of the database, for a test that is about files."""
        return place(self.url)

    @asynccontextmanager
    async def intake(self) -> AsyncIterator[Intake]:
        """The corridor alone, over the same database."""
        opened = await open_database(self.url)
        try:
            await migrate(opened)
            await match_keys(opened, self.keys)
            yield Intake(opened, self.keys, self.library, clock=self.clock)
        finally:
            await opened.close()

    async def serve(self, stop: asyncio.Event, token: str = "", figures: Figures | None = None) -> None:
        """Runs the channel until `stop`; `figures` is what it tells of itself."""
        async with self.intake() as intake:
            await self._serve(intake, stop, token or self.telegram.token, figures or Figures())

    async def _serve(self, intake: Intake, stop: asyncio.Event, token: str, figures: Figures) -> None:
        settings = TelegramSettings(
            token=SecretStr(token),
            api_url=HttpUrl(self.telegram.url),
            poll_seconds=5,
            per_second=self.per_second,
            per_chat_per_second=self.per_second,
        )
        if not self.brought:
            await serve(settings, intake, stop, figures=figures, look_seconds=self.look_seconds, desk=self.desk(intake))
            return
        port = listening(WebSettings(port=free_port()))
        way = way_in(settings, f"http://127.0.0.1:{port.getsockname()[1]}/", intake.keys)
        async with serving(web_app([way.webhook.route]), port):
            await serve(
                settings,
                intake,
                stop,
                brought=way,
                figures=figures,
                look_seconds=self.look_seconds,
                desk=self.desk(intake),
            )

    def desk(self, intake: Intake) -> Desk:
        """What staff may do, over the same database."""
        telegram = TelegramSettings(token=SecretStr(self.telegram.token))
        web, study = WebSettings(public_url=HttpUrl(PUBLIC)), StudySettings(bot_link=BOT_LINK)
        return desk(Settings(telegram=telegram, web=web, study=study), intake)

    @asynccontextmanager
    async def serving(self, figures: Figures | None = None) -> AsyncIterator["asyncio.Task[None]"]:
        """The channel beside the test; stopped at the end as by SIGTERM. What ended it before comes out then."""
        stop = asyncio.Event()
        running = asyncio.create_task(self.serve(stop, figures=figures))
        try:
            yield running
        finally:
            stop.set()
            await running

    @asynccontextmanager
    async def serving_behind(self) -> AsyncIterator[Intake]:
        """The same as after a start: there may be updates that came while it was away. The corridor that it uses."""
        stop = asyncio.Event()
        async with self.intake() as intake:
            intake.behind = True
            running = asyncio.create_task(self._serve(intake, stop, self.telegram.token, Figures()))
            try:
                yield intake
            finally:
                stop.set()
                await running

    async def quiet(self) -> None:
        """Waits until every update is confirmed, all that waited is sent, and the bot is still."""
        await self.telegram.wait_for(lambda: not self._is_busy())
        await self.telegram.quiet()

    def _is_busy(self) -> bool:
        if self.telegram.in_flight or self.telegram.account.updates.waiting:
            return True
        return amounts(self.url).get("outbox", 0) > 0

    def phone(self, chat: int) -> "Phone":
        """Somebody who has the bot on a phone."""
        return Phone(self, chat)

    def sent(self, chat: int) -> list[Call]:
        """The messages that came through to a chat."""
        return [call for call in self.telegram.calls_of("sendMessage") if call.chat_id == chat and call.ok]

    def tried(self, chat: int) -> list[Call]:
        """The messages that the bot tried to send to a chat."""
        return [call for call in self.telegram.calls_of("sendMessage") if call.chat_id == chat]


@dataclass(frozen=True)
class Phone:
    """A person in a private chat."""

    house: House
    chat: int

    async def tell(self, moves: Iterable[Move]) -> None:
        """Makes these moves, each when the bot has spoken."""
        for move in moves:
            self.do(move)
            await self.house.quiet()

    def do(self, move: Move) -> Object:
        """Makes a move and waits for nothing. The update that it became."""
        return self.house.telegram.tap(self.chat, move.words) if move.taps else self.say(move.words)

    def say(self, words: str) -> Object:
        """Types and waits for nothing."""
        return self.house.telegram.say(self.chat, words)

    def screen(self) -> list[Shown]:
        """What the bot has on the screen."""
        return [shown for shown in self.house.telegram.messages(self.chat) if shown.from_bot]

    def texts(self) -> list[str]:
        """What the bot said, as it is on the screen now."""
        return [shown.text for shown in self.screen()]

    def reads(self, words: str) -> bool:
        """Whether these words are on the screen."""
        return any(words in text for text in self.texts())

    def keyboards(self) -> list[int]:
        """The messages that have buttons."""
        return [shown.message_id for shown in self.screen() if shown.keyboard]

    async def draft(self) -> Interview | None:
        """What is kept of the interview."""
        kept = Kept(self.house.url, self.house.keys, Address("telegram", str(self.chat)))
        return await kept.draft()

    async def pieces(self) -> list[str]:
        """The pieces of the story as they are kept."""
        kept = await self.draft()
        assert kept
        return [part.text for part in kept.answer("verhaal").parts]


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
    return port


def number_of(update: Object) -> int:
    """The number of an update."""
    return a_number(update["update_id"])


def message_of(update: Object) -> int:
    """The number of the message in an update."""
    return a_number(an_object(update["message"])["message_id"])
