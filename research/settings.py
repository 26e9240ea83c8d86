"""What an operator may set for researchers, from `config.toml` and the environment; knows nothing of channels.

The file is the one of the whole house: what is meant for another room is passed over here.
"""

from pathlib import Path

from pydantic import ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
    TomlConfigSettingsSource,
)

from research.faults import ConfigurationFault
from storage.settings import StorageSettings

CONFIG = Path("config.toml")
PREFIX = "VERTELBOT_"


class Settings(BaseSettings):
    """All that this room needs to be told."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_nested_delimiter="__", frozen=True, extra="ignore")

    storage: StorageSettings = StorageSettings()


def read_settings(file: Path | None = None) -> Settings:
    """The settings of `file` (default: `config.toml`, if it is there) under those of the environment.

    Raises `ConfigurationFault` with every fault at once.
    """
    place = file or CONFIG
    if file and not file.is_file():
        raise ConfigurationFault(f"{file}: dit bestand is er niet. Kopieer config.example.toml of laat --config weg.")
    try:
        return _reader(place)()
    except ValidationError as fault:
        raise ConfigurationFault("\n".join(_sentence(place, detail) for detail in fault.errors())) from None
    except SettingsError:
        raise ConfigurationFault(f"{PREFIX}STORAGE: zet elke instelling apart, zoals {PREFIX}STORAGE__URL.") from None
    except ValueError as fault:
        raise ConfigurationFault(f"{place}: dit is geen geldige TOML ({fault}).") from None
    except OSError as fault:
        raise ConfigurationFault(f"{place}: dit bestand is niet te lezen ({fault.strerror}).") from None


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
    """Never repeats the value: an address of a database may hold a password."""
    key = ".".join(str(step) for step in detail["loc"])
    variable = PREFIX + key.upper().replace(".", "__")
    reason = "deze instelling bestaat niet" if detail["type"] == "extra_forbidden" else "deze waarde kan niet"
    return f"{key} (in {place}, of {variable}): {reason}. Zie config.example.toml."
