"""A web port with the conversation and the pages for staff on it, and how somebody gets there; checks nothing."""

import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

from pydantic import HttpUrl, SecretStr

from bot.browser.routes import site
from bot.intake import Intake
from bot.settings import Settings, StudySettings, TelegramSettings, WebSettings
from bot.staff.addresses import Addresses
from bot.staff.place_links import Wish
from bot.team.leaving import leaving
from bot.team.routes import Team, team
from pages.app import web_app
from pages.permissions import OPERATOR
from pages.serving import listening, serving
from storage.links import Made
from storage.staff import Role
from tests.bot.team.client import Visitor, visitor

NAME = "Een medewerker"
PLACE = "Huis van de Wijk"


@dataclass(frozen=True)
class House:
    """The pages, and the corridor below them."""

    port: int
    intake: Intake
    team: Team

    async def invited(self, role: Role = Role.STAFF, name: str = NAME) -> str:
        """An invitation."""
        return (await self.team.desk.signing_in.invite(OPERATOR, name, "Team Noord", role)).token

    async def link(self, wish: Wish | None = None) -> Made:
        """A link that an operator made."""
        return await self.team.desk.links.make(OPERATOR, wish or Wish(place=PLACE, district="noord"))

    @asynccontextmanager
    async def somebody(self) -> AsyncIterator[Visitor]:
        """Somebody who was nowhere before."""
        async with visitor(self.port) as found:
            yield found

    @asynccontextmanager
    async def signed_in(self, role: Role = Role.STAFF) -> AsyncIterator[Visitor]:
        """Somebody who used an invitation."""
        async with self.somebody() as found:
            await found.post(f"/team/in/{await self.invited(role)}")
            yield found


def settings(port: int, *, bot: bool = True, public: str = "") -> Settings:
    """Those of a study with a bot."""
    return Settings(
        web=WebSettings(port=port, public_url=HttpUrl(public) if public else None),
        telegram=TelegramSettings(token=SecretStr("voorbeeld") if bot else None),
        study=StudySettings(bot_link="t.me/voorbeeld"),
    )


@asynccontextmanager
async def housed(
    intake: Intake,
    port: int,
    *,
    public: str = "",
    bot: bool = True,
    addresses: Addresses | None = None,
    wall: Callable[[], float] = time.time,
) -> AsyncIterator[House]:
    """The port, open. `addresses`: what links are said to lead to, if not to that port. `wall`: see `Site.clock`.

    No row of the numbers is passed over by chance.
    """
    told = settings(port, public=public, bot=bot)
    chat = site(told.web, told.study.concept_dagen, intake, leaving(told.web, intake))
    chat = replace(chat, clock=wall)
    staff = team(told, intake, chat.relay)
    numbers = replace(staff.desk.numbers, passes_over=lambda words: False)
    staff = replace(staff, desk=replace(staff.desk, numbers=numbers))
    if addresses:
        handing_out = replace(staff.desk.handing_out, addresses=addresses)
        staff = replace(staff, desk=replace(staff.desk, addresses=addresses, handing_out=handing_out))
    chat.opened.set()
    app = web_app([*chat.routes, *staff.routes], chat.elsewhere)
    async with serving(app, listening(told.web)):
        yield House(port, intake, staff)
