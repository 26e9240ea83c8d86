"""What an operator may set: `config.toml` and the environment (`VERTELBOT_…`), read once and checked whole.

The environment wins over the file. Every setting stands in `config.example.toml` with a sentence of its own.
"""

import os
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, HttpUrl, SecretStr, StringConstraints, ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
    TomlConfigSettingsSource,
)

from storage.settings import StorageSettings

CONFIG = Path("config.toml")
PREFIX = "VERTELBOT_"

Filled = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class SettingsFault(Exception):
    """Everything that is wrong with the settings, a Dutch sentence each."""

    def __init__(self, sentences: tuple[str, ...]) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = sentences


class Group(BaseModel):
    """One table of the file; a key that nobody knows is a fault, not a silence."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class TelegramSettings(Group):
    """The Bot API: without a token the channel is off."""

    token: SecretStr | None = None
    api_url: HttpUrl = HttpUrl("https://api.telegram.org")
    poll_seconds: Annotated[int, Field(ge=1, le=50)] = 30


class StudySettings(Group):
    """Who asks, and what goes into the texts: every name stands there between braces."""

    onderzoeker: Filled = "[nog in te vullen: onderzoeker]"
    opdrachtgever: Filled = "[nog in te vullen: opdrachtgever]"
    contact: Filled = "[nog in te vullen: contact]"
    fg_contact: Filled = "[nog in te vullen: fg_contact]"
    privacy_url: Filled = "[nog in te vullen: privacy_url]"
    bewaartermijn: Filled = "[nog in te vullen: bewaartermijn]"
    buurtteam_telefoon: Filled = "[nog in te vullen: buurtteam_telefoon]"
    bot_link: str = ""
    concept_dagen: Annotated[int, Field(ge=1, le=30)] = 7

    def values(self) -> dict[str, str]:
        """Placeholder and value, as the texts take them."""
        return {name: str(value) for name, value in self.model_dump().items()}

    def unfilled(self) -> list[str]:
        """The names that still hold what the program came with."""
        return [name for name, value in self.values().items() if value.startswith("[nog in te vullen")]


class LogSettings(Group):
    """How much the log says. It never holds a token, an id or what somebody told."""

    level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"


class Settings(BaseSettings):
    """All settings together."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_nested_delimiter="__", frozen=True, extra="forbid")

    telegram: TelegramSettings = TelegramSettings()
    storage: StorageSettings = StorageSettings()
    study: StudySettings = StudySettings()
    log: LogSettings = LogSettings()


def read_settings(file: Path | None = None) -> Settings:
    """The settings of `file` (default: `config.toml`, if it is there) under those of the environment.

    Raises `SettingsFault` with every fault at once.
    """
    place = file or CONFIG
    if file and not file.is_file():
        raise SettingsFault((f"{file}: dit bestand is er niet. Kopieer config.example.toml of laat --config weg.",))
    try:
        return _reader(place)()
    except ValidationError as fault:
        raise SettingsFault(tuple(_sentence(place, detail) for detail in fault.errors())) from None
    except SettingsError:
        raise SettingsFault((f"{PREFIX}…: zet elke instelling apart, zoals {PREFIX}TELEGRAM__TOKEN.",)) from None
    except OSError as fault:
        raise SettingsFault((f"{place}: dit bestand is niet te lezen ({fault.strerror}).",)) from None
    except ValueError as fault:
        raise SettingsFault((f"{place}: dit is geen geldige TOML ({fault}).",)) from None


def _reader(place: Path) -> type[Settings]:
    class Read(Settings):
        @classmethod
        def settings_customise_sources(
            cls,
            settings_cls: type[BaseSettings],
            init_settings: PydanticBaseSettingsSource,
            env_settings: PydanticBaseSettingsSource,
            dotenv_settings: PydanticBaseSettingsSource,
            file_secret_settings: PydanticBaseSettingsSource,
        ) -> tuple[PydanticBaseSettingsSource, ...]:
            return env_settings, TomlConfigSettingsSource(settings_cls, toml_file=place)

    return Read


def _sentence(place: Path, detail: ErrorDetails) -> str:
    """Never repeats the value: it may be a token."""
    key = ".".join(str(step) for step in detail["loc"])
    name = PREFIX + key.upper().replace(".", "__")
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
    "model_type": "hier hoort een tabel",
}
