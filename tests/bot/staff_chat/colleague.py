"""Somebody of the staff with a phone, what the bot says to it, and a bot that is killed; checks nothing."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest

from pages.permissions import OPERATOR
from storage import links
from storage.links import Made
from storage.staff import Person, Role
from tests import canaries
from tests.bot.running import House, Phone
from tests.bot.story import Move, says, taps
from tests.botapi.faults import Fault, nothing_wrong, silence
from tests.botapi.screen import Shown
from tests.botapi.server import SETTLE
from tests.botapi.wire import Object, Values

SANNE, ANNE, BO = 4301, 4302, 4303
PLACE = "Huis van de Wijk Zwabberdek"
LINK = (says("/link"), taps("Bewoners"), taps("Noord"), taps("Oud-Noord"), says(PLACE))
UNKNOWN = "/onbekendwoord"
TAG = re.compile(r"q:[0-9a-f]{6}")

EITHER_WAY = pytest.mark.parametrize("house", [False, True], ids=["fetched", "brought"], indirect=True)
"""For a test that has to hold where the bot fetches its updates, and where they are brought to it."""


@dataclass(frozen=True)
class Colleague:
    """Somebody who was invited, and the phone they have."""

    person: Person
    token: str
    phone: Phone

    async def comes_in(self) -> None:
        """Opens the bot by the invitation."""
        await self.phone.tell([says(f"/start in-{self.token}")])


async def invited(house: House, role: Role = Role.STAFF, chat: int = SANNE) -> Colleague:
    """Somebody whom the operator invited just now."""
    async with house.intake() as intake:
        invitation = await house.desk(intake).signing_in.invite(OPERATOR, "Sanne Zwabberman", "Noord", role)
    canaries.plant(invitation.token, invitation.person.name)
    return Colleague(invitation.person, invitation.token, house.phone(chat))


async def removed(house: House, who: Colleague) -> None:
    """The operator took them away."""
    async with house.intake() as intake:
        assert await house.desk(intake).signing_in.remove(OPERATOR, who.person.id)


async def made(house: House) -> list[Made]:
    """All links, as they were kept."""
    async with house.intake() as intake, intake.database.reading() as work:
        return await links.every(work, house.keys)


@asynccontextmanager
async def killed_at(house: House, words: str) -> AsyncIterator[None]:
    """The bot runs until it is about to say this, and then is no more."""
    dying = asyncio.Event()

    def strike(method: str, values: Values) -> Fault | None:
        if words in str(values.get("text")):
            dying.set()
        return silence(SETTLE) if dying.is_set() else None

    running = asyncio.create_task(house.serve(asyncio.Event()))
    house.telegram.faults = strike
    yield
    await dying.wait()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    house.telegram.faults = nothing_wrong


@asynccontextmanager
async def begun_anew(house: House) -> AsyncIterator[None]:
    """Another program in the place of the one that was there."""
    house.telegram.account.webhook = {"url": ""}
    async with house.serving():
        yield


async def offered_again(house: House, update: Object) -> None:
    """Telegram was not told that this was taken. What was confirmed it fetches for no program that goes on."""
    if house.brought:
        await house.telegram.wait_for(lambda: bool(house.telegram.account.webhook["url"]))
        assert await house.telegram.bring(update) == [200]
    else:
        house.telegram.push(update)
    await house.quiet()


def heard(phone: Phone, after: int) -> list[tuple[str, str]]:
    """What the bot said since so many messages, with its buttons; by which interview is left out."""
    return [(shown.text, TAG.sub("q:", str(shown.keyboard))) for shown in phone.screen()[after:]]


async def answer(phone: Phone, *moves: Move) -> list[tuple[str, str]]:
    """What is said to these moves."""
    before = len(phone.screen())
    await phone.tell(moves)
    return heard(phone, before)


def with_picture(phone: Phone) -> list[Shown]:
    """The messages that hold a picture."""
    return [shown for shown in phone.screen() if shown.attached == "photo"]
