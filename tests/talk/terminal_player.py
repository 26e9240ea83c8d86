"""Plays a transcript in the terminal chat, and reads what `--record` wrote of it."""

from collections import deque
from pathlib import Path

from bot.intake import Intake
from bot.terminal import TerminalChat
from dialogs.library import Library
from storage.opening import open_database
from storage.schema import match_keys, migrate
from storage.secrets import KeyRing
from tests.talk.script import Action, Script, read
from tests.talk.world import Clock, Ids


async def recorded(script: Script, folder: Path, keys: KeyRing, shelf: Library) -> Script:
    """The transcript that the terminal chat records when somebody types what `script` says."""
    record = folder / f"{script.name}.txt"
    database = await open_database(f"sqlite:///{folder}/terminal.db")
    try:
        await migrate(database)
        await match_keys(database, keys)
        first, *rest = [turn.action for turn in script.turns]
        typist = Typist(rest)
        intake = Intake(database, keys, shelf, ids=typist.ids, clock=Clock())
        chat = TerminalChat(intake, typist.read, typist.see, record=record)
        await (chat.talk(first.words) if first.kind == "set" else chat.talk(first_line=first.words))
    finally:
        await database.close()
    return read(record)


class Typist:
    """Somebody at the keyboard: buttons are typed as the number that stands before them."""

    def __init__(self, actions: list[Action]) -> None:
        self._actions = deque(actions)
        self._numbers: dict[str, str] = {}
        self.ids = Ids()

    async def read(self) -> str | None:
        """The next line, or the end."""
        if not self._actions:
            return None
        action = self._actions.popleft()
        return self._numbers[action.words] if action.kind == "tap" else action.words

    def see(self, line: str) -> None:
        """What the terminal shows; numbered lines are buttons."""
        number, _, label = line.strip().partition("  ")
        if number.isdigit():
            self._numbers[label] = number
        if "ode is:" in line:
            self.ids.kept += 1
