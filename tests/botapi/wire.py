"""What crosses the wire: JSON, uploads, refusals, and a request body read into plain parameters.

Knows HTTP and JSON; knows no method and no rule of the Bot API.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias, cast

from aiohttp import web

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
Object: TypeAlias = "dict[str, Json]"


@dataclass(frozen=True)
class Upload:
    """A file that came with a multipart request."""

    filename: str
    content_type: str
    content: bytes


Value: TypeAlias = "Json | Upload"
Values: TypeAlias = "Mapping[str, Value]"


class Refused(Exception):
    """A call that is turned down: `code` is the HTTP status, `description` what Telegram says."""

    def __init__(self, code: int, description: str) -> None:
        super().__init__(code, description)
        self.code = code
        self.description = description


def bad_request(reason: str) -> Refused:
    """A refusal as Telegram words it: the official server writes the reason's first letter small.

    Names of errors (`BUTTON_DATA_INVALID`) keep their capitals.
    """
    named = reason[1:2] == "_" or reason[1:2].isupper()
    return Refused(400, "Bad Request: " + (reason if named else reason[:1].lower() + reason[1:]))


def stricter(reason: str) -> Refused:
    """A refusal of what Telegram itself would swallow, cut off or drop in silence."""
    return Refused(400, f"Bad Request: stricter than Telegram: {reason}")


def as_json(text: str) -> Json:
    """Decode JSON text; raises ValueError when it is none."""
    return cast(Json, json.loads(text))


def an_object(value: Value) -> Object:
    """The value if it is a JSON object, else an empty one."""
    return value if isinstance(value, dict) else {}


def a_list(value: Value) -> list[Json]:
    """The value if it is a JSON array, else an empty one."""
    return value if isinstance(value, list) else []


def a_text(value: Value) -> str:
    """The value if it is a string, else an empty one."""
    return value if isinstance(value, str) else ""


def a_number(value: Value, default: int = 0) -> int:
    """The value if it is a whole number, else the default."""
    return value if isinstance(value, int) and not isinstance(value, bool) else default


async def read_request(request: web.Request) -> dict[str, Value]:
    """The parameters of a call: from the query string, then a form, JSON or multipart body.

    As on the official server the first of two equal names wins. Raises Refused for a body that
    cannot be read.
    """
    values: dict[str, Value] = {}
    for name, value in request.query.items():
        values.setdefault(name, value)
    if request.content_type == "application/json":
        return {**_from_json(await request.text()), **values}
    for name, field in (await request.post()).items():
        values.setdefault(name, _from_field(field))
    return values


def _from_json(body: str) -> Object:
    try:
        value = as_json(body)
    except ValueError:
        raise bad_request("Can't parse the body as JSON") from None
    if not isinstance(value, dict):
        raise bad_request("The body must be a JSON object")
    return value


def _from_field(field: str | bytes | bytearray | web.FileField) -> Value:
    if isinstance(field, web.FileField):
        return Upload(field.filename, field.content_type, field.file.read())
    if isinstance(field, str):
        return field
    return Upload("", "application/octet-stream", bytes(field))
