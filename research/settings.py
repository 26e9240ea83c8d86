"""What an operator may set for researchers, from `config.toml` and the environment; knows nothing of channels.

The file is the one of the whole house: what is meant for another room is passed over here.
"""

from pathlib import Path

from pydantic_settings import BaseSettings, SettingsConfigDict

from console.logs import LogSettings
from console.settings import DELIMITER, PREFIX, SettingsFault, read
from pages.settings import ResearchSettings
from research.faults import ConfigurationFault
from storage.settings import StorageSettings


class Settings(BaseSettings):
    """All that this room needs to be told."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_nested_delimiter=DELIMITER, frozen=True, extra="ignore")

    storage: StorageSettings = StorageSettings()
    research: ResearchSettings = ResearchSettings()
    log: LogSettings = LogSettings()


def read_settings(file: Path | None = None) -> Settings:
    """The settings of `file` (default: `config.toml`, if it is there) under those of the environment.

    Raises `ConfigurationFault` with every fault at once.
    """
    try:
        return read(Settings, file)
    except SettingsFault as fault:
        raise ConfigurationFault(str(fault)) from None
