"""Where the database and its keys are, as any program of the house is told; knows no file and no environment."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict


class StorageSettings(BaseModel):
    """What an operator may set about storage. Relative places are seen from the folder a program is started in."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    url: str = "sqlite:///data/vertelbot.db"
    key_file: Path = Path("secrets/vertelbot.key")
