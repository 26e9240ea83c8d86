"""The bots that are measured, each as a command and an environment: ours, and the peers beside it."""

import os
import sys
from dataclasses import dataclass, field
from pathlib import Path

from bot.rehearsal import STUDY
from tests.load.telegram import TOKEN

ROOT = Path(__file__).parent.parent.parent
PEERS_PYTHON = ROOT / ".venv-peers" / "bin" / "python"

OURS = "vertelbot"
PEERS = {
    "ptb-echo": "ptb_echo",
    "ptb-gesprek": "ptb_conversation",
    "aiogram": "aiogram_fsm",
    "telebot": "telebot_async",
}
"""The peers by the name under which they are measured, each a module of `tests.load.peers`."""

NAMES = (OURS, *PEERS)
MODES = ("polling", "webhook")
"""How Telegram brings what is said."""

BROWSER, WITHOUT_SCRIPT = "browser", "browser-zonder-script"
WEB_MODES = (BROWSER, WITHOUT_SCRIPT)
"""Our bot alone has a conversation in a browser."""


@dataclass(frozen=True)
class Command:
    """What is started in a folder of its own."""

    words: tuple[str, ...]
    environment: dict[str, str] = field(default_factory=dict)


def vertelbot(api: str, mode: str, port: int) -> Command:
    """Our own bot, as an operator starts it; its own pace, which keeps to Telegram's limits, is out of the way."""
    return _ours(_telegram(api, mode, port), port)


def in_browsers(port: int) -> Command:
    """Our own bot with the conversation in a browser alone, behind a proxy that says whose each request is."""
    return _ours({"WEB__PROXIES": '["127.0.0.1"]'}, port)


def _telegram(api: str, mode: str, port: int) -> dict[str, str]:
    return {
        "TELEGRAM__TOKEN": TOKEN,
        "TELEGRAM__API_URL": api,
        "TELEGRAM__MODE": mode,
        "TELEGRAM__PER_SECOND": "10000",
        "TELEGRAM__PER_CHAT_PER_SECOND": "10000",
        "WEB__PUBLIC_URL": f"http://127.0.0.1:{port}" if mode == "webhook" else "",
    }


def _ours(way: dict[str, str], port: int) -> Command:
    ours = {
        **way,
        "WEB__PORT": str(port),
        "BACKUP__HOURLY": "false",
        "LOG__LEVEL": "WARNING",
        **{f"STUDY__{name.upper()}": value for name, value in STUDY.items()},
    }
    environment = {f"VERTELBOT_{name}": value for name, value in ours.items()}
    return Command((sys.executable, "-m", "bot", "start"), {**environment, "PYTHONPATH": str(ROOT)})


def peer(name: str, api: str, mode: str, port: int, conversation: Path) -> Command:
    """One of the peers, in the environment that has their libraries."""
    told = {
        "PEER_API": api,
        "PEER_TOKEN": TOKEN,
        "PEER_MODE": mode,
        "PEER_PORT": str(port),
        "PEER_CONVERSATION": str(conversation),
        "PYTHONPATH": str(ROOT),
    }
    return Command((str(PEERS_PYTHON), "-m", f"tests.load.peers.{PEERS[name]}"), told)


def environment(command: Command) -> dict[str, str]:
    """All that it finds in its environment."""
    return {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), **command.environment}
