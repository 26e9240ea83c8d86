"""Plays a transcript through Telegram: real HTTP to a fake Bot API, our own poll loop, a real database."""

import asyncio
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from pydantic import HttpUrl, SecretStr

from bot import transcript
from bot.housekeeping import tidy_up
from bot.intake import Intake
from bot.settings import TelegramSettings
from bot.telegram.channel import serve
from dialogs.interview import Interview
from dialogs.library import Library
from storage.interviews import Address
from storage.opening import open_database
from storage.schema import match_keys, migrate
from storage.secrets import KeyRing
from tests.bot.another_program import waits_now
from tests.bot.raw import member
from tests.botapi.people import LANGUAGE, private_chat
from tests.botapi.screen import Shown
from tests.botapi.server import FakeTelegram
from tests.botapi.wire import Object, a_number
from tests.talk.players import Kept, Player, kept_lines
from tests.talk.script import Action

CHAT = 4201
LOOK_SECONDS = 0.02
"""How often the outbox is looked at for what no turn asked for: in a test at once."""

_FILE: Object = {"file_id": "f", "file_unique_id": "u"}
THINGS: dict[str, Object] = {
    "sticker": {
        "sticker": {**_FILE, "type": "regular", "width": 1, "height": 1, "is_animated": False, "is_video": False}
    },
    "foto": {"photo": [{**_FILE, "width": 1, "height": 1}]},
    "album": {"photo": [{**_FILE, "width": 1, "height": 1}]},
    "gif": {"animation": {**_FILE, "width": 1, "height": 1, "duration": 2}, "document": _FILE},
    "dobbelsteen": {"dice": {"emoji": "🎲", "value": 4}},
    "spraak": {"voice": {**_FILE, "duration": 3}},
    "videobericht": {"video_note": {**_FILE, "length": 240, "duration": 3}},
    "bestand": {"document": _FILE},
    "video": {"video": {**_FILE, "width": 1, "height": 1, "duration": 3}},
    "locatie": {"location": {"latitude": 52.37, "longitude": 4.89}},
    "contact": {"contact": {"phone_number": "+31612345678", "first_name": "Bewoner"}},
    "peiling": {"poll": {"id": "1", "question": "Ja?", "options": [], "total_voter_count": 0, "is_closed": False}},
}
LATE_SECONDS = 5 * 60 * 60
SOMEBODY: Object = {"type": "hidden_user", "sender_user_name": "Iemand anders", "date": 1_772_000_000}


class TelegramPlayer(Player):
    """One resident in one private chat. To be closed with `stop`."""

    def __init__(self, telegram: FakeTelegram, folder: Path, keys: KeyRing, shelf: Library | None = None) -> None:
        super().__init__(shelf)
        self._telegram = telegram
        self._url = f"sqlite:///{folder}/telegram.db"
        self._keys = keys
        self._kept = Kept(self._url, keys, Address("telegram", str(CHAT)))
        self._stop = asyncio.Event()
        self._serving: asyncio.Task[None] | None = None
        self._intake: Intake | None = None
        self._sent: list[int] = []
        self._ever: list[tuple[str, int, str]] = []

    async def restart(self) -> list[str]:
        await self.stop()
        self._serving = asyncio.create_task(self._serve())
        return []

    async def act(self, action: Action) -> list[str]:
        if self._serving is None:
            await self.restart()
        answers = len(self._telegram.calls_of("answerCallbackQuery"))
        before, screen = await self._draft(), self._screen()
        self._do(action)
        await self._quiet()
        return [*self._notices(answers), *await self._lines(before, screen)]

    async def waited(self) -> list[str]:
        before, screen = await self._draft(), self._screen()
        assert self._intake
        await tidy_up(self._intake)
        await self._quiet()
        return await self._lines(before, screen)

    async def _lines(self, before: Interview | None, screen: dict[int, Shown]) -> list[str]:
        gone = screen.keys() - self._screen().keys()
        cleared = [transcript.CLEARED if gone == screen.keys() else transcript.WIPED] if gone else []
        return [*cleared, *self._new(screen), *await kept_lines(self._kept, self.ids, before, self.tellers)]

    async def _quiet(self) -> None:
        """Until what was done is confirmed, and all that it leads to is said: on a busy machine that may come late."""
        await self._telegram.quiet()
        await self._telegram.wait_for(lambda: not waits_now(self._url))
        await self._telegram.quiet()

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
            self._intake = Intake(database, self._keys, self.library, ids=self.ids, clock=self.clock)
            settings = TelegramSettings(
                token=SecretStr("123:TEST"),
                api_url=HttpUrl(self._telegram.url),
                poll_seconds=5,
                per_second=10_000,
                per_chat_per_second=10_000,
            )
            await serve(settings, self._intake, self._stop, look_seconds=LOOK_SECONDS)
        finally:
            await database.close()

    async def _draft(self) -> Interview | None:
        with suppress(Exception):
            return await self._kept.draft()
        return None

    def _do(self, action: Action) -> None:
        match action.kind:
            case "set":
                self._telegram.say(CHAT, f"/start {action.words[0]}-", language=self.language or LANGUAGE)
            case "say":
                self._note(self._telegram.say(CHAT, action.words, language=self.language or LANGUAGE))
            case "show" | "album" | "forward" | "late":
                for content in _contents(action, self.clock(), f"{next(self._albums)}"):
                    self._note(self._telegram.share(CHAT, content))
            case "block":
                self._telegram.push(member(private_chat(CHAT), "kicked"))
            case "edit":
                self._telegram.edit(CHAT, self._sent[action.nth - 1], action.words)
            case "old":
                message, data = next((at, data) for label, at, data in self._ever if label == action.words)
                self._telegram.tap_data(CHAT, message, data)
            case _:
                self._telegram.tap(CHAT, action.words)

    def _note(self, update: Object) -> None:
        message = update["message"]
        assert isinstance(message, dict)
        self._sent.append(a_number(message["message_id"]))

    def _screen(self) -> dict[int, Shown]:
        return {shown.message_id: shown for shown in self._telegram.messages(CHAT)}

    def _notices(self, answers: int) -> list[str]:
        calls = self._telegram.calls_of("answerCallbackQuery")[answers:]
        return [transcript.noticed(str(call.params["text"])) for call in calls if call.params.get("text")]

    def _new(self, before: dict[int, Shown]) -> list[str]:
        lines: list[str] = []
        for shown in (shown for shown in self._screen().values() if shown.from_bot):
            self._ever += [(label, shown.message_id, data) for row in shown.keyboard for label, data in row]
            lines += _lines(shown, before.get(shown.message_id))
        return lines


def _contents(action: Action, now: datetime, album: str) -> list[Object]:
    """What is sent that is not just typed, as in a Message."""
    words: Object = {"text": action.words}
    caption: Object = {"caption": action.words} if action.words else {}
    match action.kind:
        case "forward":
            return [{**words, "forward_origin": SOMEBODY}]
        case "late":
            return [{**words, "date": int(now.timestamp()) - LATE_SECONDS}]
        case "album":
            of_album: Object = {**THINGS["album"], "media_group_id": album}
            return [{**of_album, **caption}, of_album, of_album]
        case _:
            return [{**THINGS[action.name], **caption}]


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
