"""What a browser offers to tap in the place of a command that is typed, and what each is called; values only."""

from collections.abc import Mapping

from dialogs.library import Library
from dialogs.texts import plain

MENU: Mapping[str, str] = {
    "/terug": "WEB.terug",
    "/pauze": "WEB.pauze",
    "/stop": "WEB.stop",
    "/verwijderen": "WEB.verwijderen",
    "/contact": "WEB.contact",
}
"""What stands below every question, by the text id of what it is called."""

LATER = "/pauze"
"""Nobody goes on later on a device that forgets."""


def called(library: Library) -> Mapping[str, str]:
    """Every command that may be tapped, in the menu or in what is said, and what it is called."""
    told = {f"/{name}": label for name, label in library.text("BOT.menu").commands.items()}
    return {**told, **{command: plain(library.text(text_id).text, {}) for command, text_id in MENU.items()}}
