"""What our bot says in a whole conversation, taken from its transcript, so that the peers say it too; knows no bot."""

import json
import re
from pathlib import Path

from tests.talk.script import FOLDER, Turn, read

TRANSCRIPT = FOLDER / "bewoner-heel-gesprek.txt"
LEFT_OUT = "Twee van deze"
"""A button that leads to one question more; residents in a load run pass it by."""

_BUTTON = re.compile(r"\[([^\]]+)\]")


def steps() -> list[list[dict[str, object]]]:
    """What is said at the start and after each answer: the messages, each with its text and its rows of labels."""
    turns = [turn for turn in read(TRANSCRIPT).turns if turn.action.words != LEFT_OUT]
    said = [_messages(turn) for turn in turns]
    return [messages for messages in said if messages]


def write(folder: Path) -> Path:
    """The same as a file in this folder."""
    path = folder / "gesprek.json"
    path.write_text(json.dumps(steps(), ensure_ascii=False), encoding="utf-8")
    return path


def _messages(turn: Turn) -> list[dict[str, object]]:
    starts = [at for at, line in enumerate(turn.expected) if line.startswith("< ")]
    ends = [*starts[1:], len(turn.expected)]
    return [_message(turn.expected[start:end]) for start, end in zip(starts, ends, strict=False)]


def _message(lines: tuple[str, ...]) -> dict[str, object]:
    inner = [line[2:] for line in lines if line.startswith(("< ", "  "))]
    words = [line for line in inner if not _BUTTON.match(line)]
    rows = [_BUTTON.findall(line) for line in inner if _BUTTON.match(line)]
    return {"text": "\n".join(words), "rows": rows}
