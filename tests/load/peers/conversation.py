"""What every peer says and is told, and where it listens; knows no library.

It says the words of our own bot, in the same order, so that an answer costs each of them the same calls.
"""

import json
import os
from dataclasses import dataclass
from pathlib import Path

API = os.environ["PEER_API"]
TOKEN = os.environ["PEER_TOKEN"]
IS_WEBHOOK = os.environ["PEER_MODE"] == "webhook"
PORT = int(os.environ["PEER_PORT"])
SECRET = "geheim"
PATH = "telegram"
CONNECTIONS = 100
"""What our own bot asks for as well."""

DATABASE = "antwoorden.db"


@dataclass(frozen=True)
class Said:
    """A message: its words and its rows of labels."""

    text: str
    rows: list[list[str]]


def _read() -> list[list[Said]]:
    steps = json.loads(Path(os.environ["PEER_CONVERSATION"]).read_text(encoding="utf-8"))
    return [[Said(said["text"], said["rows"]) for said in step] for step in steps]


STEPS = _read()
"""What is said at /start, and then after each answer; the last is the receipt."""

LAST = len(STEPS) - 1


def chosen(text: str, label: str) -> str:
    """A question with what was chosen under it."""
    return f"{text}\n\n✅ {label}"
