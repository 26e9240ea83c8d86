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


@dataclass(frozen=True)
class Command:
    """What is started in a folder of its own."""

    words: tuple[str, ...]
    environment: dict[str, str] = field(default_factory=dict)


def vertelbot(api: str, mode: str, port: int) -> Command:
    """Our own bot, as an operator starts it; its own pace, which keeps to Telegram's limits, is out of the way."""
    ours = {
        "TELEGRAM__TOKEN": TOKEN,
        "TELEGRAM__API_URL": api,
        "TELEGRAM__MODE": mode,
        "TELEGRAM__PER_SECOND": "10000",
        "TELEGRAM__PER_CHAT_PER_SECOND": "10000",
        "WEB__PORT": str(port),
        "WEB__PUBLIC_URL": f"http://127.0.0.1:{port}" if mode == "webhook" else "",
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
