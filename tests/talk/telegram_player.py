"""Plays a transcript through Telegram: real HTTP to a fake Bot API, our own poll loop, a real database."""

import asyncio
from contextlib import suppress
from pathlib import Path

from pydantic import HttpUrl, SecretStr

from bot import transcript
from bot.intake import Intake
from bot.settings import TelegramSettings
from bot.telegram.channel import serve
from dialogs.interview import Interview
from storage.interviews import Address
from storage.opening import open_database
from storage.schema import match_keys, migrate
from storage.secrets import KeyRing
from tests.botapi.screen import Shown
from tests.botapi.server import FakeTelegram
from tests.botapi.wire import Object, a_number
from tests.talk.players import Kept, Player, kept_lines
from tests.talk.script import Action
from tests.talk.world import library

CHAT = 4201
_FILE: Object = {"file_id": "f", "file_unique_id": "u"}
THINGS: dict[str, Object] = {
    "sticker": {
        "sticker": {**_FILE, "type": "regular", "width": 1, "height": 1, "is_animated": False, "is_video": False}
    },
    "foto": {"photo": [{**_FILE, "width": 1, "height": 1}]},
    "spraak": {"voice": {**_FILE, "duration": 3}},
    "bestand": {"document": _FILE},
}


class TelegramPlayer(Player):
    """One resident in one private chat. To be closed with `stop`."""

    def __init__(self, telegram: FakeTelegram, folder: Path, keys: KeyRing) -> None:
        super().__init__()
        self._telegram = telegram
        self._url = f"sqlite:///{folder}/telegram.db"
        self._keys = keys
        self._kept = Kept(self._url, keys, Address("telegram", str(CHAT)))
        self._stop = asyncio.Event()
        self._serving: asyncio.Task[None] | None = None
        self._said: list[int] = []
        self._ever: list[tuple[str, int, str]] = []

    async def play(self, action: Action) -> list[str]:
        if action.kind == "restart" or self._serving is None:
            await self.stop()
            self._serving = asyncio.create_task(self._serve())
        if action.kind == "restart":
            return []
        before, screen = await self._draft(), {shown.message_id: shown for shown in self._screen()}
        answers = len(self._telegram.calls_of("answerCallbackQuery"))
        self._do(action)
        await self._telegram.quiet()
        return [*self._notices(answers), *self._new(screen), *await kept_lines(self._kept, self.ids, before)]

    async def stop(self) -> None:
        """Stops the channel as SIGTERM does."""
        self._stop.set()
        if self._serving:
            await self._serving
        self._serving, self._stop = None, asyncio.Event()

    async def _serve(self) -> None:
        database = await open_database(self._url)
        try:
            await migrate(database)
            await match_keys(database, self._keys)
            intake = Intake(database, self._keys, library(), ids=self.ids, clock=self.clock)
            settings = TelegramSettings(
                token=SecretStr("123:TEST"), api_url=HttpUrl(self._telegram.url), poll_seconds=5
            )
            await serve(settings, intake, self._stop)
        finally:
            await database.close()

    async def _draft(self) -> Interview | None:
        with suppress(Exception):
            return await self._kept.draft()
        return None

    def _do(self, action: Action) -> None:
        match action.kind:
            case "set":
                self._telegram.say(CHAT, f"/start {action.words[0]}-")
            case "say":
                self._note(self._telegram.say(CHAT, action.words))
            case "show":
                self._share(action)
            case "edit":
                self._telegram.edit(CHAT, self._said[action.nth - 1], action.words)
            case "old":
                message, data = next((at, data) for label, at, data in self._ever if label == action.words)
                self._telegram.tap_data(CHAT, message, data)
            case _:
                self._telegram.tap(CHAT, action.words)

    def _share(self, action: Action) -> None:
        caption = {"caption": action.words} if action.words else {}
        self._note(self._telegram.share(CHAT, {**THINGS[action.name], **caption}))

    def _note(self, update: Object) -> None:
        message = update["message"]
        assert isinstance(message, dict)
        self._said.append(a_number(message["message_id"]))

    def _screen(self) -> list[Shown]:
        return [shown for shown in self._telegram.messages(CHAT) if shown.from_bot]

    def _notices(self, answers: int) -> list[str]:
        calls = self._telegram.calls_of("answerCallbackQuery")[answers:]
        return [transcript.noticed(str(call.params["text"])) for call in calls if call.params.get("text")]

    def _new(self, before: dict[int, Shown]) -> list[str]:
        lines: list[str] = []
        for shown in self._screen():
            self._ever += [(label, shown.message_id, data) for row in shown.keyboard for label, data in row]
            lines += _lines(shown, before.get(shown.message_id))
        return lines


def _lines(shown: Shown, before: Shown | None) -> list[str]:
    """A new message, or one that took the place of another; not one that only got its answer written under it."""
    if before and (before.text == shown.text or shown.text.startswith(before.text)):
        return []
    words = _without_channel(shown.text)
    mark = "<~" if before else "< "
    rows = [transcript.INDENT + " ".join(f"[{label}]" for label, _ in row) for row in shown.keyboard]
    return [(mark if at == 0 else transcript.INDENT) + line for at, line in enumerate(words)] + rows


def _without_channel(text: str) -> list[str]:
    """The words as channels say them that keep nothing: transcripts are written for all channels at once."""
    return [line for line in text.split("\n") if line and "Telegram" not in line]
