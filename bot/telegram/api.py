"""The calls that a conversation is made of, as plain JSON; knows the Bot API, nothing of what is said or kept.

The library's own methods turn every answer into objects of which we need one number, and every question into objects
first; these calls go over the same connections and raise the same faults, at a third of the cost. Raises as `insist`.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from telegram import Bot
from telegram.error import InvalidToken, NetworkError

from bot.telegram.calling import Caller
from bot.telegram.pace import Kind
from bot.telegram.rendering import Keyboard, Message
from bot.telegram.transport import USUAL_SECONDS, AiohttpRequest

QUICK_TRIES = 3
"""For what can be missed: words before consent (the teller taps again), an old keyboard, the answer to a tap."""

NOTICE_ROOM = 200
"""Characters that Telegram shows over a button (Bot API, answerCallbackQuery)."""

log = logging.getLogger(__name__)

_ANSWER_TAP = "answerCallbackQuery"
_HTML = {"parse_mode": "HTML"}
_PLAIN_LINKS = {"link_preview_options": {"is_disabled": True}}


@dataclass(frozen=True)
class Lines:
    """The connections to Telegram: those that wait for updates stand in the way of no other."""

    polling: AiohttpRequest
    sending: AiohttpRequest


@dataclass(frozen=True)
class TapAnswer:
    """What lets a button go that was used: which tap, and words to show over it for a while, if any."""

    query: str
    notice: str

    def asked(self) -> Mapping[str, object]:
        """As a call."""
        notice = self.notice[:NOTICE_ROOM]
        return {"callback_query_id": self.query, **({"text": notice} if notice else {})}

    def as_reply(self) -> Mapping[str, object]:
        """As the answer to an update that was brought (Bot API, "Making requests when getting updates")."""
        return {"method": _ANSWER_TAP, **self.asked()}


class Api:
    """The Bot API for one bot. A chat and a message are the numbers that Telegram gave them."""

    def __init__(self, bot: Bot, lines: Lines, caller: Caller) -> None:
        self._bot = bot
        self._lines = lines
        self._caller = caller

    def must_wait(self, chat: int) -> bool:
        """Whether Telegram asked to wait with this chat; no call goes to it then."""
        return self._caller.must_wait(chat)

    async def updates(self, asked: Mapping[str, object], *, seconds: float) -> list[object]:
        """One poll, not tried again. The library's own raises on one bad update and drops the batch."""
        poll = partial(self._once, self._lines.polling, "getUpdates", asked, seconds=seconds)
        found = await self._caller.once("poll", None, poll)
        return found if isinstance(found, list) else []

    async def send(self, chat: int, message: Message, *, tries: int | None) -> int:
        """Sends a message; its number, 0 where that is not told."""
        if message.picture:
            shown = {"chat_id": chat, "caption": message.text, **_HTML, **_markup(message.keyboard)}
            return _number(await self._call(Kind.MESSAGE, "sendPhoto", shown, tries=tries, picture=message.picture))
        asked = {"chat_id": chat, "text": message.text, **_HTML, **_PLAIN_LINKS, **_markup(message.keyboard)}
        return _number(await self._call(Kind.MESSAGE, "sendMessage", asked, tries=tries))

    async def send_plain(self, chat: int, message: Message, *, tries: int | None) -> int:
        """Sends it without markup; its number, 0 where that is not told."""
        asked = {"chat_id": chat, "text": message.plain, **_markup(message.keyboard)}
        return _number(await self._call(Kind.MESSAGE, "sendMessage", asked, tries=tries))

    async def say_in_group(self, chat: int, words: str) -> None:
        """One sentence, once."""
        await self._call(Kind.MESSAGE, "sendMessage", {"chat_id": chat, "text": words}, tries=1)

    async def leave(self, chat: int) -> None:
        """Leaves a group."""
        await self._call(Kind.FREE, "leaveChat", {"chat_id": chat}, tries=QUICK_TRIES)

    async def replace(self, chat: int, number: int, message: Message) -> None:
        """Puts another message in the place of one."""
        asked = {"chat_id": chat, "message_id": number, "text": message.text, **_HTML, **_PLAIN_LINKS}
        await self._call(Kind.EDIT, "editMessageText", {**asked, **_markup(message.keyboard)}, tries=QUICK_TRIES)

    async def close_question(self, chat: int, number: int, words: str, entities: Sequence[object]) -> None:
        """Puts what was chosen under a question, whose buttons go."""
        asked = {"chat_id": chat, "message_id": number, "text": words, "entities": entities, **_PLAIN_LINKS}
        await self._call(Kind.EDIT, "editMessageText", asked, tries=QUICK_TRIES)

    async def strip(self, chat: int, number: int) -> None:
        """Takes the buttons away from a message."""
        await self._call(
            Kind.EDIT, "editMessageReplyMarkup", {"chat_id": chat, "message_id": number}, tries=QUICK_TRIES
        )

    async def answer_tap(self, chat: int, answer: TapAnswer) -> None:
        """Lets a button go that was used."""
        make = partial(self._once, self._lines.sending, _ANSWER_TAP, answer.asked())
        await self._caller.call(Kind.FREE, chat, make, tries=QUICK_TRIES)

    async def delete_all(self, chat: int, numbers: Sequence[int]) -> bool:
        """Takes messages away, all at once."""
        return bool(
            await self._call(Kind.FREE, "deleteMessages", {"chat_id": chat, "message_ids": numbers}, tries=QUICK_TRIES)
        )

    async def delete(self, chat: int, number: int) -> bool:
        """Takes one message away."""
        return bool(
            await self._call(Kind.FREE, "deleteMessage", {"chat_id": chat, "message_id": number}, tries=QUICK_TRIES)
        )

    async def _call(
        self, kind: Kind, method: str, asked: Mapping[str, object], *, tries: int | None, picture: bytes = b""
    ) -> object:
        chat = asked["chat_id"]
        return await self._caller.call(
            kind,
            chat if isinstance(chat, int) else 0,
            partial(self._once, self._lines.sending, method, asked, picture=picture),
            tries=tries,
        )

    async def _once(
        self,
        line: AiohttpRequest,
        method: str,
        asked: Mapping[str, object],
        *,
        seconds: float = USUAL_SECONDS,
        picture: bytes = b"",
    ) -> object:
        try:
            return await line.call(f"{self._bot.base_url}/{method}", asked, seconds=seconds, picture=picture)
        except InvalidToken:
            # Said of every 401 and 404. Only if Telegram does not know us either is it the token.
            await self._bot.get_me()
            log.warning("Telegram kent deze opdracht nu niet (%s); ik probeer het opnieuw", method)
            raise NetworkError(f"{method} was not found") from None


def _markup(keyboard: Keyboard) -> Mapping[str, object]:
    return {"reply_markup": {"inline_keyboard": keyboard}} if keyboard else {}


def _number(sent: object) -> int:
    """The number of a message that was sent; 0 where the answer names none: it was sent all the same."""
    match sent:
        case {"message_id": int(number)}:
            return number
        case _:
            return 0
