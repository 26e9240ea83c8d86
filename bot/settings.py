"""What an operator may set. Every setting stands in `config.example.toml` with a sentence of its own."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    HttpUrl,
    SecretStr,
    StringConstraints,
)
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.durations import Span, span_of
from console.logs import LogSettings
from console.settings import DELIMITER, PREFIX, SettingsFault, read
from dialogs.library import Terms
from pages.settings import PortSettings, ResearchSettings
from storage.settings import StorageSettings

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
"""This machine itself: what stays on it needs no https."""

PORTS = (443, 80, 88, 8443)
"""Where Telegram brings updates."""

Filled = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


UNFILLED = "[nog in te vullen"


def _understood(words: str) -> str:
    """The words, where they say how long; what the program came with says nothing yet."""
    if not words.startswith(UNFILLED) and span_of(words) is None:
        raise PydanticCustomError("span", "no span of time")
    return words


class Group(BaseModel):
    """One table of the file; a key that nobody knows is a fault, not a silence."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class TelegramSettings(Group):
    """The Bot API: without a token the channel is off."""

    token: Annotated[SecretStr | None, BeforeValidator(lambda value: value or None)] = None
    api_url: HttpUrl = HttpUrl("https://api.telegram.org")
    mode: Literal["polling", "webhook"] = "polling"
    poll_seconds: Annotated[int, Field(ge=1, le=50)] = 30
    per_second: Annotated[int, Field(ge=1, le=10_000)] = 25
    per_chat_per_second: Annotated[int, Field(ge=1, le=10_000)] = 1


class WebSettings(PortSettings):
    """The port: the conversation in a browser, what watches over the bot, and Telegram where it brings updates."""

    chat: bool = True
    port: Annotated[int, Field(ge=0, le=65_535)] = 8080

    @property
    def shows_chat(self) -> bool:
        """Whether there is a conversation in the browser."""
        return self.chat and self.port > 0


class BackupSettings(Group):
    """Where copies of the database go, and whether the bot makes them by itself."""

    folder: Path = Path("backups")
    hourly: bool = True


class StudySettings(Group):
    """Who asks, and what goes into the texts: every name stands there between braces."""

    onderzoeker: Filled = "[nog in te vullen: onderzoeker]"
    opdrachtgever: Filled = "[nog in te vullen: opdrachtgever]"
    contact: Filled = "[nog in te vullen: contact]"
    fg_contact: Filled = "[nog in te vullen: fg_contact]"
    privacy_url: Filled = "[nog in te vullen: privacy_url]"
    bewaartermijn: Annotated[Filled, AfterValidator(_understood)] = "[nog in te vullen: bewaartermijn]"
    buurtteam_telefoon: Filled = "[nog in te vullen: buurtteam_telefoon]"
    bot_link: str = ""
    concept_dagen: Annotated[int, Field(ge=1, le=30)] = 7
    open: bool = True
    stadsdeel_uit_link: bool = True

    def values(self) -> dict[str, str]:
        """Placeholder and value, as the texts take them."""
        terms = {"open", "stadsdeel_uit_link"}
        return {name: str(value) for name, value in self.model_dump(exclude=terms).items()}

    def terms(self) -> Terms:
        """What the rules go by."""
        return Terms(self.concept_dagen, self.open, self.stadsdeel_uit_link)

    def term(self) -> Span | None:
        """How long a story is kept: what residents read is what is done. None while that is not filled in."""
        return span_of(self.bewaartermijn)

    def unfilled(self) -> list[str]:
        """The names that still hold what the program came with."""
        return [name for name, value in self.values().items() if value.startswith(UNFILLED)]


class Settings(BaseSettings):
    """All settings together."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_nested_delimiter=DELIMITER, frozen=True, extra="forbid")

    telegram: TelegramSettings = TelegramSettings()
    storage: StorageSettings = StorageSettings()
    web: WebSettings = WebSettings()
    research: ResearchSettings = ResearchSettings()
    backup: BackupSettings = BackupSettings()
    study: StudySettings = StudySettings()
    log: LogSettings = LogSettings()

    def unfit(self) -> list[str]:
        """A Dutch sentence for every setting that is sound by itself and does not go with the others."""
        if self.telegram.mode == "polling":
            return []
        url = self.web.public_url
        off = [] if self.web.port else ["web.port: 0 kan niet bij telegram.mode webhook; kies een poort."]
        if url is None:
            return [
                *off,
                "web.public_url: dit adres is nodig bij telegram.mode webhook; Telegram brengt berichten daar.",
            ]
        if url.scheme != "https" and url.host not in LOOPBACK:
            off.append("web.public_url: Telegram komt alleen op een adres met https.")
        elif url.host not in LOOPBACK and url.port not in PORTS:
            off.append("web.public_url: Telegram komt alleen op poort 443, 80, 88 of 8443.")
        if url.path not in (None, "/") or url.query:
            off.append("web.public_url: laat weg wat achter de naam staat; de bot zet er zelf /telegram achter.")
        return off


def read_settings(file: Path | None = None) -> Settings:
    """The settings of `file` (default: `config.toml`, if it is there) under those of the environment.

    Raises `SettingsFault` with every fault at once.
    """
    settings = read(Settings, file)
    if unfit := settings.unfit():
        raise SettingsFault(*unfit)
    return settings
