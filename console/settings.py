"""Settings from `config.toml` and the environment (`VERTELBOT_…`), read once and checked whole; knows none of them.

The environment wins over the file. Between them stands a folder of files that are each named as a variable would be,
which a supervisor may hand over so that no other program can read them (systemd's credentials, secrets of a container).
Both commands read the same, each with a model of its own.
"""

import os
import re
import tomllib
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails
from pydantic_settings import (
    BaseSettings,
    InitSettingsSource,
    NestedSecretsSettingsSource,
    PydanticBaseSettingsSource,
    SettingsError,
)

CONFIG = Path("config.toml")
PREFIX = "VERTELBOT_"
DELIMITER = "__"
CREDENTIALS = "CREDENTIALS_DIRECTORY"
"""The variable in which systemd names the folder of what it hands over to a program alone."""

Model = TypeVar("Model", bound=BaseSettings)


class SettingsFault(Exception):
    """Everything that is wrong with the settings, a Dutch sentence each."""

    def __init__(self, *sentences: str) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = sentences


def read(model: type[Model], file: Path | None) -> Model:
    """The settings of `file` (default: `config.toml`, if it is there) under those of the environment.

    Raises `SettingsFault` with every fault at once; no fault repeats a value, which may be a token or a password.
    """
    place = file or CONFIG
    if place.is_dir():
        raise SettingsFault(f"{place}: dit is een map. Noem het bestand met de instellingen.")
    if file and not file.is_file():
        raise SettingsFault(f"{file}: dit bestand is er niet. Kopieer config.example.toml of laat --config weg.")
    try:
        return _reader(model, table_in(place))()
    except ValidationError as fault:
        raise SettingsFault(*(_sentence(model, place, detail) for detail in fault.errors())) from None
    except SettingsError:
        raise SettingsFault(f"{PREFIX}…: zet elke instelling apart, zoals {PREFIX}STORAGE{DELIMITER}URL.") from None


def table_in(place: Path) -> dict[str, Any]:
    """What stands in the file; nothing where there is none. The mark that some editors begin with is passed over.

    Raises `SettingsFault`.
    """
    words = ""
    try:
        if place.exists():
            words = place.read_text(encoding="utf-8-sig")
        return tomllib.loads(words)
    except OSError as fault:
        raise SettingsFault(f"{place}: dit bestand is niet te lezen ({fault.strerror}).") from None
    except UnicodeDecodeError:
        raise SettingsFault(f"{place}: dit is geen gewone tekst. Bewaar het bestand als UTF-8.") from None
    except tomllib.TOMLDecodeError as fault:
        raise SettingsFault(f"{place}: {_mistake(str(fault), len(words.splitlines()))}") from None


def _mistake(told: str, last: int) -> str:
    """Where the file is wrong, and what is mostly the cause; what the parser says is in another language."""
    found = re.search(r"at line (\d+)", told)
    cause = next((cause for words, cause in _MISTAKES.items() if words in told), "zo kan het niet")
    return f"regel {found[1] if found else max(last, 1)}: {cause}. Zie config.example.toml."


def _reader(model: type[Model], table: dict[str, Any]) -> type[Model]:
    def sources(
        cls: type[BaseSettings],
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        handed_over = _credentials(file_secret_settings)
        return env_settings, *handed_over, InitSettingsSource(settings_cls, table)

    return type(model.__name__, (model,), {"settings_customise_sources": classmethod(sources)})


def _credentials(secrets: PydanticBaseSettingsSource) -> tuple[PydanticBaseSettingsSource, ...]:
    """What is read from the folder that a supervisor names; nothing where there is none."""
    folder = os.environ.get(CREDENTIALS)
    if not folder:
        return ()
    return (NestedSecretsSettingsSource(secrets, secrets_dir=folder, secrets_dir_missing="ok"),)


def _sentence(model: type[BaseModel], place: Path, detail: ErrorDetails) -> str:
    key = ".".join(str(step) for step in detail["loc"])
    name = PREFIX + key.upper().replace(".", DELIMITER)
    where = name if name in os.environ else f"{place}: {key}"
    reason = _REASONS.get(detail["type"], "deze waarde kan niet") + _allowed(model, detail)
    return f"{where}: {reason}. Zie config.example.toml."


def _allowed(model: type[BaseModel], detail: ErrorDetails) -> str:
    """Which values the setting takes, where that can be said in a few words."""
    field = _field(model, detail["loc"])
    if field is None:
        return ""
    if detail["type"] == "literal_error":
        return f"; kies uit {', '.join(map(str, get_args(field.annotation)))}"
    bounds = [getattr(item, name) for name in ("ge", "le") for item in field.metadata if hasattr(item, name)]
    return f"; het kan van {bounds[0]} tot {bounds[1]}" if len(bounds) > 1 else ""


def _field(model: type[BaseModel], loc: tuple[int | str, ...]) -> FieldInfo | None:
    """The setting that a fault is about; None where it is a group, or none at all."""
    found: FieldInfo | None = None
    for step in loc:
        found = model.model_fields.get(str(step))
        if found is None or not isinstance(found.annotation, type) or not issubclass(found.annotation, BaseModel):
            return found
        model = found.annotation
    return None


_REASONS = {
    "extra_forbidden": "deze instelling bestaat niet",
    "missing": "deze instelling ontbreekt",
    "int_parsing": "hier hoort een heel getal",
    "int_type": "hier hoort een heel getal",
    "int_from_float": "hier hoort een heel getal",
    "bool_parsing": "hier hoort true of false",
    "bool_type": "hier hoort true of false",
    "greater_than_equal": "dit getal is te laag",
    "less_than_equal": "dit getal is te hoog",
    "literal_error": "deze keuze bestaat niet",
    "string_too_short": "hier hoort tekst",
    "string_type": "hier hoort tekst",
    "url_parsing": "dit is geen webadres",
    "url_scheme": "dit is geen webadres met http of https",
    "span": 'dit is geen termijn als "2 jaar", "18 maanden", "6 weken" of "90 dagen"',
    "model_type": "hier hoort een tabel",
}

_MISTAKES = {
    "Invalid value": "tekst hoort tussen aanhalingstekens, en achter elke = hoort iets te staan",
    "Unterminated string": "hier mist een aanhalingsteken",
    "Illegal character": "hier mist een aanhalingsteken",
    "Expected '=' after a key": "hier hoort een naam, een = en een waarde te staan",
    "Expected ']'": "hier mist een ]",
    "Cannot overwrite a value": "deze instelling staat er twee keer",
    "Cannot declare": "deze groep staat er twee keer",
    "Expected newline": "hier staat te veel op de regel; tekst hoort tussen aanhalingstekens",
}
"""By what the parser says."""
