"""What a call of the Bot API carries, as a form or as JSON, and how one is turned down; knows no method."""

import json
from typing import Any
from urllib.parse import parse_qsl

from tests.load.shapes import Object, Values


class Refused(Exception):
    """A call that is turned down, as Telegram does."""

    def __init__(self, status: int, description: str) -> None:
        super().__init__(description)
        self.status = status
        self.description = description


def read_values(path: str, kind: str, body: bytes) -> Values:
    """The parameters of a call, as JSON or as a form."""
    if kind.startswith("application/json"):
        read = json.loads(body) if body else {}
        return read if isinstance(read, dict) else {}
    if kind.startswith("multipart/"):
        raise Refused(400, "Bad Request: a load run takes no files")
    return dict(parse_qsl(f"{body.decode()}&{path.partition('?')[2]}"))


def a_number(values: Values, name: str, default: int = 0) -> int:
    """A whole number, however it was sent."""
    return int(values.get(name, default))


def an_object(values: Values, name: str) -> Object:
    """A JSON object; empty where there is none."""
    found = _json(values, name)
    return found if isinstance(found, dict) else {}


def items(values: Values, name: str) -> list[Any]:
    """A JSON array; empty where there is none."""
    found = _json(values, name)
    return found if isinstance(found, list) else []


def _json(values: Values, name: str) -> object:
    found = values.get(name)
    return json.loads(found) if isinstance(found, str) and found else found
