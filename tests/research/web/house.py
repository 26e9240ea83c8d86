"""The pages for researchers over a real database with stories, on a port of their own; checks nothing."""

import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from pages.app import web_app
from pages.permissions import OPERATOR
from pages.serving import listening, serving
from pages.session import Cookie
from pages.settings import ResearchSettings
from research.opening import opened
from research.settings import Settings, read_settings
from research.web.desk import Desk
from research.web.jobs import Job, Jobs
from research.web.routes import COOKIE, Research
from research.web.serving import desk_over
from storage.staff import Role
from tests.bot.running import free_port
from tests.bot.team.client import Answer, Visitor, visitor
from tests.research import kept
from tests.research.told import NOON

NAME = "Een onderzoeker"
PATIENCE = 30.0


class Clock:
    """A time that a test may let pass."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        """The time."""
        return self.now

    def wait(self, time: timedelta) -> None:
        """Lets it pass."""
        self.now += time


@dataclass(frozen=True)
class House:
    """The pages, and what is below them."""

    kept: kept.House
    port: int
    desk: Desk
    research: Research
    clock: Clock
    folder: Path

    async def invited(self, role: Role = Role.RESEARCHER, name: str = NAME) -> str:
        """An invitation."""
        return (await self.desk.signing_in.invite(OPERATOR, name, "Onderzoek", role)).token

    @asynccontextmanager
    async def somebody(self) -> AsyncIterator[Visitor]:
        """Somebody who was nowhere before."""
        async with visitor(self.port) as found:
            yield found

    @asynccontextmanager
    async def signed_in(self, role: Role = Role.RESEARCHER, name: str = NAME) -> AsyncIterator[Visitor]:
        """Somebody who used an invitation."""
        async with self.somebody() as found:
            await found.post(f"/in/{await self.invited(role, name)}")
            yield found

    def files(self) -> list[str]:
        """What stands in the folder for exports."""
        return sorted(file.name for file in self.folder.iterdir())


@asynccontextmanager
async def housed(house: kept.House, port: int = 0, *, public: str = "") -> AsyncIterator[House]:
    """The port, open."""
    settings = settings_of(house, port or free_port(), public)
    # At once: another test may be given the same number.
    opening, clock = listening(settings.research, "research"), Clock()
    async with opened(settings.storage, read_only=False) as (database, keys):
        jobs = Jobs(settings.research.folder, clock)
        jobs.prepare()
        desk = desk_over(database, keys, settings, jobs, clock)
        research = Research(desk, Cookie(COOKIE, settings.research.is_secure, led=True))
        async with serving(web_app(research.routes, research.elsewhere), opening):
            yield House(house, settings.research.port, desk, research, clock, settings.research.folder)
        await jobs.end(PATIENCE)


def settings_of(house: kept.House, port: int, public: str = "") -> Settings:
    """Those of a house whose pages are on this port."""
    research = ResearchSettings.model_validate(
        {"port": port, "public_url": public, "folder": house.folder / "data" / "uitvoer"}
    )
    return read_settings(house.config).model_copy(update={"research": research})


async def made(house: House, somebody: Visitor, **fields: str) -> Job:
    """Asks for an export on the page, and waits until it is made, or failed."""
    await somebody.get("/uitvoer")
    shown = await somebody.post("/uitvoer", **fields)
    assert shown.path.startswith("/uitvoer/"), shown.words
    people = await house.desk.signing_in.people(OPERATOR)
    [job] = [job for one in people for job in house.desk.jobs.of(one.person) if shown.path == f"/uitvoer/{job.id}"]
    await house.desk.jobs.settled()
    await somebody.get(shown.path)
    return job


async def take(somebody: Visitor, job: Job) -> Answer:
    """Downloads it."""
    return await somebody.post(f"/uitvoer/{job.id}/ophalen")


async def uses(kees: Visitor, shown: Answer, fields: Mapping[str, str]) -> Answer:
    """Uses a button of a page that was shown, perhaps long ago."""
    [mark] = set(re.findall(r'name="mark" value="(\w+)"', shown.html))
    return await kees.post(shown.path, mark=mark, **fields)
