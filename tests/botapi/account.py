"""What Telegram keeps of one bot: its chats, messages, updates, open taps, files and settings.

Knows the shapes of the Bot API's answers; knows no HTTP.
"""

from collections.abc import Callable
from itertools import count

from tests.botapi.arguments import Arguments
from tests.botapi.people import private_chat
from tests.botapi.screen import Screen
from tests.botapi.updates import Updates
from tests.botapi.wire import Json, Object, Refused, a_number, bad_request

Clock = Callable[[], float]


class Account:
    """One bot as Telegram sees it; `clock` gives the time in seconds since 1970."""

    def __init__(self, bot_id: int, updates: Updates, clock: Clock) -> None:
        self.bot_id = bot_id
        self.updates = updates
        self.screen = Screen()
        self.chats: dict[int, Object] = {}
        self.left: set[int] = set()
        self.open_taps: set[str] = set()
        self.files: dict[str, Json] = {}
        self.settings: dict[tuple[str, ...], Json] = {}
        self.webhook: Object = {"url": ""}
        self.webhook_secret = ""
        self.webhook_error: Object = {}
        self._clock = clock
        self._file_numbers = count(1)

    def now(self) -> int:
        """The time, in whole seconds since 1970."""
        return int(self._clock())

    def me(self) -> Object:
        """The bot as a User, the way it stands in its messages."""
        name = self.settings.get(("name", ""), "Vertelbot")
        return {"id": self.bot_id, "is_bot": True, "first_name": name, "username": "vertelbot_bot"}

    def meet(self, chat_id: int) -> None:
        """From now on the bot may write to this person."""
        self.chats.setdefault(chat_id, private_chat(chat_id))

    def chat(self, arguments: Arguments) -> Object:
        """The chat that a call names; Refused when the bot never met it or has left it."""
        chat_id = arguments.number("chat_id")
        if chat_id in self.left:
            raise Refused(403, "Forbidden: bot is not a member of the group chat")
        if chat_id not in self.chats:
            raise bad_request("Chat not found")
        return self.chats[chat_id]

    def message(self, arguments: Arguments, purpose: str) -> Object:
        """The message that a call names, e.g. for the purpose "message to edit"."""
        chat = self.chat(arguments)
        found = self.screen.get(a_number(chat["id"]), arguments.number("message_id"))
        if not found:
            raise bad_request(f"{purpose} not found")
        return found

    def new_file_id(self) -> str:
        """An identifier for a file that was sent."""
        return f"BQACAgQAAxk{next(self._file_numbers):08d}"
