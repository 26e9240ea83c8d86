"""Where a link leads, for whoever hands it out; knows no link but its code."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from bot.settings import Settings
from storage.staff import Role

BY_TELEGRAM = "in-"
"""What stands before an invitation in the start parameter of the bot; 64 signs are the most that it may have."""


@dataclass(frozen=True)
class Addresses:
    """`web` is where browsers come, without a slash at the end; `bot` the bot as t.me/name. "" where there is none.

    `research`: where researchers come, which is another program on another port.
    """

    web: str
    bot: str = ""
    research: str = ""

    @property
    def is_of_this_machine(self) -> bool:
        """Whether nobody elsewhere can come there: nobody said yet where the bot is to be reached from outside."""
        return _is_of_this_machine(self.web)

    @property
    def research_is_of_this_machine(self) -> bool:
        """The same of where researchers come."""
        return _is_of_this_machine(self.research)

    def in_browser(self, code: str) -> str:
        """The address of a link for a browser; "" where no browser may come."""
        return f"{self.web}/v/{code}" if self.web else ""

    def in_telegram(self, code: str) -> str:
        """The address of a link for Telegram; "" where there is no bot."""
        return f"https://{self.bot}?start={code}" if self.bot else ""

    def for_signing_in(self, invitation: str, role: Role = Role.STAFF) -> str:
        """The address that an invitation is, once; "" where no browser may come."""
        if role is Role.RESEARCHER:
            return f"{self.research}/in/{invitation}" if self.research else ""
        return f"{self.web}/team/in/{invitation}" if self.web else ""

    def to_hand_out(self, code: str) -> tuple[str, str]:
        """Where a code on paper leads, and the other address that stands below it, "" for none: the browser first.

        Where there is a bot, nobody is sent to an address where only this machine comes.
        """
        addresses = ("" if self._is_bot_alone else self.in_browser(code), self.in_telegram(code))
        found = [address for address in addresses if address]
        return (*found, "", "")[0], (*found, "", "")[1]

    @property
    def home(self) -> str:
        """Where somebody who has paper comes without a link."""
        return f"https://{self.bot}" if self._is_bot_alone or not self.web else self.web

    @property
    def _is_bot_alone(self) -> bool:
        return bool(self.bot) and self.is_of_this_machine

    def for_signing_in_by_telegram(self, invitation: str) -> str:
        """The same for who wants to be signed in there; "" where there is no bot."""
        return f"https://{self.bot}?start={BY_TELEGRAM}{invitation}" if self.bot else ""


def addresses_of(settings: Settings) -> Addresses:
    """Those of this bot, as the settings have them."""
    bot = settings.study.bot_link.removeprefix("https://").rstrip("/")
    bot = bot if settings.telegram.token else ""
    web = settings.web.address.rstrip("/") if settings.web.shows_chat or not bot else ""
    return Addresses(web, bot, settings.research.address.rstrip("/") if settings.research.port else "")


def _is_of_this_machine(address: str) -> bool:
    return (urlsplit(address).hostname or "") in ("127.0.0.1", "localhost", "::1")
