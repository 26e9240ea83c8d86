"""Settings from `config.toml` and the environment (`VERTELBOT_…`), read once and checked whole; knows none of them.

The environment wins over the file. Between them stands a folder of files that are each named as a variable would be,
which a supervisor may hand over so that no other program can read them (systemd's credentials, secrets of a container).
Both commands read the same, each with a model of its own.
"""

import os
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import (
    BaseSettings,
    NestedSecretsSettingsSource,
    PydanticBaseSettingsSource,
    SettingsError,
    TomlConfigSettingsSource,
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
    if file and not file.is_file():
        raise SettingsFault(f"{file}: dit bestand is er niet. Kopieer config.example.toml of laat --config weg.")
    try:
        return _reader(model, place)()
    except ValidationError as fault:
        raise SettingsFault(*(_sentence(place, detail) for detail in fault.errors())) from None
    except SettingsError:
        raise SettingsFault(f"{PREFIX}…: zet elke instelling apart, zoals {PREFIX}STORAGE{DELIMITER}URL.") from None
    except OSError as fault:
        raise SettingsFault(f"{place}: dit bestand is niet te lezen ({fault.strerror}).") from None
    except ValueError as fault:
        raise SettingsFault(f"{place}: dit is geen geldige TOML ({fault}).") from None


def _reader(model: type[Model], place: Path) -> type[Model]:
    def sources(
        cls: type[BaseSettings],
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        handed_over = _credentials(file_secret_settings)
        return env_settings, *handed_over, TomlConfigSettingsSource(settings_cls, toml_file=place)

    return type(model.__name__, (model,), {"settings_customise_sources": classmethod(sources)})


def _credentials(secrets: PydanticBaseSettingsSource) -> tuple[PydanticBaseSettingsSource, ...]:
    """What is read from the folder that a supervisor names; nothing where there is none."""
    folder = os.environ.get(CREDENTIALS)
    if not folder:
        return ()
    return (NestedSecretsSettingsSource(secrets, secrets_dir=folder, secrets_dir_missing="ok"),)


def _sentence(place: Path, detail: ErrorDetails) -> str:
    key = ".".join(str(step) for step in detail["loc"])
    name = PREFIX + key.upper().replace(".", DELIMITER)
    where = name if name in os.environ else f"{place}: {key}"
    return f"{where}: {_REASONS.get(detail['type'], 'deze waarde kan niet')}. Zie config.example.toml."


_REASONS = {
    "extra_forbidden": "deze instelling bestaat niet",
    "missing": "deze instelling ontbreekt",
    "int_parsing": "hier hoort een heel getal",
    "int_type": "hier hoort een heel getal",
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
