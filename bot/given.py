"""What an operator gave that is no setting, looks like none, or may be read by others; opens no database."""

import os
import re
from difflib import get_close_matches
from pathlib import Path

from bot.settings import Settings
from console.settings import CONFIG, CREDENTIALS, DELIMITER, PREFIX, SettingsFault, table_in
from storage.opening import holds_password
from storage.private_files import OTHERS

TOKEN = re.compile(r"\d{6,}:[A-Za-z0-9_-]{30,}")
"""What @BotFather gives."""

TELEGRAM = "api.telegram.org"
WITHOUT = "Let op: er is nog geen token van Telegram. Zonder is het gesprek er alleen in de browser."


def variables() -> set[str]:
    """Every setting as it is named in the environment."""
    groups = {table: getattr(field.annotation, "model_fields", {}) for table, field in Settings.model_fields.items()}
    return {f"{PREFIX}{table}{DELIMITER}{name}".upper() for table, names in groups.items() for name in names}


def unknown() -> list[str]:
    """A Dutch sentence for every name that begins as those of our settings do and that nothing reads."""
    known = variables()
    groups = {f"{PREFIX}{table}".upper() for table in Settings.model_fields}
    folder = Path(os.environ.get(CREDENTIALS) or os.devnull)
    files = (file.name for file in folder.iterdir()) if folder.is_dir() else ()
    named = sorted(name for name in {*os.environ, *files} if name.upper().startswith(PREFIX))
    return [_of_name(name, known) for name in named if name.upper() not in known | groups]


def _of_name(name: str, known: set[str]) -> str:
    near = get_close_matches(name.upper(), known, n=1, cutoff=0.8)
    return f"{name}: deze instelling bestaat niet.{f' Bedoelt u {near[0]}?' if near else ' Zie config.example.toml.'}"


def of_token(settings: Settings) -> list[str]:
    """What is to be said of a token that Telegram cannot have given. Another server may have others."""
    token = settings.telegram.token
    if token is None or settings.telegram.api_url.host != TELEGRAM or TOKEN.fullmatch(token.get_secret_value()):
        return []
    return [
        "telegram.token: dit ziet er niet uit als een token van @BotFather (cijfers, een dubbelepunt en 35 tekens)."
    ]


def warnings(settings: Settings, config: Path | None) -> list[str]:
    """What needs looking after in what was given."""
    found = [] if settings.telegram.token else [WITHOUT]
    place = config or CONFIG
    try:
        table = table_in(place)
    except SettingsFault:
        return found
    if holds_password(str(_value(table, "storage", "url"))):
        found.append(
            f"Let op: {place}: er staat een wachtwoord in storage.url. Zet het liever in PGPASSWORD of in ~/.pgpass."
        )
    if _value(table, "telegram", "token") and place.stat().st_mode & OTHERS:
        found.append(f"Let op: {place}: anderen kunnen het token erin lezen. Doe: chmod 600 {place}")
    return found


def _value(table: dict[str, object], group: str, name: str) -> object:
    values = table.get(group)
    return values.get(name, "") if isinstance(values, dict) else ""
