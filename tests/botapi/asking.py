"""How the fake's own tests call it: as python-telegram-bot does on the wire; knows no method."""

import json
from collections.abc import Mapping
from typing import NamedTuple

from aiohttp import ClientSession, FormData

from tests.botapi.server import FakeTelegram
from tests.botapi.wire import Json, Object, a_list, a_number, a_text, an_object


class Answer(NamedTuple):
    """What came back: the HTTP status, the headers and the JSON."""

    status: int
    headers: Mapping[str, str]
    body: Object

    @property
    def result(self) -> Json:
        """What the method gave; fails when it gave nothing."""
        return self.body["result"]

    @property
    def reason(self) -> str:
        """Telegram's description of what was wrong, "" when nothing was."""
        return a_text(self.body.get("description"))

    @property
    def message_id(self) -> int:
        """The number of the message that a method gave back."""
        return a_number(an_object(self.result)["message_id"])

    @property
    def update_ids(self) -> list[int]:
        """The numbers of the updates that getUpdates gave."""
        return [a_number(an_object(update)["update_id"]) for update in a_list(self.result)]


async def ask(telegram: FakeTelegram, method: str, **params: Json) -> Answer:
    """A call with a form as its body: text as it is, all else as JSON; no body without params."""
    form = {name: value if isinstance(value, str) else json.dumps(value) for name, value in params.items()}
    return await post(f"{telegram.url}/bot{telegram.token}/{method}", FormData(form) if form else None)


async def post(url: str, body: FormData | None = None) -> Answer:
    """A call with any body."""
    async with ClientSession() as session, session.post(url, data=body) as got:
        return Answer(got.status, got.headers, an_object(await got.json()))


def keyboard(*buttons: Object, columns: int = 1) -> Object:
    """An inline keyboard of these buttons, so many in a row."""
    every: list[Json] = [*buttons]
    return {"inline_keyboard": [every[at : at + columns] for at in range(0, len(every), columns)]}


def button(label: str = "Ja", data: str = "ja") -> Object:
    """A button that sends data back."""
    return {"text": label, "callback_data": data}
