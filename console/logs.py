"""What the log may say: no token, no id, nothing that was told; knows no channel.

Libraries log the calls they make, with the token in the address and the story in the parameters. They are held to
warnings, of which only the fixed words are kept; and whatever is logged by anyone passes a filter that takes the token
out.
"""

import logging
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

TOKEN = re.compile(r"\d{3,}:[A-Za-z0-9_-]{3,}")
"""What a Bot API token looks like, also a wrong or a test one."""

_HOUSE = ("__main__", "bot", "dialogs", "pages", "research", "storage")
"""Whose values may stand in the log: what these rooms log holds nothing that came from a teller."""

_TALKATIVE = ("telegram", "aiohttp", "aiosqlite", "asyncio", "asyncpg", "httpx", "httpcore", "hpack", "uvicorn")


class LogSettings(BaseModel):
    """How much the log says. It never holds a token, an id or what somebody told."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"


class Redacting(logging.Filter):
    """Takes tokens out of a record, and of an exception keeps where it came from, not what it says."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        super().__init__()
        self._secrets = tuple(secret for secret in secrets if secret)

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = self._without(_words(record)), None
        if record.exc_info and record.exc_info[1]:
            record.msg += f" ({trace(record.exc_info[1])})"
        record.exc_info = record.exc_text = record.stack_info = None
        return True

    def _without(self, words: str) -> str:
        for secret in self._secrets:
            words = words.replace(secret, "[weggelaten]")
        return TOKEN.sub("[weggelaten]", words)


def set_up(level: str, secrets: Iterable[str] = ()) -> None:
    """One handler on standard error for everything; `secrets` never come through it."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    handler.addFilter(Redacting(secrets))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLevelNamesMapping()[level]))


def _words(record: logging.LogRecord) -> str:
    """Of a library only the first line, and that without its values: in the rest may be what somebody told."""
    words = record.msg if isinstance(record.msg, str) else type(record.msg).__name__
    if record.name.partition(".")[0] not in _HOUSE:
        return words.partition("\n")[0]
    try:
        return record.getMessage()
    except (TypeError, ValueError, KeyError):
        return words


def trace(fault: BaseException) -> str:
    """Type and place of a fault. Its message is left out: a library may have put a story or a token in it."""
    frames = []
    step = fault.__traceback__
    while step:
        frames.append(f"{Path(step.tb_frame.f_code.co_filename).name}:{step.tb_lineno}")
        step = step.tb_next
    return f"{type(fault).__name__} in {' > '.join(frames[-4:]) or '?'}"
